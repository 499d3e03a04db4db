"""Options in rank, by the services and the clock: who moves up, who is told, who decides."""

from datetime import datetime, timedelta

import pytest

from booking import clockwork, services
from booking.models import BookingRequest, Option
from booking.queries.affected import Effect, affected, line_for
from booking.queries.desk import cases
from booking.queries.requests import waiting_requests
from booking.queries.tour import load_tour
from booking.rules.lifecycle import RequestState
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen, Placement, best
from core import history
from core.db import session, transact
from core.outbox import OutboxMail
from tests.builders import AFTERNOON, NOW, PLANNER, THURSDAY, stage
from tests.conftest import CountQueries
from tests.integration.bookings import (
    END_OF_OPTION,
    LATER,
    ask,
    confirm,
    done_to,
    mails,
    option,
    refused,
    row_counts,
    sent,
    set_norms,
    undo,
)
from venues.models import Room

pytestmark = pytest.mark.usefixtures("app")

FRIDAY = Wish(THURSDAY + timedelta(days=1), DayPart.AFTERNOON)
BEHIND = ("behind_options",)


@pytest.fixture
def hall() -> Room:
    return stage()


@pytest.fixture
def line(hall: Room) -> list[BookingRequest]:
    """Three organisations that asked for one afternoon, all in option, in this order."""
    requests = [ask(hall.id, who=who) for who in ("anna", "bob", "cor")]
    option(requests[0], hall.id)
    for number, request in enumerate(requests[1:], 1):
        option(request, hall.id, accepted=BEHIND, until=END_OF_OPTION + timedelta(days=number))
    return requests


def ranks(line: list[BookingRequest]) -> list[int]:
    session.expire_all()
    return [request.option.rank if request.option else 0 for request in line]


def subjects(request: BookingRequest) -> list[str]:
    """The latest first."""
    return [mail.subject.partition(" (")[0] for mail in latest_first(request)]


def latest_first(request: BookingRequest) -> list[OutboxMail]:
    return sorted(mails(request), key=lambda mail: -mail.id)


def challenge(request: BookingRequest, now: datetime = NOW) -> Option:
    return transact(services.challenge, request.id, version=None, by=PLANNER, now=now)


def release(request: BookingRequest, now: datetime = NOW) -> BookingRequest:
    return transact(
        services.release_option, request.id, why="Anders.", version=None, by=PLANNER, now=now
    )


def put(request: BookingRequest, to_place: int) -> Option:
    return transact(
        services.move_option,
        request.id,
        to_place=to_place,
        why="De zaal is maar kort vrij.",
        version=None,
        by=PLANNER,
        now=NOW,
    )


def placed(request: BookingRequest, hall: Room) -> Placement:
    tour = load_tour(NOW, AFTERNOON.window, [hall.id])
    chosen = Chosen(AFTERNOON, hall.id)
    placement = best(chosen.wanted(tour, visitors=12, request_id=request.id), tour)
    assert placement
    return placement


def test_options_are_numbered_by_arrival(line: list[BookingRequest]) -> None:
    assert ranks(line) == [1, 2, 3]
    assert subjects(line[0])[0] == "We houden een moment voor je vrij"
    assert subjects(line[1])[0] == "Je hebt de tweede optie"
    assert "Je hoort het uiterlijk op woensdag 9 december 2026." in latest_first(line[1])[0].text


def test_a_second_option_is_no_surprise(hall: Room) -> None:
    """It is given knowingly; without that nothing happens."""
    option(ask(hall.id), hall.id)
    other = ask(hall.id, FRIDAY, who="other")
    before = row_counts()
    with refused("behind_options"):
        option(other, hall.id, AFTERNOON)
    assert row_counts() == before


def test_over_a_living_first_nothing_is_confirmed(line: list[BookingRequest], hall: Room) -> None:
    with refused("option_in_front", "options_behind"):
        confirm(line[1], hall.id)
    with refused("option_in_front"):
        confirm(line[2], hall.id, accepted=["behind_options", "option_in_front"])
    assert confirm(line[0], hall.id).is_confirmed


def test_released_moves_the_others_up_and_tells_them(line: list[BookingRequest]) -> None:
    release(line[0])
    clockwork.work_off(LATER)
    assert ranks(line) == [0, 1, 2]
    assert line[0].state is RequestState.SUBMITTED
    assert subjects(line[0])[0] == "Je optie is losgelaten"
    assert subjects(line[1])[0] == "Je schuift op: je hebt nu de eerste optie"
    assert subjects(line[2])[0] == "Je schuift op: je hebt nu de tweede optie"


def test_whoever_heard_of_a_rank_hears_it_once(line: list[BookingRequest]) -> None:
    release(line[0])
    clockwork.work_off(LATER)
    before = row_counts()
    clockwork.work_off(LATER + timedelta(minutes=1))
    assert row_counts() == before


def test_an_idle_minute_holds_up_nobody(
    line: list[BookingRequest], count_queries: CountQueries
) -> None:
    """The tour is locked only when somebody is to be told."""

    def locks() -> int:
        with count_queries() as seen:
            transact(services.tell_ranks, now=LATER)
        return sum("JOIN installation ON installation.resource_id" in each for each in seen)

    assert locks() == 0
    release(line[0])
    assert locks() == 1
    assert ranks(line) == [0, 1, 2]


def test_lapsing_by_the_clock_moves_the_others_up(line: list[BookingRequest]) -> None:
    clockwork.work_off(END_OF_OPTION)
    assert ranks(line) == [0, 1, 2]
    assert line[0].state is RequestState.EXPIRED


def test_confirming_elsewhere_moves_the_others_up_when_it_is_for_good(
    line: list[BookingRequest], hall: Room
) -> None:
    confirm(line[0], hall.id, FRIDAY)
    clockwork.work_off(NOW + timedelta(minutes=9))
    assert ranks(line) == [0, 2, 3]
    clockwork.work_off(NOW + timedelta(minutes=10))
    assert ranks(line) == [0, 1, 2]


def test_undo_brings_the_first_back_before_anybody_moved(
    line: list[BookingRequest], hall: Room
) -> None:
    confirm(line[0], hall.id, FRIDAY)
    clockwork.work_off(NOW + timedelta(minutes=5))
    undo(line[0], now=NOW + timedelta(minutes=6))
    clockwork.work_off(LATER)
    assert ranks(line) == [1, 2, 3]
    assert "Je schuift op" not in " ".join(subjects(line[1]))


def test_those_behind_a_confirmation_wait_for_another_moment(
    line: list[BookingRequest], hall: Room
) -> None:
    """They hear it when it can no longer be undone, and keep their request."""
    for request in line[1:]:
        sent(request, NOW)
    confirm(line[0], hall.id)
    clockwork.work_off(NOW + timedelta(minutes=9))
    assert ranks(line) == [0, 2, 3]
    clockwork.work_off(NOW + timedelta(minutes=10))
    assert ranks(line) == [0, 0, 0]
    for request in line[1:]:
        assert request.state is RequestState.SUBMITTED
        assert subjects(request)[0] == "Dit moment ging naar een ander"
        assert latest_first(request)[0].calendar_method == "CANCEL"
        assert done_to(request)[-1] == "overtaken"


def test_a_planner_changes_the_order_and_says_why(line: list[BookingRequest]) -> None:
    put(line[2], 1)
    assert ranks(line) == [2, 3, 1]
    assert subjects(line[2])[0] == "Je schuift op: je hebt nu de eerste optie"
    assert subjects(line[0])[0] == "Je hebt nu de tweede optie"
    assert "De zaal is maar kort vrij." in latest_first(line[0])[0].text
    assert [each.request.id for each in line_for(line[0], NOW)] == [
        line[2].id,
        line[0].id,
        line[1].id,
    ]
    with refused("stands_there_already"):
        put(line[2], 1)


def test_another_end_date_does_not_cost_a_place_in_line(
    line: list[BookingRequest], hall: Room
) -> None:
    option(line[0], hall.id, until=END_OF_OPTION + timedelta(days=3))
    assert ranks(line) == [1, 2, 3]


def test_another_period_does(line: list[BookingRequest], hall: Room) -> None:
    option(line[0], hall.id, FRIDAY)
    option(line[0], hall.id, AFTERNOON, accepted=BEHIND)
    clockwork.work_off(LATER)
    assert ranks(line) == [3, 1, 2]


# --- asking the first to decide ----------------------------------------------------------------


def test_a_challenge_gives_the_first_two_working_days(line: list[BookingRequest]) -> None:
    asked = challenge(line[0])
    assert asked.decide_until == datetime.fromisoformat("2026-11-27T00:00+01:00")
    assert (
        subjects(line[0])[0]
        == "Wil je dit moment zeker? Beslis uiterlijk donderdag 26 november 2026"
    )
    with refused("asked_to_decide_already"):
        challenge(line[0])
    with refused("not_first_in_line"):
        challenge(line[1])


def test_silence_after_a_challenge_is_no(line: list[BookingRequest]) -> None:
    asked = challenge(line[0])
    assert asked.decide_until
    clockwork.work_off(asked.decide_until - timedelta(minutes=1))
    assert ranks(line) == [1, 2, 3]
    clockwork.work_off(asked.decide_until)
    assert ranks(line) == [0, 1, 2]
    assert line[0].state is RequestState.EXPIRED


def test_yes_keeps_the_option_and_asks_the_theatre_to_confirm(
    line: list[BookingRequest], hall: Room
) -> None:
    asked = challenge(line[0])
    wanted = transact(services.want_option, line[0].id, version=None, by=history.ASKER, now=LATER)
    assert wanted.decide_until
    clockwork.work_off(wanted.decide_until)
    assert ranks(line) == [1, 2, 3]
    assert asked.ends_by == END_OF_OPTION
    with refused("has_said_yes"):
        challenge(line[0])
    assert confirm(line[0], hall.id).is_confirmed


def test_without_an_option_there_is_nothing_to_decide(hall: Room) -> None:
    request = ask(hall.id)
    with refused("not_in_this_state"):
        challenge(request)
    with refused("not_in_this_state"):
        release(request)


def test_alone_nobody_is_asked_to_decide(hall: Room) -> None:
    request = ask(hall.id)
    option(request, hall.id)
    with refused("nobody_waits_behind"):
        challenge(request)


# --- what others see -----------------------------------------------------------------------------


def test_whether_an_option_hides_the_period_is_a_setting(hall: Room) -> None:
    option(ask(hall.id), hall.id)
    with refused("choice_not_free", "held_by_option"):
        ask(hall.id, who="other")
    set_norms(options_hide=False)
    assert ask(hall.id, who="other").state is RequestState.SUBMITTED


def test_before_confirming_the_desk_knows_who_notices(
    line: list[BookingRequest], hall: Room
) -> None:
    untouched = ask(hall.id, FRIDAY, who="els")
    placement = placed(line[0], hall)
    found = affected(placement, line[0], NOW)
    assert [(each.request.id, each.effect) for each in found] == [
        (line[1].id, Effect.OPTION_ENDS),
        (line[2].id, Effect.OPTION_ENDS),
    ]
    assert untouched.state is RequestState.SUBMITTED


def test_a_choice_that_would_go_is_named(hall: Room) -> None:
    first, second = ask(hall.id, who="anna"), ask(hall.id, who="bob")
    other_day = ask(hall.id, FRIDAY, who="cor")
    placement = placed(first, hall)
    [found] = affected(placement, first, NOW)
    assert (found.request.id, found.effect) == (second.id, Effect.CHOICE_GONE)
    rivals = {case.request.id: case.rivals for case in cases(waiting_requests(), NOW)}
    assert rivals == {first.id: 1, second.id: 1, other_day.id: 0}


def test_who_notices_costs_the_same_however_many_wait(
    hall: Room, count_queries: CountQueries
) -> None:
    first = ask(hall.id, who="anna")
    ask(hall.id, who="bob")
    placement = placed(first, hall)

    def look() -> int:
        session.rollback()
        with count_queries() as counted:
            affected(placement, session.get_one(BookingRequest, first.id), NOW)
        return len(counted)

    few = look()
    for number in range(6):
        ask(hall.id, who=f"more{number}")
    assert look() == few
