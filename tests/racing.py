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
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import Barrier
from typing import Any

from flask import Flask
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


def forking() -> ForkServerContext:
    """Makes processes that know the app from their birth, and nothing of this process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


@dataclass
class _Team:
    """Racers who stay between races, as starting them takes longer than a race."""

    racers: int
    is_careless: bool
    barriers: tuple[Barrier, Barrier] = field(init=False)
    pool: ProcessPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        context = forking()
        self.barriers = (context.Barrier(self.racers), context.Barrier(self.racers))
        known = (*self.barriers, self.is_careless)
        self.pool = ProcessPoolExecutor(self.racers, context, initializer=_prepare, initargs=known)

    @property
    def is_whole(self) -> bool:
        """Whether nobody was waited for in vain: then all of them would be."""
        return not any(barrier.broken for barrier in self.barriers)


_teams: dict[tuple[int, bool], _Team] = {}  # of this process, ended with it


def race(
    url: str, rounds: Sequence[Sequence[Action]], *, careless: bool = False
) -> list[list[Outcome]]:
    """In each round every action starts at the same moment, in a process of its own."""
    kind = (len(rounds[0]), careless)
    team = _teams.pop(kind, None) or _Team(*kind)
    by_racer = list(team.pool.map(_run, [url] * team.racers, zip(*rounds, strict=True)))
    if team.is_whole:
        _teams[kind] = team
    session.rollback()  # what this process has seen before is no longer how it is
    return [list(of_round) for of_round in zip(*by_racer, strict=True)]


def send_racers_home() -> None:
    """They do not notice by themselves that a run of pytest is over."""
    for team in _teams.values():
        team.pool.shutdown()
    _teams.clear()


def _prepare(start: Barrier, looked: Barrier, careless: bool) -> None:
    global _racer  # noqa: PLW0603 - a process of a pool knows nothing else
    _racer = _Racer(start, looked, careless)
    if careless:
        _take_guards_away()


@cache
def _app_on(url: str) -> Flask:
    return create_app({**SETTINGS, "DATABASE_URL": url})


def _run(url: str, actions: Sequence[Action]) -> list[Outcome]:
    with _app_on(url).app_context():
        outcomes = [_outcome(action) for action in actions]
        db.db.engine.dispose()  # the next race is on a database that is new at the same address
    return outcomes


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
