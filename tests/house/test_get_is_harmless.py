"""Looking changes nothing: no GET and no HEAD writes a row, nor takes the lock for writing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select
from werkzeug.routing import Rule

from booking import demo
from core.clock import utcnow
from core.db import db, transact
from people.models import Role
from people.queries import first_person_with
from tests.conftest import SignIn
from tests.pages import CheckingClient

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@contextmanager
def written(engine: Engine) -> Iterator[list[str]]:
    """The statements that write, and the transactions that ask for the write lock."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith((*WRITES, "BEGIN IMMEDIATE")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def addresses(app: Flask) -> list[str]:
    """Every address that can be opened by who has no secret; where it names a thing, the first."""
    rules = [rule for rule in app.url_map.iter_rules() if _can_be_opened(rule)]
    return sorted({re.sub(r"<int[^>]*>", "1", rule.rule) for rule in rules})


def _can_be_opened(rule: Rule) -> bool:
    return "GET" in (rule.methods or ()) and not re.search(r"<(?!int)", rule.rule)


def rows() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in db.metadata.tables.items()
        }


@pytest.fixture
def planner(signed_in: SignIn) -> CheckingClient:
    """A planner who looks at the demo season."""
    transact(demo.fill, utcnow())
    person = first_person_with(Role.PLANNER)
    assert person
    return signed_in(person)


def test_looking_around_changes_nothing(app: Flask, planner: CheckingClient) -> None:
    before = rows()
    with written(db.engine) as seen:
        for method, address in product(("GET", "HEAD"), addresses(app)):
            # Not judged as a page: one of them is a mail, as its reader sees it.
            status = FlaskClient.open(planner, address, method=method).status_code
            assert status != 500, f"{method} {address} fails"
            assert not seen, f"{method} {address} writes: {seen}"
    assert rows() == before
