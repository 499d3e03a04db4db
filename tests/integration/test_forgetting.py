"""What the privacy page promises, kept by the clock."""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from booking import services
from booking.models import BookingRequest, RoomBooking
from booking.rules.recurrence import Frequency, Recurrence
from booking.services import reserving
from core import history, links
from core.db import session, transact
from core.history import HistoryEntry
from core.outbox import MailState, OutboxMail
from people.models import Role
from tests import builders as b

pytestmark = pytest.mark.usefixtures("app")
A_YEAR, A_MONTH = timedelta(days=365), timedelta(days=30)
LAST_DAY = b.AFTERNOON_STARTS  # all of the only choice


def a_request() -> BookingRequest:
    request = b.submitted(b.asked(b.stage().id, hope="Dat het gezellig wordt."))
    transact(_deliver_all)
    return session.get_one(BookingRequest, request.id)


def _deliver_all() -> None:
    session.execute(update(OutboxMail).values(state=MailState.SENT, sent_at=b.NOW))


def test_contacts_go_a_year_after_the_last_date() -> None:
    request = a_request()
    too_early = LAST_DAY + A_YEAR - timedelta(days=1)
    assert transact(services.forget_contacts, now=too_early) == 0
    assert request.contact_email

    later = LAST_DAY + A_YEAR + timedelta(days=2)
    assert transact(services.forget_contacts, now=later) == 1
    told = [request.contact_name, request.contact_email, request.contact_phone, request.hope]
    assert told == ["", "", "", ""]
    assert request.visitors == 12, "what was played for how many stays"
    mails = session.scalars(select(OutboxMail).where(OutboxMail.about_id == request.id)).all()
    assert mails
    assert {(m.to_name, m.to_address, m.subject, m.text, m.html) for m in mails} == {("",) * 5}
    assert transact(services.forget_contacts, now=later) == 0, "once is enough"


def test_mail_that_still_waits_is_not_emptied() -> None:
    request = b.submitted(b.asked(b.stage().id))
    transact(services.forget_contacts, now=LAST_DAY + A_YEAR + timedelta(days=2))
    waiting = session.scalars(select(OutboxMail).where(OutboxMail.about_id == request.id)).one()
    assert waiting.to_address == b.asked().contact.email


def test_private_links_stop_a_month_after_the_last_date() -> None:
    request = a_request()
    token = transact(links.issue, *request.subject, now=b.NOW)
    soon, late = LAST_DAY + timedelta(days=29), LAST_DAY + A_MONTH + timedelta(days=2)
    transact(services.close_links, now=soon)
    assert links.resolve("booking_request", token, soon) == request.id
    assert transact(services.close_links, now=late) == 1
    assert links.resolve("booking_request", token, late) is None
    assert transact(services.close_links, now=late) == 0


def test_history_is_kept_for_two_years() -> None:
    a_request()
    count = select(func.count()).select_from(HistoryEntry)
    before = session.scalar(count)
    assert before
    transact(history.forget_old, b.NOW + timedelta(days=729))
    assert session.scalar(count) == before
    transact(history.forget_old, b.NOW + timedelta(days=731))
    assert session.scalar(count) == 0


def test_the_page_promises_what_the_clock_does(app: Flask) -> None:
    page = app.test_client().get("/privacy").get_data(as_text=True)
    assert "12 maanden" in page
    assert "24 maanden" in page
    assert "30 dagen" in page


# ---- Bookings of rooms ----


def a_booking() -> RoomBooking:
    """Two evenings; the second is the last date."""
    host = transact(partial(b.person, "Jo", Role.HOST, "jo@plek.example"))
    room = transact(partial(b.meeting_room, host=host, confirms_at_once=False))
    asked = b.room_asked(room, recurrence=Recurrence(Frequency.WEEKLY, count=2))
    booking = b.booked(asked)
    transact(_deliver_all)
    return session.get_one(RoomBooking, booking.id)


def test_who_booked_a_room_is_forgotten_a_year_after_the_last_date() -> None:
    booking = a_booking()
    last = booking.dates[-1].ends_at
    assert transact(reserving.forget_room_contacts, now=last + A_YEAR - timedelta(days=1)) == 0
    assert booking.contact_email
    later = last + A_YEAR + timedelta(days=1)
    assert transact(reserving.forget_room_contacts, now=later) == 1
    told = [booking.contact_name, booking.contact_email, booking.contact_phone, booking.purpose]
    assert told == [""] * 4
    assert (booking.people, len(booking.dates)) == (12, 2), "what was booked stays"
    kept = select(OutboxMail.to_address).where(OutboxMail.about_kind == "room_booking")
    assert set(session.scalars(kept)) == {""}
    assert transact(reserving.forget_room_contacts, now=later) == 0


def test_keys_to_a_booking_stop_a_month_after_the_last_date() -> None:
    booking = a_booking()
    last, venue_id = booking.dates[-1].ends_at, booking.room.venue_id
    kinds = ["room_booking", "room_answer", f"room_answer:{venue_id}"]
    keys = {kind: transact(links.issue, kind, booking.id, now=b.NOW) for kind in kinds}
    soon, late = last + A_MONTH - timedelta(days=1), last + A_MONTH + timedelta(days=1)
    transact(reserving.close_room_links, now=soon)
    assert all(links.resolve(kind, key, soon) for kind, key in keys.items())
    assert transact(reserving.close_room_links, now=late) == 1
    assert not any(links.resolve(kind, key, late) for kind, key in keys.items())
    assert transact(reserving.close_room_links, now=late) == 0
