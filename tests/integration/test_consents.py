"""The second of the three answers: a host is asked, says yes or no, and one no frees the others."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from booking import services
from booking.models import BookingRequest
from booking.queries.consents import stops_hosts_refuse, three_answers
from booking.rules.audience import Audience
from booking.rules.consent import ConsentState, HostReason
from booking.rules.lifecycle import DeclineReason, RequestState
from booking.rules.norms import DayPart, Wish
from booking.rules.three_answers import Stance
from core import history
from core.db import session, transact
from core.history import Actor, story
from people.models import Person
from tests.builders import AFTERNOON, NOW, PLANNER, THURSDAY, asked, submitted
from tests.integration.bookings import (
    cancel,
    confirm,
    done_to,
    move,
    option,
    refused,
    sent,
    undo,
)
from tests.integration.consents import (
    BEA,
    DAY,
    FATIMA,
    NOOR,
    SAM,
    TOMORROW,
    asked_for,
    consent_of,
    letters,
    no,
    says,
    subjects,
    town,
    yes,
)
from venues.models import Room

pytestmark = pytest.mark.usefixtures("app")

UNANSWERED = ["host_not_answered"]
SOON = TOMORROW + timedelta(minutes=5)  # the confirmation can still be taken back
LATER = TOMORROW + timedelta(hours=1)  # everybody has been told
FEW = Audience(live_here=4)
EVENING = Wish(THURSDAY, DayPart.EVENING)


# --- asking ------------------------------------------------------------------------------------


def test_the_host_is_asked_and_everybody_sees_until_when() -> None:
    place, *_others = town()
    request = asked_for(place)
    consent = consent_of(request)
    assert (consent.state, consent.answer_until) == (ConsentState.ASKED, NOW + 7 * DAY)
    [letter] = letters(request, FATIMA)
    assert letter.subject.startswith("Mag de kubus in De Huiskamer, Zaal staan?")
    for said in (
        "dinsdag 1 december 2026",
        "2027, middag (met op- en afbouw 11.30 – 18.00 uur)",
        "Past",
    ):
        assert said in letter.text
    assert "/toestemming/" in letter.text
    assert [each.stance for each in three_answers(request, NOW)] == [
        Stance.YES,
        Stance.WAITING,
        Stance.WAITING,
    ]
    assert request.answer_until == NOW + 7 * DAY
    assert done_to(request) == ["submitted", "host asked"]


def test_without_a_host_nobody_is_asked() -> None:
    *_hosted, unhosted = town()
    no_place, request = asked_for(None), asked_for(unhosted)
    for each in (no_place, request):
        assert each.consent is None
        assert three_answers(each, NOW) == []
    assert confirm(request, unhosted.id).is_confirmed


def test_a_host_who_asks_for_the_own_room_has_said_yes() -> None:
    place, *_others = town()
    fatima = session.query(Person).filter_by(email=FATIMA).one()
    request = transact(
        services.submit,
        asked(place.id, email=FATIMA),
        form_token="a-token-of-twenty-letters",
        by=Actor.person(fatima.id),
        now=NOW,
    )
    consent = consent_of(request)
    assert (consent.state, consent.person_id) == (ConsentState.YES, fatima.id)
    assert subjects(request, FATIMA) == ["We hebben je aanvraag"]
    assert confirm(request, place.id).is_confirmed


# --- yes ---------------------------------------------------------------------------------------


def test_a_yes_is_told_and_opens_the_way() -> None:
    place, *_others = town()
    request = asked_for(place)
    says(consent_of(request), yes("Bel aan bij nummer 3."))
    assert subjects(request, SAM, TOMORROW) == ["De beheerder zegt ja"]
    [to_planner] = letters(request, NOOR, TOMORROW)
    assert "Bel aan bij nummer 3." in to_planner.text
    assert "middag" in to_planner.text
    assert confirm(request, place.id, now=LATER).is_confirmed


def test_a_yes_counts_for_the_moments_it_was_given_for() -> None:
    place, *_others = town()
    request = submitted(asked(place.id, AFTERNOON, EVENING, email=SAM, audience=FEW))
    says(consent_of(request), yes(moments=[EVENING.key]))
    with refused("host_agreed_to_other_moment"):
        confirm(request, place.id, AFTERNOON, now=LATER)
    assert confirm(request, place.id, EVENING, now=LATER).is_confirmed


def test_going_on_without_a_yes_is_done_knowingly() -> None:
    place, *_others = town()
    request = asked_for(place)
    with refused("host_not_answered"):
        option(request, place.id)
    with refused("host_not_answered"):
        confirm(request, place.id)
    confirm(request, place.id, accepted=UNANSWERED, now=TOMORROW)
    assert story(request.subject)[-1].facts["accepted"] == UNANSWERED
    assert consent_of(request).state is ConsentState.ASKED, "the question stays open"
    says(consent_of(request), yes(), now=LATER)
    assert subjects(request, NOOR, LATER) == ["De kubus is welkom in De Huiskamer, Zaal"]


# --- no ----------------------------------------------------------------------------------------


def test_a_no_frees_the_others_and_names_what_is_near() -> None:
    place, near, _far = town()
    request = asked_for(place)
    option(request, place.id, accepted=UNANSWERED)
    says(consent_of(request), no("Dan is er een feest."))
    assert (request.state, request.room, request.option) == (RequestState.SUBMITTED, None, None)
    assert request.answer_until == TOMORROW + 7 * DAY, "the theatre promises anew"
    [to_asker] = letters(request, SAM, TOMORROW)
    for said in ("Dan is er een feest.", "De Buurtkamer", "blijven staan", "/aanvraag/"):
        assert said in to_asker.text
    assert to_asker.calendar_method is None, "no invitation can have reached anybody"
    [to_planner] = letters(request, NOOR, TOMORROW)
    assert near.full_name in to_planner.text
    with refused("host_said_no"):
        confirm(request, place.id, accepted=UNANSWERED, now=LATER)
    assert done_to(request)[-1] == "host refused"


def test_a_no_about_another_place_gives_the_asked_one_back() -> None:
    place, other, _far = town()
    request = asked_for(place)
    option(request, other.id, accepted=UNANSWERED)
    assert subjects(request, FATIMA)[-1] == "De kubus komt niet in De Huiskamer, Zaal"
    says(consent_of(request), no())
    assert (request.state, request.room) == (RequestState.SUBMITTED, place)
    consent = consent_of(request)
    assert (consent.room, consent.state) == (place, ConsentState.ASKED)
    assert len(letters(request, FATIMA, TOMORROW)) == 1, "Fatima is asked anew"


def test_a_no_before_anybody_was_told_takes_the_confirmation_back() -> None:
    place, *_others = town()
    request = asked_for(place)
    stop = confirm(request, place.id, accepted=UNANSWERED, now=TOMORROW)
    says(consent_of(request), no(), now=SOON)
    assert (request.state, request.stop, stop.is_undone) == (RequestState.SUBMITTED, None, True)
    assert subjects(request, SAM, TOMORROW) == ["De Huiskamer, Zaal kan de kubus niet ontvangen"]
    [to_planner] = letters(request, NOOR, TOMORROW)
    assert "teruggedraaid" in to_planner.text
    assert subjects(request, FATIMA, TOMORROW) == []


def test_a_no_about_a_place_the_asker_never_heard_of_is_for_the_theatre_alone() -> None:
    place, other, _far = town()
    request = asked_for(place)
    confirm(request, other.id, accepted=UNANSWERED, now=TOMORROW)
    says(consent_of(request), no(), now=SOON)
    consent = consent_of(request)
    assert (request.state, request.room) == (RequestState.SUBMITTED, place)
    assert (consent.room, consent.state) == (place, ConsentState.ASKED)
    assert subjects(request, NOOR, TOMORROW) == ["De kubus is niet welkom in De Buurtkamer, Zaal"]
    assert [letters(request, each, TOMORROW) for each in (SAM, FATIMA, BEA)] == [[], [], []]


def test_a_no_after_everybody_was_told_calls_nothing_off() -> None:
    place, *_others = town()
    request = asked_for(place)
    says(consent_of(request), yes())
    stop = confirm(request, place.id, now=TOMORROW)
    says(consent_of(request), no("De vloer is stuk.", HostReason.OTHER), now=LATER)
    assert (request.state, stop.is_confirmed) == (RequestState.CONFIRMED, True)
    assert stops_hosts_refuse(LATER) == [stop]
    for reader in (SAM, NOOR):
        [letter] = letters(request, reader, LATER)
        assert "De vloer is stuk." in letter.text
        assert "nog niets afgezegd" in letter.text
    assert [each.stance for each in three_answers(request, LATER)] == [
        Stance.YES,
        Stance.NO,
        Stance.YES,
    ]


def test_a_no_can_become_a_yes_until_there_is_another_place() -> None:
    place, other, _far = town()
    request = asked_for(place)
    first = consent_of(request)
    says(first, no())
    says(first, yes(), now=LATER)
    assert (request.room, request.consent) == (place, first)
    says(first, no(), now=LATER + DAY)
    choose(request, other, LATER + DAY)
    with refused("host_not_needed"):
        says(first, yes(), now=LATER + DAY)
    says(consent_of(request), no(), now=LATER + 2 * DAY)
    says(first, yes(), now=LATER + 3 * DAY)
    assert (request.room, consent_of(request)) == (place, first)


def choose(request: BookingRequest, place: Room, now: datetime = TOMORROW) -> None:
    transact(services.choose_place, request.id, place.id, version=None, by=history.ASKER, now=now)


def test_the_place_that_said_no_is_not_asked_again() -> None:
    place, other, far = town()
    request = asked_for(place)
    says(consent_of(request), no())
    with refused("host_said_no"):
        choose(request, place)
    choose(request, other)
    assert subjects(request, BEA) == ["Mag de kubus in De Buurtkamer, Zaal staan?"]
    choose(request, far)
    assert request.consent is None, "nobody speaks for that room"
    assert subjects(request, BEA)[-1] == "De kubus komt niet in De Buurtkamer, Zaal"


# --- later -------------------------------------------------------------------------------------


def test_a_host_who_thinks_on_says_until_when() -> None:
    place, *_others = town()
    request = asked_for(place)
    consent = consent_of(request)
    until = NOW + 10 * DAY
    later(request, 3)
    assert (consent.state, consent.answer_until) == (ConsentState.ASKED, until)
    for reader in (SAM, NOOR):
        [letter] = letters(request, reader, TOMORROW)
        assert "uiterlijk vrijdag 4 december 2026" in letter.text
    with refused("host_cannot_wait"):
        later(request, 14)
    assert done_to(request)[-1] == "host answers later"


def later(request: BookingRequest, days: int, now: datetime = TOMORROW) -> None:
    consent = consent_of(request)
    transact(services.answer_later, consent.id, days, version=None, by=history.ASKER, now=now)


# --- twice, or out of date ---------------------------------------------------------------------


def test_the_same_answer_twice_is_one_answer() -> None:
    place, *_others = town()
    request = asked_for(place)
    seen = consent_of(request).version
    says(consent_of(request), yes(), version=seen)
    says(consent_of(request), yes(), version=seen, now=LATER)
    assert len(letters(request, SAM, TOMORROW)) == 1
    assert done_to(request).count("host agreed") == 1


def test_another_answer_to_what_was_seen_before_is_refused() -> None:
    place, *_others = town()
    request = asked_for(place)
    seen = consent_of(request).version
    says(consent_of(request), yes(), version=seen)
    with refused("consent_changed_meanwhile"):
        says(consent_of(request), no(), version=seen, now=LATER)
    assert consent_of(request).state is ConsentState.YES
    says(consent_of(request), no(), version=consent_of(request).version, now=LATER)


# --- no visit after all ------------------------------------------------------------------------


def withdraw(request: BookingRequest) -> None:
    transact(services.withdraw, request.id, version=request.version, by=history.ASKER, now=TOMORROW)


def decline(request: BookingRequest) -> None:
    transact(
        services.decline,
        request.id,
        reason=DeclineReason.NO_TIME,
        words="",
        version=None,
        by=PLANNER,
        now=TOMORROW,
    )


def let_the_option_lapse(request: BookingRequest) -> None:
    assert request.room_id
    option(request, request.room_id, accepted=UNANSWERED, until=TOMORROW)
    transact(services.expire_options, now=TOMORROW)


@pytest.mark.parametrize(
    ("end", "has_answered"),
    [(withdraw, True), (decline, False), (let_the_option_lapse, False)],
)
def test_the_host_hears_that_it_ends(
    end: Callable[[BookingRequest], None], has_answered: bool
) -> None:
    place, *_others = town()
    request = asked_for(place)
    if has_answered:
        says(consent_of(request), yes(), now=NOW + timedelta(hours=1))
    end(request)
    session.expire_all()
    assert request.consent is None
    assert subjects(request, FATIMA, TOMORROW) == ["De kubus komt niet in De Huiskamer, Zaal"]
    assert three_answers(request, TOMORROW) == []
    if end is withdraw:
        told = subjects(request, NOOR, TOMORROW)
        assert told == ["Ingetrokken: Burennetwerk Zuilen"], "the theatre is free too"


def test_whoever_has_the_visit_in_the_calendar_hears_once_that_it_ends() -> None:
    place, *_others = town()
    request = asked_for(place)
    confirm(request, place.id, accepted=UNANSWERED)
    sent(request, TOMORROW)
    cancel(request, now=TOMORROW)
    [letter] = letters(request, FATIMA, TOMORROW)
    assert letter.calendar_method == "CANCEL"
    session.expire_all()
    assert request.consent is None


def test_a_host_who_said_no_is_left_alone() -> None:
    place, *_others = town()
    request = asked_for(place)
    says(consent_of(request), no(), now=NOW + timedelta(hours=1))
    withdraw(request)
    assert subjects(request, FATIMA, TOMORROW) == []


# --- another place -----------------------------------------------------------------------------


def test_moving_to_another_room_asks_that_host() -> None:
    place, other, _far = town()
    request = asked_for(place)
    says(consent_of(request), yes())
    confirm(request, place.id, now=TOMORROW)
    sent(request, LATER)
    much_later = NOW + 80 * DAY  # all moments that were asked have passed
    wish = Wish(THURSDAY + 60 * DAY, DayPart.AFTERNOON)
    move(request, other.id, wish, accepted=UNANSWERED, now=LATER)
    consent = consent_of(request)
    assert (consent.room, consent.state) == (other, ConsentState.ASKED)
    asked_bea = next(mail for mail in letters(request, BEA, LATER) if not mail.calendar)
    assert "Het moment staat al vast." in asked_bea.text
    assert "5 april 2027" in asked_bea.text
    move(request, place.id, wish, accepted=UNANSWERED, now=much_later)
    assert consent_of(request).answer_until > much_later


def test_taking_a_confirmation_back_brings_the_earlier_host_back() -> None:
    place, other, _far = town()
    request = asked_for(place)
    says(consent_of(request), yes(), now=NOW + timedelta(hours=1))
    confirm(request, other.id, accepted=UNANSWERED, now=TOMORROW)
    assert consent_of(request).room == other
    undo(request, now=SOON)
    consent = consent_of(request)
    assert (consent.room, consent.state) == (place, ConsentState.YES)
    assert [letters(request, each, TOMORROW) for each in (FATIMA, BEA, SAM)] == [[], [], []]


def test_moving_again_before_anybody_was_told_tells_each_host_once() -> None:
    place, other, _far = town()
    request = asked_for(place)
    says(consent_of(request), yes(), now=NOW + timedelta(hours=1))
    confirm(request, place.id, now=TOMORROW)
    move(request, other.id, AFTERNOON, accepted=UNANSWERED, now=SOON)
    assert subjects(request, FATIMA, TOMORROW) == ["De kubus komt niet in De Huiskamer, Zaal"]
    assert len(letters(request, BEA, TOMORROW)) == 2, "the visit, and the question"
