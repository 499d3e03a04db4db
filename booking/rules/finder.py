"""Finding a room: which can be had then, and which only nearly.

A result is a room against which `room_findings` and `asker_findings` have no blocker, and that has
what is needed. A near miss lacks something small, and says what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from booking.rules.free import free_times
from booking.rules.rooms import Meeting, RoomAsker, RoomPlace, asker_findings, room_findings
from booking.rules.sought import Need, Sought
from booking.rules.walking import ring, walking_minutes
from core.clock import local_date
from core.findings import Finding, blocker, blockers, concern, concerns
from core.period import Period, in_common
from venues.facts import districts

NEAR = timedelta(hours=2)  # so much earlier or later is still nearly
LENGTH_CODES = {"meeting_too_short", "meeting_too_long"}
# Another hour of that day may do.
TIME_CODES = {"meeting_too_soon", "room_closed", "room_taken", "room_busy_outside", "room_kept"}
# What is missing, and the room can be booked all the same.
SMALL = {"free_from", "free_until", "free_shorter", "need_unknown"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A room that may do; None in `has`: nobody has said."""

    place: RoomPlace
    has: Mapping[Need, bool | None]


@dataclass(frozen=True, slots=True)
class Found:
    """`misses` is empty for a result; for a near miss it says why, and `free` is what can be had.

    `walking` is None when nobody said from where.
    """

    place: RoomPlace
    walking: int | None
    free: tuple[Period, ...] = ()  # none: no moment was asked
    misses: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @property
    def can_be_booked(self) -> bool:
        """As it is found: another time, or with something nobody has said."""
        return bool(self.free) and {each.code for each in self.misses} <= SMALL

    @property
    def ring(self) -> int | None:
        return None if self.walking is None else ring(self.walking)


@dataclass(frozen=True, slots=True)
class _When:
    free: tuple[Period, ...] = ()
    misses: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


def found(
    candidates: Iterable[Candidate], sought: Sought, now: datetime
) -> tuple[list[Found], list[Found]]:
    """The results and the near misses, the nearest first."""
    judged = [each for c in candidates if (each := judge(c, sought, now))]
    results = [each for each in judged if not each.misses]
    nearly = [each for each in judged if each.misses]
    return sorted(results, key=_nearest), sorted(nearly, key=_least_missing)


def judge(candidate: Candidate, sought: Sought, now: datetime) -> Found | None:
    """None: not even nearly."""
    place = candidate.place
    lacks = [candidate.has[need] for need in sorted(sought.needs)]
    if False in lacks or not place.is_bookable or _is_far_too_small(place, sought):
        return None
    when = _when(place, sought, now)
    if when is None:
        return None
    who = _asker(place, sought)
    stands_in_the_way = bool(sought.days and sought.origin)  # else it is only good to know
    return Found(
        place,
        walking_minutes(sought.origin.centre, place.point) if sought.origin else None,
        when.free,
        (
            *when.misses,
            *_seats(place, sought),
            *(who if stands_in_the_way else ()),
            *(_unknown(need) for need in sorted(sought.needs) if candidate.has[need] is None),
        ),
        (*when.remarks, *(() if stands_in_the_way else who)),
    )


def by_ring(results: Iterable[Found]) -> list[tuple[int | None, list[Found]]]:
    """Sorted results per ring of walking minutes; None: farther than the last."""
    return [(minutes, list(group)) for minutes, group in groupby(results, lambda f: f.ring)]


def by_district(results: Iterable[Found]) -> dict[str, list[Found]]:
    """By the number of the district, in order; only districts with any."""
    in_order = sorted(results, key=lambda each: (each.place.district_number, each.place.name))
    return {
        number: list(group)
        for number, group in groupby(in_order, lambda each: each.place.district_number)
    }


def _when(place: RoomPlace, sought: Sought, now: datetime) -> _When | None:
    if not sought.days:
        return _When()
    if sought.length is not None:
        return _within(place, sought, sought.length, now)
    return _exactly(place, sought.period, sought.people or 1, now) if sought.period else None


def _exactly(place: RoomPlace, period: Period, people: int, now: datetime) -> _When | None:
    said = room_findings(Meeting(period, people), place, now)
    against = [each for each in blockers(said) if each.code != "room_too_small"]
    if not against:
        return _When((period,), remarks=tuple(concerns(said)))
    codes = {each.code for each in against}
    if codes <= LENGTH_CODES:
        return _When(misses=tuple(against))
    return _shifted(place, period, now) if codes <= TIME_CODES else None


def _shifted(place: RoomPlace, period: Period, now: datetime) -> _When | None:
    """As long, a little earlier or later that day; else what is left of it."""
    day = local_date(period.start)
    free = free_times(place, day, day, now)
    starts = [
        min(max(period.start, each.start), each.end - period.length)
        for each in free
        if each.length >= period.length
    ]
    nearest = min(starts, key=lambda start: abs(start - period.start), default=None)
    if nearest is None or abs(nearest - period.start) > NEAR:
        return _shorter(in_common(free, [period]), period.length, place.terms.shortest)
    instead = Period(nearest, nearest + period.length)
    if nearest > period.start:
        return _When((instead,), (blocker("free_from", at=instead.start),))
    return _When((instead,), (blocker("free_until", at=instead.end),))


def _within(place: RoomPlace, sought: Sought, length: timedelta, now: datetime) -> _When | None:
    """Every stretch that is long enough, within the times of each day."""
    parts = in_common(free_times(place, sought.days[0], sought.days[-1], now), sought.windows)
    shortest, longest = max(length, place.terms.shortest), place.terms.longest
    enough = tuple(part for part in parts if part.length >= shortest)
    if enough and length > longest:
        return _When(enough, (blocker("meeting_too_long", longest=longest),))
    if enough:
        return _When(enough, remarks=_perhaps(place, enough))
    return _shorter(parts, length, place.terms.shortest)


def _shorter(parts: list[Period], asked: timedelta, shortest: timedelta) -> _When | None:
    """The longest stretch there is, when it is at least half of what was asked."""
    nearly = [part for part in parts if part.length >= max(asked / 2, shortest)]
    longest = max(nearly, key=lambda part: part.length, default=None)
    return _When((longest,), (blocker("free_shorter", session=longest),)) if longest else None


def _perhaps(place: RoomPlace, free: Iterable[Period]) -> tuple[Finding, ...]:
    """What is free may turn out to be taken, when an outside calendar says perhaps."""
    doubtful = in_common(place.perhaps, free)
    return (concern("room_perhaps_busy"),) if doubtful else ()


def _is_far_too_small(place: RoomPlace, sought: Sought) -> bool:
    return place.people is not None and place.people < sought.fewest_people


def _seats(place: RoomPlace, sought: Sought) -> list[Finding]:
    if sought.people is None or place.people is None or sought.people <= place.people:
        return []
    return [blocker("seats_short", fits=place.people, short=sought.people - place.people)]


def _asker(place: RoomPlace, sought: Sought) -> list[Finding]:
    """For whom it is kept; nobody is known here yet."""
    district = sought.origin.district.number if sought.origin else None
    codes = {each.code for each in asker_findings(RoomAsker(district), 1, place)}
    kept_for = {
        "only_for_neighbours": blocker(
            "kept_for_district", district=districts()[place.district_number].name
        ),
        "only_for_known": blocker("kept_for_known"),
    }
    return [finding for code, finding in kept_for.items() if code in codes]


def _unknown(need: Need) -> Finding:
    return blocker("need_unknown", need=need)


def _nearest(each: Found) -> tuple[int, int, str, int]:
    """Of rooms as near the smallest that does: the big ones stay free for who needs them."""
    place = each.place
    return each.walking or 0, place.people or 0, place.name, place.room_id


def _least_missing(each: Found) -> tuple[bool, int, int, int, str, int]:
    return not each.can_be_booked, len(each.misses), *_nearest(each)
