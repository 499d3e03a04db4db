"""What the clock does about answers that are due, and about what is kept of them."""

from datetime import timedelta

import pytest

from booking import services
from booking.clockwork import work_off
from booking.queries.consents import three_answers
from booking.rules.consent import ConsentState
from booking.rules.three_answers import Stance
from core import links
from core.db import session, transact
from core.history import ASKER
from tests.builders import NOW
from tests.integration.bookings import confirm, done_to, option, sent
from tests.integration.consents import (
    BEA,
    DAY,
    FATIMA,
    NOOR,
    SAM,
    asked_for,
    consent_of,
    letters,
    no,
    says,
    subjects,
    town,
    yes,
)

pytestmark = pytest.mark.usefixtures("app")

DUE_SOON = NOW + 5 * DAY  # two days before the week is over
DUE = NOW + 7 * DAY
MINUTE = timedelta(minutes=1)
AGAIN = "Nog even: mag de kubus in De Huiskamer, Zaal staan?"
SILENT = "Geen antwoord van De Huiskamer, Zaal"


def test_a_host_is_reminded_once_and_then_the_theatre_calls() -> None:
    place, *_others = town()
    request = asked_for(place)
    seen = consent_of(request).version
    work_off(DUE_SOON - MINUTE)
    assert subjects(request, FATIMA, NOW + MINUTE) == []
    for _twice in range(2):
        work_off(DUE_SOON)
    assert subjects(request, FATIMA, NOW + MINUTE) == [AGAIN]
    work_off(DUE - MINUTE)
    assert consent_of(request).state is ConsentState.ASKED
    for _twice in range(2):
        work_off(DUE)
    consent = consent_of(request)
    assert consent.state is ConsentState.EXPIRED
    assert subjects(request, SAM, DUE) == ["Nog geen antwoord van De Huiskamer, Zaal"]
    assert subjects(request, NOOR, DUE) == [SILENT]
    assert [each.stance for each in three_answers(request, DUE)][1] is Stance.SILENT
    done = ["host reminded", "theatre reminded", "host silent"]
    assert done_to(request) == ["submitted", "host asked", *done]

    says(consent, yes(), version=seen, now=DUE + DAY)
    assert consent_of(request).state is ConsentState.YES, "late is welcome, on the old page too"
    assert subjects(request, SAM, DUE + DAY) == ["De beheerder zegt ja"]


def test_a_host_who_has_answered_is_left_alone() -> None:
    place, other, _far = town()
    agreed, refused = asked_for(place), asked_for(other)
    says(consent_of(agreed), yes())
    says(consent_of(refused), no())
    for moment in (DUE_SOON, DUE):
        work_off(moment)
    assert (len(letters(agreed, FATIMA)), len(letters(refused, BEA))) == (1, 1)


def test_whoever_thinks_on_is_reminded_again_of_the_new_term() -> None:
    place, *_others = town()
    request = asked_for(place)
    work_off(DUE_SOON)
    transact(
        services.answer_later,
        consent_of(request).id,
        3,
        version=None,
        by=ASKER,
        now=DUE_SOON,
    )
    work_off(DUE)
    assert consent_of(request).state is ConsentState.ASKED
    work_off(DUE + DAY)
    assert subjects(request, FATIMA, DUE_SOON) == [AGAIN, AGAIN]


def test_the_theatre_is_reminded_of_what_it_promised() -> None:
    place, *_others = town()
    request = asked_for(place)
    seen = request.version
    work_off(DUE_SOON - MINUTE)
    assert "wacht op jullie antwoord" not in " ".join(subjects(request, NOOR))
    for _twice in range(2):
        work_off(DUE_SOON)
    [letter] = letters(request, NOOR, DUE_SOON)
    assert "wacht op jullie antwoord" in letter.subject
    assert "De beheerder van De Huiskamer, Zaal heeft nog niet geantwoord." in letter.text
    session.expire_all()
    assert request.version == seen, "nobody's form is out of date by it"
    of_theatre = three_answers(request, DUE + MINUTE)[2]
    assert (of_theatre.is_late, of_theatre.reminded_at) == (True, DUE_SOON)


def test_after_an_option_the_theatre_keeps_another_promise() -> None:
    place, *_others = town()
    request = asked_for(place)
    option(request, place.id, accepted=["host_not_answered"])
    work_off(DUE_SOON)
    assert "wacht op jullie antwoord" not in " ".join(subjects(request, NOOR))
    assert three_answers(request, DUE_SOON)[2].stance is Stance.HELD


def test_what_a_host_wrote_is_forgotten_with_the_rest() -> None:
    place, *_others = town()
    request = asked_for(place)
    consent = consent_of(request)
    key = transact(links.issue, *consent.subject, now=NOW)
    says(consent, yes("Bel Fatima op 06 12 34 56 78."))
    confirm(request, place.id, now=NOW + DAY)
    sent(request, NOW + 2 * DAY)
    ended = NOW + 72 * DAY  # the visit is on 4 February
    transact(services.close_links, now=ended + 29 * DAY)
    assert links.resolve("host_consent", key, ended + 29 * DAY) == consent.id
    transact(services.close_links, now=ended + 33 * DAY)
    assert links.resolve("host_consent", key, ended + 33 * DAY) is None
    transact(services.forget_contacts, now=ended + 370 * DAY)
    session.expire_all()
    assert (consent.state, consent.words) == (ConsentState.YES, "")
