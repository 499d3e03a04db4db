"""The agenda as a list, a week and a day: the same stops at addresses that stay."""

from datetime import date, timedelta

import pytest

from core.clock import local_date, utcnow
from core.db import session
from tests import builders
from tests.conftest import CountQueries
from tests.integration.agenda_rows import many_stops, span, stop_row
from tests.integration.test_agenda import comparable, swapped
from tests.markup import text_of, value
from tests.pages import CheckingClient, Page
from venues.models import Room

THURSDAY = date(2027, 2, 4)
LIST, WEEK, DAY = "/agenda/lijst/2027/02", "/agenda/week/2027-W05", "/agenda/dag/2027-02-04"
SHAPES = ("/agenda/2027/02", LIST, WEEK, DAY)


@pytest.fixture
def room(app: object) -> Room:
    return builders.stage()


def days_in(page: Page) -> list[str]:
    return [value(day, "datetime") for day in page.soup.select(".day-list h3 time")]


def test_each_shape_shows_the_same_stop(client: CheckingClient, room: Room) -> None:
    stop = stop_row(room, span(THURSDAY), title="Burendag")
    other = builders.room("De Schuur", builders.VLEUTEN)
    stop_row(other, span(THURSDAY), title="Schuurdag", is_closed=True)
    stop_row(room, span(THURSDAY + timedelta(days=7)), title="Een week later")
    for address in SHAPES:
        page = client.visit(address)
        assert page.link("Burendag").href == f"/speelbeurten/{stop.id}"
        assert "14.00 – 17.00 uur" in page.text
        assert "Schuurdag" not in page.text
        assert ("Een week later" in page.text) is (address in SHAPES[:2])
        here = page.form("agenda-filter").fill(wijk="Vleuten-De Meern").submit()
        assert here.path == f"{address}?wijk=10"
        assert "Burendag" not in here.text
        assert "Vleuten-De Meern, besloten" in here.text
    assert days_in(client.visit(LIST)) == ["2027-02-04", "2027-02-11"]
    assert len(days_in(client.visit(WEEK))) == 7
    assert days_in(client.visit(DAY)) == ["2027-02-04"]


def test_shapes_and_pages_are_links_that_keep_day_and_district(
    client: CheckingClient, room: Room
) -> None:
    page = client.visit("/agenda/dag/2027-02-04?wijk=10")
    for shape, address in (
        ("Maand", "/agenda/2027/02?wijk=10"),
        ("Lijst", "/agenda/lijst/2027/02?wijk=10"),
        ("Week", "/agenda/week/2027-W05?wijk=10"),
        ("Dag", "/agenda/dag/2027-02-04?wijk=10"),
    ):
        assert page.link(shape).href == address
        there = page.link(shape).follow()
        assert text_of(there.soup.select_one('nav.tabs [aria-current="page"]')) == shape
    assert page.link("vrijdag 5 februari 2027").href == "/agenda/dag/2027-02-05?wijk=10"
    week = client.visit("/agenda/week/2026-W53")
    assert week.link("week 1").href == "/agenda/week/2027-W01"
    assert client.visit(LIST).link("maart 2027").href == "/agenda/lijst/2027/03"


def test_without_a_date_it_is_about_today(client: CheckingClient, room: Room) -> None:
    today = local_date(utcnow())
    stop_row(room, span(today), title="Vandaag hier")
    for address in ("/agenda/lijst", "/agenda/week", "/agenda/dag"):
        page = client.visit(address)
        assert "Vandaag hier" in page.text
        assert page.soup.select('.day-list > [aria-current="date"]')


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/lijst/2101/01",
        "/agenda/lijst/2027/13",
        "/agenda/week/2027-W53",
        "/agenda/week/2019-W01",
        "/agenda/week/vandaag",
        "/agenda/dag/2027-02-30",
        "/agenda/dag/2019-12-31",
        "/agenda/dag/2101-01-01",
        "/agenda/dag/20270204",
        "/agenda/dag/2027-W05-4",
        "/agenda/dag?wijk=11",
    ],
)
def test_what_is_not_there_is_not_found(client: CheckingClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_calendar_ends_at_both_ends(client: CheckingClient, room: Room) -> None:
    for first, last in (
        ("/agenda/dag/2020-01-01", "/agenda/dag/2100-12-31"),
        ("/agenda/lijst/2020/01", "/agenda/lijst/2100/12"),
    ):
        assert not client.visit(first).soup.select("#pager-prev")
        assert not client.visit(last).soup.select("#pager-next")


def test_nothing_leads_on_to_asking(client: CheckingClient, room: Room) -> None:
    for address in (LIST, WEEK, DAY):
        assert client.visit(address).link("Vraag de kubus aan").href


def test_page_after_a_swap_is_the_page_itself(client: CheckingClient, room: Room) -> None:
    many_stops(room, [THURSDAY, THURSDAY + timedelta(days=7)])
    old = client.visit(WEEK)
    fragment = client.visit("/agenda/week/2027-W06", htmx=True)
    fresh = client.visit("/agenda/week/2027-W06")
    assert swapped(old.soup, fragment.soup, "days") == comparable(fresh.soup)
    assert text_of(fragment.soup.select_one("[hx-swap-oob]")) == (
        "week 6, 8 – 14 februari 2027: 1 speelbeurt."
    )


def test_a_list_a_week_and_a_day_cost_as_many_queries_with_one_as_with_many(
    client: CheckingClient, room: Room, count_queries: CountQueries
) -> None:
    def cost(address: str) -> int:
        with count_queries() as counted:
            client.get(address)
        return len(counted)

    stop_row(room, span(THURSDAY, "01:00", "02:00"))
    session.commit()
    one = [cost(address) for address in (LIST, WEEK, DAY)]
    for hour in range(8, 20):
        stop_row(room, span(THURSDAY, f"{hour:02}:00", f"{hour:02}:30"))
    session.commit()
    assert [cost(address) for address in (LIST, WEEK, DAY)] == one
    assert len(client.visit(DAY).soup.select(".day-list a")) == 13
