"""What tests are given.

`app` and everything built on it runs twice, on SQLite and on PostgreSQL; marked `on("sqlite")`
only there. Unit tests get no database: what they test has none.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from app import create_app
from core import site
from core.clock import utcnow
from core.db import db, transact
from core.settings import PREFIX
from people import services as people
from people.models import Person
from tests.databases import SETTINGS, PostgresTemplate, SqliteTemplate
from tests.pages import CheckingClient
from tests.postgres import postgres
from tests.racing import send_racers_home

CountQueries = Callable[[], AbstractContextManager[list[str]]]
SignIn = Callable[[Person], CheckingClient]
SetClock = Callable[[datetime], None]

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, 10.00 in Utrecht
DATABASES = ("sqlite", "postgresql")
LOOPBACK = ("127.", "::1", "localhost")
UNIT_TESTS = Path(__file__).parent / "unit"


def _refuse_the_outside(happening: str, arguments: tuple[Any, ...]) -> None:
    """Tests talk to this machine only; what tries to reach another fails at once."""
    if happening not in ("socket.connect", "socket.sendto"):
        return
    address = arguments[1]
    if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
        raise RuntimeError(f"a test tried to reach {address[0]}")


sys.addaudithook(_refuse_the_outside)

# What a machine says of its own installation is no part of a test.
for _name in [name for name in os.environ if name.startswith(PREFIX)]:
    del os.environ[_name]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[PostgresTemplate]:
    template = PostgresTemplate(postgres_server)
    yield template
    template.remove()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames:
        chosen = metafunc.definition.get_closest_marker("on")
        metafunc.parametrize("database_url", chosen.args if chosen else DATABASES, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Races keep to one process of pytest: there their racers stay, and find room to run."""
    for item in items:
        if item.get_closest_marker("race"):
            item.add_marker(pytest.mark.xdist_group("race"))


def pytest_collection_finish() -> None:
    """What was imported stays. Looking through it for rubbish all the time costs a sixth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_sessionfinish() -> None:
    send_racers_home()


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated, empty database of this test alone."""
    assert UNIT_TESTS not in request.path.parents, "unit tests touch no database"
    if request.param == "sqlite":
        with request.getfixturevalue("sqlite_template").afresh() as url:
            yield url
    else:
        with request.getfixturevalue("postgres_template").copy() as url:
            yield url


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Flask]:
    """One app per address of a database: what it compiles, templates and statements, serves all."""
    made: dict[str, Flask] = {}
    compiled = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))

    def app_on(url: str) -> Flask:
        if url not in made:
            made[url] = create_app({**SETTINGS, "DATABASE_URL": url})
            made[url].test_client_class = CheckingClient
            made[url].jinja_env.bytecode_cache = compiled
        return made[url]

    return app_on


@pytest.fixture
def app(database_url: str, apps: Callable[[str], Flask]) -> Iterator[Flask]:
    """The real app on `database_url`, with its context pushed."""
    app = apps(database_url)
    site.configure(app.extensions["settings"].site)  # there is one, set by whoever came last
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A visitor who is not signed in."""
    return _visitor(app)


@pytest.fixture
def signed_in(app: Flask) -> SignIn:
    """Makes a visitor who signs in as this person, the way people do: by a link and its button."""

    def sign_in(person: Person) -> CheckingClient:
        db.session.commit()
        visitor = _visitor(app)
        token = transact(people.make_link, person, utcnow())
        visitor.visit(f"/inloggen/{token}").form().submit()
        return visitor

    return sign_in


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Makes it a certain moment for the pages and the worker of this process."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("core.clock.machine_time", lambda: moment)

    return set_to


@pytest.fixture
def count_queries(app: Flask) -> CountQueries:
    """Collects the statements that reach the database while it is open."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


def _visitor(app: Flask) -> CheckingClient:
    visitor = app.test_client()
    assert isinstance(visitor, CheckingClient)
    return visitor
