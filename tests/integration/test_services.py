"""What the theatre decides: option, confirm, undo, decline; and what the clock does."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from booking import services
from booking.models import BookingRequest, Installation, Invitation
from booking.rules.audience import Audience
from booking.rules.lifecycle import (
    ALLOWED,
    Action,
    DeclineReason,
    RequestState,
    StopState,
)
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from core.db import session, transact
from core.history import ASKER, CLOCK, story
from people.models import Role
from tests.builders import (
    AFTERNOON,
    LUNETTEN,
    NOW,
    PLANNER,
    THURSDAY,
    cube,
    host_says_yes,
    performer,
    person,
    room,
    stage,
)
from tests.integration.bookings import (
    END_OF_OPTION,
    LATER,
    ask,
    cancel,
    claims,
    confirm,
    done_to,
    mails,
    move,
    option,
    refused,
    row_counts,
    sent,
    told,
    undo,
)
from tests.tours import between
from venues.models import Room

pytestmark = pytest.mark.usefixtures("app")

UNDO_ENDS = NOW + timedelta(minutes=10)
FRIDAY_EVENING = Wish(date(2027, 2, 5), DayPart.EVENING)
STAY = between("11:30", "18:00")
SESSION = between("13:00", "17:00")


def decline(request: BookingRequest, *alternatives: Wish) -> BookingRequest:
    return transact(
        services.decline,
        request.id,
        reason=DeclineReason.OTHER_AUDIENCE,
        words="Een andere keer graag.",
        alternatives=alternatives,
        version=None,
        by=PLANNER,
        now=NOW,
    )


def with_crew() -> Room:
    """A cube, one performer and a place with a host; performer and host get mail."""
    transact(cube)
    host = transact(person, "Fatima", Role.HOST)
    transact(performer, "Elias", transact(person, "Elias", Role.PERFORMER))
    return transact(room, host=host)


# --- an option ---------------------------------------------------------------------------------


def test_an_option_keeps_a_period_without_claiming_it() -> None:
    place = stage()
    request = ask(place.id)
    given = option(request, place.id)
    assert request.state is RequestState.OPTIONED
    assert (given.rank, given.period, given.stay) == (1, SESSION, STAY)
    assert (given.expires_at, given.released_at) == (END_OF_OPTION, None)
    assert row_counts()["claim"] == 0
    entry = story(request.subject)[-1]
    assert entry.action == "optioned"
    assert entry.facts["until"] == END_OF_OPTION.isoformat()


def test_an_option_stands_in_the_calendar_as_tentative() -> None:
    place = stage()
    request = ask(place.id)
    option(request, place.id)
    [mail] = [mail for mail in mails(request) if mail.calendar]
    assert (mail.to_address, mail.calendar_method) == ("sam@buren.example", "REQUEST")
    assert b"STATUS:TENTATIVE" in (mail.calendar or b"")


def test_an_option_stands_in_the_way_of_another() -> None:
    place = stage()
    other = ask(place.id, who="other")
    option(ask(place.id), place.id)
    with refused("option_in_front"):
        confirm(other, place.id)
    with refused("behind_options"):
        option(other, place.id)


def test_an_option_does_not_stand_in_its_own_way() -> None:
    place = stage()
    request = ask(place.id)
    option(request, place.id)
    assert confirm(request, place.id).is_confirmed


def test_an_option_that_has_ended_stands_in_nobodys_way() -> None:
    place = stage()
    other = ask(place.id, who="other")
    option(ask(place.id), place.id)
    assert confirm(other, place.id, now=END_OF_OPTION).is_confirmed


@pytest.mark.parametrize("until", [NOW, STAY.start, NOW - timedelta(days=1)], ids=str)
def test_an_option_ends_between_now_and_the_get_in(until: datetime) -> None:
    place = stage()
    request = ask(place.id)
    with refused("option_end_date"):
        option(request, place.id, until=until)
    assert request.state is RequestState.SUBMITTED


def test_a_new_option_takes_the_place_of_the_old() -> None:
    place = stage()
    request = ask(place.id)
    first = option(request, place.id)
    seen = request.version
    second = option(request, place.id, FRIDAY_EVENING, accepted=("too_many_visitors",))
    assert (first.released_at, request.option) == (NOW, second)
    assert first.invitation_id == second.invitation_id
    assert request.version > seen


# --- a confirmation ----------------------------------------------------------------------------


def test_a_confirmation_claims_everything_at_once() -> None:
    stage()
    place = transact(room, "De Musketon", LUNETTEN)
    request = ask(place.id)
    stop = confirm(request, place.id)
    [played] = stop.sessions
    cube_id, performer_id = stop.installation.resource_id, played.performer.resource_id
    assert claims(stop) == [
        ("travel", cube_id, between("10:45", "11:30")),
        ("stand", cube_id, STAY),
        ("stand", place.resource_id, STAY),
        ("play", performer_id, between("12:30", "17:00")),
    ]


def test_a_confirmation_is_a_stop_with_its_times() -> None:
    place = stage()
    request = ask(place.id, is_closed=True)
    stop = confirm(request, place.id)
    assert (request.state, request.decided_at) == (RequestState.CONFIRMED, NOW)
    assert request.stop == stop
    assert (stop.period, stop.stay, stop.is_closed) == (SESSION, STAY, True)
    assert (stop.confirmed_at, stop.undo_until) == (NOW, UNDO_ENDS)
    assert stop.public_title == "Van heel dichtbij"
    assert [s.period for s in stop.sessions] == [SESSION]


def test_a_confirmation_is_told_to_everybody_after_the_time_for_undo() -> None:
    place = with_crew()
    request = ask(place.id)
    host_says_yes(request)
    confirm(request, place.id)
    assert told(request) == {
        ("sam", ""): 2,  # "we have it", "the host says yes"
        ("sam", "REQUEST"): 1,
        ("elias", "REQUEST"): 1,
        ("fatima", ""): 1,  # may the cube come?
        ("fatima", "REQUEST"): 1,
    }
    waiting = [mail for mail in mails(request) if mail.calendar]
    assert {mail.due_at for mail in waiting} == {UNDO_ENDS}
    assert all(b"STATUS:CONFIRMED" in (mail.calendar or b"") for mail in waiting)


def test_a_confirmation_is_remembered() -> None:
    place = stage()
    request = ask(place.id, audience=Audience(live_here=30))
    confirm(request, place.id, accepted=["too_many_visitors"])
    entry = story(request.subject)[-1]
    assert (entry.action, entry.actor, entry.at) == ("confirmed", PLANNER, NOW)
    score = entry.facts["score"]
    assert score["points"] == sum(points for _code, points, _of in score["parts"])
    assert entry.facts == {
        "moment": AFTERNOON.key,
        "place": "De Huiskamer, Zaal",
        "accepted": ["too_many_visitors"],
        "score": score,
        "competing": [],
    }


def test_more_day_parts_are_one_stop_with_more_performers() -> None:
    place = stage()
    stop = confirm(ask(place.id), place.id, Wish(THURSDAY, DayPart.MORNING, 2))
    assert [s.period for s in stop.sessions] == [between("09:00", "12:30"), SESSION]
    assert len({s.performer_id for s in stop.sessions}) == 2
    assert [purpose for purpose, *_rest in claims(stop)] == ["stand", "stand", "play", "play"]


def test_an_option_becomes_a_stop_with_the_same_calendar_entry() -> None:
    place = stage()
    request = ask(place.id)
    given = option(request, place.id)
    stop = confirm(request, place.id, now=LATER)
    assert stop.invitation == given.invitation
    assert (given.released_at, request.option) == (LATER, None)
    assert stop.request_state_before is RequestState.OPTIONED
    [invitation] = session.scalars(select(Invitation))
    assert invitation.sequence == 1


def test_a_concern_must_be_accepted() -> None:
    place = stage()
    request = ask(place.id, audience=Audience(live_here=15))
    before = row_counts()
    with refused("too_many_visitors"):
        confirm(request, place.id)
    with refused("too_many_visitors"):
        confirm(request, place.id, accepted=("closed_at_get_in",))
    assert row_counts() == before
    assert confirm(request, place.id, accepted=("too_many_visitors",)).is_confirmed


def test_every_concern_must_be_accepted() -> None:
    stage()
    place = transact(room, "De Tuin", hours=None, is_quiet=False)
    request = ask(place.id)
    with refused("hours_unknown"):
        confirm(request, place.id, accepted=["not_quiet"])
    confirm(request, place.id, accepted=["not_quiet", "hours_unknown"])


def test_what_refuses_cannot_be_accepted() -> None:
    place = stage()
    request = ask(place.id)
    confirm(ask(place.id, who="first"), place.id)
    with refused("cube_taken", "place_taken"):
        confirm(request, place.id, accepted=["cube_taken", "place_taken"])


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(date(2026, 11, 24), DayPart.MORNING), "in_the_past"),
        (Wish(THURSDAY, DayPart.MORNING, 5), "too_many_day_parts"),
        (Wish(THURSDAY, DayPart.MORNING, 0), "too_many_day_parts"),
    ],
    ids=["past", "many", "none"],
)
def test_impossible_moments_are_refused(wish: Wish, code: str) -> None:
    place = stage()
    with refused(code):
        confirm(ask(place.id), place.id, wish)


def test_the_theatre_may_plan_at_short_notice() -> None:
    place = stage()
    tomorrow = Wish(date(2026, 11, 25), DayPart.AFTERNOON)
    assert confirm(ask(place.id), place.id, tomorrow).is_confirmed


def test_what_does_not_exist_is_refused() -> None:
    place = stage()
    request = ask(place.id)
    with refused("no_such_room"):
        confirm(request, 12345)
    with refused("no_such_request"):
        transact(
            services.confirm,
            request.id + 1000,
            chosen=Chosen(AFTERNOON, place.id),
            version=None,
            by=PLANNER,
            now=NOW,
        )


def test_without_a_cube_nothing_is_confirmed() -> None:
    place = stage()
    request = ask(place.id)
    transact(retire_all_cubes)
    with refused("no_cube"):
        confirm(request, place.id)


def retire_all_cubes() -> None:
    session.execute(update(Installation).values(retired_at=NOW))


def test_an_older_version_is_refused() -> None:
    place = stage()
    request = ask(place.id)
    seen = request.version
    option(request, place.id)
    with refused("changed_meanwhile"):
        confirm(request, place.id, version=seen)
    assert confirm(request, place.id, version=request.version).is_confirmed


# --- undo --------------------------------------------------------------------------------------


def test_undo_leaves_no_trace_in_the_calendar() -> None:
    place = with_crew()
    request = ask(place.id)
    host_says_yes(request)
    sent(request, NOW)
    stop = confirm(request, place.id)
    undo(request, now=UNDO_ENDS - timedelta(seconds=1))
    assert (request.state, request.decided_at) == (RequestState.SUBMITTED, None)
    assert (stop.state, request.stop) == (StopState.UNDONE, None)
    assert claims(stop) == []
    assert told(request) == {("sam", ""): 2, ("fatima", ""): 1}
    done = ["submitted", "host asked", "host agreed", "confirmed", "undone"]
    assert done_to(request) == done


def test_after_undo_the_moment_is_free_and_may_be_confirmed_again() -> None:
    place = stage()
    request = ask(place.id)
    confirm(request, place.id)
    undo(request)
    again = confirm(request, place.id)
    assert request.stop == again
    assert told(request) == {("sam", ""): 1, ("sam", "REQUEST"): 1}


def test_undo_gives_an_option_back() -> None:
    place = stage()
    request = ask(place.id)
    given = option(request, place.id)
    sent(request, NOW)
    confirm(request, place.id)
    undo(request)
    assert (request.state, request.option) == (RequestState.OPTIONED, given)
    assert told(request) == {("sam", ""): 1, ("sam", "REQUEST"): 1}


def test_undo_tells_of_an_option_that_nobody_had_heard_of_yet() -> None:
    place = stage()
    request = ask(place.id)
    option(request, place.id)
    confirm(request, place.id)
    undo(request)
    [mail] = [mail for mail in mails(request) if mail.calendar]
    assert b"STATUS:TENTATIVE" in (mail.calendar or b"")


def test_undo_does_not_revive_an_option_that_has_ended() -> None:
    place = stage()
    request = ask(place.id)
    option(request, place.id, until=NOW + timedelta(minutes=5))
    confirm(request, place.id, now=NOW + timedelta(minutes=4))
    undo(request, now=NOW + timedelta(minutes=6))
    assert (request.state, request.option) == (RequestState.SUBMITTED, None)


def test_undo_after_ten_minutes_is_refused() -> None:
    place = stage()
    request = ask(place.id)
    stop = confirm(request, place.id)
    with refused("too_late_to_undo"):
        undo(request, now=UNDO_ENDS)
    assert stop.is_confirmed
    assert claims(stop)


def test_undo_after_a_mail_has_left_is_refused() -> None:
    """Clocks of two machines may differ."""
    place = stage()
    request = ask(place.id)
    stop = confirm(request, place.id)
    sent(request)
    with refused("too_late_to_undo"):
        undo(request)
    assert stop.is_confirmed
    assert told(request)["sam", "REQUEST"] == 1


# --- no ----------------------------------------------------------------------------------------


def test_a_decline_says_why_and_what_can_be() -> None:
    place = stage()
    request = decline(ask(place.id), FRIDAY_EVENING)
    assert (request.state, request.decline_reason) == (
        RequestState.DECLINED,
        DeclineReason.OTHER_AUDIENCE,
    )
    assert [alternative.wish for alternative in request.alternatives] == [FRIDAY_EVENING]
    mail = mails(request)[-1]
    assert "Een andere keer graag." in mail.text
    assert "vrijdag 5 februari 2027, avond" in mail.text
    entry = story(request.subject)[-1]
    assert (entry.action, entry.why) == ("declined", "Een andere keer graag.")
    assert entry.facts["reason"] == "other_audience"
    assert (entry.facts["score"]["of"], entry.facts["competing"]) == (100, [])


def test_a_decline_gives_the_option_free() -> None:
    place = stage()
    request = ask(place.id)
    option(request, place.id)
    sent(request, NOW)
    decline(request)
    assert request.option is None
    assert told(request)["sam", "CANCEL"] == 1


def test_no_more_than_three_alternatives() -> None:
    place = stage()
    request = ask(place.id)
    four = [Wish(date(2027, 3, day), DayPart.MORNING) for day in (1, 2, 3, 4)]
    with refused("too_many_alternatives"):
        decline(request, *four)
    assert request.state is RequestState.SUBMITTED


# --- the clock ---------------------------------------------------------------------------------


def expire(now: datetime) -> int:
    return transact(services.expire_options, now=now)


def remind(now: datetime) -> int:
    return transact(services.remind_of_options, now=now)


def test_an_option_lapses_when_its_time_has_come() -> None:
    place = stage()
    request = ask(place.id)
    given = option(request, place.id)
    sent(request, NOW)
    assert expire(END_OF_OPTION - timedelta(seconds=1)) == 0
    assert expire(END_OF_OPTION) == 1
    assert expire(END_OF_OPTION) == 0
    assert (request.state, given.released_at) == (RequestState.EXPIRED, END_OF_OPTION)
    assert told(request)["sam", "CANCEL"] == 1
    assert story(request.subject)[-1].actor == CLOCK


def test_an_option_that_was_confirmed_does_not_lapse() -> None:
    place = stage()
    request = ask(place.id)
    option(request, place.id)
    confirm(request, place.id)
    assert expire(END_OF_OPTION) == 0
    assert request.state is RequestState.CONFIRMED


def test_one_reminder_three_days_before() -> None:
    place = stage()
    request = ask(place.id)
    option(request, place.id)
    three_days = END_OF_OPTION - timedelta(days=3)
    assert remind(three_days - timedelta(seconds=1)) == 0
    assert [remind(three_days), remind(three_days)] == [1, 0]
    assert told(request)["sam", ""] == 2


def test_a_short_option_needs_no_reminder() -> None:
    place = stage()
    option(ask(place.id), place.id, until=NOW + timedelta(days=2))
    assert remind(NOW + timedelta(days=1)) == 0


# --- what may not be done ----------------------------------------------------------------------


def _submitted(place: Room) -> BookingRequest:
    return ask(place.id)


def _optioned(place: Room) -> BookingRequest:
    request = ask(place.id)
    option(request, place.id)
    return request


def _confirmed(place: Room) -> BookingRequest:
    request = ask(place.id)
    confirm(request, place.id)
    return request


def _withdrawn(place: Room) -> BookingRequest:
    request = ask(place.id)
    return transact(services.withdraw, request.id, version=request.version, by=ASKER, now=NOW)


def _expired(place: Room) -> BookingRequest:
    request = _optioned(place)
    expire(END_OF_OPTION)
    return request


REACHED: dict[RequestState, Callable[[Room], BookingRequest]] = {
    RequestState.SUBMITTED: _submitted,
    RequestState.OPTIONED: _optioned,
    RequestState.CONFIRMED: _confirmed,
    RequestState.DECLINED: lambda place: decline(ask(place.id), FRIDAY_EVENING),
    RequestState.WITHDRAWN: _withdrawn,
    RequestState.CANCELLED: lambda place: cancel(_confirmed(place)),
    RequestState.EXPIRED: _expired,
}


def _withdraw(request: BookingRequest, _place: Room) -> object:
    return transact(services.withdraw, request.id, version=request.version, by=ASKER, now=NOW)


def _release(request: BookingRequest, _place: Room) -> object:
    return transact(services.release_option, request.id, version=None, by=PLANNER, now=NOW)


def _choose(request: BookingRequest, _place: Room) -> object:
    return transact(
        services.choose_alternative,
        request.id,
        position=1,
        version=request.version,
        now=NOW,
    )


def _change(request: BookingRequest, _place: Room) -> object:
    change: dict[str, Any] = {"audience": Audience(walk_in=1), "hope": "", "phone": ""}
    return transact(services.change_details, request.id, version=request.version, now=NOW, **change)


TRIED: dict[Action, Callable[[BookingRequest, Room], object]] = {
    Action.OPTION: lambda request, place: option(request, place.id, FRIDAY_EVENING),
    Action.CONFIRM: lambda request, place: confirm(request, place.id, FRIDAY_EVENING),
    Action.RELEASE: _release,
    Action.UNDO: lambda request, _place: undo(request),
    Action.DECLINE: lambda request, _place: decline(request),
    Action.REOPEN: _choose,
    Action.CHANGE: _change,
    Action.WITHDRAW: _withdraw,
    Action.CANCEL: lambda request, _place: cancel(request),
    Action.MOVE: lambda request, place: move(request, place.id, FRIDAY_EVENING),
}


def test_every_state_and_action_is_tried() -> None:
    assert set(REACHED) == set(RequestState)
    assert set(TRIED) == set(Action) - {Action.EXPIRE}


@pytest.mark.parametrize("state", RequestState, ids=str)
def test_what_may_not_be_done_is_refused_and_changes_nothing(state: RequestState) -> None:
    place = stage()
    request = REACHED[state](place)
    assert request.state is state
    before, version = row_counts(), request.version
    for action, attempt in TRIED.items():
        if state not in ALLOWED[action]:
            with refused("not_in_this_state"):
                attempt(request, place)
    assert (row_counts(), request.version, request.state) == (before, version, state)
