"""/ruimtes as a visitor uses it: what is asked, what is shown, what is said when it cannot be."""

from datetime import time, timedelta
from functools import partial

import pytest

from booking.rules.recurrence import Times
from booking.rules.rooms import HORIZON
from booking.views.rooms.finding import AT_ONCE, PER_DISTRICT
from core.db import transact
from tests.builders import LUNETTEN, NOW, THURSDAY, booked, meeting_room, room_asked
from tests.conftest import CountQueries, SetClock
from tests.integration.finder_rows import many_rooms
from tests.markup import text_of, value
from tests.pages import CheckingClient, Page
from venues.models import Room

pytestmark = pytest.mark.on("sqlite")

EVENING_SOUGHT = f"/ruimtes?postcode=3563&datum={THURSDAY}&van=19:00&tot=21:00&mensen=12"
AFTERNOON_SOUGHT = f"/ruimtes?wanneer=middag&datum={THURSDAY}&duur=120"


@pytest.fixture(autouse=True)
def at_ten_on_a_tuesday(set_clock: SetClock) -> None:
    set_clock(NOW)


def lent(**facts: object) -> Room:
    return transact(partial(meeting_room, **facts))  # type: ignore[arg-type]


def names(page: Page, within: str = "#results") -> list[str]:
    return [text_of(each) for each in page.soup.select(f"{within} .room-card :is(h3, h4)")]


def headings(page: Page) -> list[str]:
    return [text_of(each) for each in page.soup.select("#results :is(h2, h3)")]


def test_who_comes_without_a_question_sees_what_there_is(client: CheckingClient) -> None:
    lent(name="De Buurtkamer")
    lent(name="De Musketon", postcode=LUNETTEN)
    page = client.visit("/ruimtes")
    assert page.h1 == "Vind een ruimte om elkaar te ontmoeten"
    assert names(page) == ["De Buurtkamer, Zaal", "De Musketon, Zaal"]
    assert headings(page) == ["2 ruimtes", "Overvecht", "Zuid", "Per wijk"]
    assert "Kies een dag en een tijd" in page.text


def test_without_any_room_a_host_is_invited(client: CheckingClient) -> None:
    page = client.visit("/ruimtes")
    assert "Er staat nog geen ruimte online." in page.text
    assert page.link("Zet je ruimte online").href


def test_a_search_is_typed_and_found(client: CheckingClient) -> None:
    near, far = lent(name="De Buurtkamer"), lent(name="De Musketon", postcode=LUNETTEN)
    booked(room_asked(lent(name="Bezet")))
    form = client.visit("/ruimtes").form("finder")
    form.fill(postcode="3563cb", datum="4-2-2027", van="19.00", tot="21 uur", mensen=12)
    page = form.submit("Zoek een ruimte")
    assert headings(page)[0] == "2 ruimtes vrij"
    assert names(page, ".results-section:not(.near-misses)") == [
        "De Buurtkamer, Zaal",
        "De Musketon, Zaal",
    ]
    assert "donderdag 4 februari 2027" in page.text
    assert "binnen 5 minuten lopen" in page.text
    assert "Verder dan 20 minuten lopen" in headings(page)
    for room in (near, far):
        reserve = f"/ruimtes/{room.id}/reserveren?datum=2027-02-04&van=19:00&tot=21:00&mensen=12"
        assert page.soup.select_one(f'a[href="{reserve}"]')


def test_a_near_miss_says_what_is_not_quite_it(client: CheckingClient) -> None:
    lent(name="Klein", people=10)
    later = lent(name="Later", after_minutes=0)
    booked(room_asked(later, times=Times(time(17), time(19, 30))))
    page = client.visit(EVENING_SOUGHT)
    assert "Geen ruimte heeft dan alles wat je zoekt." in page.text
    assert names(page, ".near-misses") == ["Later, Zaal", "Klein, Zaal"]
    assert "Vrij vanaf 19.30 uur." in page.text
    assert "2 stoelen te weinig: er passen 10 mensen in." in page.text
    instead = page.link("Reserveer 19.30 – 21.30 uur").href
    assert instead.endswith("datum=2027-02-04&van=19:30&tot=21:30&mensen=12")


def test_a_part_of_the_day_that_week_shows_moments_to_choose(client: CheckingClient) -> None:
    room = lent()
    page = client.visit(AFTERNOON_SOUGHT)
    moments = page.soup.select(".free-times a")
    assert [text_of(each).split(":")[0].strip() for each in moments] == [
        "do 4 feb 12.30 – 17.30 uur",
        "vr 5 feb 12.30 – 17.30 uur",
        "za 6 feb 12.30 – 17.30 uur",
        "zo 7 feb 12.30 – 17.30 uur",
        "nog 3 momenten",
    ]
    assert value(moments[0], "href") == (
        f"/ruimtes/{room.id}/reserveren?datum=2027-02-04&van=12:30&tot=14:30"
    )
    assert value(moments[4], "href") == (
        f"/ruimtes/{room.id}?datum=2027-02-04&van=12:30&tot=14:30#week"
    )


def test_a_week_later_is_one_step_away(client: CheckingClient) -> None:
    lent()
    later = client.visit(EVENING_SOUGHT).link("Kijk een week later").follow()
    assert "donderdag 11 februari 2027, 19.00 – 21.00 uur" in later.text
    assert names(later) == ["De Buurtkamer, Zaal"]
    last = (NOW + HORIZON).date()
    assert "Kijk een week later" not in client.visit(f"/ruimtes?datum={last}").text
    assert "Kijk een week later" not in client.visit("/ruimtes").text


def test_of_a_week_that_has_begun_the_rest_is_searched(client: CheckingClient) -> None:
    lent(notice_hours=0)
    page = client.visit("/ruimtes?wanneer=middag&datum=2026-11-23&duur=60")
    assert "dinsdag 24 november 2026 tot en met zondag 29 november 2026" in page.text
    client.visit("/ruimtes?wanneer=middag&datum=2026-11-16&duur=60", status=422)


WRONG = [
    ("postcode=1012", "postcode", "Deze postcode ligt niet in Utrecht."),
    ("postcode=hier", "postcode", "Vul een postcode in"),
    ("datum=2026-11-23", "datum", "Dit moment is al voorbij"),
    ("datum=2026-11-24&van=9:00&tot=11:00", "datum", "Dit moment is al voorbij"),
    ("datum=2028-02-04", "datum", "Zo ver vooruit kan nog niet"),
    ("datum=gisteren", "datum", "Vul een datum in"),
    ("datum=9999-12-31", "datum", "Kijk het jaartal na"),
    (f"datum={THURSDAY}&van=21:00&tot=19:00", "tot", "Kies een eindtijd die later is"),
    (f"datum={THURSDAY}&van=25:00&tot=19:00", "van", "Vul een tijd in"),
    ("van=19:00&tot=21:00", "datum", "Kies ook een dag bij deze tijd."),
    ("datum=2027-03-28&van=2:30&tot=4:00", "van", "verspringt de klok"),
    ("mensen=0", "mensen", ""),
    ("mensen=veel", "mensen", ""),
    ("wanneer=ooit", "wanneer", "Kies een van de mogelijkheden."),
    (f"wanneer=middag&datum={THURSDAY}&duur=7", "duur", "Kies een van de mogelijkheden."),
    ("nodig=zwembad", "nodig", ""),
    ("wijk=99", "wijk", "Kies een van de mogelijkheden."),
]


def test_what_cannot_be_meant_is_said_and_kept(client: CheckingClient) -> None:
    lent()
    for query, at, said in WRONG:
        page = client.visit(f"/ruimtes?{query}", status=422)
        (told,) = page.errors
        assert said in told
        assert page.soup.select_one(f".error-summary a[href='#{at_id(page, at)}']")
        typed = dict(pair.split("=") for pair in query.split("&"))
        for name in {"postcode", "mensen"} & typed.keys():
            assert page.soup.select(f"[name='{name}'][value='{typed[name]}']")
        assert not names(page)


def test_all_that_is_wrong_is_said_at_once(client: CheckingClient) -> None:
    page = client.visit(f"/ruimtes?postcode=1012&datum={THURSDAY}&van=21:00&tot=19:00", status=422)
    assert len(page.errors) == 2
    part = client.visit(page.path, status=422, htmx=True)
    assert all(told in part.text for told in page.errors)


def at_id(page: Page, name: str) -> str:
    """Of the field, or of the group it is in."""
    field = page.soup.select_one(f"form [name='{name}']")
    assert field
    links = [value(link, "href")[1:] for link in page.soup.select(".error-summary a")]
    group = field.find_parent("fieldset")
    near = {value(field, "id"), value(group, "id")} if group else {value(field, "id")}
    return (near & set(links)).pop()


STRANGE = [
    "_scheme=javascript&_external=1",
    "endpoint=home.home",
    "_anchor=x&self=1",
    "form=1",
    "pagina=999",
    "pagina=nul",
    "postcode=&datum=&van=&tot=&mensen=&duur=",
    "nodig=scherm&nodig=keuken&nodig=scherm",
    "week=9&wijk=03&onbekend=%ff",
]


def test_whatever_else_stands_in_the_address_does_no_harm(client: CheckingClient) -> None:
    lent()
    for query in STRANGE:
        page = client.visit(f"/ruimtes?{query}")
        assert "javascript" not in str(page.soup.select("#results"))
    client.visit("/ruimtes?datum=%00", status=400)


def test_a_search_has_an_address_to_pass_on(client: CheckingClient) -> None:
    lent()
    typed = (
        f"/ruimtes?postcode=3563&mensen=&wanneer=tijd&datum={THURSDAY}&van=19:00&tot=21:00"
        "&duur=120&nodig=stil&nodig=stroom&wijk="
    )
    part = client.get(typed, headers={"HX-Request": "true"})
    short = part.headers["HX-Replace-Url"]
    assert short == (
        f"/ruimtes?postcode=3563&datum={THURSDAY}&van=19:00&tot=21:00&nodig=stil&nodig=stroom"
    )
    assert str(client.visit(short).soup.select("#results")) == str(
        client.visit(typed).soup.select("#results")
    )
    in_english = client.get(f"/en{typed}", headers={"HX-Request": "true"})
    assert in_english.headers["HX-Replace-Url"] == f"/en{short}"
    in_parts = client.get(f"{AFTERNOON_SOUGHT}&van=19:00&tot=21:00")
    assert in_parts.headers["HX-Replace-Url"] == AFTERNOON_SOUGHT


def test_the_part_is_the_page(client: CheckingClient) -> None:
    lent()
    lent(name="Klein", people=11)
    for address in ("/ruimtes", EVENING_SOUGHT, AFTERNOON_SOUGHT):
        whole, part = client.visit(address), client.visit(address, htmx=True)
        assert str(whole.soup.select_one("#results")) == str(part.soup.select_one("#results"))
        assert part.soup.select_one("[hx-swap-oob]")
        assert part.response.headers["Vary"].count("HX-Request")


def test_the_map_leads_to_one_district_and_back(client: CheckingClient) -> None:
    lent(name="De Buurtkamer")
    lent(name="De Musketon", postcode=LUNETTEN)
    page = client.visit(f"/ruimtes?datum={THURSDAY}&van=19:00&tot=21:00")
    tiles = {value(a, "aria-label"): value(a, "href") for a in page.soup.select(".district-map a")}
    assert tiles.keys() >= {"Zuid: 1 vrij", "West: geen"}
    there = client.visit(tiles["Zuid: 1 vrij"])
    assert headings(there)[0] == "1 ruimte vrij in Zuid"
    assert names(there) == ["De Musketon, Zaal"]
    assert names(there.link("Zoek in heel Utrecht").follow()) == names(page)
    nowhere = client.visit(tiles["West: geen"])
    assert "We vonden niets." in nowhere.text


def test_many_rooms_come_in_parts(client: CheckingClient) -> None:
    many_rooms(100)
    here = f"/ruimtes?postcode=3563&datum={THURSDAY}&van=19:00&tot=21:00"
    first = client.visit(here)
    second = first.link("meer ruimtes").follow()
    assert len(names(first)) >= AT_ONCE
    assert not set(names(first)) & set(names(second))
    assert not second.soup.select(".near-misses")
    assert names(second.link("vorige ruimtes").follow()) == names(first)
    overview = client.visit("/ruimtes")
    sections = overview.soup.select(".results-section")
    assert {len(each.select(".room-card")) for each in sections} == {PER_DISTRICT}
    assert len(sections) == 10


def test_a_page_costs_the_same_for_any_number_of_rooms(
    client: CheckingClient, count_queries: CountQueries
) -> None:
    lent()
    costs = []
    for _ in range(2):
        for address in ("/ruimtes", EVENING_SOUGHT, AFTERNOON_SOUGHT):
            with count_queries() as seen:
                client.visit(address)
            costs.append(len(seen))
        if len(costs) == 3:
            many_rooms(30)
    assert costs[3:] == costs[:3]
    assert max(costs) <= 12


def test_home_and_the_navigation_lead_here(client: CheckingClient) -> None:
    home = client.visit("/")
    assert home.link("Zoek een ruimte").follow().h1 == "Vind een ruimte om elkaar te ontmoeten"
    assert "Ruimtes" in {text_of(a) for a in home.soup.select("nav a[href='/ruimtes']")}
    here = client.visit(f"/ruimtes?datum={THURSDAY + timedelta(days=1)}")
    assert text_of(here.soup.select_one("nav a[aria-current]")) == "Ruimtes"
