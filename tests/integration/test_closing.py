"""A room is open less than it was: nobody is surprised, and nothing is silent."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from booking.models import Claim, RoomBooking, RoomDate, Stop
from booking.queries.closing import misfits
from booking.rules.lifecycle import StopState
from booking.rules.recurrence import Frequency, Recurrence
from booking.rules.room_lifecycle import DateState
from booking.services import reserving
from core.clock import local_days
from core.db import session, transact
from core.findings import Refused
from core.history import Actor, story
from core.outbox import OutboxMail
from core.outbox.queries import mails_about
from core.period import Period
from people.models import Role
from tests.builders import (
    EVENING,
    NOW,
    THURSDAY,
    asked,
    booked,
    confirmed,
    cube,
    meeting_room,
    performer,
    person,
    room_asked,
    submitted,
)
from tests.conftest import CountQueries
from tests.integration.bookings import refused
from venues import services as venues
from venues.models import Closure, OutsideBusy, OutsideCalendar, Room, RoomState
from venues.rules.hits import Agreed, Hit
from venues.rules.opening import DayHours, WeeklyHours
from venues.rules.values import ClosureDetails

pytestmark = pytest.mark.usefixtures("app")
BY = Actor("command")
FOUR = Recurrence(Frequency.WEEKLY, count=4)
A_WEEK = timedelta(weeks=1)


def lent(**facts: Any) -> Room:
    def add() -> Room:
        host = person("Jo", Role.HOST, "jo@plek.example")
        person("Noor", Role.PLANNER)
        return meeting_room(host=host, **facts)

    return transact(add)


def closing(first: date, last: date | None = None) -> ClosureDetails:
    return ClosureDetails(local_days(first, last or first), "Verbouwing")


def close(room: Room, what: ClosureDetails, agreed: Agreed | None = None) -> Closure:
    more = {"agreed": agreed} if agreed else {}
    return transact(venues.close_room, room.id, what, by=BY, now=NOW, **more)


def listed(service: Any, *given: Any, **more: Any) -> tuple[Hit, ...]:
    """What stands on the list that somebody gets to see first."""
    with pytest.raises(Refused) as refusal:
        transact(service, *given, by=BY, now=NOW, **more)
    (finding,) = refusal.value.findings
    assert finding.code == "hits_agreed"
    hits: tuple[Hit, ...] = finding.data["hits"]
    return hits


def seen(hits: tuple[Hit, ...], words: str = "") -> Agreed:
    return Agreed(frozenset(hit.key for hit in hits), words)


def states(booking: RoomBooking) -> list[str]:
    session.expire_all()
    return [date.state.value for date in booking.dates]


def live_claims() -> int:
    return session.scalar(select(func.count()).where(Claim.released_at.is_(None))) or 0


def told(booking: RoomBooking) -> list[tuple[str, str | None]]:
    """To whom which calendar method went, without the first mails."""
    written = [m for m in mails_about(booking.subject) if ":booked:" not in m.dedupe_key]
    return [(mail.to_address, mail.calendar_method) for mail in written]


def test_closing_a_free_day_asks_nothing() -> None:
    room = lent()
    booked(room_asked(room))
    close(room, closing(THURSDAY - timedelta(days=1)))
    assert session.scalar(select(func.count()).select_from(Closure)) == 1


def test_closing_first_lists_who_is_hit_and_changes_nothing() -> None:
    room = lent()
    booking = booked(room_asked(room, recurrence=FOUR))
    hits = listed(venues.close_room, room.id, closing(THURSDAY, THURSDAY + A_WEEK))
    assert [(hit.who, hit.what, hit.ends) for hit in hits] == [
        ("Taalcafé Overvecht", "Taalcafé", True)
    ] * 2
    assert [hit.period for hit in hits] == [date.period for date in booking.dates[:2]]
    assert session.scalar(select(func.count()).select_from(Closure)) == 0
    assert states(booking) == ["confirmed"] * 4


def test_what_is_hit_ends_with_a_mail_and_alternatives() -> None:
    room = lent()
    booking = booked(room_asked(room, recurrence=FOUR))
    what = closing(THURSDAY, THURSDAY + A_WEEK)
    close(room, what, seen(listed(venues.close_room, room.id, what), "De vloer wordt nieuw."))
    assert states(booking) == ["cancelled", "cancelled", "confirmed", "confirmed"]
    assert live_claims() == 2
    assert told(booking) == [
        ("contact@taalcafe.example", "REQUEST"),
        ("jo@plek.example", "REQUEST"),
    ]
    mail = mails_about(booking.subject)[-2]
    assert "De vloer wordt nieuw." in mail.text
    assert "In plaats van donderdag 4 februari 2027: woensdag 3 februari 2027, 19.00" in mail.text
    assert "Jullie andere data gaan door." in mail.text
    assert "/reservering/" in mail.text
    assert booking.dates[0].words == "De vloer wordt nieuw."
    assert [entry.action for entry in story(booking.subject)] == ["booked", "closed"]


def test_a_single_booking_leads_to_what_is_free() -> None:
    room = lent()
    booking = booked(room_asked(room))
    what = closing(THURSDAY)
    close(room, what, seen(listed(venues.close_room, room.id, what)))
    mail = mails_about(booking.subject)[-2]
    assert f"/ruimtes/{room.id}/reserveren?datum=2027-02-05&van=19:00&tot=21:00" in mail.text


def test_a_booking_that_came_in_meanwhile_has_to_be_seen_too() -> None:
    room = lent()
    first = booked(room_asked(room))
    hits = listed(venues.close_room, room.id, closing(THURSDAY))
    booked(room_asked(room, times=replace(EVENING, starts=time(10), ends=time(12)), email="a@b.nl"))
    with refused("hits_changed_meanwhile"):
        close(room, closing(THURSDAY), seen(hits))
    assert states(first) == ["confirmed"]


def test_without_the_list_a_booking_ends_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: nobody looks before the change."""
    monkeypatch.setattr("venues.services.hits._watches", [])
    room = lent()
    booking = booked(room_asked(room))
    close(room, closing(THURSDAY))
    assert states(booking) == ["confirmed"]
    assert [each.hit.findings[0].code for each in misfits(NOW)] == ["room_closed"]


def test_what_did_not_fit_before_is_not_hit_by_another_change() -> None:
    room = lent()
    booked(room_asked(room))
    transact(_close_behind_its_back, room.id)
    close(room, closing(THURSDAY + A_WEEK))


def _close_behind_its_back(room_id: int) -> None:
    whole = local_days(THURSDAY, THURSDAY)
    session.add(Closure(room_id=room_id, starts_at=whole.start, ends_at=whole.end))


def test_other_hours_of_one_day_hit() -> None:
    room = lent()
    booking = booked(room_asked(room))
    until_five = [DayHours(THURSDAY, time(9), time(17))]
    hits = listed(venues.set_special_hours, room.id, THURSDAY, until_five)
    changing = partial(venues.set_special_hours, room.id, THURSDAY, until_five, by=BY, now=NOW)
    transact(changing, agreed=seen(hits))
    assert states(booking) == ["cancelled"]


def changed(room: Room, **facts: Any) -> tuple[Any, ...]:
    return room.id, replace(venues.room_details(room), **facts)


@pytest.mark.parametrize(
    ("facts", "state", "ends", "codes"),
    [
        ({"opening_hours": (WeeklyHours(3, time(9), time(20)),)}, "cancelled", True, "room_closed"),
        ({"people": 10}, "confirmed", False, "room_small_now"),
    ],
    ids=["hours", "people"],
)
def test_a_changed_room_hits(facts: dict[str, Any], state: str, ends: bool, codes: str) -> None:
    room = lent()
    booking = booked(room_asked(room))
    what = changed(room, **facts)
    (hit,) = listed(venues.change_room, *what, version=None)
    assert (hit.ends, [finding.code for finding in hit.findings]) == (ends, [codes])
    transact(venues.change_room, *what, version=None, by=BY, now=NOW, agreed=seen((hit,)))
    assert states(booking) == [state]
    assert len(told(booking)) == (2 if ends else 1)


def test_more_time_between_meetings_is_shown_and_ends_nothing() -> None:
    room = lent(after_minutes=0)
    booked(room_asked(room))
    later = replace(EVENING, starts=time(21), ends=time(22))
    booking = booked(room_asked(room, times=later, email="a@b.example"))
    what = changed(room, terms=replace(room.terms, after_minutes=30))
    (hit,) = listed(venues.change_room, *what, version=None)
    assert [finding.code for finding in hit.findings] == ["less_time_between"]
    transact(venues.change_room, *what, version=None, by=BY, now=NOW, agreed=seen((hit,)))
    assert states(booking) == ["confirmed"]
    assert told(booking) == []


def test_a_pause_ends_what_is_asked_and_keeps_what_is_agreed() -> None:
    room = lent()
    agreed = booked(room_asked(room))
    transact(_by_hand, room.id)
    waiting = booked(room_asked(room, THURSDAY + A_WEEK, email="a@b.example"))
    paused = (room.id, RoomState.PAUSED)
    (hit,) = listed(venues.set_room_state, *paused, version=None)
    transact(venues.set_room_state, *paused, version=None, by=BY, now=NOW, agreed=seen((hit,)))
    assert (states(agreed), states(waiting)) == (["confirmed"], ["declined"])
    assert waiting.answer_until is None


def _by_hand(room_id: int) -> None:
    session.get_one(Room, room_id).confirms_at_once = False


def test_when_a_room_stops_everything_to_come_ends_but_the_cube_stays() -> None:
    room = lent()
    transact(cube)
    transact(performer)
    booking = booked(room_asked(room, THURSDAY + A_WEEK))
    request = submitted(asked(room.id))
    stop = confirmed(request, room.id, accepted=["host_not_answered"])
    retired = (room.id, RoomState.RETIRED)
    hits = listed(venues.set_room_state, *retired, version=None)
    assert [(hit.what, hit.ends) for hit in hits] == [("Kubus", False), ("Taalcafé", True)]
    transact(venues.set_room_state, *retired, version=None, by=BY, now=NOW, agreed=seen(hits))
    assert states(booking) == ["cancelled"]
    assert session.get_one(Stop, stop.id).state is StopState.CONFIRMED
    warned = [mail for mail in mails_about(request.subject) if ":hit:" in mail.dedupe_key]
    assert [mail.to_address for mail in warned] == ["noor@stut.example"]
    assert "De speelbeurt blijft staan." in warned[0].text
    assert recheck() == 0  # whoever stopped the room saw it


def test_looking_and_ending_ask_as_much_for_one_date_as_for_many(
    count_queries: CountQueries,
) -> None:
    """Of one booking; each further one is locked, ended and told by itself."""
    counted = []
    for number, dates in enumerate((2, 8)):
        room = transact(partial(meeting_room, f"Zaal {number}"))
        series = Recurrence(Frequency.WEEKLY, count=dates)
        booked(room_asked(room, recurrence=series, email=f"{number}@b.example"))
        session.rollback()
        with count_queries() as looked:
            hits = reserving.who_is_hit(room.id, now=NOW)
        assert len(hits) == 0
        what = closing(THURSDAY, THURSDAY + dates * A_WEEK)
        with count_queries() as refusing:
            listed(venues.close_room, room.id, what)
        counted.append((len(looked), len(refusing)))
    assert counted[0] == counted[1]


# --- recheck -----------------------------------------------------------------------------------


def busy(room: Room, period: Period) -> None:
    def add() -> None:
        calendar = OutsideCalendar(resource_id=room.resource_id, name="Zaalhuur", created_at=NOW)
        session.add(calendar)
        session.flush()
        session.add(
            OutsideBusy(
                outside_calendar_id=calendar.id,
                resource_id=room.resource_id,
                starts_at=period.start,
                ends_at=period.end,
            )
        )

    transact(add)


def recheck(now: datetime = NOW) -> int:
    return transact(reserving.recheck, now=now)


def to_hosts(room: Room) -> list[OutboxMail]:
    return list(mails_about(("room", room.id)))


def test_a_calendar_elsewhere_that_fills_up_is_told_to_the_host_once() -> None:
    room = lent()
    booking = booked(room_asked(room))
    assert recheck() == 0
    busy(room, booking.dates[0].period.shifted(timedelta(hours=1)))
    assert recheck() == 1
    assert recheck(NOW + timedelta(hours=1)) == 0
    (mail,) = to_hosts(room)
    assert mail.to_address == "jo@plek.example"
    assert "In de agenda van de beheerder staat dan iets anders." in mail.text
    assert states(booking) == ["confirmed"]
    assert told(booking) == []  # whoever booked hears nothing until a person decides


def test_the_cube_clashes_too_and_the_theatre_hears_it() -> None:
    room = lent(hours=(time(13), time(17)))  # getting in and out was agreed outside these hours
    transact(cube)
    transact(performer)
    request = submitted(asked(room.id))
    accepted = ["host_not_answered", "closed_at_get_in", "closed_at_get_out"]
    stop = confirmed(request, room.id, accepted=accepted)
    assert recheck() == 0
    busy(room, stop.period)
    assert recheck() == 1
    assert [mail.to_address for mail in to_hosts(room)] == ["jo@plek.example"]
    warned = [mail for mail in mails_about(request.subject) if ":hit:" in mail.dedupe_key]
    assert [mail.to_address for mail in warned] == ["noor@stut.example"]


def test_the_booking_itself_in_the_calendar_of_the_host_is_no_clash() -> None:
    room = lent()
    busy(room, booked(room_asked(room)).dates[0].period)
    assert recheck() == 0


def test_recheck_finds_what_no_service_saw(app: Any) -> None:
    room = lent()
    booked(room_asked(room))
    transact(_close_behind_its_back, room.id)
    said = app.test_cli_runner().invoke(args=["bookings", "recheck", "--tell"])
    assert "De Buurtkamer, Zaal: donderdag 4 februari 2027" in said.output
    assert "Told of 1." in said.output
    assert len(to_hosts(room)) == 1


def test_recheck_asks_as_much_for_one_room_as_for_many(count_queries: CountQueries) -> None:
    counted = []
    for number in range(3):
        room = transact(partial(meeting_room, f"Zaal {number}"))
        booked(room_asked(room, email=f"{number}@b.example"))
        session.rollback()
        with count_queries() as seen_now:
            misfits(NOW)
        counted.append(len(seen_now))
    assert len(set(counted)) == 1


def test_dates_of_another_room_are_not_hit() -> None:
    room, other = lent(), transact(partial(meeting_room, "De Overkant"))
    booked(room_asked(other))
    close(room, closing(THURSDAY))
    assert session.scalar(select(RoomDate.state)) is DateState.CONFIRMED
