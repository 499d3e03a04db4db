"""Coverage and figures: what each district got, what each stop came to, and who may see it."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from booking.models import Stop, StopReport
from booking.queries.season import Season, districts_in, seasons, stops_of
from booking.rules.encounters import Company
from booking.rules.follow_up import Continues, ReportMoment
from booking.rules.norms import DayPart, Wish
from booking.services.seats import Visit, take_seats
from core.db import session, transact
from core.fields import new_form_token
from people.models import Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.bookings import LATER, ask, cancel, confirm
from tests.pages import CheckingClient
from venues.models import Room

SEASON = Season.beginning(2026)
AFTER = datetime(2027, 2, 20, 12, tzinfo=UTC)


@pytest.fixture
def hall(app: object) -> Room:
    return b.stage()


@pytest.fixture
def desk(signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    visitor = signed_in(transact(b.person, "Noor", Role.PLANNER))
    set_clock(AFTER)
    return visitor


def played(hall: Room, day: int = 4, **what: Any) -> Stop:
    wish = Wish(date(2027, 2, day), DayPart.AFTERNOON)
    return confirm(ask(hall.id, wish, **what), hall.id, wish)


def seat(stop: Stop, company: Company) -> None:
    visit = Visit(stop.encounters[0].id, company)
    transact(take_seats, visit, form_token=new_form_token(), now=LATER)


def told(stop: Stop, moment: ReportMoment, **numbers: object) -> None:
    report = {"asked_at": AFTER, "answered_at": AFTER, "words": "", **numbers}
    transact(lambda: session.add(StopReport(stop_id=stop.id, moment=moment, **report)))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 31), "2025-2026"),
        (date(2026, 9, 1), "2026-2027"),
        (date(2027, 2, 4), "2026-2027"),
    ],
    ids=str,
)
def test_a_season_begins_in_september(day: date, name: str) -> None:
    assert Season.of(day).name == name


def test_numbers_of_a_stop(hall: Room) -> None:
    stop = played(hall)
    seat(stop, Company.TOGETHER)
    told(stop, ReportMoment.NEXT_DAY, visitors=12, first_time=5, continues=Continues.NOT_YET)
    told(stop, ReportMoment.FOUR_WEEKS, continues=Continues.YES)
    [found] = stops_of(SEASON, AFTER)
    assert (found.encounters, found.seats, found.taken) == (7, 14, 2)
    assert (found.told.visitors, found.told.first_time) == (12, 5)
    assert found.told.from_neighbourhood is None
    assert found.told.continues is Continues.YES, "what was said last counts"


def test_districts_that_wait_come_first(hall: Room) -> None:
    stop = played(hall)
    cancel(played(hall, 11, who="other").booking_request)
    seat(stop, Company.ALONE)
    found = districts_in(SEASON, AFTER)
    assert found[0].last_visit_on is None
    last = found[-1]
    assert last.district.name == "Overvecht"
    assert (len(last.stops), last.requests, last.taken) == (1, 2, 1)
    assert last.last_visit_on == date(2027, 2, 4)
    assert districts_in(SEASON, AFTER - timedelta(days=30))[-1].last_visit_on is None


def test_seasons_go_back_to_the_first_request(hall: Room) -> None:
    assert [each.name for each in seasons(AFTER)] == ["2026-2027"]
    ask(hall.id)
    later = datetime(2028, 10, 1, tzinfo=UTC)
    assert [each.name for each in seasons(later)] == ["2028-2029", "2027-2028", "2026-2027"]


def test_pages_show_the_same_as_the_files(desk: CheckingClient, hall: Room) -> None:
    stop = played(hall, organisation="=Som & Co")
    seat(stop, Company.TOGETHER)
    told(stop, ReportMoment.NEXT_DAY, visitors=9, first_time=4, continues=Continues.YES)
    coverage = desk.visit("/planning/dekking")
    assert "Overvecht do 4 feb 1 1 7 2 van 14 9 4 1 0" in coverage.text
    assert "Nog geen speelbeurt in: West, Noordwest, Noordoost" in coverage.text
    district = coverage.link("Overvecht").follow()
    assert "De kubus was hier voor het laatst op donderdag 4 februari 2027." in district.text
    assert "2026-2027 1 1 7 2 van 14 9 4 1" in district.text
    assert "De Huiskamer: 1 keer, het laatst op donderdag 4 februari 2027" in district.text
    assert "gaat door: De Huiskamer, donderdag 4 februari 2027, vervolg: gaat" in district.text
    figures = desk.visit("/planning/cijfers")
    assert "Plaatsen genomen 2 van 14" in figures.text
    by_hand = desk.get(figures.link("Download als CSV").href)
    assert "K-" in by_hand.text
    assert "'=Som & Co;De Huiskamer;Overvecht;open;7;14;2;9;4;;gaat door;0" in by_hand.text
    sheet = load_workbook(BytesIO(desk.get(figures.link("Download voor Excel").href).data)).active
    assert sheet["C2"].value == "=Som & Co"
    assert sheet["C2"].data_type == "s"


@pytest.mark.usefixtures("hall")
def test_an_empty_season_says_what_to_do(desk: CheckingClient) -> None:
    assert "nog geen speelbeurt" in desk.visit("/planning/cijfers").text
    assert "Nog geen speelbeurt in: West" in desk.visit("/planning/dekking").text


@pytest.mark.parametrize("season", ["2019", "x", "-1", "99999999999"])
def test_a_season_that_is_not_there_is_not_found(desk: CheckingClient, season: str) -> None:
    for address in ("dekking", "cijfers", "cijfers.csv", "cijfers.xlsx"):
        assert desk.get(f"/planning/{address}?seizoen={season}").status_code == 404


@pytest.mark.parametrize("address", ["dekking", "cijfers", "cijfers.csv", "cijfers.xlsx"])
def test_only_planners_see_figures(signed_in: SignIn, client: CheckingClient, address: str) -> None:
    assert client.get(f"/planning/{address}").status_code == 303
    host = signed_in(transact(b.person, "Piet", Role.HOST))
    assert host.get(f"/planning/{address}").status_code == 403


@pytest.mark.parametrize("address", ["dekking", "cijfers"])
def test_queries_do_not_grow_with_stops(
    desk: CheckingClient, hall: Room, count_queries: CountQueries, address: str
) -> None:
    played(hall)
    with count_queries() as few:
        desk.visit(f"/planning/{address}")
    for day in (11, 18, 25):
        played(hall, day, who=f"day{day}")
    with count_queries() as many:
        desk.visit(f"/planning/{address}")
    assert len(few) == len(many)
