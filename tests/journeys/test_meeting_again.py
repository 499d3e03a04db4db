"""People go on meeting after the cube: a room booked for it from the private page, date by date,
and shown wherever what continues is shown."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from booking import services
from booking.models import FollowUp, RoomBooking, Stop
from booking.queries.follow_up import plan_of
from booking.queries.season import Season, districts_in
from booking.rules.recurrence import Frequency, Recurrence
from booking.rules.room_asked import RoomAsked
from booking.rules.room_changes import Scope
from booking.services import reserving
from core import history, links
from core.db import session, transact
from core.fields import new_form_token
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.integration.bookings import LATER, ask, confirm, refused
from tests.pages import CheckingClient
from venues.models import Room

FIRST, LAST = date(2027, 2, 11), date(2027, 4, 1)  # eight Thursdays
TAKEN = date(2027, 2, 25)
AFTER_FOUR = datetime(2027, 3, 12, 12, tzinfo=UTC)


@pytest.fixture
def stop(app: object, set_clock: SetClock) -> Stop:
    hall = b.stage()
    set_clock(LATER)
    return confirm(ask(hall.id), hall.id)


@pytest.fixture
def room(stop: Stop) -> Room:
    found = transact(b.meeting_room)
    transact(b.meeting_room, "Ver weg", b.VLEUTEN)
    b.booked(b.room_asked(found, TAKEN))
    return found


def series(room: Room) -> RoomAsked:
    weekly = Recurrence(Frequency.WEEKLY, until=LAST)
    return b.room_asked(room, FIRST, weekly, skip=[TAKEN], email="sam@buren.example")


def book(stop: Stop, room: Room, form_token: str = "") -> RoomBooking:
    return transact(
        services.book_what_continues,
        stop.booking_request_id,
        series(room),
        form_token=form_token or new_form_token(),
        now=LATER,
    )


def cancel_rest(booking: RoomBooking | None, now: datetime) -> None:
    assert booking
    ahead = next(each for each in booking.dates if each.ends_at > now)
    said: dict[str, Any] = {"why": "", "version": None, "by": history.ASKER, "now": now}
    transact(reserving.cancel_dates, booking.id, ahead.id, Scope.ALL, **said)


def test_a_room_to_meet_again_from_the_private_page_to_the_figures(
    stop: Stop, room: Room, client: CheckingClient, signed_in: SignIn, set_clock: SetClock
) -> None:
    token = transact(links.issue, *stop.booking_request.subject, now=LATER)
    desk = signed_in(transact(b.person, "Noor", Role.PLANNER))
    request_id = stop.booking_request_id
    asking = client.visit(f"/aanvraag/{token}").link("Boek een ruimte om elkaar weer te zien")
    page = asking.follow()
    form = page.form("/vervolg/ruimte")
    assert form.fields["datum"] == FIRST.isoformat(), "a week after the visit"
    nearest = page.soup.find("input", {"name": "ruimte"})
    assert nearest
    assert nearest["value"] == str(room.id)
    form.fill(ruimte=str(room.id), van="19:00", tot="21:00", mensen="12", waarvoor="Samen eten")
    wrong = form.fill(tot_en_met=FIRST.isoformat()).submit(status=422)
    assert wrong.form("/vervolg/ruimte").fields["waarvoor"] == "Samen eten"

    form = wrong.form("/vervolg/ruimte").fill(tot_en_met=LAST.isoformat())
    dates = form.submit("Bekijk welke data vrij zijn")
    assert dates.path.startswith(f"/ruimtes/{room.id}/reserveren")
    assert "donderdag 25 februari 2027" in dates.text, "the one that is taken"
    check = dates.form("reserve").submit("Verder")
    assert f"aanvraag {stop.booking_request.reference}" in check.text
    assert "sam@buren.example" in check.text, "who they are is known"
    check.form("Reserveer nu").submit("Reserveer nu")
    ordinary = client.visit(f"/ruimtes/{room.id}/reserveren")
    assert ordinary.form("reserve").fields["waarvoor"] == "", "the draft became the series"

    own = client.visit(f"/aanvraag/{token}")
    said = "gaat door Elke donderdag, 19.00 – 21.00 uur in De Buurtkamer, Zaal. Nog 7 keer."
    assert said in own.text
    assert "Samen eten" in own.text
    assert said in client.visit(f"/aanvraag/{token}/vervolg").text
    assert client.visit(f"/aanvraag/{token}/vervolg/ruimte").path == f"/aanvraag/{token}"
    assert said in desk.visit(f"/planning/aanvragen/{request_id}").text
    moving = desk.visit(f"/planning/aanvragen/{request_id}/verplaats")
    assert "Nog niets afgesproken" not in moving.text

    set_clock(AFTER_FOUR)
    assert "Keren dat mensen elkaar weer zagen 4" in desk.visit("/planning/cijfers").text
    assert "4 keer geweest, nog 3 keer" in desk.visit(f"/planning/aanvragen/{request_id}").text
    cancel_rest(session.scalars(select(FollowUp)).one().room_booking, AFTER_FOUR)
    assert "gestopt Elke donderdag" in desk.visit(f"/planning/aanvragen/{request_id}").text
    [overvecht] = [d for d in districts_in(Season.beginning(2026), AFTER_FOUR) if d.stops]
    assert overvecht.met == 4, "what was held keeps counting"


def test_all_of_it_is_booked_or_nothing(stop: Stop, room: Room) -> None:
    form = new_form_token()
    first = book(stop, room, form)
    assert book(stop, room, form).id == first.id, "sent twice is done once"
    assert plan_of(stop.booking_request_id) == "Taalcafé"
    other = transact(b.meeting_room, "De Overkant")
    with refused("continues_already"):
        book(stop, other)
    session.rollback()
    assert session.query(RoomBooking).count() == 2, "what was refused is not booked either"
    cancel_rest(first, LATER)
    again = book(stop, other)
    session.expire_all()
    agreed = session.get_one(FollowUp, stop.booking_request_id)
    assert agreed.room_booking_id == again.id, "nothing of the first is left"
