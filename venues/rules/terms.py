"""On which terms a host lends a room for meetings."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.findings import Finding, blocker


class BookableBy(StrEnum):
    ANYBODY = "anybody"
    NEIGHBOURS = "neighbours"  # organisations with a postcode in the same district
    KNOWN = "known"  # whoever had a booking here that went on


@dataclass(frozen=True, slots=True)
class Terms:
    """Whole minutes, hours or days, as the name says."""

    welcomes_meetings: bool = False
    bookable_by: BookableBy = BookableBy.ANYBODY
    confirms_at_once: bool = False  # false: a host answers each booking
    notice_hours: int = 24
    shortest_minutes: int = 30
    longest_minutes: int = 240
    before_minutes: int = 0  # kept free before each meeting
    after_minutes: int = 15  # kept free after each meeting
    dates_ahead: int | None = 20  # of one organisation at a time; None: no limit
    cancel_hours: int = 24  # until when an organisation can cancel by itself

    @property
    def notice(self) -> timedelta:
        return timedelta(hours=self.notice_hours)

    @property
    def shortest(self) -> timedelta:
        return timedelta(minutes=self.shortest_minutes)

    @property
    def longest(self) -> timedelta:
        return timedelta(minutes=self.longest_minutes)

    @property
    def before(self) -> timedelta:
        return timedelta(minutes=self.before_minutes)

    @property
    def after(self) -> timedelta:
        return timedelta(minutes=self.after_minutes)


USUAL = Terms()


def terms_findings(terms: Terms) -> list[Finding]:
    """What is wrong with terms: a shortest meeting that is longer than the longest one."""
    if terms.shortest_minutes > terms.longest_minutes:
        return [blocker("shortest_over_longest")]
    return []
