"""From a change by the asker to the letters that follow it, and what calendars hear of it.

The asker hears all of it; the hosts of each place hear of the dates there, and of no others.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from booking.letters import room_changes_asker as to_asker
from booking.letters import room_changes_host as to_host
from booking.letters.posting import Writer, own_link, post, post_to_each
from booking.letters.recipients import hosts_of
from booking.letters.room_calendar import Standing, tell
from booking.letters.room_moves import Moved
from booking.letters.room_readers import (
    Letters,
    answer_address,
    by_venue,
    contact,
    waiting_for_host,
)
from booking.models import RoomBooking, RoomDate
from booking.rules.room_changes import may_change
from booking.rules.room_lifecycle import DateState


def cancelled(
    booking: RoomBooking,
    dates: list[RoomDate],
    late: list[RoomDate],
    before: Standing,
    *,
    why: str,
    now: datetime,
) -> None:
    left = [date for date in booking.dates if may_change(date, now)]
    write = partial(to_asker.cancelled, booking, dates, left, own_link(booking, now))
    at = _for_hosts(dates, lambda there: partial(to_host.cancelled, booking, there, late, why))
    _tell(booking, before, write, at, f"cancelled:{booking.version}", now)


def moved(booking: RoomBooking, what: Moved, before: Standing, *, now: datetime) -> None:
    """What the host has to answer comes with a key to the page for that."""
    write = partial(to_asker.moved, booking, what, own_link(booking, now))
    venues = {room.venue_id for was in what.every for room in (was.room, was.date.room)}
    at: dict[int, Letters] = {}
    for venue_id in sorted(venues):
        there = what.at(venue_id)
        at[venue_id] = [
            (host, partial(to_host.moved, booking, venue_id, there, _key(booking, venue_id, now)))
            for host in hosts_of(venue_id)
        ]
    _tell(booking, before, write, at, f"moved:{booking.version}", now)


def proposals_accepted(
    booking: RoomBooking, dates: list[RoomDate], before: Standing, *, now: datetime
) -> None:
    write = partial(to_asker.accepted, booking, dates, own_link(booking, now))
    at = _for_hosts(dates, lambda there: partial(to_host.accepted, booking, there))
    _tell(booking, before, write, at, f"accepted:{booking.version}", now)


def proposals_refused(booking: RoomBooking, dates: list[RoomDate], *, now: datetime) -> None:
    """What is asked still, the host can say yes to after all."""
    for venue_id, there in by_venue(dates).items():
        is_asked = any(date.state is DateState.ASKED for date in there)
        for host in hosts_of(venue_id):
            key = _key(booking, venue_id, now) if is_asked else ""
            write = partial(to_host.refused, booking, there, key)
            post(write, host, booking, event=f"refused:{booking.version}:{venue_id}", now=now)


def proposals_taken_back(booking: RoomBooking, dates: list[RoomDate], *, now: datetime) -> None:
    for venue_id, there in by_venue(dates).items():
        write, event = partial(to_host.taken_back, booking, there), f"back:{booking.version}"
        post_to_each(write, hosts_of(venue_id), booking, event=f"{event}:{venue_id}", now=now)


def details_changed(
    booking: RoomBooking, dates: list[RoomDate], before: Standing, *, now: datetime
) -> None:
    """Another purpose is another title in calendars; the asker hears only for that."""
    event = f"details:{booking.version}"
    at = _for_hosts(dates, lambda there: partial(to_host.details, booking, there))
    letters: Letters = []
    if booking.purpose != before.purpose:
        letters = [(contact(booking), partial(to_asker.details, booking, own_link(booking, now)))]
    tell(booking, before, letters, event=event, now=now, at=at)


def _tell(
    booking: RoomBooking,
    before: Standing,
    write: Writer,
    at: dict[int, Letters],
    event: str,
    now: datetime,
) -> None:
    tell(booking, before, [(contact(booking), write)], event=event, now=now, at=at)


def _for_hosts(
    dates: Iterable[RoomDate], writer: Callable[[list[RoomDate]], Writer]
) -> dict[int, Letters]:
    return {
        venue_id: [(host, writer(there)) for host in hosts_of(venue_id)]
        for venue_id, there in by_venue(dates).items()
    }


def _key(booking: RoomBooking, venue_id: int, now: datetime) -> str:
    """Where a host of this place answers, with a new key; empty when nothing waits there."""
    there = by_venue(waiting_for_host(booking))
    return answer_address(booking, venue_id, now=now) if venue_id in there else ""
