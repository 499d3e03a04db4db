"""The asker wants other times or another room; what is certain stands until the host says yes."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from booking.models import RoomBooking, RoomDate
from booking.rules.recurrence import Times
from booking.rules.room_changes import Scope
from booking.rules.room_lifecycle import DateState, Side
from booking.services import reserving
from core import history
from core.db import transact
from core.findings import Refused
from core.history import story
from tests.builders import EVENING, NOW, THURSDAY, booked, room_asked
from tests.integration.room_changes import (
    ASKER,
    HOST,
    LATER,
    LONGER,
    SHORTER,
    asked,
    calendar,
    everybody_sees_what_is_held,
    fresh,
    held,
    host_proposes,
    lent,
    lent_elsewhere,
    mails,
    move,
    sent,
    series,
)

pytestmark = pytest.mark.usefixtures("app")
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def starts(booking: RoomBooking) -> list[datetime]:
    return [start for start, _end, _place in held(booking)]


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refusal.value.findings]


def proposed(booking: RoomBooking) -> list[RoomDate]:
    return [date for date in fresh(booking).dates if date.proposed_by is Side.ASKER]


def done(booking: RoomBooking) -> str:
    return story(booking.subject)[-1].action


# ---- At once ----


@pytest.mark.parametrize("scope", list(Scope))
def test_shorter_is_at_once_also_where_a_host_answers(scope: Scope) -> None:
    booking = series(confirms_at_once=False)
    move(booking, 1, SHORTER, scope)
    shorter = [end - start == HOUR for start, end, _place in held(booking)]
    assert (
        shorter
        == {
            Scope.THIS: [False, True, False, False],
            Scope.FOLLOWING: [False, True, True, True],
            Scope.ALL: [True] * 4,
        }[scope]
    )
    assert proposed(booking) == []
    assert everybody_sees_what_is_held(booking)
    assert calendar(booking, HOST).live == (1 if scope is Scope.ALL else 2)
    assert done(booking) == "dates moved"


def test_longer_and_later_are_at_once_where_nobody_has_to_answer() -> None:
    booking = series()
    move(booking, 1, LONGER, Scope.FOLLOWING)
    move(fresh(booking), 2, LATER, days_later=1)
    assert everybody_sees_what_is_held(booking)
    found = held(booking)
    assert [end - start for start, end, _place in found] == [2 * HOUR, 3 * HOUR, 2 * HOUR, 3 * HOUR]
    assert found[2][0].date() == THURSDAY + 2 * WEEK + timedelta(days=1)
    assert calendar(booking, ASKER).live == 3
    assert fresh(booking).answer_until is None


def test_dates_may_go_where_others_of_the_series_were() -> None:
    """Each a week later: no date stands in the way of the one before it."""
    booking = series()
    before = starts(booking)
    move(booking, 0, booking.times, Scope.ALL, days_later=7)
    assert starts(booking) == [start + WEEK for start in before]
    assert everybody_sees_what_is_held(booking)


def test_moving_to_another_place_leaves_one_calendar_and_enters_another() -> None:
    booking = series()
    other = lent_elsewhere()
    move(booking, 1, booking.times, Scope.FOLLOWING, room=other)
    assert calendar(booking, ASKER).shown == held(booking)
    assert len(calendar(booking, HOST).shown) == 1
    assert len(calendar(booking, "mo@plek.example").shown) == 3
    assert "gaan naar een andere plek" in mails(booking, HOST)[-1].text
    assert "komen van een andere plek" in mails(booking, "mo@plek.example")[0].text


def test_what_went_from_a_calendar_comes_back_as_a_new_entry() -> None:
    """What was cancelled there stays cancelled, whatever is sent under its old name."""
    booking = series()
    room, other = booking.room, lent_elsewhere()
    for to in (other, room):
        move(fresh(booking), 0, EVENING, Scope.ALL, room=to)
        sent(booking)
    assert calendar(booking, ASKER).shown == calendar(booking, HOST).shown == held(booking)
    assert calendar(booking, "mo@plek.example").shown == []
    assert (calendar(booking, HOST).live, len(calendar(booking, HOST).entries)) == (1, 2)


def test_what_is_taken_refuses_all_and_may_be_left_where_it_is() -> None:
    booking = series(lent(after_minutes=0))
    in_the_way = room_asked(
        booking.room,
        THURSDAY + WEEK,
        times=Times(time(21), time(22)),
        email="a@b.example",
    )
    booked(in_the_way)
    later = Times(time(20), time(22))
    with pytest.raises(Refused) as refused:
        move(fresh(booking), 0, later, Scope.ALL)
    assert codes(refused) == ["date_not_free", "room_taken"]
    before = starts(booking)
    move(fresh(booking), 0, later, Scope.ALL, staying=[fresh(booking).dates[1]])
    assert starts(booking) == [before[0] + HOUR, before[1], before[2] + HOUR, before[3] + HOUR]
    assert everybody_sees_what_is_held(booking)


def test_nothing_to_change_is_said() -> None:
    booking = series()
    with pytest.raises(Refused) as refused:
        move(booking, 0, booking.times, Scope.ALL)
    assert codes(refused) == ["nothing_changes"]
    with pytest.raises(Refused) as refused:
        move(fresh(booking), 0, LATER, staying=[fresh(booking).dates[0]])
    assert codes(refused) == ["nothing_changes"]


def test_a_room_has_a_say_in_who_comes_from_elsewhere() -> None:
    """Twin: in its own room the same asker may go on."""
    booking = series(dates_ahead=4)
    picky = lent_elsewhere(dates_ahead=2)
    with pytest.raises(Refused) as refused:
        move(booking, 0, LATER, Scope.ALL, room=picky)
    assert codes(refused) == ["too_many_dates_ahead"]
    move(fresh(booking), 0, LATER, Scope.ALL)
    assert everybody_sees_what_is_held(booking)


# ---- With the host's yes ----


def test_later_is_proposed_and_the_old_time_stands() -> None:
    booking = series(confirms_at_once=False)
    before = held(booking)
    move(booking, 1, LATER, Scope.FOLLOWING)
    assert held(booking) == before
    assert len(proposed(booking)) == 3
    assert fresh(booking).answer_until == NOW + timedelta(days=7)
    newest = mails(booking, HOST)[-1]
    assert newest.calendar is None
    assert "vraagt een andere tijd" in newest.subject
    assert "/antwoord/" in newest.text
    assert "blijft de oude tijd staan" in newest.text
    assert done(booking) == "other time asked"


def test_a_proposal_is_taken_back() -> None:
    booking = series(confirms_at_once=False)
    move(booking, 1, LATER, Scope.FOLLOWING)
    ids = [date.id for date in proposed(booking)]
    answer(booking, reserving.take_back_proposals, *ids)
    assert proposed(booking) == []
    assert fresh(booking).answer_until is None
    assert "Toch geen andere tijd" in mails(booking, HOST)[-1].subject
    with pytest.raises(Refused) as refused:
        answer(fresh(booking), reserving.take_back_proposals, *ids)
    assert codes(refused) == ["no_such_proposal"]


def test_what_is_only_asked_changes_and_is_asked_again() -> None:
    booking = sent(asked())
    move(booking, 0, LATER, Scope.ALL)
    dates = fresh(booking).dates
    assert {date.state for date in dates} == {DateState.ASKED}
    assert [date.starts_at.hour for date in dates] == [19] * 4
    assert "/antwoord/" in mails(booking, HOST)[-1].text
    assert held(booking) == []
    assert done(booking) == "question changed"


def test_what_is_asked_is_certain_in_a_room_that_confirms_at_once() -> None:
    booking = sent(asked())
    move(booking, 1, booking.times, Scope.FOLLOWING, room=lent_elsewhere())
    assert [date.state for date in fresh(booking).dates] == [DateState.ASKED] + [
        DateState.CONFIRMED
    ] * 3
    assert calendar(booking, ASKER).shown == held(booking)


def test_what_is_certain_is_not_given_up_for_a_maybe_elsewhere() -> None:
    """Twin: what is only asked may go and ask there."""
    other = lent_elsewhere(confirms_at_once=False)
    certain = series()
    with pytest.raises(Refused) as refused:
        move(certain, 0, certain.times, room=other)
    assert codes(refused) == ["date_not_free", "other_host_answers"]
    question = booked(room_asked(other, email="x@y.example"))
    move(fresh(question), 0, question.times, room=fresh(certain).room, days_later=1)
    assert fresh(question).dates[0].state is DateState.CONFIRMED


# ---- The host proposes ----


def answer(
    booking: RoomBooking, service: Callable[..., RoomBooking], *date_ids: int
) -> RoomBooking:
    version = booking.version
    return transact(service, booking.id, date_ids, version=version, by=history.ASKER, now=NOW)


def ids(booking: RoomBooking, *numbers: int) -> list[int]:
    return [booking.dates[number].id for number in numbers]


@pytest.mark.parametrize("is_certain", [True, False], ids=["certain", "asked"])
def test_a_proposal_of_the_host_is_accepted(is_certain: bool) -> None:
    booking = series(confirms_at_once=False) if is_certain else sent(asked())
    before = [date.starts_at for date in booking.dates]
    host_proposes(booking, 1, 2)
    answer(fresh(booking), reserving.accept_proposals, *ids(booking, 1, 2))
    found = {date.starts_at for date in fresh(booking).dates if date.is_confirmed}
    assert {before[1] + HOUR, before[2] + HOUR} <= found
    assert everybody_sees_what_is_held(booking)
    assert "neemt jullie voorstel aan" in " ".join(m.subject for m in mails(booking, HOST))


def test_a_proposal_that_was_taken_meanwhile_is_refused() -> None:
    """Notice and opening hours are the host's own affair; what somebody else has is not."""
    booking = series(lent(after_minutes=0), times=2)
    host_proposes(booking, 0, by=timedelta(hours=4, minutes=30))  # ends when it is closed
    other = Times(time(22), time(23))
    booked(room_asked(booking.room, times=other, email="a@b.example"))
    host_proposes(fresh(booking), 0, by=2 * HOUR)
    with pytest.raises(Refused) as refused:
        answer(fresh(booking), reserving.accept_proposals, *ids(booking, 0))
    assert codes(refused) == ["date_not_free", "room_taken"]
    host_proposes(fresh(booking), 0, by=timedelta(hours=4, minutes=30))
    answer(fresh(booking), reserving.accept_proposals, *ids(booking, 0))
    assert everybody_sees_what_is_held(booking)


def test_refusing_a_proposal_leaves_what_there_was() -> None:
    certain = series(confirms_at_once=False)
    before = held(certain)
    host_proposes(certain, 1)
    answer(fresh(certain), reserving.refuse_proposals, *ids(certain, 1))
    assert held(certain) == before
    assert fresh(certain).answer_until is None
    assert "blijft staan" in mails(certain, HOST)[-1].text


def test_refusing_leaves_a_question_open_with_a_new_term() -> None:
    question = sent(asked())
    host_proposes(question, 1)
    later = fresh(question)
    transact(
        reserving.refuse_proposals,
        later.id,
        ids(later, 1),
        version=later.version,
        by=history.ASKER,
        now=NOW + timedelta(days=3),
    )
    assert fresh(question).answer_until == NOW + timedelta(days=10)
    assert "/antwoord/" in mails(question, HOST)[-1].text
    assert fresh(question).dates[1].state is DateState.ASKED


def test_only_what_is_proposed_can_be_answered() -> None:
    booking = series()
    host_proposes(booking, 1)
    for numbers in ((0, 1), (), (3,)):
        with pytest.raises(Refused) as refused:
            answer(fresh(booking), reserving.accept_proposals, *ids(booking, *numbers))
        assert codes(refused) == ["no_such_proposal"]
