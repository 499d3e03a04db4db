"""The theatre's week: what is claimed, what options would take, and what they want both."""

from datetime import date, timedelta

import pytest
from bs4 import Tag
from flask import Flask

from booking import services
from booking.models import BookingRequest, Option, Stop
from booking.queries.roster import load_roster
from booking.rules.calendar import Week
from booking.rules.lifecycle import StopState
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from booking.rules.roster import RosterRow, Slot, Work
from core.clock import local_date, local_day, utcnow
from core.db import session, transact
from people.models import Role
from tests import builders
from tests.builders import AFTERNOON, NOW, PLANNER, THURSDAY
from tests.conftest import CountQueries, SignIn
from tests.integration.agenda_rows import claim_rows, span, stop_row
from tests.integration.test_agenda import comparable, swapped
from tests.markup import text_of
from tests.pages import CheckingClient, Page
from venues.models import Room

WEEK = Week.of(THURSDAY)
ADDRESS = f"/planning/rooster?week={WEEK.name}"
DAY = 3  # Thursday's place in the week
HOURS = range(1, 22, 4)


@pytest.fixture
def room(app: Flask) -> Room:
    return builders.stage()


@pytest.fixture
def planner(room: Room, signed_in: SignIn) -> CheckingClient:
    return signed_in(builders.person("Noor", Role.PLANNER))


def option_for(room: Room, wish: Wish = AFTERNOON, organisation: str = "Wachtkring") -> Option:
    """A living option, given the way the theatre gives it."""
    asked = builders.submitted(builders.asked(room.id, wish, organisation=organisation))
    return transact(
        services.give_option,
        asked.id,
        chosen=Chosen(wish, room.id),
        expires_at=NOW + timedelta(days=14),
        version=None,
        by=PLANNER,
        now=NOW,
    )


def confirmed_in(room: Room, wish: Wish = AFTERNOON, organisation: str = "Buurtkring") -> Stop:
    asked = builders.submitted(builders.asked(room.id, wish, organisation=organisation))
    return builders.confirmed(asked, room.id, wish)


def slots(rows: list[RosterRow], day: int = DAY) -> list[Slot]:
    return [slot for row in rows for slot in row.cells[day]]


def told(slot: Slot) -> list[tuple[Work, str]]:
    return [(line.work, f"{line.times.start:%H:%M}-{line.times.end:%H:%M}") for line in slot.lines]


def row_of(page: Page, name: str) -> list[str]:
    """The seven cells of a row, as read."""
    for row in page.soup.select(".roster tbody tr"):
        heading = row.select_one("th[scope=row]")
        if heading and text_of(heading) == name:
            return [text_of(cell) for cell in row.select("td")]
    raise AssertionError(f"there is no row {name}")


def test_confirmed_stop_takes_cube_performer_and_room(room: Room) -> None:
    confirmed_in(room)
    roster = load_roster(WEEK, NOW)
    (cube,) = slots(roster.cubes)
    (hall,) = slots(roster.rooms)
    (player,) = slots(roster.performers)
    stay = [
        (Work.GET_IN, "10:30-12:00"),
        (Work.PLAY, "12:00-16:00"),
        (Work.GET_OUT, "16:00-17:00"),
    ]
    assert told(hall) == stay
    assert told(cube) in (stay, [(Work.TRAVEL, told(cube)[0][1]), *stay])
    assert told(player) == [(Work.CALLED, "11:30-12:00"), (Work.PLAY, "12:00-16:00")]
    assert not any(slot.use.is_option or slot.clashes_with for slot in (cube, hall, player))


def test_roster_says_it_in_words(planner: CheckingClient, room: Room) -> None:
    confirmed_in(room)
    page = planner.visit(ADDRESS)
    cell = row_of(page, "Kubus")[DAY]
    for words in ("De Huiskamer, Zaal", "Buurtkring", "Opbouw 11.30", "Speelt 13.00 – 17.00 uur"):
        assert words in cell
    assert "Niets dubbel" in page.text
    assert row_of(page, "Kubus")[0] == "vrij"
    assert page.link("De Huiskamer, Zaal").href.startswith("/planning/aanvragen/")


def test_everybody_has_a_row_and_rooms_only_when_used(planner: CheckingClient, room: Room) -> None:
    unused = builders.room("De Schuur", builders.VLEUTEN)
    confirmed_in(room)
    page = planner.visit(ADDRESS)
    for name in ("Kubus", "Christiaan", "Ricardo", "Elias", "De Huiskamer, Zaal"):
        assert row_of(page, name)
    assert unused.full_name not in page.text


def test_retired_performer_stays_in_the_weeks_they_played(room: Room) -> None:
    stop = confirmed_in(room)
    name = stop.sessions[0].performer.name
    stop.sessions[0].performer.retired_at = NOW
    session.commit()
    next_week = load_roster(WEEK.next or WEEK, NOW)
    assert name in [row.name for row in load_roster(WEEK, NOW).performers]
    assert name not in [row.name for row in next_week.performers]


def test_option_is_shown_as_one(planner: CheckingClient, room: Room) -> None:
    option_for(room)
    page = planner.visit(ADDRESS)
    assert "Optie" in row_of(page, "Kubus")[DAY]
    assert len(page.soup.select("a.slot-option")) == 3
    assert not page.soup.select("a.slot-clash")
    assert "Niets dubbel" in page.text


def test_option_over_a_stop_is_double_in_words(planner: CheckingClient, room: Room) -> None:
    option = option_for(room, organisation="Wachtkring")
    stop = stop_row(room, option.period, organisation="Buurtkring")
    stop.sessions[0].performer = option.performer
    claim_rows(stop)
    page = planner.visit(ADDRESS)
    for row in ("Kubus", "De Huiskamer, Zaal", option.performer.name):
        cell = row_of(page, row)[DAY]
        assert "Dubbel" in cell
        assert "Zelfde tijd als de optie van Wachtkring" in cell
        assert "Zelfde tijd als Buurtkring" in cell
    assert "6 keer dubbel" in page.text
    assert len(page.soup.select("a.slot-clash")) == 6


def test_option_beside_a_stop_is_not_double(room: Room) -> None:
    option_for(room, Wish(THURSDAY, DayPart.AFTERNOON))
    confirmed_in(room, Wish(THURSDAY + timedelta(days=1), DayPart.AFTERNOON))
    roster = load_roster(WEEK, NOW)
    found = [slots(roster.cubes, day) for day in range(7)]
    assert sum(len(each) for each in found) == 2
    assert not [slot for each in found for slot in each if slot.clashes_with]


def test_lapsed_and_released_options_are_gone(room: Room) -> None:
    option = option_for(room)
    assert slots(load_roster(WEEK, option.expires_at - timedelta(seconds=1)).cubes)
    assert not slots(load_roster(WEEK, option.expires_at).cubes)
    option.released_at = NOW
    session.commit()
    assert not slots(load_roster(WEEK, NOW).cubes)


def test_cancelled_stop_is_gone(room: Room) -> None:
    stop = confirmed_in(room)
    asked = session.get_one(BookingRequest, stop.booking_request_id)
    transact(services.cancel, asked.id, why="", version=None, by=PLANNER, now=NOW)
    roster = load_roster(WEEK, NOW)
    assert not slots(roster.cubes)
    assert not slots(roster.performers)
    assert not roster.rooms


def test_undone_row_without_claims_is_not_shown(room: Room) -> None:
    stop_row(room, span(THURSDAY), state=StopState.UNDONE)
    assert not slots(load_roster(WEEK, NOW).cubes)


def test_stay_over_a_night_is_on_both_days(room: Room) -> None:
    evening = span(THURSDAY, "19:00", "22:00")
    morning = span(THURSDAY + timedelta(days=1), "09:00", "12:30")
    claim_rows(stop_row(room, evening, morning))
    roster = load_roster(WEEK, NOW)
    first, second = slots(roster.cubes, DAY)[0], slots(roster.cubes, DAY + 1)[0]
    assert [line.work for line in first.lines] == [Work.GET_IN, Work.PLAY, Work.STAND]
    assert [line.work for line in second.lines] == [Work.STAND, Work.PLAY, Work.GET_OUT]
    assert first.lines[-1].times.end == second.lines[0].times.start == local_day(THURSDAY).end


def test_stay_over_a_sunday_night_is_in_both_weeks(planner: CheckingClient, room: Room) -> None:
    sunday = WEEK.days[-1]
    claim_rows(stop_row(room, span(sunday, "20:00", "22:30"), span(sunday, "23:30", "01:00")))
    assert "24.00" in row_of(planner.visit(ADDRESS), "Kubus")[6]
    after = WEEK.next
    assert after
    monday = row_of(planner.visit(f"/planning/rooster?week={after.name}"), "Kubus")[0]
    assert "Speelt 0.00 – 1.00 uur" in monday
    assert "Afbouw" in monday


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2027, 3, 28), ("00:00", "05:00")),
        (date(2027, 10, 31), ("00:00", "05:00")),
        (date(2027, 10, 31), ("21:00", "23:30")),
    ],
    ids=["short night", "long night", "end of the long day"],
)
def test_all_of_a_stay_is_shown_when_the_clock_changes(
    room: Room, day: date, hours: tuple[str, str]
) -> None:
    stop = stop_row(room, span(day, *hours))
    claim_rows(stop)
    week = Week.of(day)
    pages = [load_roster(each, NOW) for each in (week.previous, week, week.next) if each]
    lines = [
        line
        for page in pages
        for number in range(7)
        for slot in slots(page.cubes, number)
        for line in slot.lines
    ]
    shown = sum((line.times.length for line in lines), timedelta())
    assert shown == stop.stay.length


@pytest.mark.parametrize(
    "week",
    [
        "2026-W54",
        "2027-W53",
        "2027-W00",
        "2027W05",
        "2027-5",
        "W05-2027",
        "2019-W01",
        "2101-W01",
        "9999-W01",
        "0000-W01",
        "2027-W05 ",
        "2027-w05",
        "-027-W05",
        "٢٠٢٧-W05",
        "vandaag",
        "2027-W05'--",
    ],
)
def test_bad_week_is_not_found(planner: CheckingClient, week: str) -> None:
    answer = planner.get("/planning/rooster", query_string={"week": week})
    assert answer.status_code == 404


def test_without_a_week_it_is_this_week(planner: CheckingClient) -> None:
    page = planner.visit("/planning/rooster")
    assert f"Week {local_date(utcnow()).isocalendar().week}:" in page.text
    assert page.soup.select('th[aria-current="date"]')


def test_weeks_are_real_links_over_the_new_year(planner: CheckingClient) -> None:
    page = planner.visit("/planning/rooster?week=2026-W53")
    assert page.link("week 1").href == "/planning/rooster?week=2027-W01"
    assert page.link("week 1").follow().link("week 53").href == "/planning/rooster?week=2026-W53"


@pytest.mark.parametrize(("week", "missing"), [("2020-W01", "prev"), ("2100-W52", "next")])
def test_roster_ends_at_both_ends(planner: CheckingClient, week: str, missing: str) -> None:
    page = planner.visit(f"/planning/rooster?week={week}")
    assert not page.soup.select(f"#pager-{missing}")


def test_page_after_a_swap_is_the_page_itself(planner: CheckingClient, room: Room) -> None:
    confirmed_in(room)
    old = planner.visit(ADDRESS)
    fragment = planner.visit("/planning/rooster?week=2027-W06", htmx=True)
    fresh = planner.visit("/planning/rooster?week=2027-W06")
    hide_tokens(old, fresh)
    assert swapped(old.soup, fragment.soup, "week") == comparable(fresh.soup)


def hide_tokens(*pages: Page) -> None:
    """They differ in each answer."""
    for page in pages:
        for tag in page.soup.select('[name="csrf_token"], [name="csrf-token"]'):
            assert isinstance(tag, Tag)
            tag.decompose()


def test_fragment_tells_the_screen_reader_what_came(planner: CheckingClient) -> None:
    fragment = planner.visit(ADDRESS, htmx=True)
    assert text_of(fragment.soup.select_one("[hx-swap-oob]")) == "Week 5: niets dubbel, alles past."


def test_roster_is_for_planners(client: CheckingClient, room: Room, signed_in: SignIn) -> None:
    confirmed_in(room)
    assert client.get(ADDRESS).status_code == 303
    assert client.get(ADDRESS, headers={"HX-Request": "true"}).status_code != 404
    for name, role in (("Piet", Role.HOST), ("Kees", Role.PERFORMER)):
        answer = signed_in(builders.person(name, role)).get(ADDRESS)
        assert answer.status_code == 403
        assert "Huiskamer" not in answer.text


def test_week_costs_as_many_queries_with_one_stop_as_with_thirty(
    planner: CheckingClient, room: Room, count_queries: CountQueries
) -> None:
    claim_rows(stop_row(room, span(THURSDAY)))
    session.commit()
    with count_queries() as one:
        planner.get(ADDRESS)
    fill_the_week([room, builders.room("De Schuur"), builders.room("De Loods")])
    session.commit()
    with count_queries() as thirty:
        page = planner.visit(ADDRESS)
    assert len(page.soup.select(".roster a.slot")) == 30 * 3
    assert len(one) == len(thirty), thirty


def fill_the_week(rooms: list[Room]) -> None:
    """Twenty-nine more, one every four hours, on all days but Thursday."""
    days = [day for day in WEEK.days if day != THURSDAY]
    times = [span(day, f"{hour:02}:30", f"{hour + 1:02}:15") for day in days for hour in HOURS]
    for number, period in enumerate(times[:29]):
        claim_rows(stop_row(rooms[number % 3], period, organisation=f"Groep {number}"))
