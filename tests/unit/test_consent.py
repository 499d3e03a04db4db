"""Whether a host lets the cube come: what can still happen, until when, and what the rules say."""

from datetime import datetime, timedelta

import pytest

from booking.rules.consent import (
    ConsentAction,
    ConsentState,
    HostSaid,
    answer_deadline,
    host_findings,
    longer_terms,
    may_consent,
)
from booking.rules.lifecycle import RequestState
from booking.rules.norms import DayPart, Norms, Wish
from booking.rules.three_answers import Stance, stances
from core.findings import Weight
from tests.builders import AFTERNOON, NOW, THURSDAY

NORMS = Norms()
EVENING = Wish(THURSDAY, DayPart.EVENING)
AGREE, REFUSE, POSTPONE = ConsentAction.AGREE, ConsentAction.REFUSE, ConsentAction.POSTPONE
ASKED, YES, NO, EXPIRED, DROPPED = ConsentState
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "wish", "code", "weight"),
    [
        (None, AFTERNOON, "host_not_answered", Weight.CONCERN),
        (HostSaid(ASKED), AFTERNOON, "host_not_answered", Weight.CONCERN),
        (HostSaid(EXPIRED), AFTERNOON, "host_not_answered", Weight.CONCERN),
        (HostSaid(DROPPED), AFTERNOON, "host_not_answered", Weight.CONCERN),
        (HostSaid(NO), AFTERNOON, "host_said_no", Weight.BLOCKER),
        (
            HostSaid(YES, (AFTERNOON.key,)),
            EVENING,
            "host_agreed_to_other_moment",
            Weight.CONCERN,
        ),
    ],
)
def test_a_placement_hears_what_the_host_said(
    said: HostSaid | None, wish: Wish, code: str, weight: Weight
) -> None:
    [finding] = host_findings("De Huiskamer", wish, said)
    assert (finding.code, finding.weight) == (code, weight)
    assert finding.data == {"place": "De Huiskamer"}


def test_a_yes_to_this_moment_says_nothing() -> None:
    said = HostSaid(YES, (AFTERNOON.key, EVENING.key))
    assert host_findings("De Huiskamer", AFTERNOON, said) == []
    assert host_findings("De Huiskamer", EVENING, said) == []


@pytest.mark.parametrize(
    ("action", "states"),
    [
        (AGREE, {ASKED, EXPIRED, NO}),
        (REFUSE, {ASKED, EXPIRED, YES}),
        (POSTPONE, {ASKED, EXPIRED}),
        (ConsentAction.EXPIRE, {ASKED}),
        (ConsentAction.DROP, {ASKED, YES, EXPIRED}),
    ],
)
def test_an_answer_can_be_given_in_these_states(
    action: ConsentAction, states: set[ConsentState]
) -> None:
    waiting = RequestState.SUBMITTED
    assert {state for state in ConsentState if not may_consent(action, state, waiting)} == states


@pytest.mark.parametrize("state", RequestState)
def test_an_answer_counts_as_long_as_the_request_lives(state: RequestState) -> None:
    lives = state in {RequestState.SUBMITTED, RequestState.OPTIONED, RequestState.CONFIRMED}
    said = may_consent(AGREE, ASKED, state)
    assert [finding.code for finding in said] == ([] if lives else ["host_not_needed"])


def test_an_answer_about_a_place_that_is_not_meant_any_more_is_not_needed() -> None:
    [finding] = may_consent(AGREE, NO, RequestState.SUBMITTED, is_needed=False)
    assert finding.code == "host_not_needed"


def test_whoever_has_answered_hears_what() -> None:
    [finding] = may_consent(POSTPONE, YES, RequestState.SUBMITTED)
    assert finding.code == "host_answered_already"
    assert finding.data == {"consent": YES}


@pytest.mark.parametrize(
    ("first", "until"),
    [
        (NOW + 30 * DAY, NOW + 7 * DAY),
        (NOW + 2 * DAY, NOW + 2 * DAY),
        (None, NOW + 7 * DAY),
    ],
    ids=["a week", "not after the first moment", "moments that have passed"],
)
def test_the_deadline_of_a_host(first: datetime | None, until: datetime) -> None:
    assert answer_deadline(NOW, first, NORMS) == until


@pytest.mark.parametrize(
    ("asked_ago", "first_in", "days"),
    [
        (0, 60, [3, 7, 14]),
        (0, 16, [3, 7]),
        (0, 7, []),
        (6, 60, [3, 7, 14]),
        (13, 60, [3, 7]),
        (20, 60, []),
    ],
    ids=["all", "before the first moment", "too near", "late", "too late for a while", "enough"],
)
def test_how_much_longer_a_host_may_think(asked_ago: int, first_in: int, days: list[int]) -> None:
    asked_at = NOW - asked_ago * DAY
    until = asked_at + 7 * DAY
    terms = longer_terms(asked_at, until, NOW + first_in * DAY, NOW, NORMS)
    assert list(terms) == days
    assert all(term == max(until, NOW) + number * DAY for number, term in terms.items())


@pytest.mark.parametrize(
    ("state", "consent", "expected"),
    [
        (RequestState.SUBMITTED, ASKED, (Stance.WAITING, Stance.WAITING)),
        (RequestState.SUBMITTED, NO, (Stance.NO, Stance.WAITING)),
        (RequestState.OPTIONED, YES, (Stance.YES, Stance.HELD)),
        (RequestState.CONFIRMED, EXPIRED, (Stance.SILENT, Stance.YES)),
        (RequestState.CONFIRMED, YES, (Stance.YES, Stance.YES)),
        (RequestState.DECLINED, YES, None),
        (RequestState.SUBMITTED, DROPPED, None),
    ],
)
def test_how_host_and_theatre_stand(
    state: RequestState, consent: ConsentState, expected: tuple[Stance, Stance] | None
) -> None:
    assert stances(state, consent) == expected
