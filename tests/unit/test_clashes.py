"""What was agreed and does not fit any more: said of what stands, and not of what stands well."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.rules.blocks import Blocked, Standing, with_blocks
from booking.rules.clashes import Agreed, clashes
from booking.rules.consent import ConsentState, HostSaid
from booking.rules.norms import Norms, Wish
from booking.rules.performers import called, playing
from booking.rules.stretches import whole
from booking.rules.tour import Hold, Place, Player, Tour
from booking.rules.touring import stay_around
from core.period import Period
from tests.tours import (
    AFTERNOON,
    CUBE,
    ELIAS,
    EVENING,
    FRIDAY,
    LUNETTEN,
    MORNING,
    NOW,
    ROOM,
    at,
    between,
    codes,
    cube,
    place,
    player,
    standing,
    tour,
)
from tests.tours import standing as stands

HERE, STOP, REQUEST = 7, 1, 11
NORMS = Norms()
SESSIONS = AFTERNOON.sessions(NORMS)
STAY = stay_around(SESSIONS, NORMS)


def agreed(wish: Wish = AFTERNOON, *, is_option: bool = False) -> Agreed:
    sessions = wish.sessions(NORMS)
    cast = tuple((ELIAS, whole(each, NORMS)) for each in sessions)
    return Agreed(
        request_id=REQUEST,
        room_id=HERE,
        cube_id=CUBE,
        wish=wish,
        visitors=8,
        sessions=sessions,
        player_ids=tuple(ELIAS for _ in sessions) if is_option else (),
        stop=None if is_option else Standing(STOP, HERE, stay_around(sessions, NORMS), cast),
    )


def played_by(*sessions: Period) -> Player:
    """As it is loaded: what is played is claimed from the call on."""
    found = player()
    for each in sessions:
        found = playing(found, whole(each, NORMS), NORMS)
    return found


def with_stop(here: Place | None = None, *, elias: Player | None = None, **facts: object) -> Tour:
    """The tour on which the stop of this afternoon stands."""
    here = here or place()
    here = replace(here, taken=(*here.taken, STAY))
    around = tour(cube(stands(STAY, here.spot, STOP)), players=(elias or played_by(*SESSIONS),))
    return replace(around, places={HERE: here}, **facts)  # type: ignore[arg-type]


def test_a_stop_does_not_clash_with_itself() -> None:
    assert clashes(agreed(), with_stop()) == []


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        pytest.param(
            with_stop(place(closures=(between("13:00", "15:00"),))), {"place_closed"}, id="closed"
        ),
        pytest.param(with_stop(place(is_available=False)), {"place_unavailable"}, id="paused"),
        pytest.param(
            with_stop(place(taken=(between("15:00", "16:00"),))), {"place_taken"}, id="a meeting"
        ),
        pytest.param(
            with_stop(place(outside=(between("15:00", "16:00"),))),
            {"place_busy_outside"},
            id="calendar of the host",
        ),
        pytest.param(with_stop(place(has_host=True)), {"host_not_answered"}, id="host silent"),
        pytest.param(
            with_stop(
                place(has_host=True),
                hosts_said={(REQUEST, ROOM): HostSaid(ConsentState.YES, (AFTERNOON.key,))},
            ),
            set(),
            id="host says yes",
        ),
        pytest.param(
            with_stop(elias=replace(played_by(*SESSIONS), outside=(between("14:00", "15:00"),))),
            {"performer_busy_outside"},
            id="calendar of the performer",
        ),
        pytest.param(
            with_stop(elias=played_by(*SESSIONS, *EVENING.sessions(NORMS))),
            {"performer_full_day"},
            id="too much in a day",
        ),
        pytest.param(
            with_stop(elias=played_by(*SESSIONS, between("01:00", "02:00", FRIDAY))),
            {"performer_unrested"},
            id="no rest",
        ),
        pytest.param(
            with_stop(elias=played_by(*SESSIONS, between("08:00", "09:00", FRIDAY))),
            set(),
            id="rest",
        ),
        pytest.param(with_stop(now=at("14:00")), set(), id="on its way: no news"),
    ],
)
def test_what_does_not_fit_is_said(around: Tour, expected: set[str]) -> None:
    assert codes(clashes(agreed(), around)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(5, {"cube_arrives_late"}), (90, set())], ids=["no time", "time"]
)
def test_travel_that_is_too_short_is_said(minutes: int, expected: set[str]) -> None:
    """Of the stop before it, elsewhere; each of both says its own side."""
    ends_at = STAY.start - timedelta(minutes=minutes)
    before = standing(Period(ends_at - timedelta(hours=3), ends_at), LUNETTEN, 2)
    around = with_stop()
    around = replace(around, cubes=(around.cubes[0].joined_by(before),))
    assert codes(clashes(agreed(), around)) == expected


def test_an_option_over_a_stop_is_said_of_the_option_alone() -> None:
    hold = Hold(99, frozenset({CUBE, ELIAS, ROOM}), STAY, NOW + timedelta(days=5), position=1)
    around = with_stop(holds=(hold,))
    assert clashes(agreed(), around) == []
    over = replace(agreed(is_option=True), request_id=99)
    assert {"cube_taken", "place_taken"} <= codes(clashes(over, around))


@pytest.mark.parametrize(("position", "expected"), [(1, {"behind_options"}), (3, set())])
def test_only_who_stands_behind_another_option_reads_so(position: int, expected: set[str]) -> None:
    until = NOW + timedelta(days=5)
    kept = frozenset({CUBE, ELIAS, ROOM})
    holds = (Hold(REQUEST, kept, STAY, until, 2), Hold(12, kept, STAY, until, position))
    around = replace(tour(holds=holds), places={HERE: place()})
    assert codes(clashes(agreed(is_option=True), around)) == expected


def test_a_block_and_other_hours_are_judged_as_it_was_agreed() -> None:
    """The hours of a day-part may have changed since: what was agreed counts."""
    shut = with_stop(place(closures=(between("08:00", "11:00"),)))
    later = replace(shut, norms=replace(NORMS, afternoon=MORNING_HOURS))
    assert clashes(agreed(), later) == []
    blocked = with_blocks(with_stop(), [Blocked(called(SESSIONS[0], NORMS), ELIAS)])
    assert codes(clashes(agreed(), blocked)) == {"performer_blocked"}


def test_a_cube_that_tours_no_more_says_nothing() -> None:
    assert clashes(replace(agreed(), cube_id=404), with_stop()) == []


MORNING_HOURS = NORMS.hours_of(MORNING.part)
