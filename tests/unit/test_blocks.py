"""When the tour stands still: what is refused, and the nearest that is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.rules.blocks import (
    UNTIL_FURTHER_NOTICE,
    BlockDetails,
    Blocked,
    BlockKind,
    Standing,
    may_block,
    period_of,
    with_blocks,
    without_stop,
)
from booking.rules.performers import called
from booking.rules.placement import Wanted, check
from booking.rules.stretches import whole
from booking.rules.tour import Tour
from booking.rules.ways_out import Way, WayOut, parse_way_out
from core.period import Period
from tests.tours import (
    AFTERNOON,
    CUBE,
    ELIAS,
    EVENING,
    LUNETTEN,
    NOW,
    RICARDO,
    at,
    between,
    codes,
    cube,
    place,
    player,
    said,
    standing,
    tour,
)

HERE = Wanted(place(), AFTERNOON)  # the cube stands from 11.30 to 18.00
ELSEWHERE = Wanted(place(LUNETTEN), AFTERNOON)  # and drives there before that


def blocked(period: Period, resource_id: int | None = None) -> Tour:
    return with_blocks(tour(), [Blocked(period, resource_id)])


@pytest.mark.parametrize(
    ("wanted", "period", "resource_id", "expected"),
    [
        pytest.param(HERE, between("17:30", "20:00"), None, {"tour_rests"}, id="break"),
        pytest.param(HERE, between("18:00", "20:00"), None, set(), id="after it"),
        pytest.param(HERE, between("09:00", "12:00"), CUBE, {"cube_blocked"}, id="get-in"),
        pytest.param(HERE, between("09:00", "11:30"), CUBE, set(), id="just before"),
        pytest.param(
            ELSEWHERE, between("09:00", "11:30"), CUBE, {"cube_blocked"}, id="the drive counts"
        ),
        pytest.param(HERE, between("12:00", "12:45"), ELIAS, {"no_performer"}, id="the call"),
        pytest.param(HERE, between("11:00", "12:30"), ELIAS, set(), id="before the call"),
        pytest.param(HERE, between("09:00", "20:00"), RICARDO, set(), id="somebody else"),
    ],
)
def test_a_block_refuses(
    wanted: Wanted, period: Period, resource_id: int | None, expected: set[str]
) -> None:
    assert codes(said(wanted, blocked(period, resource_id))) == expected


def test_an_open_end_has_no_end() -> None:
    forever = period_of(at("00:00"), None)
    assert codes(said(HERE, blocked(forever))) == {"tour_rests"}
    assert forever.end == UNTIL_FURTHER_NOTICE


def test_who_is_named_cannot_play() -> None:
    named = replace(HERE, player_ids=(ELIAS,))
    around = blocked(between("09:00", "20:00"), ELIAS)
    assert codes(said(named, around)) == {"performer_blocked"}


def test_only_what_is_to_come_can_be_blocked() -> None:
    details = BlockDetails(BlockKind.SEASON, None, NOW - timedelta(days=2), NOW, "", "Rust.")
    assert codes(may_block(details, NOW)) == {"block_is_past"}
    assert may_block(replace(details, ends_at=NOW + timedelta(seconds=1)), NOW) == []


def test_a_recast_is_possible_until_it_plays() -> None:
    around = replace(tour(), now=at("12:00"))  # the get-in has begun
    assert codes(said(HERE, around)) == {"in_the_past"}
    assert said(replace(HERE, is_recast=True), around) == []
    playing = replace(around, now=at("13:00"))
    assert codes(said(replace(HERE, is_recast=True), playing)) == {"in_the_past"}


def test_a_stop_does_not_stand_in_its_own_way() -> None:
    alone = tour()
    there = check(HERE, alone.cubes[0], alone)
    [session] = there.sessions
    taken = tour(
        cube(standing(there.stay, place().spot, stop_id=7)),
        players=(player(session, busy=(called(session, alone.norms),)),),
    )
    taken = replace(taken, places={1: place(taken=(there.stay,)), 2: place(taken=(there.stay,))})
    freed = without_stop(taken, Standing(7, 1, there.stay, ((ELIAS, whole(session, alone.norms)),)))
    assert codes(said(HERE, taken)) == {"cube_taken", "no_performer"}
    assert said(HERE, freed) == []
    assert freed.places[1].taken == ()
    assert freed.places[2].taken == (there.stay,), "another place at the same time stays taken"


@pytest.mark.parametrize(
    "out",
    [
        WayOut(Way.RECAST, resource_id=4, accepted=("hours_unknown", "stands_overnight")),
        WayOut(Way.CALL_OFF, (AFTERNOON, EVENING)),
        WayOut(Way.LEAVE),
    ],
)
def test_a_form_names_what_was_chosen(out: WayOut) -> None:
    assert parse_way_out(out.key) == out


@pytest.mark.parametrize("key", ["", "leave", "fly;;;", "leave;;x;", "move;yesterday;;"])
def test_what_names_nothing_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_way_out(key)
