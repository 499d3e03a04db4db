"""What the privacy page promises of bookings of rooms, kept by the clock."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.clockwork import forget_people
from booking.models import RoomBooking
from booking.services import reserving
from core import links
from core.db import session, transact
from core.history import story
from core.outbox import OutboxMail
from tests.builders import NOW
from tests.integration.room_changes import cancel, fresh, sent, series

pytestmark = pytest.mark.usefixtures("app")
A_YEAR, A_MONTH = timedelta(days=365), timedelta(days=30)


def known(booking: RoomBooking) -> set[str]:
    found = fresh(booking)
    told = {found.contact_name, found.contact_email, found.contact_phone, found.purpose, found.pc4}
    return told | {date.words for date in found.dates}


def test_who_booked_goes_a_year_after_the_last_date() -> None:
    """Also when that date was cancelled: it is a year after it would have been."""
    booking = series()
    cancel(booking, -1, why="Noor is ziek")
    sent(booking)
    over = booking.dates[-1].ends_at + A_YEAR
    forget_people(over)
    assert "Noor Bakker" in known(booking)
    forget_people(over + timedelta(seconds=1))
    assert known(booking) == {""}
    assert fresh(booking).people == 12, "that a room was used stays, as a figure"
    assert story(booking.subject)[-1].action == "forgotten"
    mails = session.scalars(select(OutboxMail).where(OutboxMail.about_id == booking.id)).all()
    assert {(mail.to_address, mail.text) for mail in mails} == {("", "")}
    assert transact(reserving.forget_bookers, now=over + timedelta(days=9)) == 0, "once is enough"


@pytest.mark.parametrize("kind", ["room_booking", "room_answer"])
def test_keys_stop_a_month_after_the_last_date(kind: str) -> None:
    booking = series()
    token = transact(links.issue, kind, booking.id, now=NOW)
    over = booking.dates[-1].ends_at + A_MONTH
    forget_people(over)
    assert links.resolve(kind, token, over) == booking.id
    late = over + timedelta(seconds=1)
    assert transact(reserving.close_booking_links, now=late) == 1
    assert links.resolve(kind, token, late) is None
    assert transact(reserving.close_booking_links, now=late) == 0
