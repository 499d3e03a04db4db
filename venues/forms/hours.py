"""Opening hours as they are typed: for each weekday a few rows "from - until"."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any, TypeVar

from core.fields import Label
from core.forms import ClockTime, Form
from core.language import gettext as _
from core.language import lazy_gettext as _l
from venues.rules.opening import END_OF_DAY, WeeklyHours
from venues.rules.values import PERIODS_A_DAY

Week = TypeVar("Week", bound="WeekForm")

SATURDAY = 5
MIDNIGHT = re.compile(r"24([:.]00)?")
WEEKDAYS = (
    _l("maandag"),
    _l("dinsdag"),
    _l("woensdag"),
    _l("donderdag"),
    _l("vrijdag"),
    _l("zaterdag"),
    _l("zondag"),
)


class ClosingTime(ClockTime):
    """Until when. Midnight is written as 24:00, which no picker of a browser knows."""

    picker_type = "text"

    def read(self, text: str) -> time:
        return END_OF_DAY if MIDNIGHT.fullmatch(text) else super().read(text)

    def show(self, value: time) -> str:
        return "24:00" if value == END_OF_DAY else super().show(value)


@dataclass(frozen=True, slots=True)
class Row:
    """The two fields of one period on one weekday."""

    weekday: int
    opens: Any
    closes: Any

    @property
    def is_empty(self) -> bool:
        return not self.opens.typed and not self.closes.typed

    @property
    def hours(self) -> WeeklyHours:
        """Until 0:00 means until midnight, as does until 23:59."""
        closes = END_OF_DAY if self.closes.data == time() else self.closes.data
        return WeeklyHours(self.weekday, self.opens.data, closes)

    def is_whole(self) -> bool:
        """Both times or neither; what is missing is said at its field."""
        for field, other in ((self.opens, self.closes), (self.closes, self.opens)):
            if other.typed and not field.typed:
                field.errors = [*field.errors, _("Vul allebei de tijden in, of geen van beide.")]
        return bool(self.opens.typed) == bool(self.closes.typed)


class WeekForm(Form):
    """Has fields `opens_0_0` (Monday, first period) to `closes_6_2`, made by `with_week`."""

    @property
    def days(self) -> list[tuple[str, list[Row]]]:
        """Each weekday with its rows."""
        rows = list(self.rows())
        return [
            (str(name), [row for row in rows if row.weekday == weekday])
            for weekday, name in enumerate(WEEKDAYS)
        ]

    def rows(self) -> Iterator[Row]:
        for weekday in range(len(WEEKDAYS)):
            for n in range(PERIODS_A_DAY):
                yield Row(weekday, self[f"opens_{weekday}_{n}"], self[f"closes_{weekday}_{n}"])

    def opening_hours(self) -> tuple[WeeklyHours, ...]:
        """In order of the week."""
        hours = (row.hours for row in self.rows() if not row.is_empty)
        return tuple(sorted(hours, key=lambda each: (each.weekday, each.opens_at)))

    def copy_monday(self) -> None:
        """Tuesday to Friday get what is typed for Monday, read or not."""
        for row in self.rows():
            if 0 < row.weekday < SATURDAY:
                row.opens.take_over(self[f"opens_0_{row.opens.name[-1]}"])
                row.closes.take_over(self[f"closes_0_{row.closes.name[-1]}"])

    def field_at(self, weekday: int, opens_at: time) -> str:
        """The name of the field that holds this time; the last one when there are more."""
        rows = [row for row in self.rows() if row.weekday == weekday]
        return str([row.opens.name for row in rows if row.opens.data == opens_at][-1])

    def validate(self, *args: Any, **more: Any) -> bool:
        is_sound = bool(super().validate(*args, **more))
        are_whole = [row.is_whole() for row in self.rows()]
        return is_sound and all(are_whole)

    @staticmethod
    def as_typed(hours: Iterable[WeeklyHours]) -> dict[str, time]:
        """The value of each field for these hours."""
        typed: dict[str, time] = {}
        for weekday in range(len(WEEKDAYS)):
            for n, each in enumerate(each for each in hours if each.weekday == weekday):
                typed |= {
                    f"opens_{weekday}_{n}": each.opens_at,
                    f"closes_{weekday}_{n}": each.closes_at,
                }
        return typed


def _opens(**which: Any) -> Label:
    return _l("%(day)s, open van (%(n)s)", **which)


def _closes(**which: Any) -> Label:
    return _l("%(day)s, open tot (%(n)s)", **which)


def with_week(
    form: type[Week],
    opens_label: Callable[..., Label] = _opens,
    closes_label: Callable[..., Label] = _closes,
) -> type[Week]:
    """Adds the fields of a week below those the form lists itself."""
    for weekday, name in enumerate(WEEKDAYS):
        for n in range(PERIODS_A_DAY):
            which = {"day": name, "n": n + 1}
            opens = ClockTime(opens_label(**which), required=False)
            closes = ClosingTime(closes_label(**which), required=False)
            setattr(form, f"opens_{weekday}_{n}", opens)
            setattr(form, f"closes_{weekday}_{n}", closes)
    return form
