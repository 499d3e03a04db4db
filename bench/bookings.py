"""Requests and confirmations a second, by one and by eight processes, beside raw commits.

All processes share one cube and one tour, and confirm day after day between each other: nobody is
refused, everybody waits for everybody, and each stop changes the journey to the next.
"""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing.synchronize import Barrier
from statistics import median

from sqlalchemy import text

from app import create_app
from bench.measuring import databases, percentile, syncs_a_second, table
from booking import services
from booking.models import BookingRequest
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from core.db import db, session, transact
from core.fields import new_form_token
from people.models import Organisation, Role
from tests import builders as b
from tests.databases import SETTINGS

ROUNDS = 3
EACH = 12  # of one process in one round
PROCESSES = (1, 8)
PATIENCE = 120.0
ROOM = 1
HEAD = (
    "database", "processes", "what", "per second", "p50 ms", "p99 ms", "worst ms",
    "raw commits/s", "share of raw", "fdatasync/s",
)  # fmt: skip
LIMIT = "Worst wait: at most 500 ms. On a slow disk: at least 80 % of the fdatasync rate."


@dataclass(frozen=True)
class Stint:
    """What one process did in one round; the clock is the same for all of them."""

    began: float
    ended: float
    durations: list[float]


_start: Barrier


def main() -> None:
    rows: list[Sequence[object]] = []
    with databases() as urls:
        for name, url in urls.items():
            _in_app(url, partial(transact, _stage))
            for processes in PROCESSES:
                rows += _measured(name, url, processes)
    table("Bookings beside raw commits of the same database", HEAD, rows)
    print(LIMIT)


def _measured(name: str, url: str, processes: int) -> list[Sequence[object]]:
    measures = {"request": _ask, "confirm": _confirm, "raw commit": _commit}
    speeds: dict[str, list[float]] = {what: [] for what in measures}
    waits: dict[str, list[float]] = {what: [] for what in measures}
    syncs = [syncs_a_second()]
    with _pool(url, processes) as pool:
        for round_ in range(ROUNDS):
            for what, work in measures.items():
                stints = list(pool.map(_stint, _works(work, round_, processes)))
                speeds[what].append(_speed(stints))
                waits[what] += [each for stint in stints for each in stint.durations]
    syncs.append(syncs_a_second())
    raw = median(speeds["raw commit"])
    return [
        (
            name,
            processes,
            what,
            f"{median(speeds[what]):.0f}",
            *(f"{percentile(waits[what], share):.0f}" for share in (0.5, 0.99, 1.0)),
            f"{raw:.0f}",
            f"{median(speeds[what]) / raw:.0%}",
            f"{median(syncs):.0f}",
        )
        for what in ("request", "confirm")
    ]


Work = Callable[[int], list[Callable[[], object]]]  # by the number of the first day that is free


def _works(work: Work, round_: int, processes: int) -> list[partial[list[Callable[[], object]]]]:
    """The days of one round follow those of the round before, also with more processes."""
    first = (PROCESSES.index(processes) * ROUNDS + round_) * max(PROCESSES) * EACH
    return [partial(work, first + n * EACH) for n in range(processes)]


def _speed(stints: Sequence[Stint]) -> float:
    took = max(stint.ended for stint in stints) - min(stint.began for stint in stints)
    return sum(len(stint.durations) for stint in stints) / took


def _pool(url: str, processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    given = (url, context.Barrier(processes))
    return ProcessPoolExecutor(processes, context, initializer=_prepare, initargs=given)


def _prepare(url: str, start: Barrier) -> None:
    global _start  # noqa: PLW0603 - a process of a pool knows nothing else
    _start = start
    create_app({**SETTINGS, "DATABASE_URL": url}).app_context().push()


def _stint(work: partial[list[Callable[[], object]]]) -> Stint:
    """What is to be done is made ready first; only the doing is timed."""
    things = work()
    _start.wait(PATIENCE)
    durations = []
    began = time.monotonic()
    for thing in things:
        at = time.monotonic()
        thing()
        durations.append(time.monotonic() - at)
    ended = time.monotonic()
    session.remove()
    return Stint(began, ended, durations)


def _ask(first: int) -> list[Callable[[], object]]:
    """Whole requests, for a day that stays free: by people who all have an address of their own."""
    return [
        partial(
            transact,
            services.submit,
            b.asked(ROOM, Wish(b.THURSDAY, DayPart.MORNING), email=f"asker{n}@buren.example"),
            form_token=new_form_token(),
            now=b.NOW,
        )
        for n in range(first, first + EACH)
    ]


def _confirm(first: int) -> list[Callable[[], object]]:
    """Days of one process lie between those of the others."""
    days = [b.THURSDAY + timedelta(days=2 + n) for n in range(first, first + EACH)]
    return [
        partial(
            transact,
            services.confirm,
            request_id,
            chosen=Chosen(Wish(day, DayPart.AFTERNOON), ROOM),
            version=None,
            by=b.PLANNER,
            now=b.NOW,
        )
        for request_id, day in zip(transact(_requests, first), days, strict=True)
    ]


def _commit(first: int) -> list[Callable[[], object]]:
    """The least a booking could be: one row, one commit, in the same database."""
    return [partial(transact, _one_row, first + n) for n in range(EACH)]


def _one_row(number: int) -> None:
    insert = text("INSERT INTO setting (name, value) VALUES (:name, '1')")
    session.execute(insert, {"name": f"bench-{number}"})


def _requests(first: int) -> list[int]:
    asker = Organisation(name="Buren", name_key=f"buren {first}", created_at=b.NOW)
    added = [
        BookingRequest(
            reference=f"B-{first + n}",
            organisation=asker,
            contact_name="Sam",
            contact_email="sam@buren.example",
            district_number="03",
            is_closed=False,
            visitors_live_here=4,
            submitted_at=b.NOW,
        )
        for n in range(EACH)
    ]
    session.add_all(added)
    session.flush()
    return [request.id for request in added]


def _stage() -> None:
    """A cube, and a performer and a host who are told of everything."""
    b.cube()
    b.performer("Elias", b.person("Elias", Role.PERFORMER))
    b.room(host=b.person("Fatima", Role.HOST))


def _in_app(url: str, work: Callable[[], object]) -> None:
    with create_app({**SETTINGS, "DATABASE_URL": url}).app_context():
        work()
        session.remove()
        db.engine.dispose()
