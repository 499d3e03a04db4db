from datetime import UTC, datetime, timedelta

import pytest

from booking.rules.side import (
    MOST_OPEN,
    SideAction,
    SideMoment,
    SidePlace,
    SideState,
    may_act,
    may_add,
    may_propose,
    moment_findings,
)
from booking.rules.side_when import SideWhen, relative, said_of
from core.period import Period

NOON = datetime(2027, 2, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STAY = Period(NOON, NOON + 6 * HOUR)


@pytest.mark.parametrize(
    ("place", "starts", "length", "said"),
    [
        (SidePlace.HERE, 0, 6, []),
        (SidePlace.HERE, 5, 2, ["side_outside_stay"]),
        (SidePlace.HERE, -1, 1, ["side_outside_stay"]),
        (SidePlace.OUTDOORS, 5, 2, []),
        (SidePlace.ROOM, -24, 1, []),
        (SidePlace.OUTDOORS, 29, 1, []),
        (SidePlace.OUTDOORS, 29, 2, ["side_too_far"]),
    ],
)
def test_what_a_moment_may_be(place: SidePlace, starts: int, length: int, said: list[str]) -> None:
    start = NOON + starts * HOUR
    wanted = SideMoment(Period(start, start + length * HOUR), place, 10)
    found = moment_findings(wanted, STAY, NOON - 48 * HOUR)
    assert [each.code for each in found] == said
    assert [each.code for each in moment_findings(wanted, STAY, start)] == ["side_in_the_past"]


def test_nothing_is_added_to_what_can_still_be_undone() -> None:
    assert [each.code for each in may_add(NOON, NOON - HOUR)] == ["side_too_early"]
    assert not may_add(NOON, NOON)


def test_what_is_settled_stays_so() -> None:
    allowed = {
        action: {state for state in SideState if not may_act(action, state)}
        for action in SideAction
    }
    assert allowed == {
        SideAction.CHOOSE: {SideState.PROPOSED, SideState.TO_CHANGE, SideState.AGAIN},
        SideAction.ANSWER: {SideState.PROPOSED},
        SideAction.WITHDRAW: {
            SideState.PROPOSED,
            SideState.TO_CHANGE,
            SideState.AGREED,
            SideState.AGAIN,
        },
    }


def test_an_organisation_waits_before_it_proposes_ever_more() -> None:
    assert not may_propose(MOST_OPEN - 1)
    assert [each.code for each in may_propose(MOST_OPEN)] == ["side_enough"]


@pytest.mark.parametrize(
    ("when", "starts", "ends"),
    [(SideWhen.BEFORE, -1, 0), (SideWhen.DURING, 0, 1), (SideWhen.AFTER, 3, 4)],
)
def test_a_moment_is_said_as_it_is_chosen(when: SideWhen, starts: int, ends: int) -> None:
    playing = Period(NOON, NOON + 3 * HOUR)
    chosen = Period(NOON + starts * HOUR, NOON + ends * HOUR)
    assert relative(when, playing, 60) == chosen
    assert said_of(chosen, playing) == (when, 60)
    assert said_of(chosen.shifted(HOUR / 4), playing) == (SideWhen.OTHER, 60)
    longer = Period(chosen.start, chosen.end + HOUR / 6)
    assert said_of(longer, playing) == (SideWhen.OTHER, 70)
