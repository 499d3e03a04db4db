"""Seats in the cube: by whom they are taken, what becomes of them, and what is forgotten."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from booking import clockwork, services
from booking.models import Encounter, Seat, SeatBooking, SeatWaiting, Stop
from booking.queries.encounters import encounters_of, seats_taken
from booking.rules.encounters import SEATS, Company, Holder
from booking.rules.norms import DayPart, Wish
from booking.services.seats import Visit
from core import links
from core.db import session, transact
from core.fields import new_form_token
from core.history import ASKER
from core.outbox import OutboxMail
from core.outbox.queries import mails_about
from tests.builders import AFTERNOON, NOW, THURSDAY, room, stage
from tests.integration.bookings import LATER, ask, cancel, confirm, move, refused, undo
from tests.racing import RACERS, race
from tests.seats import wait
from venues.models import Room

pytestmark = pytest.mark.usefixtures("app")

EVENING = Wish(THURSDAY, DayPart.EVENING)


@pytest.fixture
def hall() -> Room:
    return stage()


@pytest.fixture
def stop(hall: Room) -> Stop:
    """An open stop in the afternoon: seven encounters."""
    return confirm(ask(hall.id), hall.id)


def first(stop: Stop) -> Encounter:
    return encounters_of(stop.id)[0]


def take(encounter: Encounter, company: Company = Company.ALONE, **more: Any) -> SeatBooking:
    given: dict[str, Any] = {"email": "", "now": LATER, "form_token": new_form_token(), **more}
    visit = Visit(encounter.id, company, given.pop("email"))
    booking, key = transact(services.take_seats, visit, **given)
    assert links.resolve(*("seat_booking", key), given["now"]) == booking.id
    return booking


def give_back(booking: SeatBooking) -> SeatBooking:
    return transact(services.cancel_seats, booking.id, version=booking.version, now=LATER)


def change(booking: SeatBooking, encounter: Encounter, company: Company) -> SeatBooking:
    return transact(
        services.change_seats,
        booking.id,
        encounter_id=encounter.id,
        company=company,
        version=booking.version,
        now=LATER,
    )


def hold(stop: Stop, wanted: dict[int, int], now: Any = LATER) -> int:
    return transact(
        services.hold_seats,
        stop.booking_request_id,
        wanted,
        version=None,
        by=ASKER,
        now=now,
    )


def letters(booking: SeatBooking | SeatWaiting) -> list[OutboxMail]:
    return sorted(mails_about(booking.subject), key=lambda mail: mail.id)


def free(encounter: Encounter) -> int:
    session.expire_all()
    return len(encounter.free_numbers)


# --- encounters of a stop -----------------------------------------------------------------------


def test_a_confirmed_stop_has_its_encounters(stop: Stop) -> None:
    found = encounters_of(stop.id)
    assert [each.number for each in found] == list(range(1, 8))
    assert found[0].starts_at == stop.starts_at
    assert {each.performer_id for each in found} == {stop.sessions[0].performer_id}
    assert seats_taken(stop.id) == (0, 14)


def test_a_closed_stop_keeps_all_seats_for_its_own_people(hall: Room) -> None:
    closed = confirm(ask(hall.id, is_closed=True), hall.id)
    assert seats_taken(closed.id) == (14, 14)
    assert {seat.holder for seat in first(closed).taken} == {Holder.ORGANISATION}
    with refused("no_seats_here"):
        take(first(closed))


def test_a_stop_from_before_there_were_encounters_gets_them(stop: Stop) -> None:
    transact(lambda: session.execute(text("DELETE FROM encounter")))
    session.expire_all()
    assert transact(services.plan_missing, now=LATER) == 1
    assert len(encounters_of(stop.id)) == 7
    assert transact(services.plan_missing, now=LATER) == 0


def test_whoever_has_a_seat_moves_along_and_hears_it(stop: Stop, hall: Room) -> None:
    kept = take(first(stop), email="kim@post.example")
    last = take(encounters_of(stop.id)[-1], email="lee@post.example")
    silent = take(first(stop))
    move(
        stop.booking_request,
        hall.id,
        EVENING,
        why="De zaal is later open.",
        accepted=("too_many_visitors",),
    )
    assert kept.encounter.starts_at.hour == 18  # 19.00 in Utrecht
    assert [mail.subject for mail in letters(kept)] == [
        "Je plaats in de kubus heeft een andere tijd"
    ]
    assert "De zaal is later open." in letters(kept)[0].text
    assert last.cancelled_at == LATER
    assert [mail.subject for mail in letters(last)] == ["Je bezoek aan de kubus gaat niet door"]
    assert letters(silent) == []
    assert len(encounters_of(stop.id)) == 5


def test_whoever_has_a_seat_or_waits_for_one_hears_of_another_place(stop: Stop) -> None:
    kept = take(first(stop), Company.TOGETHER, email="kim@post.example")
    waiting = wait(stop, first(stop), "lee@post.example")
    move(stop.booking_request, transact(room, "Bovenzaal").id, AFTERNOON, why="Lekkage.")
    for told in (letters(kept)[-1], letters(waiting)[-1]):
        assert told.subject == "De kubus speelt op een andere plek"
        assert "Bovenzaal" in told.text
        assert "Lekkage." in told.text


def test_a_cancelled_stop_tells_whoever_left_an_address(stop: Stop) -> None:
    booking = take(first(stop), email="kim@post.example")
    cancel(stop.booking_request, why="De kubus is stuk.")
    assert booking.cancelled_at == LATER
    assert "De kubus is stuk." in letters(booking)[0].text
    assert encounters_of(stop.id) == []


def test_an_undone_stop_takes_nobody(stop: Stop) -> None:
    with refused("no_seats_here"):
        take(first(stop), now=NOW)  # it may still be taken back
    undo(stop.booking_request)
    with refused("no_seats_here"):
        take(first(stop))


# --- taking, changing, giving back --------------------------------------------------------------


def test_alone_leaves_the_other_seat_to_somebody_else(stop: Stop) -> None:
    take(first(stop))
    assert first(stop).seating.is_invitation
    with refused("one_seat_left"):
        take(first(stop), Company.TOGETHER)
    take(first(stop))
    with refused("encounter_full"):
        take(first(stop))


def test_the_same_form_again_takes_no_more(stop: Stop) -> None:
    token = new_form_token()
    assert take(first(stop), form_token=token).id == take(first(stop), form_token=token).id
    assert free(first(stop)) == 1


def test_giving_one_seat_back_never_touches_the_other(stop: Stop) -> None:
    mine, other = take(first(stop)), take(first(stop))
    give_back(mine)
    assert [seat.seat_booking_id for seat in first(stop).taken] == [other.id]
    with refused("seats_changed_meanwhile"):
        transact(services.cancel_seats, mine.id, version=1, now=LATER)
    with refused("seats_given_back"):
        give_back(mine)
    take(first(stop))


def test_another_time_or_another_company(stop: Stop) -> None:
    booking = take(first(stop), Company.TOGETHER)
    second = encounters_of(stop.id)[1]
    change(booking, first(stop), Company.ALONE)
    assert free(first(stop)) == 1
    change(booking, second, Company.TOGETHER)
    assert (free(first(stop)), free(second)) == (2, 0)
    take(first(stop))
    with refused("one_seat_left"):
        change(booking, first(stop), Company.TOGETHER)
    assert free(second) == 0


def test_an_organisation_holds_seats_and_gives_them_free(stop: Stop) -> None:
    one, two = encounters_of(stop.id)[:2]
    take(one)
    with refused("not_so_many_seats"):
        hold(stop, {one.id: 2})
    assert hold(stop, {one.id: 1, two.id: 2}) == 3
    with refused("encounter_full"):
        take(two)
    assert hold(stop, {one.id: 1, two.id: 1}) == 2
    take(two)


# --- reminding and forgetting -------------------------------------------------------------------


def test_a_reminder_goes_once_a_day_before(stop: Stop) -> None:
    asked, silent = take(first(stop), email="kim@post.example"), take(first(stop))
    clockwork.work_off(stop.starts_at - timedelta(hours=27))
    assert letters(asked) == []
    clockwork.work_off(stop.starts_at - timedelta(hours=25))
    clockwork.work_off(stop.starts_at - timedelta(hours=24))
    [mail] = letters(asked)
    assert (mail.to_address, mail.subject) == (
        "kim@post.example",
        "Tot donderdag 4 februari 2027 om 13.00 uur",
    )
    assert "/plaats/" in mail.text
    assert letters(silent) == []


def test_addresses_go_when_it_is_over(stop: Stop) -> None:
    booking = take(first(stop), email="kim@post.example")
    clockwork.forget_people(first(stop).ends_at + timedelta(hours=1))
    assert booking.email == "kim@post.example"
    clockwork.forget_people(first(stop).ends_at + timedelta(days=1, minutes=1))
    assert (booking.email, booking.phone) == ("", "")
    assert seats_taken(stop.id) == (1, 14)


# --- never more than two ------------------------------------------------------------------------


def _visits(stop: Stop) -> list[Any]:
    last = encounters_of(stop.id)[-1]
    return [
        partial(
            services.take_seats,
            Visit(last.id, Company.ALONE),
            form_token=new_form_token(),
            now=LATER,
        )
        for _racer in range(RACERS)
    ]


def _sitting(stop: Stop) -> int:
    return len(encounters_of(stop.id)[-1].taken)


@pytest.mark.race
def test_eight_at_once_for_the_last_two_seats(database_url: str, stop: Stop) -> None:
    [outcomes] = race(database_url, [_visits(stop)])
    assert sum(each.has_won for each in outcomes) == SEATS
    assert [each.error for each in outcomes if each.error] == []
    losers = [each for each in outcomes if not each.has_won]
    assert {each.words for each in losers} == {
        ("De ontmoeting van 16.20 uur is vol. Kies een andere tijd.",)
    }
    assert _sitting(stop) == SEATS


@pytest.mark.race
def test_without_the_guards_more_than_two_would_sit(database_url: str, stop: Stop) -> None:
    transact(lambda: session.execute(text("DROP INDEX uq_seat_live")))
    race(database_url, [_visits(stop)], careless=True)
    assert _sitting(stop) > SEATS


def test_the_database_itself_lets_nobody_sit_twice(stop: Stop) -> None:
    booking = take(first(stop))

    def again() -> None:
        session.add(
            Seat(
                encounter_id=booking.encounter_id,
                number=booking.live_seats[0].number,
                holder=Holder.ORGANISATION,
            )
        )

    with pytest.raises(IntegrityError):
        transact(again)
