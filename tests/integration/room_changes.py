"""A booking of a room to change, and who looks on: the asker and the host, with their calendars."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from sqlalchemy import inspect

from booking.models import RoomBooking, RoomDate
from booking.rules.recurrence import Frequency, Recurrence, Times
from booking.rules.room_changes import Change, Scope
from booking.rules.room_lifecycle import Side
from booking.services import reserving
from booking.services.reserving.dates import confirm_date, propose
from booking.services.reserving.moving import Wanted
from core import history
from core.db import session, transact
from core.outbox import MailState, OutboxMail
from core.outbox.queries import mails_about
from people.models import Role
from tests.builders import NOW, booked, meeting_room, person, room_asked
from tests.calendars import OwnCalendar
from venues.models import Room

ASKER, HOST = "contact@taalcafe.example", "jo@plek.example"
FOUR = Recurrence(Frequency.WEEKLY, count=4)
LONGER, SHORTER, LATER = (
    Times(time(18), time(21)),
    Times(time(19), time(20)),
    Times(time(20), time(22)),
)


def lent(**facts: object) -> Room:
    host = transact(person, "Jo", Role.HOST, HOST)
    return transact(partial(meeting_room, host=host, **facts))  # type: ignore[arg-type]


def lent_elsewhere(**facts: object) -> Room:
    """A room of other people."""
    host = transact(person, "Mo", Role.HOST, "mo@plek.example")
    return transact(partial(meeting_room, "De Overkant", host=host, **facts))  # type: ignore[arg-type]


def series(room: Room | None = None, times: int = 4, **how: object) -> RoomBooking:
    """Every Thursday evening, confirmed, also in a room whose host answers by hand."""
    room = room or lent(**how)
    booking = booked(room_asked(room, recurrence=Recurrence(Frequency.WEEKLY, count=times)))
    if not room.confirms_at_once:
        transact(_confirmed, booking.id)
    return sent(booking)


def asked(**how: object) -> RoomBooking:
    """Every Thursday evening; the host has not answered."""
    return booked(room_asked(lent(confirms_at_once=False, **how), recurrence=FOUR))


def _confirmed(booking_id: int) -> None:
    booking = session.get_one(RoomBooking, booking_id)
    for date in booking.dates:
        confirm_date(date, NOW)
    booking.answer_until = None
    booking.touch()


def sent(booking: RoomBooking) -> RoomBooking:
    """All that waits has left: whoever is told has it."""

    def send() -> None:
        for mail in mails_about(booking.subject):
            if mail.state is MailState.PENDING:
                mail.state, mail.sent_at = MailState.SENT, NOW

    transact(send)
    return fresh(booking)


def fresh(booking: RoomBooking) -> RoomBooking:
    """As it is now, also when another session has let go of it."""
    identity = inspect(booking).identity
    assert identity
    session.rollback()
    session.expire_all()
    return session.get_one(RoomBooking, identity)


def cancel(
    booking: RoomBooking,
    number: int = 0,
    scope: Scope = Scope.THIS,
    *,
    why: str = "",
    now: datetime = NOW,
) -> RoomBooking:
    return transact(
        reserving.cancel_dates,
        booking.id,
        booking.dates[number].id,
        scope,
        why=why,
        version=booking.version,
        by=history.ASKER,
        now=now,
    )


def move(
    booking: RoomBooking,
    number: int,
    times: Times,
    scope: Scope = Scope.THIS,
    *,
    days_later: int = 0,
    room: Room | None = None,
    staying: Sequence[RoomDate] = (),
    now: datetime = NOW,
) -> RoomBooking:
    wanted = Wanted(
        booking.dates[number].id,
        scope,
        Change(times, days_later),
        room.id if room else None,
        tuple(date.id for date in staying),
    )
    version = booking.version
    return transact(
        reserving.move_dates, booking.id, wanted, version=version, by=history.ASKER, now=now
    )


def host_proposes(booking: RoomBooking, *numbers: int, by: timedelta = timedelta(hours=1)) -> None:
    """So much later."""

    def write() -> None:
        found = session.get_one(RoomBooking, booking.id)
        for number in numbers:
            propose(found.dates[number], found.dates[number].period.shifted(by), Side.HOST)
        found.touch()

    transact(write)


def mails(booking: RoomBooking, address: str) -> list[OutboxMail]:
    """What was written to somebody and not taken back, in order."""
    session.expire_all()
    return [
        mail
        for mail in mails_about(booking.subject)
        if mail.to_address == address and mail.state is not MailState.WITHDRAWN
    ]


def calendar(booking: RoomBooking, address: str) -> OwnCalendar:
    """What stands in somebody's calendar after all mails."""
    found = OwnCalendar()
    for mail in mails(booking, address):
        if mail.calendar:
            found.take(mail.calendar)
    assert found.refused == 0, "an invitation was not newer than the one before"
    return found


def held(booking: RoomBooking) -> list[tuple[datetime, datetime, str]]:
    """From, until and where of what is confirmed: what calendars have to show."""
    return sorted(
        (date.starts_at, date.ends_at, f"{date.room.full_name}, {date.room.venue.address}")
        for date in fresh(booking).dates
        if date.is_confirmed
    )


def everybody_sees_what_is_held(booking: RoomBooking) -> bool:
    return calendar(booking, ASKER).shown == calendar(booking, HOST).shown == held(booking)
