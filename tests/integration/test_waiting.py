"""The waiting list: joined, offered, taken, left, lapsed; by services and by the clock."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from booking import clockwork
from booking.models import RoomBooking, WaitingPlace
from booking.queries.waiting import number_in_line
from booking.rules.recurrence import Times
from booking.rules.room_lifecycle import DateState
from booking.services import reserving
from core.clock import local_days
from core.db import session, transact
from core.fields import new_form_token
from core.history import story
from core.outbox import MailState
from core.outbox.queries import mails_about
from tests.builders import EVENING, NOW, PLANNER, THURSDAY, booked, meeting_room, room_asked
from tests.conftest import CountQueries
from tests.integration.bookings import refused
from tests.pages import CheckingClient
from tests.waiting import clock, free, letters, line, own_address, waits, wish
from venues import services as venues
from venues.models import OutsideBusy, OutsideCalendar, Room
from venues.rules.terms import BookableBy
from venues.rules.values import ClosureDetails

pytestmark = pytest.mark.usefixtures("app")
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def lent(**facts: Any) -> Room:
    return transact(partial(meeting_room, **facts))


def taken(room: Room) -> int:
    """Somebody has the evening; the id of the date."""
    return booked(room_asked(room)).dates[0].id


def take(place: WaitingPlace, now: datetime = NOW, version: int | None = None) -> RoomBooking:
    session.expire_all()
    return transact(
        reserving.take_offer,
        place.id,
        version=place.version if version is None else version,
        form_token=new_form_token(),
        now=now,
    )


def test_joining_tells_which_number_and_keeps_a_place() -> None:
    room = lent()
    taken(room)
    first, second = waits(room, "sam"), waits(room, "noor")
    assert (number_in_line(first), number_in_line(second)) == (1, 2)
    (mail,) = letters(second)
    assert "Je bent nummer 2 op de wachtlijst." in mail.text
    assert "/wachtlijst/" in mail.text
    assert [entry.action for entry in story(second.subject)] == ["joined"]


def test_the_same_form_and_the_same_wish_are_one_place() -> None:
    room = lent()
    taken(room)
    token, asked = new_form_token(), wish(room)
    join = partial(reserving.join, asked, form_token=token, now=NOW)
    assert transact(join).id == transact(join).id == waits(room).id
    assert len(line()) == 1


@pytest.mark.parametrize(
    ("facts", "how", "code"),
    [
        ({}, {"day": THURSDAY + A_DAY}, "free_already"),
        ({}, {"times": Times(time(6), time(8))}, "room_closed"),
        ({}, {"now": NOW + timedelta(days=100)}, "meeting_in_the_past"),
        ({"bookable_by": BookableBy.KNOWN}, {}, "only_for_known"),
    ],
)
def test_what_cannot_be_waited_for_is_refused(
    facts: dict[str, Any], how: dict[str, Any], code: str
) -> None:
    room = lent(hours=(time(9), time(22)), **facts)
    if not facts:
        taken(room)
    else:
        busy(room)
    with refused(code):
        waits(room, **how)


def busy(room: Room) -> None:
    """Taken in a calendar kept elsewhere."""

    def add() -> None:
        calendar = OutsideCalendar(resource_id=room.resource_id, name="Elders", created_at=NOW)
        session.add(calendar)
        session.flush()
        period = EVENING.on(THURSDAY)
        assert period
        session.add(
            OutsideBusy(
                outside_calendar_id=calendar.id,
                resource_id=room.resource_id,
                starts_at=period.start,
                ends_at=period.end,
            )
        )

    transact(add)


def no_longer_busy() -> None:
    transact(lambda: session.query(OutsideBusy).delete())


def test_what_comes_free_is_offered_to_the_first_and_kept_from_others() -> None:
    room = lent()
    date_id = taken(room)
    first, _second = waits(room, "sam"), waits(room, "noor")
    clock()
    assert line() == {"sam": "waiting", "noor": "waiting"}
    free(date_id)
    clock()
    clock()
    assert line() == {"sam": "offered", "noor": "waiting"}
    assert first.offered_until == NOW + A_DAY
    assert [mail.subject.split(" (")[0] for mail in letters(first)] == [
        "Je staat op de wachtlijst",
        "Vrijgekomen: De Buurtkamer, Zaal op donderdag 4 februari 2027",
    ]
    assert "uiterlijk woensdag 25 november 2026 om 10.00 uur" in letters(first)[-1].text
    with refused("date_not_free", "room_kept"):
        booked(room_asked(room, email="vlug@buren.example"))


def test_without_the_offer_in_the_way_anybody_is_quicker() -> None:
    """The twin: the place in the line is there, and nothing is offered."""
    room = lent()
    date_id = taken(room)
    waits(room)
    free(date_id)
    booked(room_asked(room, email="vlug@buren.example"))


def test_an_offer_can_be_taken_once() -> None:
    room = lent()
    date_id = taken(room)
    place, other = waits(room, "sam"), waits(room, "noor")
    free(date_id)
    clock()
    booking = take(place)
    assert [date.state for date in booking.dates] == [DateState.CONFIRMED]
    assert (booking.contact_email, booking.purpose, booking.people) == (
        "sam@buren.example", "Samen eten", 10
    )  # fmt: skip
    assert line() == {"sam": "taken", "noor": "waiting"}
    with refused("waiting_not_in_this_state"):
        take(place)
    assert number_in_line(other) == 1


def test_somebody_who_is_not_offered_it_cannot_take_it() -> None:
    room = lent()
    taken(room)
    with refused("waiting_not_in_this_state"):
        take(waits(room))


def test_an_offer_that_is_over_cannot_be_taken_before_the_clock_says_so() -> None:
    room = lent()
    date_id = taken(room)
    place = waits(room)
    free(date_id)
    clock()
    with refused("waiting_changed_meanwhile"):
        take(place, version=1)
    with refused("offer_is_over"):
        take(place, NOW + A_DAY)
    assert take(place, NOW + A_DAY - A_MINUTE).dates[0].is_confirmed


def test_who_lets_it_lapse_makes_way_for_the_next() -> None:
    room = lent()
    date_id = taken(room)
    first, second, third = (waits(room, who) for who in ("sam", "noor", "bo"))
    free(date_id)
    clock()
    clock(NOW + A_DAY - A_MINUTE)
    assert line() == {"sam": "offered", "noor": "waiting", "bo": "waiting"}
    clock(NOW + A_DAY)
    assert line() == {"sam": "lapsed", "noor": "offered", "bo": "waiting"}
    assert letters(first)[-1].subject.startswith("Deze tijd is niet meer voor je vrij")
    transact(reserving.leave, second.id, version=second.version, now=NOW + A_DAY)
    clock(NOW + A_DAY)
    assert line() == {"sam": "lapsed", "noor": "left", "bo": "offered"}
    assert third.offered_until == NOW + 2 * A_DAY


def test_who_waited_in_vain_hears_it_once() -> None:
    room = lent()
    taken(room)
    place = waits(room)
    start = place.starts_at - timedelta(hours=room.notice_hours)
    clock(start - timedelta(minutes=30))
    assert line() == {"sam": "waiting"}
    clock(start)
    clock(start + A_DAY)
    assert line() == {"sam": "lapsed"}
    assert [mail.subject.split(" (")[0] for mail in letters(place)[1:]] == [
        "Het is niet vrijgekomen"
    ]


Release = Callable[[Room], None]


def _closed(room: Room) -> None:
    whole = ClosureDetails(local_days(THURSDAY, THURSDAY))
    closed = transact(venues.close_room, room.id, whole, by=PLANNER, now=NOW)
    clock()
    assert line() == {"sam": "waiting"}
    transact(venues.reopen, room.id, closed.id, by=PLANNER, now=NOW)


def test_a_closure_that_goes_and_a_calendar_that_changes_free_it_too() -> None:
    room = lent()
    busy(room)
    waits(room)
    clock()
    assert line() == {"sam": "waiting"}
    no_longer_busy()
    _closed(room)
    clock()
    assert line() == {"sam": "offered"}


def test_an_offer_under_which_the_room_closes_is_taken_back_with_a_mail() -> None:
    room = lent()
    date_id = taken(room)
    place = waits(room)
    free(date_id)
    clock()
    whole = ClosureDetails(local_days(THURSDAY, THURSDAY))
    transact(venues.close_room, room.id, whole, by=PLANNER, now=NOW)
    with refused("date_not_free", "room_closed"):
        take(place)
    clock()
    assert line() == {"sam": "lapsed"}
    assert letters(place)[-1].subject.startswith("Deze tijd kan toch niet")


def test_what_a_host_still_has_to_answer_is_not_offered() -> None:
    room = lent(confirms_at_once=False)
    busy(room)
    first, _second = waits(room, "sam"), waits(room, "noor")
    no_longer_busy()
    clock()
    asked = take(first)
    assert [date.state for date in asked.dates] == [DateState.ASKED]
    clock()
    assert line() == {"sam": "taken", "noor": "waiting"}
    free(asked.dates[0].id)
    clock()
    assert line() == {"sam": "taken", "noor": "offered"}


def test_the_worker_does_it_each_minute() -> None:
    room = lent()
    date_id = taken(room)
    waits(room)
    free(date_id)
    clockwork.work_off(NOW)
    assert line() == {"sam": "offered"}


def test_who_waited_is_forgotten_a_month_after(client: CheckingClient) -> None:
    room = lent()
    taken(room)
    place = waits(room)
    own = own_address(place)
    month = place.ends_at + timedelta(days=30)
    clock(month - A_DAY)
    transact(_sent, place.subject)
    clockwork.forget_people(month)
    assert line() == {"sam": "lapsed"}
    client.visit(own)
    clockwork.forget_people(month + A_MINUTE)
    session.expire_all()
    assert (place.contact_name, place.contact_email, place.contact_phone) == ("", "", "")
    assert "sam@buren.example" not in {mail.to_address for mail in letters(place)}
    client.visit(own, status=404)


def _sent(about: tuple[str, int]) -> None:
    for mail in mails_about(about):
        mail.state, mail.sent_at = MailState.SENT, NOW


def test_looking_asks_as_much_for_one_who_waits_as_for_many(count_queries: CountQueries) -> None:
    counted = []
    for number in range(3):
        room = lent(name=f"Zaal {number}")
        booked(room_asked(room, email=f"{number}@taal.example"))
        waits(room, f"sam{number}")
        waits(room, f"noor{number}")
        session.rollback()
        with count_queries() as seen:
            transact(reserving.offer_waiting, now=NOW)
        counted.append(len(seen))
    assert len(set(counted)) == 1


def test_joining_too_often_is_refused() -> None:
    room = lent()
    taken(room)
    for _n in range(20):
        waits(room)
    with refused("waited_too_often"):
        waits(room)
    assert len(session.scalars(select(WaitingPlace)).all()) == 1
