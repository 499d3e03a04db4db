"""Does what was agreed still fit a room that changed? The one check behind closing and recheck.

A blocker ends a date. A concern lets it go on, and whoever comes is told; a note is for the host
alone. What the terms say of new bookings (notice, length, who may) does not touch what is agreed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from booking.rules.rooms import RoomPlace
from core.clock import local_date
from core.findings import Finding, blocker, concern, note
from core.period import Period
from venues.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class Standing:
    """A date that is agreed, or asked: then it can only go on where new bookings can be made."""

    period: Period
    people: int
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A room as it stands now. `has_stopped`: for good; a pause leaves alone what is agreed."""

    place: RoomPlace
    has_stopped: bool = False


def date_findings(standing: Standing, room: Changed) -> list[Finding]:
    """What became of one date of a booking; empty: it still fits."""
    place = room.place
    if room.has_stopped:
        return [blocker("room_stopped", place=place.name)]
    if standing.is_asked and not place.is_bookable:
        return [blocker("room_not_bookable", place=place.name)]
    shut = _shut(standing.period, place)
    if shut:
        return [blocker("room_closed", day=local_date(standing.period.start), opened=shut.opened)]
    if place.people is not None and standing.people > place.people:
        short = standing.people - place.people
        return [concern("room_small_now", fits=place.people, short=short)]
    return []


def stop_findings(parts: Sequence[Period], room: Changed) -> list[Finding]:
    """Of the cube: of each part that the room is needed for. Never a blocker: theatre and host
    talk."""
    if room.has_stopped:
        return [concern("room_stopped", place=room.place.name)]
    judged = [(part, _shut(part, room.place)) for part in parts]
    return [
        concern("room_closed", day=local_date(part.start), opened=shut.opened)
        for part, shut in judged
        if shut
    ]


def outside_findings(period: Period, place: RoomPlace) -> list[Finding]:
    """Busy in a calendar kept elsewhere. The very same time is the booking itself, as it came back
    from the calendar of the host."""
    others = [busy for busy in place.outside if busy != period]
    return [concern("busy_elsewhere")] if any(busy.overlaps(period) for busy in others) else []


def crowded(periods: Sequence[Period], terms: Terms) -> set[Period]:
    """Meetings with less time before them than is kept free now. They keep what was agreed."""
    between = terms.before + terms.after
    return {
        later for earlier, later in pairwise(sorted(periods)) if later.start < earlier.end + between
    }


CROWDED = note("less_time_between")


@dataclass(frozen=True, slots=True)
class _Shut:
    opened: tuple[Period, ...]  # that day


def _shut(period: Period, place: RoomPlace) -> _Shut | None:
    """None: open all the time. Where nobody has said when it is open, only a closure counts."""
    day = local_date(period.start)
    if place.hours is None and not place.special:
        return _Shut(()) if any(each.overlaps(period) for each in place.closures) else None
    opened = place.opened(day, local_date(period.end))
    if any(opening.covers(period) for opening in opened):
        return None
    return _Shut(tuple(each for each in opened if local_date(each.start) == day))
