"""How it stands with a calendar kept elsewhere, for the pages."""

from dataclasses import dataclass
from datetime import datetime

from core.language import gettext as _
from venues import outside_phrases
from venues.models import OutsideCalendar
from venues.queries.outside import calendars_of


@dataclass(frozen=True, slots=True)
class Shown:
    calendar: OutsideCalendar
    is_waiting: bool
    word: str
    badge: str
    failure: str  # a sentence; empty: all is well

    @property
    def is_file(self) -> bool:
        return self.calendar.sealed_address is None

    @property
    def has_times(self) -> bool:
        return self.calendar.read_at is not None

    @property
    def times(self) -> str:
        return outside_phrases.busy_times(self.calendar.events)

    @property
    def skipped(self) -> str:
        number = self.calendar.skipped
        return outside_phrases.skipped(number) if number else ""


def shown_of(resource_id: int, now: datetime) -> list[Shown]:
    """Those of one owner, in the order in which they were added."""
    return [_shown(calendar, now) for calendar in calendars_of(resource_id)]


def _shown(calendar: OutsideCalendar, now: datetime) -> Shown:
    is_waiting = _is_waiting(calendar, now)
    word, badge = _word(calendar, is_waiting)
    said = outside_phrases.failure(calendar.failure) if calendar.failure else ""
    return Shown(calendar, is_waiting, word, badge, said)


def _is_waiting(calendar: OutsideCalendar, now: datetime) -> bool:
    """Its turn has come, or somebody is reading it now."""
    if calendar.next_read_at is None:
        return False
    is_in_hand = calendar.failures > 0 and not calendar.failure
    return is_in_hand or calendar.next_read_at <= now


def _word(calendar: OutsideCalendar, is_waiting: bool) -> tuple[str, str]:
    if is_waiting:
        return _("wordt gelezen"), "plain"
    if calendar.failure:
        return _("lezen lukt niet"), "warn" if calendar.read_at else "bad"
    return _("gelezen"), "ok"
