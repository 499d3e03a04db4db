"""A planner weighs anew: tries it out, saves it with a reason, and decides by it, with a log."""

import pytest

from booking.models import BookingRequest
from booking.queries.settings import current_scoring
from booking.rules.audience import Audience
from core import links
from core.db import session, transact
from core.history import story
from people.models import Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.pages import CheckingClient

PAGE = "/planning/instellingen/wijkpubliek"
CITY = Audience(live_here=4, from_city=10)
ZUILEN, NIZU = "Burennetwerk Zuilen", "NIZU"


@pytest.fixture
def desk(signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    """The planner; two requests want the same afternoon, the second with mostly neighbours."""
    room = b.stage()
    visitor = signed_in(transact(b.person, "Noor", Role.PLANNER))
    set_clock(b.NOW)
    b.submitted(b.asked(room.id, audience=CITY, is_closed=True))
    b.submitted(b.asked(room.id, organisation=NIZU, email="nizu@nizu.example"))
    return visitor


def test_weights_are_tried_out_saved_and_kept_with_a_reason(
    desk: CheckingClient, count_queries: CountQueries
) -> None:
    overview = desk.visit("/planning/instellingen")
    assert "Nog niets. Alles staat zoals het begon." in overview.text
    form = overview.link("Wijzig wijkpubliek").follow().form(PAGE)

    wrong = form.fill(neighbours="50").submit("Bekijk wat het verandert", status=422)
    assert "Samen moeten de punten 100 zijn. Nu zijn het er 105." in wrong.text
    right = wrong.form(PAGE).fill(key_figure="10").submit("Bekijk wat het verandert")
    assert "Er is nog niets bewaard." in right.text
    assert NIZU in right.text
    assert current_scoring().version == 0

    assert "Vul in waarom" in right.form(PAGE).submit("Bewaar", status=422).text
    saved = right.form(PAGE).fill(why="Sleutelfiguren zijn moeilijk te vinden.")
    assert "Bewaard." in saved.submit("Bewaar").text
    told = desk.visit("/planning/instellingen").text
    assert "Wijkpubliek, versie 1" in told
    assert "Noor" in told
    assert "Sleutelfiguren zijn moeilijk te vinden." in told
    assert "van 45 naar 50" in told
    assert (current_scoring().weights.neighbours, current_scoring().version) == (50, 1)

    late = saved.submit("Bewaar", status=409)
    assert "Een ander heeft dit net veranderd." in late.text
    assert "Er is niets veranderd." in late.form(PAGE).submit("Bewaar", status=422).text

    with count_queries() as few:
        desk.visit("/planning/aanvragen")
    assert sum("FROM setting " in each for each in few) <= 3


def test_a_norm_is_set_on_the_same_page_and_counts_from_now_on(desk: CheckingClient) -> None:
    address = "/planning/instellingen/antwoorden"
    form = desk.visit(address).form(address)
    wrong = form.fill(option_days="400", why="Langer.").submit("Bewaar", status=422)
    assert "Kies een getal van 1 tot en met 90." in wrong.text
    wrong.form(address).fill(option_days="7").submit("Bewaar")
    option = desk.visit("/planning/aanvragen/1/optie").response.get_data(as_text=True)
    assert 'value="2026-12-01"' in option
    address = "/planning/instellingen/dagdelen"
    late = desk.visit(address).form(address).fill(morning_to="14:00", why="Later.")
    assert (
        "Een dagdeel begint pas als het vorige voorbij is."
        in late.submit("Bewaar", status=422).text
    )
    late.fill(morning_to="12:45").submit("Bewaar")
    assert "09.00 tot 12.45 uur" in desk.visit("/planning/instellingen").text
    desk.visit("/planning/instellingen/iets", status=404)


def test_choosing_a_lower_score_asks_why_and_the_decision_is_logged(desk: CheckingClient) -> None:
    address = "/planning/aanvragen/1/bevestig"
    one = desk.visit("/planning/aanvragen/1")
    assert "Kies voor een open speelbeurt." in one.text
    refused = desk.visit(address).form(address).submit("Bevestig", status=422)
    assert "Schrijf in één zin waarom je deze kiest." in refused.text
    refused.form(address).fill(why="Het buurthuis sluit in maart.").submit("Bevestig")

    told = desk.visit("/planning/aanvragen/1").text
    assert "Het buurthuis sluit in maart." in told
    assert "1 andere aanvraag voor dezelfde tijd:" in told
    other = session.get_one(BookingRequest, 2)
    entry = next(e for e in story(("booking_request", 1)) if e.action == "confirmed")
    assert entry.facts["score"]["version"] == 0
    assert entry.facts["competing"][0][0] == other.reference
    assert entry.facts["competing"][0][1] > entry.facts["score"]["points"]


def test_the_higher_score_needs_no_reason_and_a_decline_is_weighed_too(
    desk: CheckingClient,
) -> None:
    address = "/planning/aanvragen/2/optie"
    desk.visit(address).form(address).submit("Geef de optie")
    assert "in optie genomen" in desk.visit("/planning/aanvragen/2").text
    address = "/planning/aanvragen/1/afwijzen"
    desk.visit(address).form(address).fill(words="Deze keer niet.").submit("Wijs af")
    entry = story(("booking_request", 1))[-1]
    assert entry.facts["score"]["of"] == 100
    assert len(entry.facts["competing"]) == 1


def test_the_asker_reads_what_would_fit_better_without_points_or_others(
    desk: CheckingClient, client: CheckingClient
) -> None:
    token = transact(links.issue, "booking_request", 1, now=b.NOW)
    text = client.visit(f"/aanvraag/{token}").text
    assert "4 bezoekers komen uit de buurt" in text
    assert "Komen er nog 6 bezoekers bij die in de buurt wonen" in text
    assert "Kies voor een open speelbeurt." in text
    assert "van 45" not in text
    assert "afgewezen" not in text
    desk.visit("/planning/aanvragen/1/afwijzen").form("/planning/aanvragen/1/afwijzen").fill(
        words="Deze keer niet."
    ).submit("Wijs af")
    assert "Wat het beter laat passen" not in client.visit(f"/aanvraag/{token}").text
