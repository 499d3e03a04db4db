"""Backups that hold everything, and the way back, rehearsed."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from core import submissions
from core.backup import BackupFailed, back_up, restore
from core.clock import utcnow
from core.db import Busy, db, session, transact
from core.submissions import Submission
from tests.postgres import programs


@pytest.fixture(autouse=True)
def _client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client programs of the server that is tested with, wherever it was found."""
    monkeypatch.setenv("PATH", f"{programs()}{os.pathsep}{os.environ['PATH']}")


def remember(token: str) -> None:
    transact(submissions.remember, token, {}, "done", utcnow())


def tokens() -> set[str]:
    session.rollback()
    return set(session.execute(db.select(Submission.token)).scalars())


def run(app: Flask, *arguments: str) -> Result:
    session.remove()
    return app.test_cli_runner().invoke(args=[*arguments])


def test_restore_brings_back_what_was_there(app: Flask, tmp_path: Path) -> None:
    remember("kept")
    made = run(app, "backup", "--folder", str(tmp_path / "copies"))
    assert made.exit_code == 0, made.output
    (copy,) = (tmp_path / "copies").iterdir()
    remember("too late")
    restored = run(app, "restore", str(copy), "--yes")
    assert restored.exit_code == 0, restored.output
    assert tokens() == {"kept"}
    remember("after")
    assert tokens() == {"kept", "after"}


def test_restore_asks_first(app: Flask, tmp_path: Path) -> None:
    remember("kept")
    copy = back_up(db.engine, tmp_path, utcnow())
    remember("later")
    assert run(app, "restore", str(copy)).exit_code == 1
    assert tokens() == {"kept", "later"}


@pytest.fixture
def writing(app: Flask) -> Iterator[list[str]]:
    """Somebody who keeps writing; the list holds what was committed."""
    stop, written = Event(), list[str]()

    def write() -> None:
        with app.app_context():
            while not stop.is_set():
                try:
                    remember(f"w{len(written)}")
                except Busy:
                    continue
                written.append(f"w{len(written)}")

    thread = Thread(target=write)
    thread.start()
    yield written
    stop.set()
    thread.join()


def test_backup_during_writes_holds_everything_committed_before_it(
    app: Flask, tmp_path: Path, writing: list[str]
) -> None:
    while len(writing) < 20:
        stopping = Event()
        stopping.wait(0.01)
    before = set(writing)
    copy = back_up(db.engine, tmp_path, utcnow())
    if copy.suffix == ".sqlite3":
        with sqlite3.connect(copy) as connection:
            found = {token for (token,) in connection.execute("SELECT token FROM submission")}
        connection.close()
        assert before <= found
    else:
        assert copy.read_bytes().startswith(b"PGDMP")


def test_backup_is_for_its_owner_only(app: Flask, tmp_path: Path) -> None:
    copy = back_up(db.engine, tmp_path / "new", utcnow())
    assert copy.stat().st_mode & 0o077 == 0
    assert copy.parent.stat().st_mode & 0o077 == 0


def test_old_backups_are_forgotten(app: Flask, tmp_path: Path, now: datetime) -> None:
    for age in (31, 29, 0):
        back_up(db.engine, tmp_path, now - timedelta(days=age))
    (tmp_path / "of-somebody-else").touch()
    assert len(list(tmp_path.glob("speelplek-*"))) == 2
    assert (tmp_path / "of-somebody-else").exists()


def test_two_backups_in_one_second_do_not_overwrite(
    app: Flask, tmp_path: Path, now: datetime
) -> None:
    back_up(db.engine, tmp_path, now)
    with pytest.raises(BackupFailed, match="exists already"):
        back_up(db.engine, tmp_path, now)


@pytest.mark.parametrize("name", ["gone", "notes.txt"])
def test_restore_of_something_else_changes_nothing(app: Flask, tmp_path: Path, name: str) -> None:
    remember("kept")
    (tmp_path / "notes.txt").write_text("no backup")
    refused = run(app, "restore", str(tmp_path / name), "--yes")
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: ")
    assert tokens() == {"kept"}


def test_damaged_backup_is_refused(app: Flask, tmp_path: Path) -> None:
    remember("kept")
    copy = back_up(db.engine, tmp_path, utcnow())
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BackupFailed):
        restore(db.engine, copy)
    assert tokens() == {"kept"}


@pytest.mark.on("sqlite")
def test_copy_in_which_rows_point_nowhere_is_refused(app: Flask, tmp_path: Path) -> None:
    session.execute(text("PRAGMA foreign_keys=OFF"))
    copy = back_up(db.engine, tmp_path, utcnow())
    connection = sqlite3.connect(copy)
    connection.execute("INSERT INTO person_role (person_id, role) VALUES (999, 'planner')")
    connection.commit()
    connection.close()
    with pytest.raises(BackupFailed, match="damaged"):
        restore(db.engine, copy)


@pytest.mark.on("postgresql")
def test_missing_client_program_is_named(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    failed = run(app, "backup", "--folder", str(tmp_path / "copies"))
    assert failed.exit_code == 1
    assert "pg_dump was not found" in failed.output
