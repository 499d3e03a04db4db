"""Eight processes that want the same at the same moment, each with an app of its own.

A careless race takes away, in every process, what keeps them apart: SQLite is used as Python hands
it out (it reads before it begins), rows are not locked, versions are not compared, and everybody
has looked before anybody writes. What the database refuses by itself stays: a test that wants it
gone drops it.
"""

import multiprocessing
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import configure_mappers

from app import create_app
from booking.models import BookingRequest, HostConsent, RoomBooking, SeatWaiting, Stop
from core import db
from core.db import session, transact
from core.errors import sentences
from core.findings import Refused
from tests.databases import SETTINGS

RACERS = 8
PATIENCE = 30.0
ROW_LOCK = re.compile(r" FOR (NO KEY )?UPDATE( OF \w+)?( SKIP LOCKED)?")
WRITES = ("INSERT", "UPDATE", "DELETE")

Action = Callable[[], Any]  # a service with its arguments; it travels to another process


@dataclass(frozen=True)
class Outcome:
    """What one process got: an answer, a refusal in words, or an error nobody should meet."""

    answer: Any = None  # an id where the service gives a row
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    error: str = ""

    @property
    def has_won(self) -> bool:
        return not self.codes and not self.error


@dataclass
class _Racer:
    """What a process knows of the race it is in."""

    start: Barrier
    everybody_has_looked: Barrier
    is_careless: bool
    has_looked: bool = False


_racer: _Racer
configure_mappers()  # once, in the process that the racers are forked from


def race(
    url: str, rounds: Sequence[Sequence[Action]], *, careless: bool = False
) -> list[list[Outcome]]:
    """In each round every action starts at the same moment, in a process of its own."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    racers = len(rounds[0])
    start, looked = context.Barrier(racers), context.Barrier(racers)
    with ProcessPoolExecutor(
        racers, context, initializer=_prepare, initargs=(url, start, looked, careless)
    ) as pool:
        by_racer = list(pool.map(_run, zip(*rounds, strict=True)))
    session.rollback()  # what this process has seen before is no longer how it is
    return [list(of_round) for of_round in zip(*by_racer, strict=True)]


def _prepare(url: str, start: Barrier, looked: Barrier, careless: bool) -> None:
    global _racer  # noqa: PLW0603 - a process of a pool knows nothing else
    _racer = _Racer(start, looked, careless)
    if careless:
        _take_guards_away()
    create_app({**SETTINGS, "DATABASE_URL": url}).app_context().push()


def _run(actions: Sequence[Action]) -> list[Outcome]:
    return [_outcome(action) for action in actions]


def _outcome(action: Action) -> Outcome:
    _racer.start.wait(PATIENCE)
    _racer.has_looked = False
    try:
        answer = _carelessly(action) if _racer.is_careless else transact(action)
        row = answer[0] if isinstance(answer, tuple) else answer  # without the key to its page
        return Outcome(getattr(row, "id", row))
    except Refused as refusal:
        codes = tuple(finding.code for finding in refusal.findings)
        return Outcome(codes=codes, words=tuple(sentences(refusal.findings)))
    except Exception as error:  # whatever it is, the test wants to see it
        return Outcome(error=f"{type(error).__name__}: {error}")
    finally:
        session.remove()


def _carelessly(action: Action) -> Any:
    session.rollback()
    answer = action()
    session.commit()
    return answer


def _take_guards_away() -> None:
    event.remove(Engine, "connect", db._make_sqlite_trustworthy)
    event.remove(Engine, "begin", db._begin)
    event.listen(Engine, "before_cursor_execute", _look_before_writing, retval=True)
    for versioned in (BookingRequest, HostConsent, RoomBooking, SeatWaiting, Stop):
        versioned.__mapper__.version_id_col = None


def _look_before_writing(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any
) -> tuple[str, Any]:
    if statement.startswith(WRITES) and not _racer.has_looked:
        _racer.has_looked = True
        _racer.everybody_has_looked.wait(PATIENCE)
    return ROW_LOCK.sub("", statement).replace("pg_advisory_xact_lock(", "abs("), parameters
