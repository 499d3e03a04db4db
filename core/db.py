"""The database: one session to read with, one way to write.

`transact(service, ...)` is the only thing in the code base that commits. It gives the service a
transaction of its own that has read nothing before, with the write lock already taken where the
database has only one (SQLite), and runs it again when the database chose it as a deadlock's loser.
"""

import fcntl
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from core.orm import Base

P = ParamSpec("P")
T = TypeVar("T")

db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True)
session = db.session

ATTEMPTS = 4
SERIALIZATION_FAILURES = {"40001", "40P01"}
SQLITE_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL")


class Busy(Exception):
    """The database could not take the write in time. Nothing was changed; trying again is safe."""


def transact(service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one service in one transaction and commit it; whatever it raises, nothing is kept.

    Raises Busy when the database stays locked or keeps choosing this transaction as a loser.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _writing():
                return service(*args, **kwargs)
        except DBAPIError as error:
            if not _is_passing(error):
                raise
            if attempt == ATTEMPTS:
                raise Busy from error
            time.sleep(random.uniform(0.01, 0.05) * attempt)
    raise AssertionError("unreachable")


@contextmanager
def _writing() -> Iterator[None]:
    # Ends the reading transaction first: SQLite ignores the option on a connection that has begun.
    session.rollback()
    with _in_turn(db.engine):
        try:
            session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def _in_turn(engine: Engine) -> Iterator[None]:
    """Queue the writers of one SQLite file fairly: its own busy wait starves some for seconds."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        yield
        return
    descriptor = os.open(f"{Path(name)}.turn", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_passing(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    locked = isinstance(error, OperationalError) and "database is locked" in str(error.orig)
    return locked or state in SERIALIZATION_FAILURES


def violated(error: IntegrityError) -> str:
    """What the database says was violated: the text holds the constraint's or trigger's name."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or error.orig)


@event.listens_for(Engine, "connect")
def _make_sqlite_trustworthy(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = (
            None  # no BEGIN of its own: it comes too late to protect a read
        )
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
