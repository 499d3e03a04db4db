"""When a room is free: what `room_findings` refuses, turned around into times that can be had."""

from datetime import date, datetime, timedelta

from booking.rules.rooms import HORIZON, RoomPlace
from core.period import Period, subtracted
from venues.rules.terms import Terms

AN_EVENING = timedelta(hours=2)
QUARTER = timedelta(minutes=15)


def free_times(place: RoomPlace, first: date, last: date, now: datetime) -> list[Period]:
    """In order: any meeting within one of them, of a length the host allows, can be had."""
    if not place.is_bookable:
        return []
    left = subtracted(place.opened(first, last), [*_taken(place, now), *_not_yet(place, now)])
    return [period for period in left if period.length >= place.terms.shortest]


def first_part(terms: Terms, free: Period, wanted: timedelta = AN_EVENING) -> Period:
    """A meeting to start with in a longer free time: as long as is wanted and the terms allow."""
    length = min(max(wanted, terms.shortest), terms.longest, free.length)
    return Period(free.start, free.start + length)


def earliest_start(place: RoomPlace, now: datetime) -> datetime:
    """The first quarter of an hour that is not too soon."""
    soonest = now + max(place.terms.notice, timedelta(seconds=1))
    return soonest + (datetime.min.replace(tzinfo=soonest.tzinfo) - soonest) % QUARTER


def _not_yet(place: RoomPlace, now: datetime) -> list[Period]:
    """What is over, too soon or too far."""
    start = earliest_start(place, now)
    return [
        Period(start - 2 * HORIZON, start),
        Period(now + HORIZON, now + 2 * HORIZON),
    ]


def _taken(place: RoomPlace, now: datetime) -> list[Period]:
    """Where no part of a meeting can be. A meeting needs time around it too, so a claim reaches as
    much further."""
    before, after = place.terms.before, place.terms.after
    kept = [each.period for each in place.kept if each.until > now]
    return [*(each.padded(after, before) for each in (*place.taken, *kept)), *place.outside]
