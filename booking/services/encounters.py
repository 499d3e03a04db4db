"""The encounters of a stop: made when it is confirmed, and moved along with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

from booking.letters import visitor as letters
from booking.models import Encounter, Performer, Seat, SeatBooking, Stop
from booking.queries.day_sheet import encounter_at
from booking.queries.encounters import lock_encounters, stops_without_encounters
from booking.queries.norms import current_norms
from booking.rules.encounters import SEATS, Holder, Planned, planned
from booking.services.seat_line import follow_stop, offer_seats, release
from core import history
from core.db import session
from core.findings import Refused, blocker
from core.history import Actor
from core.period import Period

NOBODY: Mapping[Period, Performer] = {}


def plan_encounters(
    stop: Stop,
    now: datetime,
    why: str = "",
    cast: Mapping[Period, Performer] = NOBODY,
    *,
    is_elsewhere: bool = False,
) -> None:
    """Make them what the sessions say; `cast`: who plays which, where that is another than the
    session says. Whoever has a seat keeps it, at the new time, and is told; an encounter that is
    gone is told too. `is_elsewhere`: at another place than before, which all of them are told."""
    wanted = [
        replace(each, performer_id=cast[each.period].id) if each.period in cast else each
        for each in planned(((s.period, s.performer_id) for s in stop.sessions), current_norms())
    ]
    _lock(stop)
    moved = []
    for number, (encounter, plan) in enumerate(zip_longest(stop.encounters, wanted), 1):
        if plan is None:
            _drop(encounter, why, now)
        elif encounter is None:
            _add(stop, number, plan)
        elif _retime(encounter, plan) or is_elsewhere:
            moved.append(encounter)
            _tell_moved(encounter, why, now, is_elsewhere=is_elsewhere)
    follow_stop(stop, moved, why, now, is_elsewhere=is_elsewhere)
    offer_seats(stop, stop.encounters, now)


def plan_missing(*, now: datetime) -> int:
    """For stops that were confirmed before there were encounters. Returns for how many."""
    stops = stops_without_encounters(now)
    for stop in stops:
        plan_encounters(stop, now)
    return len(stops)


def drop_encounters(stop: Stop, why: str, now: datetime) -> None:
    """The stop does not go on: whoever has a seat, or waits for one, is told."""
    _lock(stop)
    for encounter in stop.encounters:
        _drop(encounter, why, now)
    follow_stop(stop, [], why, now)


def count_visitors(
    stop_id: int, encounter_id: int, came: int, *, by: Actor, now: datetime
) -> Encounter:
    """How many came; counted again, the last count is right. Nobody's name is kept."""
    encounter = encounter_at(stop_id, encounter_id, now)
    if encounter is None or not 0 <= came <= SEATS:
        raise Refused([blocker("cannot_be_counted")])
    encounter.came = came
    session.flush()
    subject = encounter.stop.booking_request.subject
    history.record("counted", subject, by=by, at=now, encounter=encounter.number, seats=came)
    return encounter


def bookings_of(encounter: Encounter) -> list[SeatBooking]:
    """Of visitors, each once."""
    found = [seat.seat_booking for seat in encounter.taken if seat.seat_booking]
    return list(dict.fromkeys(found))


def _lock(stop: Stop) -> None:
    """Nobody takes a seat meanwhile; a new stop has none yet."""
    if stop.encounters:
        lock_encounters([each.id for each in stop.encounters])


def _add(stop: Stop, number: int, plan: Planned) -> None:
    encounter = Encounter(
        number=number,
        starts_at=plan.period.start,
        ends_at=plan.period.end,
        performer=session.get_one(Performer, plan.performer_id),
        seats=[],
    )
    stop.encounters.append(encounter)
    if stop.is_closed:  # the organisation's own people only
        encounter.seats = [
            Seat(number=seat, holder=Holder.ORGANISATION) for seat in encounter.free_numbers
        ]


def _retime(encounter: Encounter, plan: Planned) -> bool:
    """Returns whether it is at another time now."""
    has_moved = encounter.period != plan.period or encounter.dropped_at is not None
    encounter.starts_at, encounter.ends_at = plan.period.start, plan.period.end
    encounter.performer = session.get_one(Performer, plan.performer_id)
    encounter.dropped_at = None
    return has_moved


def _tell_moved(encounter: Encounter, why: str, now: datetime, *, is_elsewhere: bool) -> None:
    for booking in bookings_of(encounter):
        booking.reminded_at = None
        letters.moved(booking, why, is_elsewhere=is_elsewhere, now=now)


def _drop(encounter: Encounter, why: str, now: datetime) -> None:
    if encounter.dropped_at is not None:
        return
    for booking in bookings_of(encounter):
        booking.cancelled_at = now
        letters.cancelled(booking, why, now=now)
    release(encounter.taken, now)
    encounter.dropped_at = now
