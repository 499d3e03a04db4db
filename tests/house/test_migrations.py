"""The migrations make what the models mean, on both databases, also when several run at once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, text

from app import create_app
from core.db import db
from tests.databases import SETTINGS, PostgresTemplate
from tests.house.tree import ROOT

PROCESSES = 3
ALEMBICS_OWN = {"alembic_version"}
GUARDS = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        {"tr_claim_no_overlap_insert", "tr_claim_no_overlap_update"},
    ),
    "postgresql": (
        "SELECT conname FROM pg_constraint WHERE contype = 'x'",
        {"ex_claim_no_overlap"},
    ),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        template: PostgresTemplate = request.getfixturevalue("postgres_template")
        with template.empty() as url:
            yield url


@pytest.fixture
def empty_app(empty_url: str) -> Iterator[Flask]:
    app = create_app({**SETTINGS, "DATABASE_URL": empty_url})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - ALEMBICS_OWN


@pytest.mark.usefixtures("empty_app")
def test_up_and_down_and_up_again() -> None:
    upgrade()
    assert tables() == set(db.metadata.tables)
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == set(db.metadata.tables)


def test_the_migrations_make_what_the_models_say(app: Flask) -> None:
    arguments = app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={**arguments, "target_metadata": db.metadata}
        )
        assert compare_metadata(context, db.metadata) == []


@pytest.mark.usefixtures("app")
def test_the_migrations_make_the_checks_of_the_models() -> None:
    """Which neither autogenerate nor the comparison above looks at."""
    made = {
        (table, check["name"])
        for table in db.metadata.tables
        for check in inspect(db.engine).get_check_constraints(table)
    }
    meant = {
        (table.name, str(constraint.name))
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert made == meant


@pytest.mark.usefixtures("app")
def test_the_guards_of_the_claims_are_there() -> None:
    question, expected = GUARDS[db.engine.dialect.name]
    with db.engine.connect() as connection:
        assert expected <= set(connection.scalars(text(question)))


@pytest.mark.race
def test_several_processes_may_upgrade_at_once(empty_url: str) -> None:
    upgrades = _upgrades(empty_url)
    said = [process.communicate()[1] for process in upgrades]
    assert [process.returncode for process in upgrades] == [0] * PROCESSES, said


def _upgrades(url: str) -> list[subprocess.Popen[str]]:
    env = {**os.environ, "SPEELPLEK_DEMO": "1", "SPEELPLEK_DATABASE_URL": url}
    env["SPEELPLEK_SECRET_KEY"] = SETTINGS["SECRET_KEY"]
    command = [sys.executable, "-m", "flask", "--app", "app", "db", "upgrade"]
    pipe = subprocess.PIPE
    return [
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=pipe, stderr=pipe, text=True)
        for _ in range(PROCESSES)
    ]
