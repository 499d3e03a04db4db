"""A real browser on the real site: an own process, an own database, a demo season in it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

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
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 90.0  # seconds until the site answers
PICTURES = ROOT / "test-output"
WANTS_PICTURES = "PICTURES" in os.environ
# A refused form answers 422, a request that came too late 409: answers, not failures.
MEANT = re.compile("status of (409|422)")
MEANT_AS_A_PAGE = re.compile("status of 4")

PageAt = Callable[..., Page]


@dataclass
class Site:
    """The site as it runs: where it is, and commands on the same database."""

    database: Path
    port: int
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = {
            "SPEELPLEK_DEMO": "1",
            "SPEELPLEK_DATABASE_URL": f"sqlite:///{self.database}",
            "SPEELPLEK_BASE_URL": self.url,
            "SPEELPLEK_SECRET_KEY": SETTINGS["SECRET_KEY"],
        }
        self.env = {**os.environ, **own}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words: str) -> str:
        """Run `flask --app app ...` and give what it says."""
        flask = [sys.executable, "-m", "flask", "--app", "app", *words]
        done = subprocess.run(
            flask, cwd=ROOT, env=self.env, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> subprocess.Popen[bytes]:
        gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}"]
        threads = ["--worker-class", "gthread", "--threads", "8", "--log-level", "warning"]
        return subprocess.Popen([*gunicorn, *threads, "app:create_app()"], cwd=ROOT, env=self.env)

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
        site.command("demo", "fill")
        process = site.start()
        try:
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
    """Opens a page of this width: `page_at(390, dark=True).goto("/agenda")`.

    Each has a browser of its own: own cookies. What any of them writes to its console fails the
    test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(width: int = 1280, *, dark: bool = False, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
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


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Fails on every barrier axe finds on a page; gives what it could not decide, to be read."""

    def judge(page: Page) -> list[str]:
        asked = {"type": "tag", "values": STANDARDS}
        options = {"runOnly": asked, "resultTypes": ["violations", "incomplete"]}
        result = Axe().run(page, options=options)
        assert result.violations_count == 0, result.generate_report()
        return [rule["id"] for rule in result.response["incomplete"]]

    return judge


@pytest.fixture(scope="session")
def no_overflow() -> Callable[[Page], None]:
    """Fails when a page has to be scrolled sideways, and says what sticks out."""

    def judge(page: Page) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide: {page.evaluate(STICKING_OUT)}"

    return judge


STICKING_OUT = """
[...document.querySelectorAll("body *")]
  .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 5).map(element => element.outerHTML.slice(0, 100))
"""


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture of the page in test-output/, for people to look at: `make pictures`."""

    def take(page: Page, name: str) -> None:
        if not WANTS_PICTURES:
            return  # a third of a look at a page goes to drawing it, and no test reads it
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return take


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
