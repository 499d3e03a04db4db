"""Hosts and planners at the same moment: exactly one thing happens, and nobody is left untold."""

from functools import partial

import pytest
from sqlalchemy import select

from booking import services
from booking.models import BookingRequest, Stop
from booking.rules.consent import ConsentState, HostAnswer
from booking.rules.lifecycle import RequestState, StopState
from booking.rules.placement import Chosen
from core.db import session
from core.history import ASKER
from tests.builders import AFTERNOON, PLANNER
from tests.integration.consents import (
    NOOR,
    SAM,
    TOMORROW,
    asked_for,
    consent_of,
    no,
    says,
    subjects,
    town,
    yes,
)
from tests.racing import Action, Outcome, race

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]

NO_TOLD = "De Huiskamer, Zaal kan de kubus niet ontvangen"
YES_TOLD = "De beheerder zegt ja"


def answering(consent_id: int, answer: HostAnswer, version: int | None) -> Action:
    return partial(
        services.answer_as_host, consent_id, answer, version=version, by=ASKER, now=TOMORROW
    )


# --- two hosts of one place --------------------------------------------------------------------


def yes_and_no() -> tuple[BookingRequest, list[Action]]:
    """From the same page: half of them say yes, half no."""
    request = asked_for(town()[0])
    consent = consent_of(request)
    said = [answering(consent.id, each, consent.version) for each in (yes(), no())]
    return request, said * 2


def winners(outcomes: list[Outcome]) -> tuple[int, int]:
    """How many of each answer were taken: the same one twice is taken once and not refused."""
    return sum(o.has_won for o in outcomes[::2]), sum(o.has_won for o in outcomes[1::2])


def test_yes_and_no_from_one_page_end_in_one_answer(database_url: str) -> None:
    request, actions = yes_and_no()
    [outcomes] = race(database_url, [actions])
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    assert sorted(map(bool, winners(outcomes))) == [False, True]
    lost = {code for outcome in outcomes for code in outcome.codes}
    assert lost == {"consent_changed_meanwhile"}
    consent = consent_of(request)
    told = YES_TOLD if consent.state is ConsentState.YES else NO_TOLD
    assert subjects(request, SAM, TOMORROW) == [told]
    assert len(subjects(request, NOOR, TOMORROW)) == 1


def test_without_guards_yes_and_no_are_both_taken_or_fail(database_url: str) -> None:
    _request, actions = yes_and_no()
    [outcomes] = race(database_url, [actions], careless=True)
    assert all(winners(outcomes)) or any(outcome.error for outcome in outcomes)


# --- a no, and a planner who confirms ----------------------------------------------------------


def no_and_confirmation() -> tuple[BookingRequest, list[Action]]:
    place, *_others = town()
    request = asked_for(place)
    says(consent_of(request), yes(), now=TOMORROW)
    refusing = answering(consent_of(request).id, no(), None)
    confirming = partial(
        services.confirm,
        request.id,
        chosen=Chosen(AFTERNOON, place.id),
        version=None,
        by=PLANNER,
        now=TOMORROW,
    )
    return request, [refusing, confirming] * 2


def live_stops(request: BookingRequest) -> list[Stop]:
    live = select(Stop).where(
        Stop.booking_request_id == request.id, Stop.state == StopState.CONFIRMED
    )
    return list(session.scalars(live))


def how_it_stands(request: BookingRequest) -> tuple[RequestState, ConsentState, int]:
    return request.state, consent_of(request).state, len(live_stops(request))


FREE = (RequestState.SUBMITTED, ConsentState.NO, 0)


def test_a_no_while_the_planner_confirms_frees_everybody(database_url: str) -> None:
    """Whoever comes first: a confirmation nobody was told of goes with the no."""
    request, actions = no_and_confirmation()
    [outcomes] = race(database_url, [actions])
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    refused = {code for outcome in outcomes[1::2] for code in outcome.codes}
    assert refused <= {"host_said_no", "not_in_this_state"}
    assert how_it_stands(request) == FREE
    assert subjects(request, SAM, TOMORROW) == [YES_TOLD, NO_TOLD]
    assert subjects(request, NOOR, TOMORROW)[-1].startswith("De kubus is niet welkom")


def test_without_guards_a_no_and_a_confirmation_stand_side_by_side(database_url: str) -> None:
    request, actions = no_and_confirmation()
    [outcomes] = race(database_url, [actions], careless=True)
    has_failed = any(outcome.error for outcome in outcomes)
    assert has_failed or how_it_stands(request) != FREE
