"""Who plays which encounter: a list to choose from for each."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from wtforms import HiddenField

from booking.forms.planning import Pairs
from core.forms import Choices, Form, HiddenNumber, LongText, Select
from core.language import lazy_gettext as _l

LONGEST_SEEN = 500
FILL, SAVE = "fill", "save"  # the buttons


class CastForm(Form):
    """Subclasses list a field for each encounter that has not begun."""

    numbers: tuple[int, ...]  # of those encounters
    first = Select(_l("Vanaf"), coerce=int)
    player = Select(_l("Speelt"), coerce=int)
    accept: Any = Choices(_l("Toch doen"))
    why = LongText(_l("Waarom?"), max=1000, required=False)
    seen: Any = HiddenField()
    version = HiddenNumber()

    @property
    def cast(self) -> dict[int, int]:
        """Of a form that is valid: by number of the encounter, who plays it."""
        return {number: self.of(number).data for number in self.numbers}

    def of(self, number: int) -> Any:
        return self[_name(number)]

    def fill(self) -> None:
        """Everything from one encounter on goes to one performer."""
        for number in self.numbers:
            if number >= self.first.data:
                self.of(number).process_data(self.player.data)

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset(str(each) for each in self.accept.data or ())


def cast_form(played: Iterable[tuple[int, str, int]], performers: Pairs, version: int) -> CastForm:
    """`played`: number, time and performer of each encounter that has not begun."""
    every = list(played)
    fields: dict[str, Any] = {
        _name(number): Select(when, performers, coerce=int) for number, when, _who in every
    }
    kind = type("ChosenCastForm", (CastForm,), fields)
    start: Mapping[str, Any] = {_name(number): who for number, _when, who in every}
    form: CastForm = kind(data={**start, "version": version})
    form.numbers = tuple(number for number, _when, _who in every)
    form.first.offer([(str(number), when) for number, when, _who in every])
    form.player.offer(performers)
    form.accept.offer([(each, each) for each in request.form.getlist("accept")])
    return form


def _name(number: int) -> str:
    return f"encounter_{number}"
