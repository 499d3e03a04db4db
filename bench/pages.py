"""What the calendar pages cost: with more stops in the year, with more years, and at the least."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from bench.measuring import Row, sqlite, table
from booking import services
from booking.models import BookingRequest, RequestChoice
from booking.rules.norms import DayPart, Wish
from core.clock import local_date, utcnow
from core.db import session, transact
from people.models import Organisation, Person, Role
from tests import builders as b
from tests.databases import SETTINGS
from tests.integration import old_rows

SIZES = (1_000, 10_000, 100_000)
YEAR = 365
WAITING = 6  # requests in the inbox
ROUNDS = 3
SLOW = 1.0  # a page that takes so many seconds is visited once
OWN_IDS = 1_000_000

Visit = Callable[[], int]  # gives the bytes of the page


def main() -> None:
    _more_stops()
    _older_stops()
    _empty_page_beside_flask()


def _more_stops() -> None:
    """The same pages while a year holds ten and a hundred times as many stops."""
    costs: dict[str, list[tuple[float, int, int]]] = {}
    for size in SIZES:
        with sqlite() as url:
            for page, cost in _costs_with(url, size).items():
                costs.setdefault(page, []).append(cost)
    rows = [
        (page, *(f"{ms:.0f}" for ms, *_ in cost), f"{cost[-1][0] / cost[0][0]:.1f} x",
         *(f"{steps:,}" for _ms, steps, _size in cost), *(f"{kb // 1024:,}" for *_, kb in cost))
        for page, cost in costs.items()
    ]  # fmt: skip
    counts = [f"{size:,}" for size in SIZES]
    head = (
        "page", *(f"ms, {n}" for n in counts), "growth",
        *(f"steps, {n}" for n in counts), *(f"kB, {n}" for n in counts),
    )  # fmt: skip
    table("Pages with so many stops in a year (a month shows a twelfth of them)", head, rows)
    print("Month, 1,000 to 100,000: at most 8 x.")


def _costs_with(url: str, size: int) -> dict[str, tuple[float, int, int]]:
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    with app.app_context():
        visits = _pages(app, b.stage().id, size)
        return {page: (_milliseconds(visit), _steps(visit), visit()) for page, visit in visits}


def _older_stops() -> None:
    """Steps of SQLite's machine, before and after tens of thousands of stops of years ago."""
    with sqlite() as url:
        app = create_app({**SETTINGS, "DATABASE_URL": url})
        with app.app_context():
            room_id = b.stage().id
            visits = _pages(app, room_id, SIZES[0])
            before = {page: _steps(visit) for page, visit in visits}
            old_rows.old_stops(room_id)
            after = {page: _steps(visit) for page, visit in visits}
    rows: list[Row] = [
        (page, f"{steps:,}", f"{after[page]:,}", f"{after[page] / steps - 1:+.1%}")
        for page, steps in before.items()
    ]
    old = f"with {old_rows.COUNTS['sqlite']:,} old ones"
    table("Steps of SQLite's machine", ("page", "a year", old, "growth"), rows)
    print("Growth: at most 5 %.")


def _empty_page_beside_flask() -> None:
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "hello")
    ours = create_app({**SETTINGS, "DATABASE_URL": "sqlite://"})
    visits = {
        "bare Flask": partial(_visit, bare.test_client(), "/"),
        "an empty page": partial(_visit, ours.test_client(), "/healthz"),
    }
    speeds: dict[str, list[float]] = {name: [] for name in visits}
    for _ in range(ROUNDS):
        for name, visit in visits.items():
            began = time.perf_counter()
            for _ in range(300):
                visit()
            speeds[name].append(300 / (time.perf_counter() - began))
    found = {name: median(speed) for name, speed in speeds.items()}
    share = found["an empty page"] / found["bare Flask"]
    rows = [*((name, f"{speed:.0f}") for name, speed in found.items()), ("share", f"{share:.0%}")]
    table("An empty page through everything", ("", "per second"), rows)
    print("At least a third.")


def _pages(app: Flask, room_id: int, size: int) -> list[tuple[str, Visit]]:
    """The pages that show stops, with so many in the year around today."""
    today = local_date(utcnow())
    first = today - timedelta(days=YEAR // 4)
    old_rows.many_stops(room_id, size, first, YEAR * 24 * 60 / size, OWN_IDS)
    transact(_waiting)
    client = _signed_in(app, transact(b.person, "Noor", Role.PLANNER))
    week = today.isocalendar()
    addresses = {
        "agenda, a month": "/agenda",
        "week roster": f"/planning/rooster?week={week.year}-W{week.week:02}",
        "season, week by week": "/planning/seizoen",
        "agenda, a week": "/agenda/week",
        "when, four weeks": "/kubus/aanvragen/wanneer",
        "inbox": "/planning/aanvragen",
        "feed": "/agenda.ics",
        "one stop": f"/speelbeurten/{OWN_IDS + size // 3}",
    }
    return [(page, partial(_visit, client, address)) for page, address in addresses.items()]


def _waiting() -> None:
    """Requests in the inbox, for days that follow each other."""
    first = local_date(utcnow()) + timedelta(days=14)
    for n in range(WAITING):
        wish = Wish(first + timedelta(days=n), DayPart.AFTERNOON)
        session.add(
            BookingRequest(
                reference=f"W-{n}",
                organisation=Organisation(name="Buren", name_key=f"w{n}", created_at=b.NOW),
                contact_name="Sam",
                contact_email="sam@buren.example",
                district_number="03",
                is_closed=False,
                visitors_live_here=12,
                submitted_at=b.NOW,
                choices=[
                    RequestChoice(position=1, day_on=wish.day, day_part=wish.part, day_parts=1)
                ],
            )
        )


def _signed_in(app: Flask, person: Person) -> FlaskClient:
    """The planner, who is halfway asking for the cube too."""
    where = {"where": {"kind": "none", "area": "3524"}}
    draft = transact(services.keep_draft, None, where, now=utcnow())
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["person"], cookie["epoch"], cookie["draft"] = person.id, person.epoch, draft
    session.remove()
    return client


def _visit(client: FlaskClient, address: str) -> int:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return len(answer.data)


def _milliseconds(visit: Visit) -> float:
    """The median of some rounds, after one that is not counted."""
    times = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        visit()
        took = time.perf_counter() - began
        times.append(took * 1000)
        if took > SLOW:
            break
    return median(times[1:] or times)


def _steps(visit: Visit) -> int:
    return old_rows.work_of(visit)
