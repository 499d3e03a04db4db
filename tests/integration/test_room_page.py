"""/ruimtes/<id>: all there is to know of a room, when it is free, and never who is there."""

from datetime import time, timedelta
from functools import partial

import pytest
import vobject
from sqlalchemy import update

from booking.rules.recurrence import Frequency, Recurrence, Times
from core.db import session, transact
from tests.builders import (
    AFTERNOON,
    NOW,
    THURSDAY,
    asked,
    booked,
    confirmed,
    cube,
    meeting_room,
    performer,
    room_asked,
    submitted,
)
from tests.conftest import CountQueries, SetClock
from tests.integration.test_finder_query import closure, offer, outside_calendar
from tests.markup import text_of
from tests.pages import CheckingClient, Page
from tests.unit.test_rooms import span
from venues.models import Room, RoomState, Venue

pytestmark = pytest.mark.on("sqlite")

THAT_WEEK = f"?week={THURSDAY}"


@pytest.fixture(autouse=True)
def at_ten_on_a_tuesday(set_clock: SetClock) -> None:
    set_clock(NOW)


def lent(**facts: object) -> Room:
    return transact(partial(meeting_room, **facts))  # type: ignore[arg-type]


def at(room: Room) -> str:
    return f"/ruimtes/{room.id}"


def day(page: Page, number: int = 3) -> list[str]:
    """What the list says of a day of the week; 3 is Thursday."""
    items = page.soup.select(".room-days > li")[number].select("ul li")
    return [text_of(item).split("uur")[0].strip() for item in items]


def hours(page: Page, number: int = 3) -> dict[str, str]:
    """What the table says of each hour of that day."""
    rows = page.soup.select(".room-week tbody tr")
    return {text_of(row.th).split()[0]: text_of(row.select("td")[number]) for row in rows}


def test_everything_of_a_room_is_told(client: CheckingClient) -> None:
    room = lent(has_kitchen=True, description="De vloer is van hout.\nKom achterom.")
    venue = room.venue
    venue.opened_by, venue.coffee, venue.phone = "Fatima", "Zet je zelf", "030 111 22 33"
    venue.arrival, venue.stays_after = "Bus 1", "Niemand"
    page = client.visit(at(room))
    assert page.h1 == "De Buurtkamer, Zaal"
    for told in (
        "Binnen, tot 30 mensen, 5 × 4 m (20 m²)",
        "Voorbeeldstraat 1, 3563 CB Utrecht, Overvecht",
        "Kom achterom.",
        "Keuken",
        "Je hebt meteen zekerheid. Gratis, en zonder account.",
        "Fatima",
        "Zet je zelf",
        "Bus 1",
        "Niemand",
        "Weten we niet: toegankelijk toilet, lift",
        "De kubus past hier.",
    ):
        assert told in page.text
    assert page.link("Reserveer deze ruimte").href == f"{at(room)}/reserveren"
    assert page.link("Vraag de kubus hier").href.endswith(f"?ruimte={room.id}")
    assert page.link("030 111 22 33").href == "tel:0301112233"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"door_width_cm": None}, "weten we nog niet"),
        ({"free_height_cm": 150}, "past niet"),
        ({"welcomes_cube": False}, None),
    ],
)
def test_whether_the_cube_fits_is_said(
    client: CheckingClient, facts: dict[str, object], said: str | None
) -> None:
    page = client.visit(at(lent(**facts)))
    assert ("Past de kubus hier?" in page.text) is (said is not None)
    assert (said or "") in page.text
    links = page.soup.select("a[href*='ruimte=']")
    assert bool(links) is (said == "weten we nog niet")


def test_a_week_shows_what_is_free_in_the_table_and_in_the_list(client: CheckingClient) -> None:
    room = lent(after_minutes=0)
    booked(room_asked(room, times=Times(time(19), time(20, 30))))
    page = client.visit(at(room) + THAT_WEEK)
    assert "Week 5 , 1 – 7 februari" in page.text
    assert day(page) == ["Vrij 7.00 – 19.00", "Bezet 19.00 – 20.30", "Vrij 20.30 – 23.30"]
    assert day(page, 4) == ["Vrij 7.00 – 23.30"]
    said = hours(page)
    assert [said[hour] for hour in ("18", "19", "20", "21", "23")] == [
        "vrij",
        "bezet",
        "van 20.30",
        "vrij",
        "tot 23.30",
    ]
    query = f"datum={THURSDAY}&van=20:30&tot=22:30"
    assert page.soup.select_one(f'a[href="{at(room)}/reserveren?{query}"]')
    query = f"datum={THURSDAY}&van=19:00&tot=20:30"
    assert page.soup.select_one(f'a[href="{at(room)}/wachtlijst?{query}"]')


def test_nobody_reads_who_is_there_or_why(client: CheckingClient) -> None:
    transact(cube)
    transact(performer)
    room = lent()
    confirmed(submitted(asked(room.id, organisation="Kookclub Geheim")), room.id, AFTERNOON)
    booked(room_asked(room, organisation="Praatgroep Stil", email="wie@geheim.example"))
    outside_calendar(room)
    offer(room)
    for htmx in (False, True):
        page = client.visit(at(room) + THAT_WEEK, htmx=htmx)
        assert "Bezet" in page.text
        for secret in ("Geheim", "Praatgroep", "Taalcafé", "geheim", "Noor", "Sam", "Buren"):
            assert secret not in str(page.soup)


def test_a_closed_time_is_not_shown_as_taken(client: CheckingClient) -> None:
    room = lent(after_minutes=0)
    closure(room)
    page = client.visit(at(room) + THAT_WEEK)
    assert day(page) == ["Vrij 7.00 – 20.00", "Vrij 22.00 – 23.30"]
    assert hours(page)["21"] == "dicht"


def test_weeks_are_walked_through_from_this_one_on(client: CheckingClient) -> None:
    room = lent()
    this = client.visit(at(room))
    assert "Week 48 , 23 – 29 november" in this.text
    assert not this.soup.find("a", string=lambda text: "vorige week" in (text or ""))
    following = this.link("volgende week").follow()
    assert "Week 49" in following.text
    assert str(following.link("vorige week").follow().soup.select("#week")) == str(
        this.soup.select("#week")
    )
    last = client.visit(f"{at(room)}?week={(NOW + timedelta(days=400)).date()}")
    assert "volgende week" not in last.text
    for other in ("2026-11-01", "0001-01-02", "9999-12-31", "later"):
        assert "Week 48" in client.visit(f"{at(room)}?week={other}").text


def test_the_part_with_the_week_is_the_one_of_the_page(client: CheckingClient) -> None:
    room = lent()
    booked(room_asked(room))
    whole = client.visit(at(room) + THAT_WEEK)
    part = client.visit(at(room) + THAT_WEEK, htmx=True)
    assert str(whole.soup.select_one("#week")) == str(part.soup.select_one("#week"))
    assert text_of(part.soup.select_one("[hx-swap-oob]")) == "Week 5: 8 keer vrij."


def test_the_time_that_was_found_can_be_taken_at_once(client: CheckingClient) -> None:
    room = lent()
    found = f"{at(room)}?datum={THURSDAY}&van=19:00&tot=21:00"
    for query in ("&mensen=12", "", "&mensen=veel"):
        page = client.visit(found + query)
        assert "donderdag 4 februari 2027, 19.00 – 21.00 uur" in page.text
        href = page.link("Reserveer dit moment").href
        assert href.startswith(f"{at(room)}/reserveren?datum={THURSDAY}&van=19:00&tot=21:00")
    booked(room_asked(room))
    assert client.visit(found).link("Reserveer deze ruimte").href == f"{at(room)}/reserveren"


def test_a_time_that_cannot_be_had_is_not_offered(client: CheckingClient) -> None:
    room = lent()
    for query in (
        "van=19:00&tot=21:00&mensen=31",
        "van=21:00&tot=19:00",
        "van=3:00&tot=5:00",
        "van=19:00",
        "van=19:00&tot=21:00&week=2027-02-15",
    ):
        page = client.visit(f"{at(room)}?datum={THURSDAY}&{query}")
        assert page.link("Reserveer deze ruimte").href.startswith(f"{at(room)}/reserveren")


def test_a_paused_room_says_so_and_offers_nothing(client: CheckingClient) -> None:
    page = client.visit(at(lent(state=RoomState.PAUSED)))
    assert "Deze ruimte is nu even niet te boeken." in page.text
    assert not page.soup.select("a[href*='reserveren'], a[href*='ruimte=']")
    assert not page.soup.select("#week")
    assert page.link("Zoek een andere ruimte").follow().h1


def test_a_room_for_the_cube_alone_takes_no_meetings(client: CheckingClient) -> None:
    page = client.visit(at(lent(welcomes_meetings=False)))
    assert "Groepen kunnen hier niet samenkomen. De kubus kan er wel staan." in page.text
    assert not page.soup.select("#week, a[href*='reserveren']")
    assert page.link("Vraag de kubus hier").href


def test_what_is_not_online_is_a_page_that_leads_on(client: CheckingClient) -> None:
    draft, retired = lent(state=RoomState.DRAFT), lent(name="Weg", state=RoomState.RETIRED)
    for_nobody = lent(name="Niemand", welcomes_meetings=False, welcomes_cube=False)
    own = lent(name="Van een aanvrager")
    session.execute(update(Venue).where(Venue.id == own.venue_id).values(is_listed=False))
    for address in (*map(at, (draft, retired, for_nobody, own)), "/ruimtes/99999"):
        page = client.visit(address, status=404)
        assert page.h1 == "Deze ruimte staat niet online"
        assert page.link("Zoek een andere ruimte").follow().h1
    client.visit("/ruimtes/99999999999999999999", status=404)


def test_a_full_week_costs_as_much_as_an_empty_one(
    client: CheckingClient, count_queries: CountQueries
) -> None:
    room = lent(dates_ahead=None)
    with count_queries() as empty:
        client.visit(at(room) + THAT_WEEK)
    for n in range(5):
        times = Times(time(8 + 2 * n), time(9 + 2 * n))
        weekly = Recurrence(Frequency.WEEKLY, count=6)
        booked(room_asked(room, recurrence=weekly, times=times, email=f"{n}@buren.example"))
    closure(lent(name="Elders"))
    with count_queries() as full:
        client.visit(at(room) + THAT_WEEK)
    assert len(full) == len(empty) <= 15


def test_when_a_room_is_taken_can_stand_in_ones_own_calendar(client: CheckingClient) -> None:
    room = lent(before_minutes=15, after_minutes=15)
    weekly = Recurrence(Frequency.WEEKLY, count=3)
    booked(room_asked(room, recurrence=weekly, organisation="Praatgroep Stil"))
    closure(room)
    outside_calendar(room)
    page = client.visit(at(room))
    address = page.link("http://localhost/ruimtes/").href
    answer = client.get(address)
    read = vobject.readOne(answer.text)
    taken = [(each.dtstart.value, each.dtend.value) for each in read.contents["vevent"]]
    evenings = [span("18:45", "21:15", THURSDAY + timedelta(weeks=n)) for n in (1, 2)]
    assert taken == [(each.start, each.end) for each in (span("18:45", "22:00"), *evenings)]
    assert "Praatgroep" not in answer.text
    assert {each.summary.value for each in read.contents["vevent"]} == {
        "Bezet: De Buurtkamer, Zaal"
    }
    unchanged = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    booked(room_asked(room, THURSDAY + timedelta(days=1), email="b@buren.example"))
    changed = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert changed.text.count("BEGIN:VEVENT") == 4
    hidden = lent(name="Verborgen", state=RoomState.DRAFT)
    client.visit(f"/ruimtes/{hidden.id}.ics", status=404)
