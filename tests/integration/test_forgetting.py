"""What the privacy page promises, kept by the clock."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from booking import services
from booking.models import BookingRequest
from core import history, links
from core.db import session, transact
from core.history import HistoryEntry
from core.outbox import MailState, OutboxMail
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
