"""What finding a room costs among a thousand rooms, with 10,000 and with 1,000,000 claims.

The claims lie evenly over five years back and one year ahead, so a hundred times as many also means
a hundred times as many in the days that are searched.
"""

import gc
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from bench.measuring import Row, databases, table
from core.clock import local_date, utcnow
from core.db import db, session
from tests.databases import SETTINGS
from tests.integration import finder_rows, old_rows

ROOMS = 1_000
FEW, MANY = 10_000, 1_000_000
BACK, AHEAD = timedelta(days=5 * 365), timedelta(days=365)
ROUNDS = 9
SEARCHED = timedelta(days=10)  # from today
HEAD = (
    "database", "search", f"ms, {FEW:,}", f"ms, {MANY:,}", "growth",
    f"read, {FEW:,}", f"read, {MANY:,}", "growth",
)  # fmt: skip

Visit = Callable[[], None]


def main() -> None:
    rows: list[Row] = []
    with databases() as few, databases() as many:
        for name in few:
            rows += _compared(name, _filled(few[name], FEW), _filled(many[name], MANY))
    table(f"Finding a room among {ROOMS:,}, by how many claims there are", HEAD, rows)
    print("Growth in ms (CPU of the site plus waiting for the database): at most 2 x.")
    print("Read: steps of SQLite's machine, or rows PostgreSQL looks at.")


def _filled(url: str, claims: int) -> Flask:
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    today = local_date(utcnow())
    with app.app_context():
        finder_rows.many_rooms(ROOMS)
        finder_rows.many_claims(claims, ROOMS, today - BACK, today + AHEAD)
        session.remove()
    return app


def _compared(name: str, few: Flask, many: Flask) -> list[Row]:
    rows: list[Row] = []
    for search, address in _searches(local_date(utcnow()) + SEARCHED).items():
        visits = [partial(_visit, app.test_client(), address) for app in (few, many)]
        reads = [_read(app, visit) for app, visit in zip((few, many), visits, strict=True)]
        times = _in_turns(visits)
        rows.append(
            (
                name,
                search,
                *(f"{each:.0f}" for each in times),
                f"{times[1] / times[0]:.2f} x",
                *(f"{each:,}" for each in reads),
                f"{reads[1] / reads[0]:.2f} x",
            )
        )
    for app in (few, many):
        with app.app_context():
            db.engine.dispose()
    return rows


def _searches(day: date) -> dict[str, str]:
    here = f"/ruimtes?postcode=3524&mensen=12&datum={day}"
    return {
        "two hours on a day": f"{here}&van=14:00&tot=16:00",
        "an hour in an evening": f"{here}&van=18:00",
        "an afternoon that week": f"{here}&wanneer=middag&duur=120",
        "an evening that week": f"{here}&wanneer=avond&duur=120",
        "the same, with needs": f"{here}&wanneer=avond&duur=120&nodig=drempelvrij&nodig=keuken",
        "no moment yet": "/ruimtes?postcode=3524&mensen=12",
    }


def _in_turns(visits: Sequence[Visit]) -> list[float]:
    """The median of each in milliseconds; A B A B.

    What lives as long as the app is kept out of the rounds of the garbage collector: they take as
    long as a search, and would fall on one of the two.
    """
    gc.collect()
    gc.freeze()
    times: list[list[float]] = [[] for _ in visits]
    for _ in range(ROUNDS):
        for visit, found in zip(visits, times, strict=True):
            began = time.perf_counter()
            visit()
            found.append((time.perf_counter() - began) * 1000)
    return [median(found) for found in times]


def _read(app: Flask, visit: Visit) -> int:
    with app.app_context():
        return old_rows.work_of(visit)


def _visit(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
