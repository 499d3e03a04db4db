"""The season week by week, and the week with what does not fit in it."""

from datetime import date, timedelta

import pytest
from flask import Flask

from booking import services
from booking.models import Block
from booking.rules.blocks import BlockKind
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from core.clock import local_days
from core.db import session, transact
from core.period import Period
from people.models import Role
from tests import builders
from tests.builders import AFTERNOON, NOW, PLANNER, THURSDAY
from tests.conftest import CountQueries, SignIn
from tests.integration.agenda_rows import claim_rows, span, stop_row
from tests.markup import text_of
from tests.pages import CheckingClient, Page
from venues.models import Closure, OutsideBusy, OutsideCalendar, Room

SEASON = "/planning/seizoen?seizoen=2026"
WEEK = "/planning/rooster?week=2027-W05"


@pytest.fixture
def room(app: Flask) -> Room:
    return builders.stage()


@pytest.fixture
def planner(room: Room, signed_in: SignIn) -> CheckingClient:
    return signed_in(builders.person("Noor", Role.PLANNER))


def asked(room: Room, wish: Wish, organisation: str) -> int:
    return builders.submitted(builders.asked(room.id, wish, organisation=organisation)).id


def optioned(room: Room, request_id: int, wish: Wish) -> None:
    transact(
        services.give_option,
        request_id,
        chosen=Chosen(wish, room.id),
        accepted=["behind_options"],
        expires_at=NOW + timedelta(days=14),
        version=None,
        by=PLANNER,
        now=NOW,
    )


def week_of(page: Page, number: int) -> str:
    """All that a week says."""
    for row in page.soup.select(".season tbody tr"):
        heading = row.select_one("th[scope=row] a")
        if heading and text_of(heading) == f"week {number}":
            return text_of(row)
    raise AssertionError(f"there is no week {number}")


def test_season_shows_stops_options_wishes_and_days(planner: CheckingClient, room: Room) -> None:
    later = Wish(THURSDAY + timedelta(weeks=5), DayPart.AFTERNOON)
    asked(room, later, "Wachtkring")
    asked(room, AFTERNOON, "Telaatkring")
    claim_rows(stop_row(room, span(THURSDAY), organisation="Buurtkring"))
    _block(None, local_days(date(2027, 2, 15), date(2027, 2, 16)))
    session.commit()
    page = planner.visit(SEASON)
    fifth, tenth = week_of(page, 5), week_of(page, 10)
    assert "Speelbeurt" in fifth
    assert "do 4 feb, middag: Buurtkring" in fifth
    assert "De Huiskamer, Overvecht" in fifth
    assert "Eerste keuze, kan nu niet" in fifth
    assert "Niets gepland 1 aanvraag kan hier: Wachtkring" in tenth
    assert "Eerste keuze, kan" in tenth
    assert "Niets gepland" in week_of(page, 11)
    assert "Blokkade: de hele tournee" in week_of(page, 7)
    assert "Schoolvakantie: Voorjaarsvakantie" in week_of(page, 8)
    assert "Vrije dag: Tweede paasdag" in week_of(page, 13)
    assert page.link("Verplaats Buurtkring, do 4 feb").href.endswith("/verplaats")


def test_choices_leave_out_what_is_elsewhere(planner: CheckingClient, room: Room) -> None:
    far = builders.room("De Schuur", builders.VLEUTEN)
    claim_rows(stop_row(room, span(THURSDAY), organisation="Buurtkring"))
    claim_rows(stop_row(far, span(THURSDAY + timedelta(days=1)), organisation="Verkring"))
    session.commit()
    page = planner.visit(SEASON)
    assert "Verkring" in week_of(page, 5)
    there = page.form("season-filter").fill(wijk="03").submit()
    assert "Verkring" not in there.text
    there = page.form("season-filter").fill(wijk="10").submit()
    assert "Buurtkring" not in there.text
    assert "Verkring" in there.text
    for wrong in ("wijk=99", "speler=x", "kubus=0", "seizoen=nu", "seizoen=2101"):
        assert planner.get(f"/planning/seizoen?{wrong}").status_code == 404


def test_season_is_for_planners(client: CheckingClient, room: Room) -> None:
    assert client.get(SEASON).status_code == 303


def test_season_and_week_cost_as_many_queries_with_many_as_with_one(
    planner: CheckingClient, room: Room, count_queries: CountQueries
) -> None:
    room_id = room.id

    def fill(number: int) -> None:
        room = session.get_one(Room, room_id)
        day = THURSDAY + timedelta(weeks=number)
        wish = Wish(day + timedelta(days=1), DayPart.AFTERNOON)
        for request_id in [asked(room, wish, f"{who} {number}") for who in ("Eerst", "Dan")]:
            optioned(room, request_id, wish)
        asked(room, Wish(day + timedelta(days=2), DayPart.MORNING), f"Wens {number}")
        claim_rows(stop_row(room, span(day), organisation=f"Groep {number}"))
        session.commit()

    costs = []
    for number in range(3):
        fill(number)
        session.expire_all()
        found = []
        for address in (SEASON, WEEK):
            with count_queries() as counted:
                page = planner.visit(address)
            found.append(len(counted))
            assert f"Groep {number}" in page.text or address == WEEK
        costs.append(found)
    assert costs[0] == costs[-1], costs
    assert "Tweede optie" in planner.visit(SEASON).text


def test_what_does_not_fit_in_a_week_has_a_sentence_and_a_way_out(
    planner: CheckingClient, room: Room
) -> None:
    stop = builders.confirmed(builders.submitted(builders.asked(room.id, AFTERNOON)), room.id)
    assert "Alles past" in planner.visit(WEEK).text
    session.add(Closure(room_id=room.id, starts_at=stop.starts_at, ends_at=stop.ends_at, reason=""))
    session.commit()
    page = planner.visit(WEEK)
    assert "1 keer past het niet" in page.text
    assert "De plek is op do 4 feb van 13.00 – 17.00 uur niet open." in page.text
    form = page.link("Verplaats, of kies een andere speler").follow()
    fields = form.form("/verplaats").fields
    assert fields["day"] == "2027-02-04"
    assert fields["player"] == str(stop.sessions[0].performer.resource_id)
    assert fields["cube"] == str(stop.installation.resource_id)


def test_each_kind_of_clash_is_said_of_its_own_stop(planner: CheckingClient, room: Room) -> None:
    """Rows alone: services would refuse most of these."""
    monday, far = THURSDAY - timedelta(days=3), builders.room("De Schuur", builders.VLEUTEN)
    hosted = builders.room("Het Gastenhuis", host=builders.person("Gerda", Role.HOST))
    busy = builders.room("De Volle Zaal")
    days = [monday + timedelta(days=number) for number in range(7)]
    stops = {
        "near": stop_row(room, span(days[0], "10:00", "12:00"), organisation="Vroege Groep"),
        "far": stop_row(far, span(days[0], "15:00", "17:00"), organisation="Verre Groep"),
        "late": stop_row(room, span(days[1], "20:00", "23:00"), organisation="Late Groep"),
        "early": stop_row(room, span(days[2], "08:30", "10:30"), organisation="Ochtendgroep"),
        "hosted": stop_row(hosted, span(days[3]), organisation="Gastgroep"),
        "busy": stop_row(busy, span(days[4]), organisation="Volle Groep"),
        "blocked": stop_row(room, span(days[5]), organisation="Geblokkeerde Groep"),
        "well": stop_row(room, span(days[6]), organisation="Goede Groep"),
    }
    for stop in stops.values():
        claim_rows(stop)
    _kept_elsewhere(busy.resource_id, stops["busy"].stay)
    cube = stops["blocked"].installation
    _block(cube.resource_id, stops["blocked"].stay)
    session.commit()
    said = misfits_of(planner.visit(WEEK))
    expected = {
        "Vroege Groep": "De kubus moet daarna naar Vleuten-De Meern en kan tot 11.45 uur spelen",
        "Verre Groep": "De kubus komt uit Overvecht en kan niet voor 15.15 uur spelen",
        "Late Groep": "heeft dan geen 11 uur rust",
        "Ochtendgroep": "heeft dan geen 11 uur rust",
        "Gastgroep": "De beheerder van Het Gastenhuis, Zaal heeft nog niet ja gezegd.",
        "Volle Groep": "De Volle Zaal, Zaal is dan bezet in de agenda van de beheerder.",
        "Geblokkeerde Groep": "Dan kan de kubus niet komen.",
    }
    assert said.keys() == expected.keys()  # and nothing of the Goede Groep
    for organisation, sentence in expected.items():
        assert sentence in said[organisation]
    assert list(said)[-1] == "Gastgroep"  # what can be, and needs a look, comes last


def misfits_of(page: Page) -> dict[str, str]:
    """What is said, by organisation."""
    return {
        text_of(each.select_one("p a")).partition(",")[0]: text_of(each.select_one(".findings"))
        for each in page.soup.select(".misfits > ul > li")
    }


def _block(resource_id: int | None, during: Period) -> None:
    session.add(
        Block(
            kind=BlockKind.SEASON if resource_id is None else BlockKind.CUBE,
            resource_id=resource_id,
            starts_at=during.start,
            ends_at=during.end,
            reason="",
            words="Rust",
            made_at=NOW,
        )
    )


def _kept_elsewhere(resource_id: int, during: Period) -> None:
    calendar = OutsideCalendar(resource_id=resource_id, name="Zaalhuur", created_at=NOW)
    session.add(calendar)
    session.flush()
    session.add(
        OutsideBusy(
            outside_calendar_id=calendar.id,
            resource_id=resource_id,
            starts_at=during.start,
            ends_at=during.end,
        )
    )
