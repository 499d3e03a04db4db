"""A real browser on the real site: an own process, an own database, a demo season in it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from app import create_app
from core import site as known_site
from core.db import db, session
from core.settings import PREFIX
from tests.browser.looking import CONTRAST, Look, judge
from tests.databases import SETTINGS, SqliteTemplate
from tests.house.tree import ROOT
from tools.chromium import WHAT_TO_DO, find

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 90.0  # seconds until the site answers
PICTURES = ROOT / "test-output"
WANTS_PICTURES = "PICTURES" in os.environ
# A refused form answers 422, a request that came too late 409: answers, not failures.
MEANT = re.compile("status of (409|422)")
MEANT_AS_A_PAGE = re.compile("status of 4")

PageAt = Callable[..., Page]
Picture = Callable[[Page, str], None]


@dataclass
class Site:
    """The site as it runs: where it is, and commands on the same database."""

    database: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        return {
            "DEMO": "1",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "BASE_URL": self.url,
            "SECRET_KEY": SETTINGS["SECRET_KEY"],
        }

    @contextmanager
    def at_hand(self) -> Iterator[Flask]:
        """The same site in this process: its rows can be read and changed from here."""
        known_site.configure(self._app.extensions["settings"].site)  # of whoever came last
        with self._app.app_context():
            try:
                yield self._app
            finally:
                session.remove()
                db.engine.dispose()

    @cached_property
    def _app(self) -> Flask:
        return create_app({**SETTINGS, **self.settings})

    def command(self, *words: str) -> None:
        """As `flask --app app ...` does, without starting a Python for it."""
        with self.at_hand() as app:
            done = app.test_cli_runner().invoke(args=words, catch_exceptions=False)
        assert done.exit_code == 0, done.output

    def start(self) -> subprocess.Popen[bytes]:
        gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}"]
        threads = ["--worker-class", "gthread", "--threads", "8", "--log-level", "warning"]
        env = os.environ | {PREFIX + name: value for name, value in self.settings.items()}
        return subprocess.Popen([*gunicorn, *threads, "app:create_app()"], cwd=ROOT, env=env)

    def wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert process.poll() is None, "the site did not start"
            try:
                urlopen(f"{self.url}/healthz", timeout=5).close()  # noqa: S310 - our own address
                return
            except (URLError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError("the site does not answer")


@pytest.fixture(scope="session")
def site(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The running site with the demo season; what a test changes, the next one finds changed."""
    with sqlite_template.copy(tmp_path_factory.mktemp("site")) as url:
        site = Site(Path(url.removeprefix("sqlite:///")), _free_port())
        process = site.start()
        try:
            site.command("demo", "fill")
            site.wait_until_it_answers(process)
            yield site
        finally:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find()
    assert chromium, WHAT_TO_DO
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page_at(browser: Browser, site: Site) -> Iterator[PageAt]:
    """Opens a page of this width: `page_at(390).goto("/agenda")`.

    Each has a browser of its own: own cookies. What any of them writes to its console fails the
    test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(width: int = 1280, *, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            viewport={"width": width, "height": 844},
            color_scheme="light",
            reduced_motion="reduce",  # a colour is judged as it stays, not on its way
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(_complaint(message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def picture() -> Picture:
    """Keeps a picture of the page in test-output/, for people to look at: `make pictures`."""

    def take(page: Page, name: str) -> None:
        if not WANTS_PICTURES:
            return  # a third of a look at a page goes to drawing it, and no test reads it
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return take


@pytest.fixture
def look(picture: Picture) -> Look:
    def at(
        page: Page,
        name: str,
        heading: str | re.Pattern[str] = "",
        *,
        undecided: Set[str] = CONTRAST,
    ) -> None:
        if heading:
            expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        judge(page, undecided, lambda size: picture(page, f"{name}-{size}"))

    return at


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _complaint(message: ConsoleMessage) -> list[str]:
    if message.type not in ("error", "warning") or MEANT.search(message.text):
        return []
    is_the_page_itself = message.page is not None and message.location["url"] == message.page.url
    if is_the_page_itself and MEANT_AS_A_PAGE.search(message.text):
        return []
    return [f"{message.type}: {message.text} ({message.location['url']})"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
