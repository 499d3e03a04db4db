"""A confirmed stop moves or is cancelled, and the stop after it is reached from somewhere else."""

from datetime import date

import pytest
from sqlalchemy import update

from booking.models import BookingRequest, Installation, Stop
from booking.rules.audience import Audience
from booking.rules.lifecycle import RequestState, StopState
from booking.rules.norms import DayPart, Wish
from core.db import session, transact
from core.history import story
from people.models import Role
from tests.builders import (
    AFTERNOON,
    LUNETTEN,
    NOW,
    PLANNER,
    THURSDAY,
    VLEUTEN,
    cube,
    host_says_yes,
    performer,
    person,
    room,
    stage,
)
from tests.integration.bookings import (
    LATER,
    ask,
    cancel,
    claims,
    confirm,
    count_overlaps,
    done_to,
    mails,
    move,
    refused,
    row_counts,
    sent,
    set_norms,
    told,
    travel,
    undo,
)
from tests.tours import FRIDAY, between
from venues.models import Room

pytestmark = pytest.mark.usefixtures("app")

MORNING, EVENING = Wish(THURSDAY, DayPart.MORNING), Wish(THURSDAY, DayPart.EVENING)
NEXT_MORNING = Wish(FRIDAY, DayPart.MORNING)
IN_MARCH = Wish(date(2027, 3, 11), DayPart.AFTERNOON)
FEW = Audience(live_here=4)


def played(place: Room, wish: Wish, who: str = "sam") -> tuple[BookingRequest, Stop]:
    request = ask(place.id, wish, who=who, audience=FEW)
    host_says_yes(request)
    return request, confirm(request, place.id, wish)


def with_crew() -> Room:
    """A cube, one performer and a place with a host; performer and host get mail."""
    transact(cube)
    host = transact(person, "Fatima", Role.HOST)
    transact(performer, "Elias", transact(person, "Elias", Role.PERFORMER))
    return transact(room, host=host)


# --- cancelling --------------------------------------------------------------------------------


def test_cancelling_gives_all_time_back() -> None:
    place = stage()
    request, stop = played(place, AFTERNOON)
    cancel(request, why="Lekkage")
    assert (request.state, request.decided_at) == (RequestState.CANCELLED, LATER)
    assert (stop.state, stop.cancelled_at, stop.cancel_words) == (
        StopState.CANCELLED,
        LATER,
        "Lekkage",
    )
    assert claims(stop) == []
    played(place, AFTERNOON, who="other")


def test_cancelling_is_told_and_remembered() -> None:
    place = with_crew()
    request, _stop = played(place, AFTERNOON)
    sent(request)
    cancel(request, why="Lekkage")
    assert told(request)["sam", "CANCEL"] == 1
    assert told(request)["elias", "CANCEL"] == 1
    assert told(request)["fatima", "CANCEL"] == 1
    assert all("Lekkage" in mail.text for mail in mails(request) if mail.created_at == LATER)
    entry = story(request.subject)[-1]
    assert (entry.action, entry.why, entry.actor) == ("cancelled", "Lekkage", PLANNER)


def test_cancelling_before_anybody_was_told_bothers_only_who_had_said_yes() -> None:
    place = with_crew()
    request, _stop = played(place, AFTERNOON)
    assert told(request)["sam", ""] == 2  # "we have it", "the host says yes"
    cancel(request, now=NOW)
    assert told(request) == {("sam", ""): 3, ("fatima", ""): 2}


def test_cancelling_when_the_cube_has_retired() -> None:
    place = stage()
    request, stop = played(place, AFTERNOON)
    transact(retire_all_cubes)
    cancel(request)
    assert claims(stop) == []


def retire_all_cubes() -> None:
    session.execute(update(Installation).values(retired_at=NOW))


# --- moving ------------------------------------------------------------------------------------


def test_moving_claims_the_new_time_and_frees_the_old() -> None:
    place = stage()
    request, stop = played(place, AFTERNOON)
    move(request, place.id, IN_MARCH, why="De zaal is dan vrij")
    assert (stop.wish, stop.is_confirmed) == (IN_MARCH, True)
    day = IN_MARCH.day
    assert stop.period == between("13:00", "17:00", day)
    assert {period for _purpose, _id, period in claims(stop)} == {
        between("11:30", "18:00", day),
        between("12:30", "17:00", day),
    }
    assert [s.period for s in stop.sessions] == [between("13:00", "17:00", day)]
    played(place, AFTERNOON, who="other")


def test_moving_is_remembered() -> None:
    place = stage()
    request, stop = played(place, AFTERNOON)
    move(request, place.id, IN_MARCH, why="De zaal is dan vrij")
    entry = story(request.subject)[-1]
    assert (entry.action, entry.why) == ("moved", "De zaal is dan vrij")
    moments = {"before": AFTERNOON.key, "after": IN_MARCH.key}
    assert entry.facts == {**moments, "accepted": [], "cast": {}}
    assert stop.changed_at == LATER


def test_moving_changes_the_same_calendar_entry() -> None:
    place = with_crew()
    request, stop = played(place, AFTERNOON)
    sent(request)
    uid, sequence = stop.invitation.uid, stop.invitation.sequence
    with refused("host_agreed_to_other_moment"):
        move(request, place.id, IN_MARCH)
    move(request, place.id, IN_MARCH, accepted=["host_agreed_to_other_moment"])
    assert (stop.invitation.uid, stop.invitation.sequence) == (uid, sequence + 1)
    assert told(request)["elias", "REQUEST"] == 2
    assert told(request)["fatima", "REQUEST"] == 2
    latest = mails(request)[-1].calendar or b""
    assert b"20270311T130000" in latest
    assert f"SEQUENCE:{sequence + 1}".encode() in latest


def test_moving_to_another_place_frees_the_old_host() -> None:
    place = with_crew()
    other = transact(room, "De Speler", LUNETTEN)
    request, stop = played(place, AFTERNOON)
    sent(request)
    move(request, other.id, AFTERNOON)
    assert stop.room == other
    assert told(request)["fatima", "CANCEL"] == 1
    assert told(request)["elias", "REQUEST"] == 2
    assert told(request)["elias", "CANCEL"] == 0


def test_moving_before_anybody_was_told_tells_only_how_it_is_now() -> None:
    place = with_crew()
    other = transact(room, "De Speler", LUNETTEN)
    request, _stop = played(place, AFTERNOON)
    move(request, other.id, IN_MARCH, now=NOW)
    assert told(request) == {
        ("sam", ""): 2,
        ("sam", "REQUEST"): 1,
        ("elias", "REQUEST"): 1,
        ("fatima", ""): 2,  # asked, and no longer needed
    }
    assert all(b"20270311T130000" in mail.calendar for mail in mails(request) if mail.calendar)


def test_moving_and_then_undoing() -> None:
    place = stage()
    request, stop = played(place, AFTERNOON)
    move(request, place.id, IN_MARCH, now=NOW)
    undo(request)
    assert claims(stop) == []
    assert told(request) == {("sam", ""): 1}


def test_a_stop_does_not_stand_in_its_own_way() -> None:
    place = stage()
    request, stop = played(place, AFTERNOON)
    move(request, place.id, Wish(THURSDAY, DayPart.AFTERNOON, 2))
    assert len(stop.sessions) == 2
    assert count_overlaps() == 0


def test_moving_over_another_stop_is_refused_and_changes_nothing() -> None:
    place = stage()
    request, stop = played(place, AFTERNOON)
    played(place, IN_MARCH, who="other")
    before, kept = row_counts(), claims(stop)
    with refused("cube_taken", "place_taken"):
        move(request, place.id, IN_MARCH)
    assert (row_counts(), claims(stop), stop.wish) == (before, kept, AFTERNOON)


def test_a_concern_about_the_new_time_must_be_accepted() -> None:
    place = stage()
    request = ask(place.id, audience=Audience(live_here=14))
    confirm(request, place.id)
    with refused("too_many_visitors"):
        move(request, place.id, EVENING)
    move(request, place.id, EVENING, accepted=["too_many_visitors"])


def test_after_a_move_an_older_version_is_refused() -> None:
    place = stage()
    request, _stop = played(place, AFTERNOON)
    seen = request.version
    move(request, place.id, IN_MARCH, version=seen)
    with refused("changed_meanwhile"):
        move(request, place.id, AFTERNOON, version=seen)
    with refused("changed_meanwhile"):
        cancel(request, version=seen)
    cancel(request, version=request.version)
    assert done_to(request) == ["submitted", "confirmed", "moved", "cancelled"]


# --- the journey to the next stop --------------------------------------------------------------

FROM_DEPOT = between("06:45", "07:30", FRIDAY)  # Overvecht to Lunetten
FROM_VLEUTEN = between("06:25", "07:30", FRIDAY)  # over the canal


def lunetten_and_vleuten() -> tuple[Room, Room]:
    stage()
    return transact(room, "De Musketon", LUNETTEN), transact(room, "De Schalm", VLEUTEN)


def test_a_stop_before_it_changes_the_journey() -> None:
    lunetten, vleuten = lunetten_and_vleuten()
    _request, after = played(lunetten, NEXT_MORNING)
    assert travel(after) == FROM_DEPOT
    _request, before = played(vleuten, EVENING, who="other")
    assert travel(after) == FROM_VLEUTEN
    assert travel(before) == between("16:45", "17:30")


def test_a_cancellation_before_it_changes_the_journey_back() -> None:
    lunetten, vleuten = lunetten_and_vleuten()
    _request, after = played(lunetten, NEXT_MORNING)
    request, _before = played(vleuten, EVENING, who="other")
    cancel(request)
    assert travel(after) == FROM_DEPOT


def test_undo_of_a_stop_before_it_changes_the_journey_back() -> None:
    lunetten, vleuten = lunetten_and_vleuten()
    _request, after = played(lunetten, NEXT_MORNING)
    request, _before = played(vleuten, EVENING, who="other")
    undo(request)
    assert travel(after) == FROM_DEPOT


def test_a_stop_between_two_and_away_again() -> None:
    lunetten, vleuten = lunetten_and_vleuten()
    played(lunetten, MORNING, who="first")
    _request, after = played(lunetten, NEXT_MORNING)
    assert travel(after) is None  # the cube is there already
    request, between_them = played(vleuten, EVENING, who="other")
    assert travel(between_them) == between("16:25", "17:30")
    assert travel(after) == FROM_VLEUTEN
    cancel(request)
    assert travel(after) is None


@pytest.mark.parametrize("to", [IN_MARCH, MORNING], ids=["a_month_later", "the_same_day"])
def test_moving_away_changes_the_journey_of_who_came_after(to: Wish) -> None:
    lunetten, vleuten = lunetten_and_vleuten()
    _request, after = played(lunetten, NEXT_MORNING)
    request, _moved = played(vleuten, EVENING, who="other")
    move(request, vleuten.id, to)
    assert travel(after) == (FROM_DEPOT if to is IN_MARCH else FROM_VLEUTEN)


def test_moving_in_between_changes_the_journey_too() -> None:
    lunetten, vleuten = lunetten_and_vleuten()
    _request, after = played(lunetten, NEXT_MORNING)
    request, moved = played(vleuten, IN_MARCH, who="other")
    move(request, vleuten.id, EVENING)
    assert travel(after) == FROM_VLEUTEN
    assert travel(moved) == between("16:45", "17:30")


def test_a_stop_a_day_later_is_reached_from_the_depot_whatever_comes_before() -> None:
    lunetten, vleuten = lunetten_and_vleuten()
    _request, after = played(lunetten, Wish(FRIDAY, DayPart.EVENING))
    reached = travel(after)
    played(vleuten, MORNING, who="other")
    assert travel(after) == reached


@pytest.mark.parametrize(
    ("minutes", "fits"), [(60, False), (55, False), (50, True)], ids=["60", "55", "50"]
)
def test_two_places_in_a_day_need_time_to_travel(minutes: int, fits: bool) -> None:
    """Two hours between the sessions: get-out, 65 minutes on the road over the canal, get-in."""
    lunetten, vleuten = lunetten_and_vleuten()
    set_norms(get_out_minutes=5, get_in_minutes=minutes)
    played(lunetten, AFTERNOON, who="first")
    request = ask_later(vleuten)
    if fits:
        confirm(request, vleuten.id, EVENING)
        assert count_overlaps() == 0
    else:
        with refused("cube_arrives_late"):
            confirm(request, vleuten.id, EVENING)


def ask_later(place: Room) -> BookingRequest:
    """For a day on which nothing stands in the way of asking."""
    return ask(place.id, Wish(date(2027, 4, 1), DayPart.AFTERNOON), who="second", audience=FEW)


def test_the_first_journey_starts_at_the_depot() -> None:
    lunetten, _vleuten = lunetten_and_vleuten()
    _request, stop = played(lunetten, AFTERNOON)
    assert travel(stop) == between("10:45", "11:30")
