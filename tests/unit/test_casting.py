"""What a cast means for each performer; who keeps playing when a stop moves; when a swap stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.rules.availability import Availability, OtherDays
from booking.rules.capacity import encounters_in
from booking.rules.casting import CastChange, Judged, judge, may_cast
from booking.rules.norms import Norms
from booking.rules.placement import Wanted, best
from booking.rules.stretches import Stretch, needed, stretches, whole
from booking.rules.swapping import Offered, SwapAnswer, SwapState, may_offer, swap_state
from booking.rules.tour import Player, Tour
from tests.tours import (
    AFTERNOON,
    ELIAS,
    FRIDAY,
    NOW,
    OVERVECHT,
    RICARDO,
    THURSDAY,
    VLEUTEN,
    at,
    between,
    codes,
    cube,
    place,
    player,
    standing,
    tour,
)

NORMS = Norms()
NAMES = {ELIAS: "Elias", RICARDO: "Ricardo", 9: "Christiaan"}
[SESSION] = AFTERNOON.sessions(NORMS)
SEVEN = encounters_in(SESSION, NORMS)
ALL_ELIAS = (ELIAS,) * 7
SHARED = (ELIAS,) * 4 + (RICARDO,) * 3


def cast(who: tuple[int, ...], norms: Norms = NORMS) -> list[tuple[int, Stretch]]:
    return needed(stretches([(SESSION, ELIAS)], zip(SEVEN, who, strict=True)), norms)


def two(elias: Player | None = None, ricardo: Player | None = None) -> tuple[Player, ...]:
    return elias or player(), ricardo or player(name="Ricardo", resource_id=RICARDO)


def judged(
    after: tuple[int, ...], around: Tour, before: tuple[int, ...] = ALL_ELIAS
) -> dict[str, Judged]:
    found = judge(cast(before), cast(after), NAMES, place(OVERVECHT), around)
    return {each.name: each for each in found}


def said(after: tuple[int, ...], around: Tour, name: str = "Ricardo") -> set[str]:
    return codes(list(judged(after, around)[name].findings))


def test_each_hears_what_changes_for_them() -> None:
    found = judged(SHARED, tour(players=two()))
    assert {name: each.change for name, each in found.items()} == {
        "Elias": CastChange.OTHERWISE,
        "Ricardo": CastChange.JOINS,
    }
    assert all(each.findings == () for each in found.values())
    back = judged(ALL_ELIAS, tour(players=two()), before=SHARED)
    assert back["Ricardo"].change is CastChange.LEAVES
    same = judged(SHARED, tour(players=two()), before=SHARED)
    assert {each.change for each in same.values()} == {CastChange.SAME}


def test_only_the_own_stretch_is_judged() -> None:
    """Ricardo is taken until half past two, and is called at ten to three."""
    free = player(busy=(between("12:00", "14:30"),), name="Ricardo", resource_id=RICARDO)
    assert said(SHARED, tour(players=two(ricardo=free))) == set()
    taken = replace(free, busy=(between("12:00", "15:00"),))
    assert said(SHARED, tour(players=two(ricardo=taken))) == {"performer_taken"}


def test_the_day_counts_the_encounters_really_played() -> None:
    """Of an evening of five Ricardo plays two: with three more that is not over his number."""
    evening = Stretch(between("19:00", "22:00"), (between("19:00", "19:20"),) * 2)
    few = Availability(at_most=5)
    ricardo = replace(player(name="Ricardo", resource_id=RICARDO), sessions=(evening,), said=few)
    assert said(SHARED, tour(players=two(ricardo=ricardo))) == set()
    more = (ELIAS,) * 3 + (RICARDO,) * 4
    assert said(more, tour(players=two(ricardo=ricardo))) == {"performer_over_own_number"}
    full = replace(ricardo, sessions=(replace(evening, own=evening.own * 3),))
    assert "performer_full_day" in said(SHARED, tour(players=two(ricardo=full)))


def test_a_performer_rests_between_what_is_really_played() -> None:
    early = player(between("03:00", "04:00", FRIDAY), name="Ricardo", resource_id=RICARDO)
    assert said(SHARED, tour(players=two(ricardo=early))) == {"performer_unrested"}
    later = player(between("04:00", "05:00", FRIDAY), name="Ricardo", resource_id=RICARDO)
    assert said(SHARED, tour(players=two(ricardo=later))) == set()


@pytest.mark.parametrize(
    ("ends", "must_hurry"), [("14:45", True), ("13:30", False)], ids=["just_before", "in_time"]
)
def test_who_plays_elsewhere_needs_time_to_come(ends: str, must_hurry: bool) -> None:
    before = between("12:00", ends)
    elsewhere = cube(standing(before.padded(timedelta(hours=2), timedelta(hours=1)), VLEUTEN))
    ricardo = player(before, name="Ricardo", resource_id=RICARDO)
    found = said(SHARED, tour(elsewhere, players=two(ricardo=ricardo)))
    assert found == ({"performer_must_hurry"} if must_hurry else set())
    here = cube(standing(before.padded(timedelta(hours=2), timedelta(hours=1)), OVERVECHT))
    assert said(SHARED, tour(here, players=two(ricardo=ricardo))) == set()


def test_a_pause_belongs_between_encounters() -> None:
    strict = replace(NORMS, encounters_before_pause=2)
    assert said(SHARED, tour(players=two(), norms=strict)) == {"performer_many_in_a_row"}
    assert said(SHARED, tour(players=two())) == set()


def test_who_no_longer_plays_is_refused() -> None:
    assert said(SHARED, tour(players=(player(),))) == {"performer_retired"}


def test_what_was_against_it_already_refuses_nobody_who_gets_no_more() -> None:
    """So that a planner can take some of it off who cannot."""
    away = Availability(days=(OtherDays(THURSDAY, THURSDAY),))
    around = tour(players=two(elias=replace(player(), said=away)))
    [found] = judged(SHARED, around)["Elias"].findings
    assert (found.code, found.weight.name) == ("performer_away", "NOTE")
    [found] = judge(cast(SHARED), cast(ALL_ELIAS), NAMES, place(), around)[0].findings
    assert (found.code, found.weight.name) == ("performer_away", "BLOCKER")


def test_what_has_begun_stays_as_it_is() -> None:
    played = {number: (period, ELIAS) for number, period in enumerate(SEVEN, 1)}
    kept, given = dict.fromkeys(played, ELIAS), {**dict.fromkeys(played, ELIAS), 2: RICARDO}
    assert codes(may_cast(played, kept, NOW)) == {"cast_unchanged"}
    assert may_cast(played, given, at("13:29")) == []
    assert codes(may_cast(played, given, at("13:30"))) == {"encounter_has_begun"}


# --- a stop that moves -------------------------------------------------------------------------


def moved(around: Tour, who: tuple[int, ...], **more: bool) -> list[tuple[str, int]]:
    """Who plays how many, in order."""
    placement = best(Wanted(place(), AFTERNOON, cast=who, **more), around)  # type: ignore[arg-type]
    assert placement
    return [(each.name if each else "?", len(own.own)) for each, own in placement.plays]


def test_each_encounter_keeps_its_performer() -> None:
    assert moved(tour(players=two()), SHARED) == [("Elias", 4), ("Ricardo", 3)]
    assert moved(tour(players=two()), SHARED[:5]) == [("Elias", 4), ("Ricardo", 1), ("Elias", 2)]
    assert moved(tour(players=two()), (*SHARED, ELIAS, ELIAS)) == [("Elias", 4), ("Ricardo", 3)]


def test_two_who_are_each_there_for_half_are_enough() -> None:
    """Nobody could play all of it."""
    half = two(
        player(busy=(between("15:00", "18:00"),)),
        player(busy=(between("10:00", "14:30"),), name="Ricardo", resource_id=RICARDO),
    )
    assert moved(tour(players=half), SHARED) == [("Elias", 4), ("Ricardo", 3)]


def test_who_cannot_any_more_is_replaced_and_nobody_else() -> None:
    third = player(name="Christiaan", resource_id=9)
    busy = player(busy=(SESSION,), name="Ricardo", resource_id=RICARDO)
    around = tour(players=(player(), busy, third))
    assert moved(around, SHARED) == [("Elias", 4), ("Christiaan", 3)]
    assert moved(tour(players=two(ricardo=busy)), SHARED, is_recast=True) == [
        ("Elias", 4),
        ("Ricardo", 3),
    ], "only who plays was to change: then it is said, and nobody else is looked for"


def test_a_whole_session_is_a_stretch_of_all_its_encounters() -> None:
    placement = best(Wanted(place(), AFTERNOON), tour(players=two()))
    assert placement
    assert [own for _player, own in placement.plays] == [whole(SESSION, NORMS)]


# --- performers among each other ---------------------------------------------------------------

STANDS = Offered(at("13:00"), at("13:00"), True)


@pytest.mark.parametrize(
    ("answer", "offered", "now", "state"),
    [
        (None, STANDS, at("12:59"), SwapState.OPEN),
        (None, STANDS, at("13:00"), SwapState.LAPSED),
        (None, replace(STANDS, now_starts_at=at("14:00")), NOW, SwapState.LAPSED),
        (None, replace(STANDS, now_starts_at=None), NOW, SwapState.LAPSED),
        (None, replace(STANDS, is_still_own=False), NOW, SwapState.LAPSED),
        (SwapAnswer.YES, replace(STANDS, is_still_own=False), NOW, SwapState.YES),
        (SwapAnswer.NO, STANDS, at("13:00"), SwapState.NO),
    ],
    ids=["open", "begun", "moved", "dropped", "recast", "yes", "no"],
)
def test_a_swap_lapses_by_itself(
    answer: SwapAnswer | None, offered: Offered, now: object, state: SwapState
) -> None:
    assert swap_state(answer, [offered], at("13:00"), now) is state  # type: ignore[arg-type]


def test_only_own_encounters_that_are_to_come_can_be_offered() -> None:
    assert may_offer([1, 2], [1, 2, 3], at("13:00"), NOW) == []
    assert codes(may_offer([1, 4], [1, 2, 3], at("13:00"), NOW)) == {"swap_not_own"}
    assert codes(may_offer([1], [1], at("13:00"), at("13:00"))) == {"swap_too_late"}
