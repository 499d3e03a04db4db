"""Home, the pages about us, and what machines ask for."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from booking.models import Stop
from booking.rules.lifecycle import StopState
from core.clock import local_date, utcnow
from core.db import session
from tests import builders
from tests.conftest import CountQueries
from tests.integration.agenda_rows import many_stops, span, stop_row
from tests.markup import text_of
from tests.pages import CheckingClient
from venues.models import Room

pytestmark = pytest.mark.on("sqlite")

SIX = 6


@pytest.fixture
def room(app: Flask) -> Room:
    return builders.stage()


def in_days(room: Room, days: int, title: str = "Van heel dichtbij", **given: Any) -> Stop:
    return stop_row(room, span(local_date(utcnow()) + timedelta(days=days)), title=title, **given)


@pytest.mark.parametrize(
    ("address", "h1"),
    [
        ("/", "Een kubus met twee stoelen, bij jou om de hoek"),
        ("/over", "Over Speelplek"),
        ("/privacy", "Privacy"),
        ("/toegankelijkheid", "Toegankelijkheid"),
    ],
)
def test_page_is_there_for_everybody(client: CheckingClient, address: str, h1: str) -> None:
    page = client.visit(address)
    assert page.h1 == h1
    assert "Set-Cookie" not in page.response.headers


def test_home_of_a_new_season_invites(client: CheckingClient) -> None:
    page = client.visit("/")
    assert "De kubus staat nu nergens in de agenda." in page.text
    assert len(page.soup.select(".invitation .chip")) == 10


def test_home_shows_the_next_stops_in_order(client: CheckingClient, room: Room) -> None:
    for days in (9, 3, 5, 11, 7, 13, 15, 17):
        in_days(room, days, f"Over {days} dagen")
    in_days(room, -3, "Geweest")
    cards = [text_of(card) for card in client.visit("/").soup.select(".stop-card h3")]
    assert cards == [f"Over {days} dagen" for days in (3, 5, 7, 9, 11, 13)]


def test_stop_that_plays_now_is_on_home(client: CheckingClient, room: Room) -> None:
    stop = in_days(room, 0, "Nu bezig")
    stop.starts_at, stop.ends_at = utcnow() - timedelta(hours=1), utcnow() + timedelta(hours=1)
    stop.stay_starts_at, stop.stay_ends_at = stop.starts_at, stop.ends_at
    assert "Nu bezig" in client.visit("/").text


def test_cancelled_and_undone_stops_are_not_on_home(client: CheckingClient, room: Room) -> None:
    for state in (StopState.CANCELLED, StopState.UNDONE):
        stop = in_days(room, 5, f"Niet {state}")
        stop.state = state
        stop.cancelled_at = utcnow() if state is StopState.CANCELLED else None
    assert not client.visit("/").soup.select(".stop-card")


def test_home_tells_of_a_closed_stop_only_its_district(client: CheckingClient, room: Room) -> None:
    in_days(room, 5, "Geheim", is_closed=True)
    page = client.visit("/")
    (card,) = page.soup.select(".stop-card")
    assert text_of(card.h3) == "Besloten, in Overvecht"
    for secret in ("Geheim", "Huiskamer", "Voorbeeldstraat"):
        assert secret not in str(page.soup)


def test_card_leads_to_the_stop(client: CheckingClient, room: Room) -> None:
    in_days(room, 5, "Kom langs")
    assert client.visit("/").link("Kom langs").follow().h1 == "Kom langs"


def test_home_names_the_districts_without_a_stop(client: CheckingClient, room: Room) -> None:
    in_days(room, 5)
    chips = [text_of(chip) for chip in client.visit("/").soup.select(".invitation .chip")]
    assert len(chips) == 9
    assert "Overvecht" not in chips


def test_home_costs_as_many_queries_with_one_stop_as_with_thirty(
    client: CheckingClient, room: Room, count_queries: CountQueries
) -> None:
    tomorrow = local_date(utcnow()) + timedelta(days=1)
    many_stops(room, [tomorrow])
    session.commit()
    with count_queries() as one:
        client.get("/")
    many_stops(room, [tomorrow + timedelta(days=n) for n in range(1, 30)])
    session.commit()
    with count_queries() as thirty:
        page = client.visit("/")
    assert len(page.soup.select(".stop-card")) == SIX
    assert len(one) == len(thirty), thirty


def test_robots_may_read_all_but_the_desk(client: CheckingClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text == "User-agent: *\nDisallow: /planning\n"


def test_finder_of_a_hole_knows_whom_to_tell(client: CheckingClient) -> None:
    """As RFC 9116 asks: a contact, and an end date less than a year away."""
    answer = client.get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert lines["Contact"].startswith("mailto:")
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < expires - utcnow() < timedelta(days=366)
    assert lines["Canonical"] == "http://localhost/.well-known/security.txt"
