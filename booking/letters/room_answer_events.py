"""From an answer about a room, or the lack of one, to the letters that follow it.

Hosts of each place hear only of the dates there, and get a key of their own to those.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from booking.letters import room_answers as to_asker
from booking.letters import room_answers_host as to_host
from booking.letters.posting import Writer, own_link, post, post_to_each
from booking.letters.recipients import hosts_of
from booking.letters.room_answers import Said
from booking.letters.room_calendar import Standing, tell
from booking.letters.room_readers import (
    Letters,
    answer_address,
    by_venue,
    contact,
    waiting_for_host,
)
from booking.models import RoomBooking, RoomDate
from booking.queries.alternatives import FreeMoment, free_instead
from booking.rules.host_answers import NoReason
from core.clock import local_date
from core.mail import Message

ALTERNATIVES_FOR = 2  # dates in one letter
ALTERNATIVES = 3
LOOKED_AT = 9  # as many nearest moments, of which not all may help

HostLetter = Callable[[RoomBooking, list[RoomDate], str], Message]


def questions_for_hosts(
    booking: RoomBooking, *, event: str, now: datetime, write: HostLetter = to_host.asked
) -> None:
    """Ask the hosts of each place where something waits for them."""
    for venue_id, dates in by_venue(waiting_for_host(booking)).items():
        for host in hosts_of(venue_id):
            address = answer_address(booking, venue_id, now=now)
            letter = partial(write, booking, dates, address)
            post(letter, host, booking, event=f"{event}:{venue_id}", now=now)


def answered(booking: RoomBooking, said: Said, before: Standing, *, now: datetime) -> None:
    """The asker hears all of it; hosts what is certain now, with its invitation."""
    event = f"answer:{booking.version}"
    free = _instead(booking, said.refused, said.reason, now)
    letter = partial(to_asker.answered, booking, said, free, own_link(booking, now))
    for_hosts: dict[int, Letters] = {}
    for venue_id, dates in by_venue([*said.agreed, *said.changed]).items():
        write = partial(to_host.agreed, booking, dates)
        for_hosts[venue_id] = [(host, write) for host in hosts_of(venue_id)]
    tell(booking, before, [(contact(booking), letter)], event=event, now=now, at=for_hosts)


def given_away(booking: RoomBooking, dates: list[RoomDate], *, now: datetime) -> None:
    free = _instead(booking, dates, NoReason.GIVEN_AWAY, now)
    letter = partial(to_asker.given_away, booking, dates, free, own_link(booking, now))
    post(letter, contact(booking), booking, event=f"given-away:{booking.version}", now=now)


def reminded(booking: RoomBooking, *, now: datetime) -> None:
    questions_for_hosts(booking, event="nudge", now=now, write=to_host.reminded)


def expired(
    booking: RoomBooking, dates: list[RoomDate], kept: list[RoomDate], *, now: datetime
) -> None:
    """`kept`: dates that stay at their old time, as nobody answered about another one."""
    event = f"expired:{booking.version}"
    if dates:
        free = _instead(booking, dates, None, now)
        letter: Writer = partial(to_asker.expired, booking, dates, free, own_link(booking, now))
        post(letter, contact(booking), booking, event=event, now=now)
    if kept:
        letter = partial(to_asker.offer_lapsed, booking, kept, own_link(booking, now))
        post(letter, contact(booking), booking, event=f"{event}:kept", now=now)
    for venue_id, there in by_venue(dates).items():
        write, people = partial(to_host.expired, booking, there), hosts_of(venue_id)
        post_to_each(write, people, booking, event=f"{event}:{venue_id}", now=now)


def _instead(
    booking: RoomBooking, dates: list[RoomDate], reason: NoReason | None, now: datetime
) -> list[FreeMoment]:
    """What is free instead of the first dates to come, as far as the reason leaves it possible.

    `reason` None: the host was silent.
    """
    coming = [date for date in dates if date.ends_at > now][:ALTERNATIVES_FOR]
    each = ALTERNATIVES if len(coming) == 1 else ALTERNATIVES - 1
    found: list[FreeMoment] = []
    for date in coming:
        near = free_instead(date.room, date.period, booking.people, now, at_most=LOOKED_AT)
        found += [free for free in near if _helps(free, date, reason)][:each]
    return found


def _helps(free: FreeMoment, date: RoomDate, reason: NoReason | None) -> bool:
    """Somebody who is not there at seven is not there at half past; who is silent stays so."""
    if free.room is not date.room:
        return True
    if reason is NoReason.GIVEN_AWAY:
        return True
    if reason in (None, NoReason.DOES_NOT_FIT):
        return False
    return local_date(free.period.start) != local_date(date.starts_at)
