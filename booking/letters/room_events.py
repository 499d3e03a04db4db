"""From an event of a room booking to the letters that follow it."""

from datetime import datetime
from functools import partial

from booking.letters import room_asker as to_asker
from booking.letters import room_host as to_host
from booking.letters.posting import CalendarNews, Writer
from booking.letters.recipients import hosts_of
from booking.letters.room_calendar import NOTHING, news_for, news_since, send
from booking.models import RoomBooking, RoomDate
from core import links
from core.mail import Recipient


def booked(booking: RoomBooking, *, now: datetime) -> None:
    """The asker and the hosts hear what is certain, with its invitation, and what still waits."""
    news = news_since(NOTHING, booking, now)
    words = to_asker.confirmed if booking.answer_until is None else to_asker.asked
    letter = (contact(booking), partial(words, booking, own_link(booking, now)))
    send(booking, [letter], news, event="booked", now=now)
    for venue_id in sorted({each.room.venue_id for each in booking.dates}):
        _tell_hosts(booking, venue_id, news, now)


def contact(booking: RoomBooking) -> Recipient:
    return Recipient(booking.contact_name, booking.contact_email, booking.language)


def own_link(booking: RoomBooking, now: datetime) -> str:
    """A fresh key to the page of who booked; earlier ones keep working."""
    return links.issue(*booking.subject, now=now)


def answer_link(booking: RoomBooking, now: datetime) -> str:
    """A fresh key to the page on which a host answers."""
    return links.issue("room_answer", booking.id, now=now)


def _tell_hosts(
    booking: RoomBooking, venue_id: int, news: list[CalendarNews], now: datetime
) -> None:
    """Only of the dates in their own rooms. Each host gets a key of their own."""
    dates = [each for each in booking.dates if each.room.venue_id == venue_id]
    waits = not all(each.is_confirmed for each in dates)
    letters = [
        (host, _for_host(booking, dates, now, waits=waits))
        for host in hosts_of(venue_id)
        if waits or host.address != booking.contact_email  # who books knows what is certain
    ]
    send(booking, letters, news_for(venue_id, news), event=f"booked:venue:{venue_id}", now=now)


def _for_host(booking: RoomBooking, dates: list[RoomDate], now: datetime, *, waits: bool) -> Writer:
    if waits:
        return partial(to_host.asked, booking, dates, answer_link(booking, now))
    return partial(to_host.confirmed, booking, dates)
