"""What a host answers who asked for a room: yes, no, or another time; per date.

Notice, horizon and length bind who asks, not the host. What else the rules say of a room is weighed
again here, as the host sees it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from booking.rules.rooms import Meeting, RoomPlace, claimed, room_findings
from core.findings import Finding, Weight, blocker, concern, heaviest_first
from core.period import Period
from venues.rules.terms import Terms


class NoReason(StrEnum):
    """Why a host says no. `GIVEN_AWAY` is not chosen: it follows from a yes to somebody else."""

    IN_USE = "in_use"
    NOBODY_THERE = "nobody_there"  # to open, or to stay
    DOES_NOT_FIT = "does_not_fit"  # what they want to do, in this room
    OTHER = "other"  # said in words
    GIVEN_AWAY = "given_away"


CHOSEN_REASONS = tuple(reason for reason in NoReason if reason is not NoReason.GIVEN_AWAY)

# What the history calls it when a host is asked something: from then on the term counts.
ASKING = ("booked", "question changed", "other time asked", "other time refused")

BINDS_WHO_ASKS = {
    "meeting_too_soon",
    "meeting_too_far",
    "meeting_too_short",
    "meeting_too_long",
}
FOR_THE_HOST_TO_JUDGE = {"room_too_small", "room_not_bookable"}


@dataclass(frozen=True, slots=True)
class Question:
    """One date about which a host is asked something.

    `stands`: the time that is certain and stays when the answer is no; None: nothing stands yet.
    `offered`: another time the host has proposed; then the asker has the word.
    """

    date_id: int
    room_id: int
    wanted: Period
    stands: Period | None = None
    offered: Period | None = None

    @property
    def waits_for_host(self) -> bool:
        return self.offered is None

    @property
    def is_answerable(self) -> bool:
        """By the host: not a certain date whose other time the asker has to judge."""
        return self.wanted != self.stands

    @property
    def at_stake(self) -> Period:
        """The time it is about now."""
        return self.offered or self.wanted

    @property
    def ends_at_last(self) -> datetime:
        """When there is nothing left to answer: the meeting would have begun."""
        return min(self.at_stake.start, self.stands.start) if self.stands else self.at_stake.start


@dataclass(frozen=True, slots=True)
class OtherTime:
    date_id: int
    period: Period


@dataclass(frozen=True, slots=True)
class RoomAnswer:
    """What a host says at once, by ids of dates.

    `seen`: ids of the dates of others that were shown as standing in the way; `accepted`: codes of
    the concerns that were.
    """

    yes: tuple[int, ...] = ()
    no: tuple[int, ...] = ()
    other: tuple[OtherTime, ...] = ()
    reason: NoReason | None = None
    words: str = ""
    seen: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()

    @property
    def date_ids(self) -> list[int]:
        return [*self.yes, *self.no, *(each.date_id for each in self.other)]


def answer_findings(meeting: Meeting, place: RoomPlace, now: datetime) -> list[Finding]:
    """What stands against a yes, heaviest first.

    A calendar kept elsewhere is the host's own, and may hold this very question: a concern.
    """
    here = replace(place, outside=(), perhaps=())
    said = [
        _as_the_host_sees_it(finding)
        for finding in room_findings(meeting, here, now)
        if finding.code not in BINDS_WHO_ASKS
    ]
    return heaviest_first([*said, *_elsewhere(meeting.period, place)])


def offer_findings(
    period: Period, question: Question, people: int, place: RoomPlace, now: datetime
) -> list[Finding]:
    """What stands against proposing this time instead."""
    if period == question.wanted:
        return [blocker("same_time_offered")]
    return answer_findings(Meeting(period, people), place, now)


def shape_findings(answer: RoomAnswer, open_dates: Collection[int]) -> list[Finding]:
    """What is wrong with an answer, whatever the room. `open_dates`: ids that can be answered."""
    answered = answer.date_ids
    if not answered:
        return [blocker("nothing_answered")]
    if len(set(answered)) < len(answered):
        return [blocker("date_answered_twice")]
    if not set(answered) <= set(open_dates):
        return [blocker("date_answered_already")]
    if answer.no and (answer.reason is None or answer.reason is NoReason.GIVEN_AWAY):
        return [blocker("no_without_reason")]
    if answer.no and answer.reason is NoReason.OTHER and not answer.words:
        return [blocker("other_reason_without_words")]
    return []


def unaccepted(findings: Iterable[Finding], accepted: Collection[str]) -> list[Finding]:
    """What still refuses: blockers, and the concerns that nobody has accepted knowingly."""
    return [
        each
        for each in findings
        if each.weight is Weight.BLOCKER
        or (each.weight is Weight.CONCERN and each.code not in accepted)
    ]


def compete(one: Period, other: Period, terms: Terms) -> bool:
    """Whether a room cannot have both, with what it keeps free around each."""
    return claimed(one, terms).overlaps(claimed(other, terms))


# ---- Until when ----


def answer_term(
    waiting: Iterable[Question], until: datetime | None, whole: datetime
) -> datetime | None:
    """Until when the host can answer what waits; None: nothing does.

    `until`: the term so far, which a first date may have cut short; `whole`: without that.
    """
    lasts = [question.ends_at_last for question in waiting if question.waits_for_host]
    return min(max(until or whole, whole), *lasts) if lasts else None


def ended(
    questions: Iterable[Question], until: datetime | None, whole: datetime, now: datetime
) -> list[Question]:
    """The questions that the clock ends now.

    All that wait for the host when the term is over; else those whose own moment has come, as when
    the first date of a series cut the term short.
    """
    is_over = until is not None and max(until, whole) <= now
    return [
        question
        for question in questions
        if question.ends_at_last <= now or (is_over and question.waits_for_host)
    ]


def whole_term(asked_at: datetime, host_answer: timedelta) -> datetime:
    return asked_at + host_answer


def _as_the_host_sees_it(finding: Finding) -> Finding:
    if finding.code in FOR_THE_HOST_TO_JUDGE:
        return replace(finding, weight=Weight.CONCERN)
    return finding


def _elsewhere(period: Period, place: RoomPlace) -> list[Finding]:
    if any(busy.overlaps(period) for busy in place.outside):
        return [concern("room_busy_outside")]
    if any(busy.overlaps(period) for busy in place.perhaps):
        return [concern("room_perhaps_busy")]
    return []
