"""What a host answers who asked for a room, on a page of their own or by phone to a planner."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import HiddenField

from booking.rules.host_answers import NoReason, OtherTime, RoomAnswer
from booking.rules.recurrence import Times
from core.forms import (
    Choice,
    Choices,
    ClockTime,
    Form,
    FormToken,
    HiddenNumber,
    LocalDate,
    LongText,
)
from core.language import lazy_gettext as _l
from core.period import Period

LONGEST_WORDS = 600
MOST_IDS = 500
OPEN = "open"  # the other dates are answered later


class HiddenNumbers(HiddenField):
    """Numbers the page keeps for itself, with commas between them."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        given = str(valuelist[0]) if valuelist else ""
        parts = [part for part in given.split(",") if part.isascii() and part.isdigit()]
        self.data = tuple(int(part[:18]) for part in parts[:MOST_IDS])

    def _value(self) -> str:
        return ",".join(str(each) for each in self.data or ())


class HiddenWords(HiddenField):
    """Codes the page keeps for itself, with commas between them."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        given = str(valuelist[0]) if valuelist else ""
        self.data = tuple(part for part in given.split(",")[:MOST_IDS] if part.isidentifier())

    def _value(self) -> str:
        return ",".join(self.data or ())


class _AnswerForm(Form):
    """`seen`: dates of others that are shown; `accepted`: concerns that are."""

    form_token = FormToken()
    version = HiddenNumber()
    seen = HiddenNumbers()
    accepted = HiddenWords()


class YesForm(_AnswerForm):
    """Yes to what is ticked; to the rest no with a reason, or nothing yet."""

    dates = Choices(
        _l("Welke data kunnen?"),
        coerce=int,
        required=True,
        missing=_l("Kies minstens één datum, of zeg hieronder nee."),
    )
    rest = Choice(_l("En de andere data?"))
    words = LongText(
        _l("Wil je er iets bij zeggen? De organisatie leest dit."),
        max=LONGEST_WORDS,
        required=False,
    )

    def ask_nothing_of_the_rest(self) -> None:
        """There is no rest when there is one question."""
        del self.rest

    def answer(self) -> RoomAnswer:
        rest = self.rest.data if "rest" in self else OPEN
        reason = None if rest == OPEN else NoReason(rest)
        return RoomAnswer(
            yes=tuple(self.dates.data),
            no=self.left if reason else (),
            reason=reason,
            words=self.words.data,
            seen=self.seen.data or (),
            accepted=self.accepted.data or (),
        )

    # Told by the view: what else waits, and what to mind, by id of the date.
    left: tuple[int, ...] = ()
    hints: Mapping[str, str] = {}


class NoForm(_AnswerForm):
    dates = Choices(
        _l("Welke data kunnen niet?"), coerce=int, required=True, missing=_l("Kies een datum.")
    )
    reason = Choice(_l("Waarom niet?"), coerce=NoReason, missing=_l("Kies waarom het niet kan."))
    words = LongText(
        _l("Wil je er iets bij zeggen? De organisatie leest dit."),
        max=LONGEST_WORDS,
        required=False,
        missing=_l("Schrijf kort waarom het niet kan."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Another reason than those of the list is said in words."""
        is_valid: bool = super().validate(extra_validators)
        if self.reason.data is NoReason.OTHER and not self.words.typed:
            self.refuse([str(self.words.missing)], "words")
            return False
        return is_valid

    def answer(self) -> RoomAnswer:
        return RoomAnswer(no=tuple(self.dates.data), reason=self.reason.data, words=self.words.data)


class OtherTimeForm(_AnswerForm):
    """The same other time for every date that is ticked; for a single one also another day."""

    dates = Choices(
        _l("Voor welke data?"), coerce=int, required=True, missing=_l("Kies een datum.")
    )
    day = LocalDate(_l("Welke dag?"))
    starts = ClockTime(_l("Van"))
    ends = ClockTime(_l("Tot"))
    words = LongText(
        _l("Wil je er iets bij zeggen? De organisatie leest dit."),
        max=LONGEST_WORDS,
        required=False,
    )

    def keep_days(self) -> None:
        """For several dates at once: each keeps its own day."""
        del self.day

    @property
    def other_day(self) -> date | None:
        """None: each date keeps its own."""
        return self.day.data if "day" in self else None

    @property
    def times(self) -> Times:
        return Times(self.starts.data, self.ends.data)

    def answer(self, periods: Mapping[int, Period]) -> RoomAnswer:
        """`periods`: by id of the date."""
        return RoomAnswer(
            other=tuple(OtherTime(date_id, period) for date_id, period in periods.items()),
            words=self.words.data,
        )
