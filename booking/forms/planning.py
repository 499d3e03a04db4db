"""What the planner fills in at the desk."""

from datetime import datetime, timedelta

from wtforms import HiddenField

from booking.rules.lifecycle import DeclineReason
from booking.rules.norms import DayPart, Wish, parse_wish
from core.clock import midnight
from core.fields import Label
from core.forms import Choices, Form, HiddenNumber, LocalDate, LongText, Select, Text, WholeNumber
from core.language import lazy_gettext as _l

Pairs = list[tuple[str, Label]]
LONGEST_ACCEPTED = 500


def _number_or_none(text: str) -> int | None:
    """The first option of a list stands for no choice."""
    return int(text) if text else None


class PlacingForm(Form):
    """Where, when and with whom."""

    day = LocalDate(_l("Dag"))
    part = Select(
        _l("Dagdeel"),
        [
            (DayPart.MORNING.value, _l("ochtend")),
            (DayPart.AFTERNOON.value, _l("middag")),
            (DayPart.EVENING.value, _l("avond")),
        ],
        coerce=DayPart,
    )
    day_parts = WholeNumber(_l("Aantal dagdelen achter elkaar"), min=1, max=9)
    room = Select(_l("Plek"), coerce=int, missing=_l("Kies een plek."))
    cube = Select(_l("Kubus"), coerce=_number_or_none, required=False)
    player = Select(_l("Speler"), coerce=_number_or_none, required=False)
    accepted = HiddenField(default="")  # the concerns that stood on the page, by code
    version = HiddenNumber()

    @property
    def wish(self) -> Wish:
        return Wish(self.day.data, self.part.data, self.day_parts.data)

    @property
    def accepted_codes(self) -> frozenset[str]:
        return frozenset(str(self.accepted.data or "")[:LONGEST_ACCEPTED].split())

    @property
    def player_ids(self) -> tuple[int, ...]:
        """The same performer for every session; empty: whoever is best."""
        return (self.player.data,) * self.day_parts.data if self.player.data else ()


class DecidingForm(PlacingForm):
    """A placement that others may have wanted too."""

    why = LongText(_l("Waarom deze aanvraag?"), max=1000, required=False)


class OptionForm(DecidingForm):
    until = LocalDate(_l("In optie tot en met"))

    @property
    def expires_at(self) -> datetime:
        """The end of the last day."""
        return midnight(self.until.data + timedelta(days=1))


class MoveForm(PlacingForm):
    why = LongText(_l("Waarom? Dit lezen de mensen die erbij zijn."), max=1000)


class DeclineForm(Form):
    reason = Select(_l("Reden"), coerce=DeclineReason)
    words = LongText(_l("In je eigen woorden"), max=1000)
    alternatives = Choices(_l("Bied andere momenten aan"), most=3)
    version = HiddenNumber()

    @property
    def offered(self) -> list[Wish]:
        return [wish for key in self.alternatives.data if (wish := parse_wish(key))]


class CancelForm(Form):
    why = LongText(_l("Waarom? Dit lezen de mensen die erbij zouden zijn."), max=1000)
    version = HiddenNumber()


class ChallengeForm(Form):
    version = HiddenNumber()


class RankForm(Form):
    place = Select(_l("Nieuwe plaats"), coerce=int, missing=_l("Kies een plaats."))
    why = LongText(
        _l("Waarom? Dit lezen de organisaties die het merken."),
        max=1000,
        missing=_l("Vul in waarom. Eén zin is genoeg."),
    )
    version = HiddenNumber()


class ReleaseForm(Form):
    why = LongText(_l("Waarom? Dit leest de organisatie."), max=1000, required=False)
    version = HiddenNumber()


class WordsForm(Form):
    public_title = Text(_l("Titel voor iedereen"), max=120, required=False)
    internal_subject = Text(_l("Onderwerp voor onszelf"), max=120, required=False)
    read_as = HiddenField(default="")  # the title that the suggestions on the page were about
    version = HiddenNumber()

    @property
    def is_meant(self) -> bool:
        """Whoever sends the same title again has read them."""
        return bool(self.read_as.data == self.public_title.data)


class CountForm(Form):
    """A tap on the day sheet: how many came to one encounter."""

    encounter = HiddenNumber()
    came = HiddenNumber()


class UndoForm(Form):
    """Only the guard against forged posts: the button is all there is."""
