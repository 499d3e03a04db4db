"""When a room is open, and on which terms it is lent."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Self

from babel.support import LazyProxy

from core.choices import as_choices
from core.fields import Label
from core.forms import Choice, Select
from core.language import lazy_gettext as _l
from venues import durations
from venues.forms.hours import WeekForm, with_week
from venues.forms.stored import NEW_ROOM, stored_values
from venues.forms.version import VersionedForm
from venues.rules.terms import USUAL, BookableBy, Terms
from venues.rules.values import RoomDetails

AT_ONCE, BY_HAND = "at_once", "by_hand"
NO_LIMIT = "none"
NOTICE = (0, 2, 12, 24, 48, 72, 168, 336)
SHORTEST = (30, 60, 90, 120, 180)
LONGEST = (60, 120, 180, 240, 360, 480, 720, 1440)
AROUND = (0, 15, 30, 45, 60, 90, 120)
DATES = (1, 2, 4, 8, 12, 20, 30, 52, 104)
CANCELLING = (0, 2, 12, 24, 48, 72, 168)
ASKED_ON_ANOTHER_PAGE = {"welcomes_meetings"}
CONFIRMS: dict[str | bool, bool] = {AT_ONCE: True, BY_HAND: False, True: True, False: False}


class Amount(Select):
    """One of a few numbers, each with its words; a stored number that is none of them stays."""

    def __init__(
        self, label: Label, numbers: tuple[int, ...], says: Callable[[Any], str], **more: Any
    ) -> None:
        super().__init__(label, **{"coerce": int, **more})
        self.numbers, self.says = numbers, says
        self.flags.optional = False

    def process_data(self, value: Any) -> None:
        super().process_data(value)
        stored = {value} - {None}
        self.offer(self._option(number) for number in sorted({*self.numbers, *stored}))

    def _option(self, number: int) -> tuple[str, Label]:
        return str(number), LazyProxy(self.says, number, enable_cache=False)


class AmountOrNoLimit(Amount):
    """The last option is: no limit, which is None."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, required=False, coerce=limit, **more)

    def process_data(self, value: Any) -> None:
        super().process_data(value)
        no_limit = LazyProxy(self.says, None, enable_cache=False)
        self.choices = [*(self.choices or []), *as_choices([(NO_LIMIT, no_limit)])]


def limit(text: str | int) -> int | None:
    return None if text == NO_LIMIT else int(text)


def at_once(answer: str | bool) -> bool:
    """Does a booking confirm at once?"""
    if answer not in CONFIRMS:
        raise ValueError(answer)
    return CONFIRMS[answer]


@with_week
class TimesForm(WeekForm, VersionedForm):
    """The weekly hours and the terms of a room."""

    bookable_by = Choice(
        _l("Wie mag de ruimte reserveren?"),
        [
            (BookableBy.ANYBODY, _l("Iedereen")),
            (BookableBy.NEIGHBOURS, _l("Alleen organisaties uit de wijk")),
            (BookableBy.KNOWN, _l("Alleen wie hier al eerder was")),
        ],
        coerce=BookableBy,
        default=USUAL.bookable_by,
    )
    confirms_at_once = Choice(
        _l("Wat gebeurt er als iemand reserveert?"),
        [
            (BY_HAND, _l("Ik geef zelf antwoord op elke vraag")),
            (AT_ONCE, _l("Het gaat meteen door, als de tijd vrij is")),
        ],
        coerce=at_once,
        default=USUAL.confirms_at_once,
    )
    notice_hours = Amount(
        _l("Hoe lang van tevoren moet iemand reserveren?"),
        NOTICE,
        durations.notice,
        default=USUAL.notice_hours,
    )
    shortest_minutes = Amount(
        _l("Hoe lang duurt een reservering minstens?"),
        SHORTEST,
        durations.minutes_in_words,
        default=USUAL.shortest_minutes,
    )
    longest_minutes = Amount(
        _l("Hoe lang duurt een reservering hoogstens?"),
        LONGEST,
        durations.minutes_in_words,
        default=USUAL.longest_minutes,
    )
    before_minutes = Amount(
        _l("Wat moet vrij blijven vóór elke reservering?"),
        AROUND,
        durations.free_around,
        default=USUAL.before_minutes,
    )
    after_minutes = Amount(
        _l("Wat moet vrij blijven na elke reservering?"),
        AROUND,
        durations.free_around,
        default=USUAL.after_minutes,
    )
    dates_ahead = AmountOrNoLimit(
        _l("Hoe vaak mag één organisatie vooruit reserveren?"),
        DATES,
        durations.dates_ahead,
        default=USUAL.dates_ahead,
    )
    cancel_hours = Amount(
        _l("Tot wanneer kan een organisatie zelf annuleren?"),
        CANCELLING,
        durations.cancelling,
        default=USUAL.cancel_hours,
    )

    @classmethod
    def of(cls, details: RoomDetails, version: int) -> Self:
        """Filled in with what is stored, unless something was sent."""
        return cls(data={**stored_values(details, version), **cls.as_typed(details.opening_hours)})

    def details(self, stored: RoomDetails = NEW_ROOM) -> RoomDetails:
        """What is stored, with the hours and terms of this form."""
        asked = {each.name for each in fields(Terms)} - ASKED_ON_ANOTHER_PAGE
        terms = replace(stored.terms, **{name: self[name].data for name in asked})
        return replace(stored, terms=terms, opening_hours=self.opening_hours())
