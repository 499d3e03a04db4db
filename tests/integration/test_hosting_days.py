"""Days that are not as other days: closures, other hours, holidays to tick."""

from datetime import date, time

import pytest
from sqlalchemy import select

from core.clock import local_days
from core.db import session
from core.period import Period
from people.models import Person, Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.hosting import csrf, room_address, told_at
from tests.pages import CheckingClient, Page
from venues.models import Closure, Room, SpecialHours
from venues.queries.special import special_ahead

CHRISTMAS = "Kerstvakantie: zaterdag 19 december 2026 tot en met zondag 3 januari 2027"
FIRST_CHRISTMAS_DAY = "Eerste kerstdag: vrijdag 25 december 2026"
GOOD_FRIDAY = "Goede vrijdag: vrijdag 26 maart 2027"


@pytest.fixture
def fatma() -> Person:
    return b.person("Fatma", Role.HOST)


@pytest.fixture
def here(fatma: Person) -> Room:
    return b.meeting_room("De Ronde", host=fatma)


@pytest.fixture
def days(signed_in: SignIn, fatma: Person, here: Room, set_clock: SetClock) -> Page:
    visitor = signed_in(fatma)
    set_clock(b.NOW)
    return visitor.visit(room_address(here.id, "/dagen"))


def closed() -> list[tuple[str, Period]]:
    session.rollback()
    found = session.scalars(select(Closure).order_by(Closure.starts_at, Closure.ends_at))
    return [(each.reason, Period(each.starts_at, each.ends_at)) for each in found]


def offered(page: Page) -> list[str]:
    return [label.get_text(" ", strip=True) for label in page.soup.select(".choice label")]


def test_holidays_are_ticked_and_become_closures(days: Page) -> None:
    page = days.link("Kies vakanties en feestdagen").follow()
    assert offered(page)[0] == CHRISTMAS, "the autumn is over"
    assert any(each.startswith("Zomervakantie") for each in offered(page))
    page = page.form("holidays-form").fill(days=[CHRISTMAS, GOOD_FRIDAY]).submit()
    assert "zaterdag 19 december 2026 tot en met zondag 3 januari 2027 Kerstvakantie" in page.text
    assert closed() == [
        ("Kerstvakantie", local_days(date(2026, 12, 19), date(2027, 1, 3))),
        ("Goede vrijdag", local_days(date(2027, 3, 26), date(2027, 3, 26))),
    ]
    page = page.link("Kies vakanties en feestdagen").follow()
    assert not {CHRISTMAS, GOOD_FRIDAY, FIRST_CHRISTMAS_DAY} & set(offered(page))
    assert FIRST_CHRISTMAS_DAY in page.text, "closed already, as it falls in the holiday"


def test_nothing_ticked_and_what_was_not_offered_are_refused(days: Page, here: Room) -> None:
    page = days.link("Kies vakanties en feestdagen").follow()
    page = page.form("holidays-form").submit(status=422)
    assert "Vink minstens één vakantie of feestdag aan." in told_at(page, "days")
    fields = page.form("holidays-form").fields
    forged = {"csrf_token": fields["csrf_token"], "days": "2026-01-01/2099-01-01"}
    address = room_address(here.id, "/vakanties")
    assert page.client.post(address, data=forged).status_code == 422
    assert closed() == []


def test_a_closure_is_added_once_and_taken_away(days: Page) -> None:
    form = days.link("Voeg een sluiting toe").follow().form("closure-form")
    form.fill(first_on="1-2-2027", starts="12:00", ends="14:00", reason="Schilder")
    form.submit()
    page = form.submit()
    assert len(closed()) == 1
    page = page.form("Haal weg maandag 1 februari 2027, 12.00 – 14.00 uur").submit()
    assert "Er is nog geen sluiting." in page.text
    assert closed() == []


NO_CLOSURES = [
    ({}, "first_on", "Vul een datum in"),
    ({"first_on": "2-2-2027", "last_on": "1-2-2027"}, "last_on", "laatste dag"),
    ({"first_on": "1-2-2027", "starts": "14:00", "ends": "13:00"}, "ends", "later"),
    ({"first_on": "28-3-2027", "starts": "2:30"}, "starts", "bestaat die dag niet"),
    ({"first_on": "31-10-2027", "starts": "2:30"}, "starts", "komt die dag twee keer"),
]


def test_a_closure_that_cannot_be_is_refused(days: Page) -> None:
    empty = days.link("Voeg een sluiting toe").follow()
    for typed, field, says in NO_CLOSURES:
        form = empty.client.visit(empty.path).form("closure-form")
        page = form.fill(**typed, reason="Schilder").submit(status=422)
        assert says in told_at(page, field)
        assert page.form("closure-form").fields["reason"] == "Schilder"
    assert closed() == []


def test_a_closure_that_is_over_is_refused(days: Page) -> None:
    form = days.link("Voeg een sluiting toe").follow().form("closure-form")
    page = form.fill(first_on="1-11-2026").submit(status=422)
    assert page.errors == ["Deze sluiting is al voorbij. Kies een moment na nu."]


def test_a_day_with_other_hours_and_back_to_the_usual_ones(
    days: Page, here: Room, client: CheckingClient
) -> None:
    def add(page: Page, **typed: str) -> Page:
        form = page.link("Voeg een dag met andere tijden toe").follow().form("special-form")
        return form.fill(day_on="4-2-2027", **typed).submit()

    page = add(days, opens_0="10:00", closes_0="12:00", opens_1="19:00", closes_1="0:00")
    says = "donderdag 4 februari 2027"
    assert f"{says} open 10.00 – 12.00 en 19.00 – 24.00 uur" in page.text
    assert "10.00 – 12.00 en 19.00 – 24.00 uur" in client.visit(f"/ruimtes/{here.id}").text
    page = add(page, opens_2="14:00", closes_2="15:00")
    kept = special_ahead(here.id, b.NOW)[date(2027, 2, 4)]
    assert [(each.opens_at, each.closes_at) for each in kept] == [(time(14), time(15))]
    page = page.form(f"Neem de gewone tijden {says}").submit()
    assert "Er is nog geen dag met andere tijden." in page.text
    session.rollback()
    assert session.scalars(select(SpecialHours)).all() == []
    gone = room_address(here.id, "/andere-tijden/nooit/weg")
    assert page.client.post(gone, data=csrf(page)).status_code == 404


THURSDAY = {"day_on": "4-2-2027"}
NINE, TWELVE = {"opens_0": "9"}, {"closes_0": "12"}
NO_HOURS: list[tuple[dict[str, str], str, str]] = [
    ({**NINE, **TWELVE}, "day_on", "datum"),
    (THURSDAY, "opens_0", "Voeg dan een sluiting toe"),
    ({**THURSDAY, **NINE}, "closes_0", "allebei"),
    ({**THURSDAY, **NINE, "closes_0": "8"}, "opens_0", "tweede tijd"),
    ({**THURSDAY, **NINE, **TWELVE, "opens_1": "11", "closes_1": "13"}, "opens_1", "door elkaar"),
    ({"day_on": "23-11-2026", **NINE, **TWELVE}, "day_on", "al voorbij"),
]


def test_other_hours_that_cannot_be_are_refused(days: Page, here: Room) -> None:
    empty = days.link("Voeg een dag met andere tijden toe").follow()
    for typed, field, says in NO_HOURS:
        form = empty.client.visit(empty.path).form("special-form")
        page = form.fill(**typed).submit(status=422)
        assert says in told_at(page, field)
    session.rollback()
    assert special_ahead(here.id, b.NOW) == {}
