"""From an event of a room booking to the letters that follow it."""

from datetime import datetime
from functools import partial

from booking.letters import room_asker as to_asker
from booking.letters import room_host as to_host
from booking.letters.posting import own_link
from booking.letters.recipients import hosts_of
from booking.letters.room_answer_events import questions_for_hosts
from booking.letters.room_calendar import NOTHING, news_for, news_since, send
from booking.letters.room_readers import by_venue, contact
from booking.models import RoomBooking
from core.mail import Recipient


def booked(booking: RoomBooking, *, now: datetime) -> None:
    """The asker hears all of it. Hosts of each place hear what is certain there, with its
    invitation, and are asked about what waits for them."""
    news = news_since(NOTHING, booking, now)
    words = to_asker.confirmed if booking.answer_until is None else to_asker.asked
    letter = (contact(booking), partial(words, booking, own_link(booking, now)))
    send(booking, [letter], news, event="booked", now=now)
    for venue_id, dates in by_venue(each for each in booking.dates if each.is_confirmed).items():
        write = partial(to_host.confirmed, booking, dates)
        letters = [(host, write) for host in _others(hosts_of(venue_id), booking)]
        event = f"booked:venue:{venue_id}"
        send(booking, letters, news_for(venue_id, news), event=event, now=now)
    questions_for_hosts(booking, event="asked", now=now)


def _others(hosts: list[Recipient], booking: RoomBooking) -> list[Recipient]:
    """Who books knows what is certain."""
    return [host for host in hosts if host.address != booking.contact_email]
