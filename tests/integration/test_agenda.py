"""The public agenda: what it shows, where its months end, and what it never tells."""

from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup, Tag

from booking.models import Stop
from booking.queries.agenda import find_public_stop, public_stops, visits_per_district
from booking.rules.calendar import Month
from booking.rules.lifecycle import StopState
from core.clock import local_date, utcnow
from core.db import session
from core.period import Period
from tests import builders
from tests.conftest import CountQueries
from tests.integration.agenda_rows import many_stops, span, stop_row
from tests.markup import text_of, value
from tests.pages import CheckingClient, Page
from venues.models import Room

THURSDAY = date(2027, 2, 4)
NIGHT_OF_THE_SHORT_DAY = date(2027, 3, 28)  # 02.00 becomes 03.00
NIGHT_OF_THE_LONG_DAY = date(2027, 10, 31)  # 03.00 becomes 02.00


@pytest.fixture
def room(app: object) -> Room:
    return builders.stage()


def days_of(page: Page, stop: Stop) -> list[str]:
    """The days whose cell in the table holds the stop."""
    cells = page.soup.select(f'.month td:has(a[href="/speelbeurten/{stop.id}"]) time')
    return [value(cell, "datetime") for cell in cells]


def days_in_list(page: Page, stop: Stop) -> list[str]:
    items = page.soup.select(f'.day-list > li:has(a[href="/speelbeurten/{stop.id}"]) h3 time')
    return [value(item, "datetime") for item in items]


def test_month_shows_a_stop_in_the_table_and_in_the_list(
    client: CheckingClient, room: Room
) -> None:
    stop = stop_row(room, span(THURSDAY), title="Burendag aan de Gagel")
    page = client.visit("/agenda/2027/02")
    assert days_of(page, stop) == days_in_list(page, stop) == ["2027-02-04"]
    for told in ("Burendag aan de Gagel", "De Huiskamer", "Overvecht", "14.00 – 17.00 uur"):
        assert told in page.text


def test_list_says_all_the_table_says(client: CheckingClient, room: Room) -> None:
    many_stops(room, [THURSDAY + timedelta(days=n) for n in range(12)])
    page = client.visit("/agenda/2027/02")
    in_table = [value(link, "href") for link in page.soup.select(".month a")]
    in_list = [value(link, "href") for link in page.soup.select(".day-list a")]
    assert in_table == in_list
    assert len(in_table) == 12


def test_agenda_without_a_month_is_this_month(client: CheckingClient, room: Room) -> None:
    today = local_date(utcnow())
    stop = stop_row(room, span(today.replace(day=15)))
    page = client.visit("/agenda")
    assert days_of(page, stop) == [today.replace(day=15).isoformat()]
    assert [value(cell, "datetime") for cell in page.soup.select('td[aria-current="date"] time')]


def test_empty_month_leads_on_to_asking(client: CheckingClient, room: Room) -> None:
    page = client.visit("/agenda/2027/05")
    assert page.link("Vraag de kubus aan").href


def test_stop_of_two_days_is_on_both(client: CheckingClient, room: Room) -> None:
    evening = span(date(2027, 1, 31), "19:00", "22:00")
    morning = span(date(2027, 2, 1), "09:00", "12:30")
    stop = stop_row(room, evening, morning)
    assert days_of(client.visit("/agenda/2027/01"), stop) == ["2027-01-31"]
    february = client.visit("/agenda/2027/02")
    assert days_of(february, stop) == ["2027-02-01"]
    assert "9.00 – 12.30 uur" in february.text
    assert "19.00" not in february.text


@pytest.mark.parametrize(
    ("times", "month", "day"),
    [
        (span(date(2027, 1, 31), "23:00", "23:59"), "01", "2027-01-31"),
        (span(date(2027, 2, 1), "00:00", "01:00"), "02", "2027-02-01"),
        (span(date(2027, 1, 31), "23:30", "00:30"), "01", "2027-01-31"),
        (span(NIGHT_OF_THE_SHORT_DAY, "00:00", "04:00"), "03", "2027-03-28"),
        (span(NIGHT_OF_THE_SHORT_DAY, "23:00", "23:30"), "03", "2027-03-28"),
        (span(NIGHT_OF_THE_LONG_DAY, "00:00", "04:00"), "10", "2027-10-31"),
        (span(NIGHT_OF_THE_LONG_DAY, "23:30", "00:30"), "10", "2027-10-31"),
        (span(date(2027, 11, 1), "00:00", "01:00"), "11", "2027-11-01"),
    ],
    ids=[
        "last hour of a month",
        "first hour of a month",
        "over midnight",
        "through the skipped hour",
        "late on the short day",
        "through the doubled hour",
        "late on the long day",
        "first hour after the long day",
    ],
)
def test_stop_is_on_its_day_in_utrecht_and_on_no_other(
    client: CheckingClient, room: Room, times: Period, month: str, day: str
) -> None:
    stop = stop_row(room, times)
    for number in ("01", "02", "03", "04", "10", "11"):
        page = client.visit(f"/agenda/2027/{number}")
        expected = [day] if number == month else []
        assert days_of(page, stop) == days_in_list(page, stop) == expected


@pytest.mark.parametrize("month", ["2027/03", "2027/10", "2026/02", "2027/05"])
def test_table_has_every_day_of_the_month_once(
    client: CheckingClient, room: Room, month: str
) -> None:
    page = client.visit(f"/agenda/{month}")
    rows = page.soup.select(".month tbody tr")
    assert all(len(row.select("td")) == 7 for row in rows)
    inside = [value(day, "datetime") for day in page.soup.select("td:not(.is-outside) > time")]
    assert len(inside) == len(set(inside))
    assert len(inside) == {"2027/03": 31, "2027/10": 31, "2026/02": 28, "2027/05": 31}[month]


def test_one_district_at_a_time(client: CheckingClient, room: Room) -> None:
    here = stop_row(room, span(THURSDAY))
    there = stop_row(builders.room("De Schuur", builders.VLEUTEN), span(THURSDAY))
    everywhere = client.visit("/agenda/2027/02")
    assert days_of(everywhere, here)
    assert days_of(everywhere, there)
    page = everywhere.form("agenda-filter").fill(wijk="Vleuten-De Meern").submit()
    assert page.path == "/agenda/2027/02?wijk=10"
    assert not days_of(page, here)
    assert days_of(page, there)
    assert "wijk=10" in page.link("maart 2027").href


def test_all_districts_when_none_is_chosen(client: CheckingClient, room: Room) -> None:
    stop = stop_row(room, span(THURSDAY))
    assert days_of(client.visit("/agenda/2027/02?wijk="), stop)


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/2019/12",
        "/agenda/2101/01",
        "/agenda/9999/12",
        "/agenda/0000/01",
        "/agenda/2027/00",
        "/agenda/2027/13",
        "/agenda/2027/2",
        "/agenda/27/02",
        "/agenda/-2027/02",
        "/agenda/2027/02/01",
        "/agenda/٢٠٢٧/02",
        "/agenda?wijk=11",
        "/agenda?wijk=3",
        "/agenda?wijk=' OR 1=1",
        "/agenda.ics?wijk=99",
        "/speelbeurten/0",
        "/speelbeurten/987654",
        "/speelbeurten/99999999999999999999",
        "/speelbeurten/1e3",
        "/speelbeurten/987654.ics",
    ],
)
def test_what_is_not_there_is_not_found(client: CheckingClient, room: Room, address: str) -> None:
    assert client.get(address).status_code == 404


def test_calendar_ends_at_both_ends(client: CheckingClient, room: Room) -> None:
    first, last = client.visit("/agenda/2020/01"), client.visit("/agenda/2100/12")
    assert first.soup.select("#pager-next")
    assert not first.soup.select("#pager-prev")
    assert last.soup.select("#pager-prev")
    assert not last.soup.select("#pager-next")


def test_months_are_real_links(client: CheckingClient, room: Room) -> None:
    page = client.visit("/agenda/2027/01")
    assert page.link("februari 2027").follow().title.startswith("Agenda, februari 2027")
    back = page.link("december 2026").follow()
    assert back.title.startswith("Agenda, december 2026")


@pytest.mark.parametrize("query", ["", "?wijk=03"])
def test_page_after_a_swap_is_the_page_itself(
    client: CheckingClient, room: Room, query: str
) -> None:
    many_stops(room, [THURSDAY, THURSDAY + timedelta(days=28)])
    old = client.visit(f"/agenda/2027/02{query}")
    fragment = client.visit(f"/agenda/2027/03{query}", htmx=True)
    fresh = client.visit(f"/agenda/2027/03{query}")
    assert swapped(old.soup, fragment.soup, "month") == comparable(fresh.soup)


def swapped(page: BeautifulSoup, fragment: BeautifulSoup, target: str) -> str:
    """The page as it is after htmx has put the fragment in it."""
    page = copy(page)  # what was read is kept, to be read again by whoever gets the same answer
    for selector in ("title", f"#{target}"):
        old, new = page.select_one(selector), fragment.select_one(selector)
        assert isinstance(old, Tag)
        assert isinstance(new, Tag)
        old.replace_with(copy(new))
    return comparable(page)


def comparable(page: BeautifulSoup) -> str:
    """Without the link to the other language, which stands outside what is swapped."""
    page = copy(page)
    for link in page.select(".language-link"):
        link.decompose()
    return "\n".join(line.strip() for line in str(page).splitlines() if line.strip())


def test_fragment_tells_the_screen_reader_what_came(client: CheckingClient, room: Room) -> None:
    many_stops(room, [THURSDAY, THURSDAY + timedelta(days=1)])
    fragment = client.visit("/agenda/2027/02", htmx=True)
    assert text_of(fragment.soup.select_one("[hx-swap-oob]")) == "februari 2027: 2 speelbeurten."
    assert not client.visit("/agenda/2027/02").soup.select_one("[hx-swap-oob]")


def test_agenda_says_it_differs_for_htmx(client: CheckingClient, room: Room) -> None:
    assert "HX-Request" in client.get("/agenda").headers["Vary"]


def test_cancelled_stop_says_so(client: CheckingClient, room: Room) -> None:
    stop = stop_row(room, span(THURSDAY), state=StopState.CANCELLED)
    assert "Gaat niet door" in client.visit("/agenda/2027/02").text
    page = client.visit(f"/speelbeurten/{stop.id}")
    assert "Deze speelbeurt gaat niet door." in page.text
    assert "Zet in je agenda" not in page.text


def test_why_a_stop_was_cancelled_is_not_for_everybody(client: CheckingClient, room: Room) -> None:
    stop = stop_row(room, span(THURSDAY), state=StopState.CANCELLED)
    stop.cancel_words = "Elias is ziek"
    for address in ("/agenda/2027/02", f"/speelbeurten/{stop.id}", f"/speelbeurten/{stop.id}.ics"):
        assert "ziek" not in client.get(address).text


def test_undone_stop_was_never_there(client: CheckingClient, room: Room) -> None:
    stop = stop_row(room, span(THURSDAY), state=StopState.UNDONE)
    assert not days_of(client.visit("/agenda/2027/02"), stop)
    assert find_public_stop(stop.id) is None
    for address in (f"/speelbeurten/{stop.id}", f"/speelbeurten/{stop.id}.ics"):
        assert client.get(address).status_code == 404


def test_stop_page_tells_how_to_come(client: CheckingClient, room: Room) -> None:
    room.venue.arrival = "Door de poort, links."
    stop = stop_row(room, span(THURSDAY), title="Burendag")
    page = client.visit(f"/speelbeurten/{stop.id}")
    assert page.h1 == "Burendag"
    for told in (
        "donderdag 4 februari 2027, 14.00 – 17.00 uur",
        "De Huiskamer, Zaal",
        "Voorbeeldstraat 1, 3563 CB Utrecht",
        "Door de poort, links.",
        "Ja, je kunt naar binnen met een rolstoel of rollator.",
        "Een ontmoeting duurt 20 minuten.",
        "030 000 00 00",
    ):
        assert told in page.text


@pytest.mark.parametrize(
    ("is_step_free", "says"), [(None, "Dat weten we nog niet."), (False, "Nee, er is een trap")]
)
def test_stop_page_is_honest_about_steps(
    client: CheckingClient, room: Room, is_step_free: bool | None, says: str
) -> None:
    room.is_step_free = is_step_free
    stop = stop_row(room, span(THURSDAY))
    assert says in client.visit(f"/speelbeurten/{stop.id}").text


def test_html_in_texts_is_text(client: CheckingClient, room: Room) -> None:
    room.venue.name = room.venue.arrival = '<img src=x onerror="alert(1)">'
    stop = stop_row(room, span(THURSDAY), title="<script>alert(1)</script>")
    for address in ("/agenda/2027/02", f"/speelbeurten/{stop.id}"):
        page = client.visit(address)  # the client refuses inline scripts and attributes
        assert "<script>alert(1)</script>" in page.text


@dataclass(frozen=True)
class Hidden:
    """All that could give away where a closed stop is, or who is there."""

    title: str = "Titeltje Verraden"
    venue: str = "Het Schuilhuis"
    room: str = "Verborgen Kamer"
    street: str = "Onvindbaarlaan"
    house_number: str = "73-bis"
    postcode: str = "3563 XQ"
    phone: str = "030 987 65 43"
    arrival: str = "Achterom bellen"
    organisation: str = "Stille Opvang"
    contact: str = "Truus Heimelijk"
    email: str = "truus@heimelijk.example"
    hope: str = "Even buiten zijn"
    subject: str = "Vertrouwelijk onderwerp"

    @property
    def words(self) -> list[str]:
        return [*vars(self).values(), "Christiaan", "Ricardo", "Elias", "Voorbeeldstraat"]


def hidden_stop(room: Room, hidden: Hidden, day: date, *, is_closed: bool) -> Stop:
    venue = room.venue
    venue.name, venue.street, venue.house_number = hidden.venue, hidden.street, hidden.house_number
    venue.postcode, venue.phone, venue.arrival = hidden.postcode, hidden.phone, hidden.arrival
    venue.opened_by = venue.waiting_place = venue.coffee = venue.stays_after = hidden.contact
    room.name = hidden.room
    return stop_row(
        room,
        span(day),
        title=hidden.title,
        is_closed=is_closed,
        organisation=hidden.organisation,
        confirmed_at=utcnow() - timedelta(days=1),
        contact_name=hidden.contact,
        contact_email=hidden.email,
        contact_phone=hidden.phone,
        hope=hidden.hope,
        public_title=hidden.title,
        internal_subject=hidden.subject,
    )


def everything_public(client: CheckingClient, stop: Stop) -> str:
    """The source of every public answer that a stop can be in; calendars with their lines whole."""
    month = f"/agenda/{stop.starts_at:%Y/%m}"
    addresses = [
        *("/", month, f"{month}?wijk=03", f"/speelbeurten/{stop.id}", f"/en{month}"),
        *(f"/en/speelbeurten/{stop.id}", f"/speelbeurten/{stop.id}.ics"),
        *("/agenda.ics", "/agenda.ics?wijk=03", "/en/agenda.ics"),
        month.replace("/agenda", "/agenda/lijst"),
        f"/agenda/week/{stop.starts_at:%G-W%V}",
        f"/agenda/dag/{stop.starts_at:%Y-%m-%d}",
    ]
    answers = [client.get(address) for address in addresses]
    answers += [client.get(month, headers={"HX-Request": "true"})]
    assert all(answer.status_code == 200 for answer in answers)
    told = [f"{answer.headers}\n{answer.get_data(as_text=True)}" for answer in answers]
    return "\n".join(told).replace("\r\n ", "")


@pytest.mark.parametrize("state", [StopState.CONFIRMED, StopState.CANCELLED])
def test_closed_stop_leaks_nothing(client: CheckingClient, room: Room, state: StopState) -> None:
    hidden = Hidden()
    stop = hidden_stop(room, hidden, local_date(utcnow()) + timedelta(days=9), is_closed=True)
    if state is StopState.CANCELLED:
        stop.state, stop.cancelled_at = state, utcnow()
    told = everything_public(client, stop)
    assert not [word for word in hidden.words if word.casefold() in told.casefold()]
    assert "Overvecht" in told
    assert "esloten" in told


def test_the_same_stop_open_would_tell(client: CheckingClient, room: Room) -> None:
    """Else the test above could pass for another reason."""
    hidden = Hidden()
    stop = hidden_stop(room, hidden, local_date(utcnow()) + timedelta(days=9), is_closed=False)
    told = everything_public(client, stop)
    assert all(
        word in told
        for word in (hidden.title, hidden.venue, hidden.room, hidden.street, hidden.arrival)
    )
    private = (hidden.organisation, hidden.contact, hidden.email, hidden.phone, hidden.subject)
    assert not [word for word in private if word in told]


def test_closed_stop_has_no_place_in_the_code_either(room: Room) -> None:
    hidden_stop(room, Hidden(), THURSDAY, is_closed=True)
    (stop,) = public_stops(Month(2027, 2).period)
    assert (stop.title, stop.venue_name, stop.address) == ("", None, None)
    assert not [word for word in Hidden().words if word in repr(stop)]


def test_month_costs_as_many_queries_with_one_stop_as_with_thirty(
    client: CheckingClient, room: Room, count_queries: CountQueries
) -> None:
    many_stops(room, [date(2027, 3, 1)])
    session.commit()
    with count_queries() as one:
        client.get("/agenda/2027/03")
    many_stops(room, [date(2027, 3, day) for day in range(2, 32)])
    session.commit()
    with count_queries() as thirty:
        page = client.visit("/agenda/2027/03")
    assert len(page.soup.select(".month a")) == 31
    assert len(one) == len(thirty), thirty


def test_visits_are_counted_per_district_since_september(room: Room) -> None:
    there = builders.room("De Schuur", builders.VLEUTEN)
    stop_row(room, span(date(2026, 8, 31)))
    stop_row(room, span(THURSDAY), state=StopState.CANCELLED)
    stop_row(there, span(date(2026, 9, 1)))
    stop_row(there, span(THURSDAY))
    visits = visits_per_district(date(2027, 2, 4))
    assert list(visits) == [f"{number:02}" for number in range(1, 11)]
    assert {number: count for number, count in visits.items() if count} == {"10": 2}
