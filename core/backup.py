"""Copies of the database that can be trusted, and the way back.

SQLite: `VACUUM INTO` sees what other processes just committed; copying the file does not (it misses
what is still in the write-ahead log). PostgreSQL: its own pg_dump and pg_restore.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import URL, Engine

KEPT = timedelta(days=30)
STAMP = "%Y%m%dT%H%M%SZ"
SUFFIXES = {"sqlite": ".sqlite3", "postgresql": ".pgdump"}
_PG_VARIABLES = {"host": "PGHOST", "port": "PGPORT", "username": "PGUSER", "database": "PGDATABASE"}


class BackupFailed(Exception):
    """No copy was made, or nothing was put back; the message says why, for the operator."""


def back_up(engine: Engine, folder: Path, now: datetime) -> Path:
    """Write a checked copy into the folder, and forget the ones older than 30 days."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kind = engine.dialect.name
    copy = folder / f"speelplek-{now.strftime(STAMP)}{SUFFIXES[kind]}"
    if copy.exists():
        raise BackupFailed(f"{copy} exists already; wait a second and try again.")
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(0o600)
    (_copy_sqlite if kind == "sqlite" else _dump_postgresql)(engine, unfinished)
    unfinished.rename(copy)
    _forget_old(folder, now)
    return copy


def restore(engine: Engine, copy: Path) -> None:
    """Put the copy in the place of everything the database holds now."""
    if not copy.is_file():
        raise BackupFailed(f"There is no file {copy}.")
    if copy.suffix != SUFFIXES[engine.dialect.name]:
        raise BackupFailed(f"{copy.name} is not a backup of a {engine.dialect.name} database.")
    (_restore_sqlite if engine.dialect.name == "sqlite" else _restore_postgresql)(engine, copy)


def _copy_sqlite(engine: Engine, target: Path) -> None:
    with closing(sqlite3.connect(_sqlite_file(engine))) as source:
        source.execute("PRAGMA busy_timeout=10000")
        source.execute("VACUUM INTO ?", (str(target),))
    _check_sqlite(target)


def _restore_sqlite(engine: Engine, copy: Path) -> None:
    _check_sqlite(copy)
    engine.dispose()
    with (
        closing(sqlite3.connect(copy)) as source,
        closing(sqlite3.connect(_sqlite_file(engine), timeout=10)) as target,
    ):
        source.backup(target)


def _check_sqlite(copy: Path) -> None:
    """Refuse a copy that is damaged, or in which rows point at rows that are not there."""
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"{copy.name} is not a sound SQLite database: {error}.") from error
    if not sound or dangling:
        raise BackupFailed(f"{copy.name} is damaged: it did not pass SQLite's own checks.")


def _sqlite_file(engine: Engine) -> Path:
    name = engine.url.database
    if not name or name == ":memory:":
        raise BackupFailed("A database in memory has no backup.")
    return Path(name)


def _dump_postgresql(engine: Engine, target: Path) -> None:
    _run("pg_dump", engine.url, "--format=custom", "--no-owner", f"--file={target}")


def _restore_postgresql(engine: Engine, copy: Path) -> None:
    engine.dispose()
    _run(
        "pg_restore",
        engine.url,
        *("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"),
        f"--dbname={engine.url.database}",
        str(copy),
    )


def _run(program: str, url: URL, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise BackupFailed(
            f"{program} was not found. Install the PostgreSQL client programs "
            "(Debian: postgresql-client), of the server's version or newer."
        )
    done = subprocess.run(  # noqa: S603 - the arguments are our own
        [path, *arguments], env=_environment(url), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupFailed(f"{program} failed: {done.stderr.strip()}")


def _environment(url: URL) -> dict[str, str]:
    """Where the database is, in variables: arguments can be read by everybody on the machine."""
    given = {
        variable: str(value)
        for part, variable in _PG_VARIABLES.items()
        if (value := getattr(url, part) or url.query.get(part))
    }
    if url.password:
        given["PGPASSWORD"] = str(url.password)
    return {**os.environ, **given}


def _forget_old(folder: Path, now: datetime) -> None:
    oldest = f"speelplek-{(now - KEPT).strftime(STAMP)}"
    for copy in folder.glob("speelplek-*"):
        if copy.name < oldest:
            copy.unlink()
