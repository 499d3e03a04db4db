"""Who plays: the least busy of those who are free, rested and not yet full."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.rules.norms import DayPart, Norms, Wish
from booking.rules.performers import called, cast, performer_findings, playing
from booking.rules.stretches import Stretch, whole
from booking.rules.tour import Player
from core.period import Period
from tests.tours import (
    AFTERNOON,
    EVENING,
    FRIDAY,
    MORNING,
    RICARDO,
    THURSDAY,
    between,
    codes,
    player,
)

NORMS = Norms()
[SESSION] = AFTERNOON.sessions(NORMS)
PLAYED = whole(SESSION, NORMS)


def test_a_performer_is_there_before_playing() -> None:
    assert called(SESSION, NORMS) == between("12:30", "17:00")


@pytest.mark.parametrize(
    ("busy", "is_taken"),
    [
        (between("11:00", "12:30"), False),
        (between("11:00", "12:31"), True),
        (between("13:30", "14:00"), True),
        (between("16:59", "18:00"), True),
        (between("17:00", "18:00"), False),
    ],
    ids=["until_called", "when_called", "within", "at_the_end", "after"],
)
def test_a_performer_is_in_one_place(busy: Period, is_taken: bool) -> None:
    found = codes(performer_findings(player(busy=(busy,)), PLAYED, NORMS))
    assert found == ({"performer_taken"} if is_taken else set())


@pytest.mark.parametrize(
    ("earlier", "is_full"),
    [(between("09:00", "10:20"), False), (between("09:00", "10:50"), True)],
    ids=["eight_encounters", "nine_encounters"],
)
def test_a_performer_plays_eight_encounters_a_day(earlier: Period, is_full: bool) -> None:
    """An evening is five."""
    [evening] = EVENING.sessions(NORMS)
    found = codes(performer_findings(player(earlier), whole(evening, NORMS), NORMS))
    assert found == ({"performer_full_day"} if is_full else set())


def test_another_day_counts_for_itself() -> None:
    [evening] = EVENING.sessions(NORMS)
    tomorrow = between("13:00", "17:00", FRIDAY)
    assert performer_findings(player(tomorrow), whole(evening, NORMS), NORMS) == []


@pytest.mark.parametrize("is_later", [False, True], ids=["the_day_before", "the_day_after"])
def test_a_performer_rests_eleven_hours(is_later: bool) -> None:
    evening, morning = between("20:00", "22:00"), between("09:00", "12:30", FRIDAY)
    known, new = (morning, evening) if is_later else (evening, morning)
    assert performer_findings(player(known), whole(new, NORMS), NORMS) == []
    late = NORMS.__class__(rest_hours=12)
    assert codes(performer_findings(player(known), whole(new, NORMS), late)) == {
        "performer_unrested"
    }


def test_two_sessions_of_one_day_need_no_rest() -> None:
    short = between("09:00", "10:00")
    assert performer_findings(player(short), whole(between("19:00", "22:00"), NORMS), NORMS) == []


def two() -> tuple[Player, Player]:
    return player(), player(name="Ricardo", resource_id=RICARDO)


def names(chosen: list[Player | None]) -> list[str | None]:
    return [player.name if player else None for player in chosen]


def test_the_least_busy_plays() -> None:
    elias, ricardo = two()
    busy = playing(elias, whole(between("13:00", "17:00", FRIDAY), NORMS), NORMS)
    chosen, findings = cast((busy, ricardo), (PLAYED,), NORMS)
    assert (names(chosen), findings) == (["Ricardo"], [])


@pytest.mark.parametrize(
    ("days", "plays"),
    [((20, 21), "Ricardo"), ((-21, -20), "Ricardo"), ((22, 23), "Elias"), ((-23, -22), "Elias")],
)
def test_playing_is_shared_out_over_the_weeks_around_it(days: tuple[int, int], plays: str) -> None:
    """Three weeks before and after count; what is further away does not."""
    elias, ricardo = two()
    often = replace(elias, sessions=tuple(map(_days_on, days)))
    once = replace(ricardo, sessions=(_days_on(4), _days_on(-40)))
    assert names(cast((often, once), (PLAYED,), NORMS)[0]) == [plays]


def _days_on(days: int) -> Stretch:
    return whole(SESSION.shifted(timedelta(days=days)), NORMS)


def test_of_two_who_play_as_often_the_one_who_plays_furthest_from_it_plays() -> None:
    elias, ricardo = two()
    last_week, before = (
        replace(elias, sessions=(_days_on(-7),)),
        replace(ricardo, sessions=(_days_on(-14),)),
    )
    assert names(cast((last_week, before), (PLAYED,), NORMS)[0]) == ["Ricardo"]


def test_by_name_when_all_play_as_often() -> None:
    elias, ricardo = two()
    later = replace(elias, resource_id=RICARDO + 1)
    assert names(cast((ricardo, later), (PLAYED,), NORMS)[0]) == ["Elias"]


def test_a_long_day_is_shared() -> None:
    sessions = (*MORNING.sessions(NORMS), *SESSION_AND_EVENING)
    third = player(name="Christiaan", resource_id=9)
    chosen, findings = cast((*two(), third), [whole(each, NORMS) for each in sessions], NORMS)
    assert sorted(str(name) for name in names(chosen)) == ["Christiaan", "Elias", "Ricardo"]
    assert findings == []


def test_what_nobody_can_play_is_said_per_session() -> None:
    sessions = (*MORNING.sessions(NORMS), *SESSION_AND_EVENING)
    chosen, findings = cast((player(),), [whole(each, NORMS) for each in sessions], NORMS)
    assert names(chosen) == ["Elias", None, None]
    nobody = [f.data["session"] for f in findings if f.code == "no_performer"]
    assert nobody == list(SESSION_AND_EVENING)


def test_nobody_at_all() -> None:
    chosen, findings = cast((), (PLAYED,), NORMS)
    assert chosen == [None]
    assert codes(findings) == {"no_performer"}


def test_playing_takes_the_time_before_it_too() -> None:
    after = playing(player(), PLAYED, NORMS)
    assert after.sessions == (PLAYED,)
    assert after.busy == (SESSION.padded(timedelta(minutes=30), timedelta()),)


SESSION_AND_EVENING = Wish(THURSDAY, DayPart.AFTERNOON, 2).sessions(NORMS)
