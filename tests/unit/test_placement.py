"""What the one check says. Each code has a case in which it is said and one in which it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest

from booking.rules.norms import DayPart, Norms, Wish, parse_wish
from booking.rules.placement import Chosen, Wanted, asking_findings, best, check, offers
from booking.rules.tour import Hold, Place, Tour
from core.findings import Finding, Weight, blocker, concern
from tests.tours import (
    AFTERNOON,
    CUBE,
    ELIAS,
    EVENING,
    FRIDAY,
    LUNETTEN,
    MORNING,
    NOW,
    OVERVECHT,
    RICARDO,
    ROOM,
    THURSDAY,
    VLEUTEN,
    between,
    codes,
    cube,
    place,
    player,
    said,
    standing,
    tour,
)
from venues.rules.opening import WeeklyHours

OTHER, MINE = 70, 71  # request ids
STAY = between("11:30", "18:00")  # of an afternoon
SESSION = between("13:00", "17:00")


@dataclass(frozen=True)
class Case:
    """The same code where it is said, and in the nearest case where it is not."""

    code: str
    weight: Weight
    said: Callable[[], list[Finding]]
    unsaid: Callable[[], list[Finding]]


def hours(opens_at: time, closes_at: time) -> tuple[WeeklyHours, ...]:
    return tuple(WeeklyHours(weekday, opens_at, closes_at) for weekday in range(7))


def hold(resource_id: int = CUBE, *, days: int = 1, request_id: int = OTHER) -> Hold:
    return Hold(request_id, frozenset({resource_id}), STAY, NOW + timedelta(days=days))


def about(where: Place | None = None, wish: Wish = AFTERNOON, **wanted: object) -> Wanted:
    return Wanted(where or place(), wish, **wanted)  # type: ignore[arg-type]


def checked(wanted: Wanted | None = None, around: Tour | None = None) -> list[Finding]:
    return said(wanted or about(), around or tour())


def asked(days: int, day_parts: int = 1) -> list[Finding]:
    """What is said to somebody who asks this many days ahead."""
    wish = Wish(date(2026, 11, 24) + timedelta(days=days), DayPart.AFTERNOON, day_parts)
    return asking_findings(wish, tour())


CASES = [
    Case(
        "in_the_past",
        Weight.BLOCKER,
        lambda: checked(around=tour(now=STAY.start)),
        lambda: checked(around=tour(now=STAY.start - timedelta(minutes=1))),
    ),
    Case(
        "cube_taken",
        Weight.BLOCKER,
        lambda: checked(around=tour(cube(standing(STAY)))),
        lambda: checked(around=tour(cube(standing(between("11:30", "18:00", FRIDAY))))),
    ),
    Case(
        "cube_arrives_late",
        Weight.BLOCKER,
        lambda: checked(around=tour(cube(standing(between("08:00", "11:00"), LUNETTEN)))),
        lambda: checked(around=tour(cube(standing(between("08:00", "11:00"), OVERVECHT)))),
    ),
    Case(
        "cube_must_leave",
        Weight.BLOCKER,
        lambda: checked(around=tour(cube(standing(between("18:30", "22:00"), LUNETTEN)))),
        lambda: checked(around=tour(cube(standing(between("18:45", "22:00"), LUNETTEN)))),
    ),
    Case(
        "performer_taken",
        Weight.BLOCKER,
        lambda: checked(
            about(player_ids=(ELIAS,)), tour(players=(player(busy=(between("11:00", "12:31"),)),))
        ),
        lambda: checked(
            about(player_ids=(ELIAS,)), tour(players=(player(busy=(between("11:00", "12:30"),)),))
        ),
    ),
    Case(
        "performer_busy_outside",
        Weight.BLOCKER,
        lambda: checked(
            about(player_ids=(ELIAS,)),
            tour(players=(player(outside=(between("11:00", "12:31"),)),)),
        ),
        lambda: checked(
            about(player_ids=(ELIAS,)),
            tour(players=(player(outside=(between("11:00", "12:30"),)),)),
        ),
    ),
    Case(
        "performer_full_day",
        Weight.BLOCKER,
        lambda: checked(
            about(wish=EVENING, player_ids=(ELIAS,)),
            tour(players=(player(between("09:00", "11:00")),)),
        ),
        lambda: checked(
            about(wish=EVENING, player_ids=(ELIAS,)),
            tour(players=(player(between("09:00", "10:30")),)),
        ),
    ),
    Case(
        "performer_unrested",
        Weight.BLOCKER,
        lambda: checked(
            about(wish=Wish(FRIDAY, DayPart.MORNING), player_ids=(ELIAS,)),
            tour(players=(player(between("20:00", "22:01")),)),
        ),
        lambda: checked(
            about(wish=Wish(FRIDAY, DayPart.MORNING), player_ids=(ELIAS,)),
            tour(players=(player(between("20:00", "22:00")),)),
        ),
    ),
    Case(
        "no_performer",
        Weight.BLOCKER,
        lambda: checked(around=tour(players=())),
        checked,
    ),
    Case(
        "place_unavailable",
        Weight.BLOCKER,
        lambda: checked(about(place(is_available=False))),
        lambda: checked(about(place(is_available=True))),
    ),
    Case(
        "place_taken",
        Weight.BLOCKER,
        lambda: checked(about(place(taken=(between("17:59", "20:00"),)))),
        lambda: checked(about(place(taken=(between("18:00", "20:00"),)))),
    ),
    Case(
        "place_busy_outside",
        Weight.BLOCKER,
        lambda: checked(about(place(outside=(between("17:59", "20:00"),)))),
        lambda: checked(about(place(outside=(between("18:00", "20:00"),)))),
    ),
    Case(
        "place_perhaps_busy",
        Weight.CONCERN,
        lambda: checked(about(place(perhaps=(between("17:59", "20:00"),)))),
        lambda: checked(about(place(perhaps=(between("18:00", "20:00"),)))),
    ),
    Case(
        "place_closed",
        Weight.BLOCKER,
        lambda: checked(about(place(hours=hours(time(9), time(16, 59))))),
        lambda: checked(about(place(hours=hours(time(9), time(17))))),
    ),
    Case(
        "closed_at_get_in",
        Weight.CONCERN,
        lambda: checked(about(place(hours=hours(time(11, 31), time(18))))),
        lambda: checked(about(place(hours=hours(time(11, 30), time(18))))),
    ),
    Case(
        "closed_at_get_out",
        Weight.CONCERN,
        lambda: checked(about(place(hours=hours(time(11, 30), time(17, 59))))),
        lambda: checked(about(place(hours=hours(time(11, 30), time(18))))),
    ),
    Case(
        "hours_unknown",
        Weight.CONCERN,
        lambda: checked(about(place(hours=None))),
        lambda: checked(about(place(hours=None, is_own=True))),
    ),
    Case(
        "stands_overnight",
        Weight.CONCERN,
        lambda: checked(about(wish=Wish(THURSDAY, DayPart.EVENING, 2))),
        lambda: checked(about(wish=Wish(THURSDAY, DayPart.AFTERNOON, 2))),
    ),
    Case(
        "held_by_option",
        Weight.BLOCKER,
        lambda: checked(around=tour(holds=(hold(),))),
        lambda: checked(about(request_id=OTHER), tour(holds=(hold(),))),
    ),
    Case(
        "too_many_visitors",
        Weight.CONCERN,
        lambda: checked(about(visitors=15)),
        lambda: checked(about(visitors=14)),
    ),
    Case("too_soon", Weight.BLOCKER, lambda: asked(9), lambda: asked(10)),
    Case("too_far", Weight.BLOCKER, lambda: asked(271), lambda: asked(270)),
    Case("too_many_day_parts", Weight.BLOCKER, lambda: asked(20, 5), lambda: asked(20, 4)),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_it_is_said(case: Case) -> None:
    found = [finding for finding in case.said() if finding.code == case.code]
    assert [finding.weight for finding in found] == [case.weight]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_it_is_not_said(case: Case) -> None:
    assert case.code not in codes(case.unsaid())


def test_nothing_is_said_of_an_ordinary_afternoon() -> None:
    placement = best(about(visitors=14), tour())
    assert placement
    assert placement.findings == ()
    assert placement.is_possible
    assert (placement.sessions, placement.stay) == ((SESSION,), STAY)
    assert placement.resource_ids == [CUBE, ROOM, ELIAS]
    assert placement.player_names == ["Elias"]


def test_everything_is_said_at_once_heaviest_first() -> None:
    where = place(hours=None, taken=(STAY,), fit=(concern("not_quiet"),))
    findings = said(about(where, visitors=30), tour(cube(standing(STAY)), players=()))
    assert codes(findings) == {
        "not_quiet",
        "cube_taken",
        "no_performer",
        "place_taken",
        "hours_unknown",
        "too_many_visitors",
    }
    assert findings == sorted(findings, key=lambda finding: -finding.weight)


def test_what_is_known_of_the_place_is_said_too() -> None:
    where = place(fit=(blocker("door_narrow", has=70, needs=85),))
    assert codes(said(about(where), tour())) == {"door_narrow"}


@pytest.mark.parametrize(
    "closure",
    [between("14:00", "15:00"), between("00:00", "23:00")],
    ids=["an_hour_of_it", "the_whole_day"],
)
def test_a_closure_closes_the_place(closure: object) -> None:
    assert codes(said(about(place(closures=(closure,))), tour())) == {"place_closed"}


@pytest.mark.parametrize(
    ("resource_id", "is_held"), [(CUBE, True), (ROOM, True), (ELIAS, True), (99, False)]
)
def test_an_option_holds_cube_place_and_performer(resource_id: int, is_held: bool) -> None:
    findings = said(about(), tour(holds=(hold(resource_id),)))
    assert ("held_by_option" in codes(findings)) is is_held


def test_an_option_that_has_ended_holds_nothing() -> None:
    assert codes(said(about(), tour(holds=(hold(days=0),)))) == set()


def test_an_option_holds_only_its_own_time() -> None:
    friday = Wish(FRIDAY, DayPart.AFTERNOON)
    assert codes(said(about(wish=friday), tour(holds=(hold(),)))) == set()


def test_two_options_in_the_way_are_said_once() -> None:
    findings = said(about(), tour(holds=(hold(), hold(ROOM, request_id=MINE))))
    assert [finding.code for finding in findings] == ["held_by_option"]


def test_no_cube_no_placement() -> None:
    empty = Tour(now=NOW, norms=Norms(), cubes=(), players=(player(),))
    assert best(about(), empty) is None
    assert offers(place(), [AFTERNOON], empty) == []


def test_the_cube_with_the_least_against_it_is_chosen() -> None:
    taken, free = cube(standing(STAY)), cube(resource_id=9, depot=VLEUTEN)
    chosen = best(about(), tour(taken, free))
    assert chosen
    assert chosen.cube.resource_id == 9


def test_of_two_free_cubes_the_nearest_is_chosen() -> None:
    far, near = cube(depot=VLEUTEN), cube(resource_id=9, depot=OVERVECHT)
    chosen = best(about(), tour(far, near))
    assert chosen
    assert chosen.cube.resource_id == 9


def test_a_cube_that_is_asked_for_is_not_replaced() -> None:
    taken, free = cube(standing(STAY)), cube(resource_id=9)
    assert codes(said(about(cube_id=CUBE), tour(taken, free))) == {"cube_taken"}


def test_performers_that_are_asked_for_are_not_replaced() -> None:
    players = (player(), player(name="Ricardo", resource_id=RICARDO))
    wanted = about(wish=Wish(THURSDAY, DayPart.MORNING, 2), player_ids=(RICARDO, ELIAS))
    placement = check(wanted, cube(), tour(players=players))
    assert placement.player_names == ["Ricardo", "Elias"]
    assert placement.findings == ()


def test_a_performer_who_is_asked_for_twice_counts_twice() -> None:
    wanted = about(wish=Wish(THURSDAY, DayPart.MORNING, 2), player_ids=(ELIAS, ELIAS))
    assert codes(said(wanted, tour())) == {"performer_full_day"}


def test_a_performer_who_does_not_exist_cannot_play() -> None:
    assert codes(said(about(player_ids=(99,)), tour())) == {"no_performer"}


def test_what_the_theatre_chose_becomes_what_is_checked() -> None:
    around = Tour(now=NOW, norms=Norms(), cubes=(), players=(), places={5: place()})
    wanted = Chosen(AFTERNOON, 5, CUBE, (ELIAS,)).wanted(around, visitors=12, request_id=MINE)
    assert wanted == Wanted(place(), AFTERNOON, 12, MINE, CUBE, (ELIAS,))


def test_only_what_can_be_served_is_offered() -> None:
    too_soon = Wish(date(2026, 11, 25), DayPart.EVENING)
    wishes = [MORNING, AFTERNOON, EVENING, too_soon]
    around = tour(cube(standing(STAY, OVERVECHT)))
    assert [p.wish for p in offers(place(), wishes, around)] == []
    assert [p.wish for p in offers(place(), wishes, tour())] == [MORNING, AFTERNOON, EVENING]


def test_notice_and_horizon_name_the_day() -> None:
    [soon], [far] = asked(3), asked(400)
    assert soon.data["first_day"] == date(2026, 12, 4)
    assert far.data["last_day"] == date(2027, 8, 21)


@pytest.mark.parametrize("day_parts", [0, -1], ids=str)
def test_no_day_parts_is_too_few(day_parts: int) -> None:
    assert codes(asked(20, day_parts)) == {"too_many_day_parts"}


@pytest.mark.parametrize(
    ("wish", "sessions"),
    [
        (Wish(THURSDAY, DayPart.MORNING), (between("09:00", "12:30"),)),
        (
            Wish(THURSDAY, DayPart.AFTERNOON, 2),
            (between("13:00", "17:00"), between("19:00", "22:00")),
        ),
        (
            Wish(THURSDAY, DayPart.EVENING, 3),
            (
                between("19:00", "22:00"),
                between("09:00", "12:30", FRIDAY),
                between("13:00", "17:00", FRIDAY),
            ),
        ),
    ],
    ids=["one", "two", "over_the_night"],
)
def test_a_wish_is_a_row_of_playing_times(wish: Wish, sessions: tuple[object, ...]) -> None:
    assert wish.sessions(Norms()) == sessions
    assert all(wish.window.covers(session) for session in wish.sessions(Norms()))


def test_a_wish_survives_its_form() -> None:
    assert parse_wish(Wish(THURSDAY, DayPart.EVENING, 3).key) == Wish(THURSDAY, DayPart.EVENING, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2027-02-04",
        "2027-02-04.afternoon",
        "2027-02-30.afternoon.1",
        "2027-02-04.night.1",
        "2027-02-04.afternoon.x",
        "2027-02-04.afternoon.-1",
        "2027-02-04.afternoon.0",
        "2027-02-04.afternoon.١",
        "20270204.afternoon.1",
        "2027-W05-4.afternoon.1",
        "2027-02-04.afternoon.1.1",
    ],
)
def test_other_text_is_no_wish(text: str) -> None:
    assert parse_wish(text) is None
