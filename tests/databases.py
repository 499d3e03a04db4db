"""Databases for tests: migrated once, then copied for each test; none sees another's rows."""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url, text

from app import create_app
from core.db import db

SETTINGS: dict[str, Any] = {
    "TESTING": True,
    "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests",
    "BASE_URL": "http://localhost",
}


ALONE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
SHAPE = (
    "SELECT (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_trigger),"
    " (SELECT count(*) FROM pg_class), (SELECT version_num FROM alembic_version)"
)
# Without the checks between tables, which would want them emptied in order.
SWEEP = """
DO $$ DECLARE each record; BEGIN
    SET session_replication_role = replica;
    FOR each IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', each.tablename); END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, 1, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
    SET session_replication_role = DEFAULT;
END $$
"""


@event.listens_for(Engine, "connect")
def _do_not_wait_for_the_disk(connection: Any, _record: Any) -> None:
    """As on PostgreSQL (`fsync=off`): no test pulls the plug."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


def migrate(url: str) -> None:
    """Make all tables, by the migrations and not by the models: the migrations are what is run."""
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    with app.app_context():
        upgrade()
        db.engine.dispose()


@dataclass
class SqliteTemplate:
    """A migrated file. Copying it takes a millisecond."""

    folder: Path

    def __post_init__(self) -> None:
        migrate(f"sqlite:///{self.file}")

    @property
    def file(self) -> Path:
        return self.folder / "template.sqlite3"

    @contextmanager
    def afresh(self) -> Iterator[str]:
        """A copy that is always at the same address, so that one app serves many tests."""
        file = self.folder / "afresh.sqlite3"
        for trace in ("", "-wal", "-shm", ".turn"):
            Path(f"{file}{trace}").unlink(missing_ok=True)
        shutil.copyfile(self.file, file)
        yield f"sqlite:///{file}"

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        file = folder / "speelplek.sqlite3"
        shutil.copyfile(self.file, file)
        yield f"sqlite:///{file}"


@dataclass
class PostgresTemplate:
    """A migrated database on a server, of which PostgreSQL itself makes the copies."""

    server: str
    name: str = f"speelplek_{os.getpid()}"
    numbers: Iterator[int] = field(default_factory=itertools.count)
    spare: str | None = None
    dropped: list[str] = field(default_factory=list)  # names to use again: an app knows them
    shapes: dict[str, object] = field(default_factory=dict)  # what each looked like when it was new

    def __post_init__(self) -> None:
        self._order(f"CREATE DATABASE {self.name}")
        migrate(self._url(self.name))

    @contextmanager
    def copy(self) -> Iterator[str]:
        """A migrated, empty database; swept and handed out again, as making one takes longer."""
        name = self.spare or self._copied()
        self.spare = None
        try:
            yield self._url(name)
        finally:
            if self._sweep(name):
                self.spare = name
            else:
                self._order(f"DROP DATABASE {name} WITH (FORCE)")
                self.dropped.append(name)

    def _copied(self) -> str:
        name = self.dropped.pop() if self.dropped else f"{self.name}_{next(self.numbers)}"
        self._order(f"CREATE DATABASE {name} TEMPLATE {self.name}")
        with self._connected(name) as connection:
            self.shapes[name] = _shape(connection)
        return name

    def _sweep(self, name: str) -> bool:
        """Empty it for the next test. False: a test changed its tables, so it cannot be used."""
        with self._connected(name) as connection:
            connection.execute(text(ALONE))
            is_as_new = _shape(connection) == self.shapes[name]
            if is_as_new:
                connection.execute(text(SWEEP))
        return is_as_new

    @contextmanager
    def empty(self, how: str = "") -> Iterator[str]:
        name = f"{self.name}_{next(self.numbers)}"
        self._order(f"CREATE DATABASE {name} {how}")
        try:
            yield self._url(name)
        finally:
            self._order(f"DROP DATABASE {name} WITH (FORCE)")

    def remove(self) -> None:
        if self.spare:
            self._order(f"DROP DATABASE {self.spare} WITH (FORCE)")
        self._order(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _url(self, database: str) -> str:
        return make_url(self.server).set(database=database).render_as_string(hide_password=False)

    def _order(self, command: str) -> None:
        with _engine(self.server).connect() as connection:
            connection.execute(text(command))

    def _connected(self, database: str) -> Connection:
        return _engine(self._url(database)).connect()


@cache
def _engine(url: str) -> Engine:
    """Each time a new connection, which says once how it wants to be spoken to."""
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def _shape(connection: Connection) -> tuple[object, ...]:
    return tuple(connection.execute(text(SHAPE)).one())
