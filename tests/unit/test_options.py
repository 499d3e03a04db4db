"""Options in rank: who stands in front of whom, and what follows from it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.norms import Norms
from booking.rules.options import (
    behind,
    collide,
    decide_until,
    in_front_of,
    line_of,
    may_challenge,
    may_move,
    rank_of,
    reordered,
)
from booking.rules.placement import Wanted, after, best
from booking.rules.tour import Hold
from core.clock import midnight
from core.findings import Finding
from tests.tours import (
    AFTERNOON,
    CUBE,
    ELIAS,
    EVENING,
    FRIDAY,
    NOW,
    RICARDO,
    THURSDAY,
    between,
    codes,
    cube,
    place,
    player,
    said,
    tour,
)

MINE, FIRST, SECOND = 1, 2, 3
LATER = NOW + timedelta(days=10)


def hold(
    request_id: int = FIRST,
    position: int = 1,
    stay: tuple[str, str] = ("11:30", "18:00"),
    resources: frozenset[int] = frozenset({CUBE, ELIAS}),
    **more: object,
) -> Hold:
    return Hold(request_id, resources, between(*stay), LATER, position, **more)  # type: ignore[arg-type]


MORNING = hold(1, 1, ("08:00", "12:00"))
ALL_DAY = hold(2, 2, ("08:00", "18:00"))
AFTERNOON_HOLD = hold(3, 3, ("12:00", "18:00"))
LINE = [MORNING, ALL_DAY, AFTERNOON_HOLD]


def test_a_rank_counts_only_what_collides() -> None:
    assert [rank_of(each, LINE) for each in LINE] == [1, 2, 2]
    assert in_front_of(AFTERNOON_HOLD, LINE) == [ALL_DAY]
    assert behind(ALL_DAY, LINE) == [AFTERNOON_HOLD]
    assert line_of(ALL_DAY, LINE) == LINE


def test_what_leaves_moves_only_those_behind_it_up() -> None:
    without_morning = [ALL_DAY, AFTERNOON_HOLD]
    assert [rank_of(each, without_morning) for each in without_morning] == [1, 2]
    without_all_day = [MORNING, AFTERNOON_HOLD]
    assert [rank_of(each, without_all_day) for each in without_all_day] == [1, 1]


@pytest.mark.parametrize(
    ("other", "does"),
    [
        (hold(2), True),
        (hold(1), False),
        (hold(2, resources=frozenset({RICARDO})), False),
        (hold(2, stay=("18:00", "20:00")), False),
    ],
    ids=["same cube and time", "its own", "nothing in common", "just after"],
)
def test_what_collides(other: Hold, does: bool) -> None:
    assert collide(hold(1), other) is does


@given(st.permutations(range(1, 7)), st.integers(1, 6), st.integers(1, 6))
def test_a_line_keeps_its_positions_together(
    positions: list[int], moving: int, to_place: int
) -> None:
    holds = [hold(n, position * 10) for n, position in enumerate(positions, 1)]
    line = line_of(holds[0], holds)
    moved = reordered(line, moving, to_place)
    assert sorted(moved.values()) == sorted(each.position for each in holds)
    in_order = sorted(moved, key=lambda request_id: moved[request_id])
    assert in_order[to_place - 1] == moving
    others = [each.request_id for each in line if each.request_id != moving]
    assert [each for each in in_order if each != moving] == others


@pytest.mark.parametrize(
    ("to_place", "code"),
    [(0, "no_such_place_in_line"), (4, "no_such_place_in_line"), (2, "stands_there_already")],
)
def test_a_place_that_cannot_be_is_refused(to_place: int, code: str) -> None:
    assert codes(may_move(LINE, 2, to_place)) == {code}
    assert may_move(LINE, 2, 1) == []


@pytest.mark.parametrize(
    ("who", "holds", "is_challenged", "wants_it", "code"),
    [
        (MORNING, LINE, False, False, None),
        (ALL_DAY, LINE, False, False, "not_first_in_line"),
        (MORNING, [MORNING], False, False, "nobody_waits_behind"),
        (MORNING, LINE, True, False, "asked_to_decide_already"),
        (MORNING, LINE, True, True, "has_said_yes"),
    ],
    ids=["may", "behind", "alone", "asked already", "said yes"],
)
def test_who_may_be_asked_to_decide(
    who: Hold, holds: list[Hold], is_challenged: bool, wants_it: bool, code: str | None
) -> None:
    findings = may_challenge(who, holds, is_challenged=is_challenged, wants_it=wants_it)
    assert codes(findings) == ({code} if code else set())


@pytest.mark.parametrize(
    ("now", "last_day"),
    [
        (datetime.fromisoformat("2026-11-24T10:00+01:00"), date(2026, 11, 26)),
        (datetime.fromisoformat("2026-11-26T23:59+01:00"), date(2026, 11, 30)),
        (datetime.fromisoformat("2026-12-24T10:00+01:00"), date(2026, 12, 29)),
    ],
    ids=["Tuesday", "Thursday", "before Christmas"],
)
def test_two_working_days_skip_weekends_and_holidays(now: datetime, last_day: date) -> None:
    days_off = {date(2026, 12, 25), date(2026, 12, 26)}
    ends = decide_until(now, 2, days_off, now + timedelta(days=30))
    assert ends == midnight(last_day + timedelta(days=1))
    soon = now + timedelta(hours=1)
    assert decide_until(now, 2, days_off, soon) == soon


# --- what the rules say of what others keep ----------------------------------------------------


def about(request_id: int | None = MINE, **more: object) -> Wanted:
    return Wanted(place(), AFTERNOON, request_id=request_id, **more)  # type: ignore[arg-type]


def heard(wanted: Wanted, *holds: Hold, norms: Norms | None = None) -> list[Finding]:
    return said(wanted, tour(holds=holds, norms=norms))


@pytest.mark.parametrize(
    ("wanted", "holds", "expected"),
    [
        (about(), [hold()], {("option_in_front", 3)}),
        (about(is_for_option=True), [hold()], {("behind_options", 2)}),
        (about(None), [hold()], {("held_by_option", 3)}),
        (about(), [hold(MINE, 1), hold(FIRST, 2)], {("options_behind", 1)}),
        (about(), [hold(MINE, 2), hold(FIRST, 1)], {("option_in_front", 3)}),
        (
            about(),
            [hold(MINE, 1, ("20:00", "22:00")), hold(FIRST, 2)],
            {("option_in_front", 3)},
        ),
        (about(), [hold(is_offer=True)], {("offered_to_another", 2)}),
        (about(None), [hold(is_offer=True)], {("offered_to_another", 3)}),
        (about(), [hold(MINE, is_offer=True)], set()),
    ],
    ids=[
        "deciding over a living first",
        "an option behind",
        "asking",
        "first in line",
        "second in line",
        "first elsewhere gives no place here",
        "offered to another",
        "asking for what is offered",
        "offered to whom it is for",
    ],
)
def test_what_others_keep(
    wanted: Wanted, holds: list[Hold], expected: set[tuple[str, int]]
) -> None:
    found = heard(wanted, *holds)
    assert {(finding.code, int(finding.weight)) for finding in found} == expected


def test_a_setting_shows_askers_what_is_in_option() -> None:
    [finding] = heard(about(None), hold(), norms=Norms(options_hide=False))
    assert (finding.code, int(finding.weight)) == ("held_by_option", 2)


def test_a_performer_nobody_keeps_is_chosen_first() -> None:
    around = tour(
        cube(),
        cube(resource_id=9),
        players=(player(), player(name="Ricardo", resource_id=RICARDO)),
        holds=(hold(),),
    )
    placement = best(about(), around)
    assert placement
    assert (placement.cube.resource_id, placement.player_names) == (9, ["Ricardo"])
    assert placement.findings == ()


def test_after_a_stop_its_cube_and_performer_are_taken() -> None:
    before = tour()
    placement = best(about(), before)
    assert placement
    changed = after(placement, before)
    taken = {"cube_taken", "no_performer", "performer_taken"}
    assert codes(said(about(SECOND), changed)) == taken
    friday = replace(about(SECOND), wish=replace(EVENING, day=FRIDAY))
    assert codes(said(friday, changed)) == codes(said(friday, before))
    assert placement.stay.start.date() == THURSDAY
