"""Blocking a cube, a performer or the season; and what becomes of whoever is hit."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from wtforms import HiddenField

from booking.rules.blocks import BlockDetails, BlockKind
from booking.rules.ways_out import WayOut, parse_way_out
from core.choices import Options
from core.fields import FormToken
from core.forms import (
    Choice,
    ClockTime,
    Form,
    HiddenNumber,
    LocalDate,
    LongText,
    Text,
    Tick,
)
from core.language import gettext as _
from core.language import lazy_gettext as _l
from venues.forms import ClosureForm

ABOUT = ("what", "first_on", "starts", "last_on", "ends", "is_open", "reason", "words")
LONGEST_LIST = 50_000


class BlockForm(ClosureForm):
    """Its days and times are those of a closure, and it may have no end."""

    what: Any = Choice(_l("Wat kan er niet?"), missing=_l("Kies wat er niet kan."))
    first_on: Any = LocalDate(_l("Eerste dag"))
    starts: Any = ClockTime(_l("Vanaf"), required=False)
    last_on: Any = LocalDate(_l("Laatste dag"), required=False)
    ends: Any = ClockTime(_l("Tot"), required=False)
    is_open: Any = Tick(_l("Tot nader bericht: het einde is nog niet bekend"))
    reason: Any = Text(_l("Waarom? Alleen jullie lezen dit."), max=200, required=False)
    words: Any = LongText(
        _l("Wat lezen de mensen die het raakt?"),
        max=1000,
        missing=_l("Vul in wat de mensen die het raakt lezen. Eén zin is genoeg."),
    )

    def validate(self, *args: Any, **more: Any) -> bool:
        if self.is_open.data:
            self.last_on.process_data(None)
            self.ends.process_data(None)
        return super().validate(*args, **more)

    def about(self) -> BlockDetails:
        """Of a form that is valid."""
        kind, _colon, resource_id = self.what.data.partition(":")
        period = self.details().period
        return BlockDetails(
            kind=BlockKind(kind),
            resource_id=int(resource_id) if resource_id else None,
            starts_at=period.start,
            ends_at=None if self.is_open.data else period.end,
            reason=self.reason.data,
            words=self.words.data,
        )

    def again(self) -> list[tuple[str, str]]:
        """What is blocked, for a form that sends it once more."""
        typed = [(name, getattr(self[name], "typed", self[name].data)) for name in ABOUT]
        return [(name, "y" if value is True else str(value)) for name, value in typed if value]


class WaysForm(BlockForm):
    """The list of who is hit, with a choice for each; it carries what was seen."""

    seen: Any = HiddenField()
    token: Any = FormToken()

    @property
    def seen_keys(self) -> frozenset[str]:
        return frozenset(str(self.seen.data or "")[:LONGEST_LIST].split())

    def way(self, field: str) -> WayOut:
        """Of a form that is valid."""
        return parse_way_out(self[field].data)

    def start(self, first: Mapping[str, str]) -> None:
        """What was not chosen yet gets the most sensible choice."""
        for name, value in first.items():
            if name not in request.form:
                self[name].process_data(value)


def ways_form(choices: Iterable[tuple[str, str, Options]], **more: Any) -> WaysForm:
    """A form with these choices: name, legend, options."""
    fields = {
        name: Choice(legend, options, missing=_("Kies wat er gebeurt met %(who)s.", who=legend))
        for name, legend, options in choices
    }
    kind: type[WaysForm] = type("ChosenWaysForm", (WaysForm,), fields)
    return kind(**more)


class LiftForm(Form):
    version = HiddenNumber()
