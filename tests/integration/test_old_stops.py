"""Stops of years ago, tens of thousands of them, cost no calendar page anything."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from booking.models import Stop
from core.clock import local_date, utcnow
from core.db import session
from people.models import Role
from tests import builders
from tests.conftest import SignIn
from tests.integration.agenda_rows import many_stops
from tests.integration.old_rows import count_of_old, old_stops, work_of
from tests.pages import CheckingClient

AT_MOST = 1.05
SOME = 200  # steps or rows: less than one for every hundred old stops
PAGES = [
    "/",
    "/agenda",
    "/agenda?wijk=03",
    "/agenda.ics",
    "/speelbeurten/1",
    "/planning",
    "/planning/aanvragen",
    "/planning/rooster",
]


@pytest.fixture
def room_id(app: Flask) -> int:
    """Of a room with a stop a day, some days back and some weeks ahead."""
    room = builders.stage()
    today = local_date(utcnow())
    days = [today + timedelta(days=n) for n in range(-10, 20)]
    many_stops(room, days, confirmed_at=utcnow() - timedelta(days=30))
    return room.id


def works(visitor: CheckingClient) -> dict[str, int]:
    return {address: work_of(lambda at=address: visitor.visit(at)) for address in PAGES}  # type: ignore[misc]


def test_old_stops_cost_nothing(signed_in: SignIn, room_id: int) -> None:
    planner = signed_in(builders.person("Noor", Role.PLANNER))
    before = works(planner)
    old_stops(room_id)
    after = works(planner)
    assert {a: (before[a], after[a]) for a in PAGES if after[a] > before[a] * AT_MOST + SOME} == {}
    assert work_of(read_everything) > count_of_old(), "what is counted is the work"


def read_everything() -> None:
    """What a careless query would do."""
    found = select(func.count()).select_from(Stop).where(Stop.cancel_words == "nergens")
    assert session.scalar(found) == 0
