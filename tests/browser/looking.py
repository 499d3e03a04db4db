"""Judging the page that is open, in every size it is read in, without opening it again."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Literal, Protocol

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, expect

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOTHING: frozenset[str] = frozenset()
# What axe leaves to people: contrast over a drawn mark. It was looked at.
CONTRAST = frozenset({"color-contrast"})
# And the heads of groups, which name the rows below them. They were looked at.
HEADS = CONTRAST | {"th-has-data-cells"}

RUNS_SCRIPTS = "matchMedia('(scripting: enabled)').matches"
HAS_AXE = "'axe' in window"
RUN_AXE = """
options => axe.run(options).then(({violations, incomplete}) => ({violations, incomplete}))
"""
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
STICKING_OUT = """
[...document.querySelectorAll("body *")]
  .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 5).map(element => element.outerHTML.slice(0, 100))
"""


@dataclass(frozen=True)
class Size:
    """A screen, and what is judged on it."""

    width: int
    colours: Literal["light", "dark"] = "light"
    is_read_by_axe: bool = True

    def __str__(self) -> str:
        return f"{self.width}{'-dark' * (self.colours == 'dark')}"

    def show(self, page: Page) -> None:
        page.set_viewport_size({"width": self.width, "height": 844})
        page.emulate_media(color_scheme=self.colours)


# The smallest has the parts and the order of the telephone, with less room for them.
SIZES = (Size(1280), Size(390, "dark"), Size(320, is_read_by_axe=False))


class Look(Protocol):
    """Fails on barriers and on sideways scrolling: `look(page, "desk-stop", "Bevestig")`.

    The heading says of which page this is; it is waited for, as a click may lead to it. `undecided`
    are the rules that axe may leave to people. Where scripts are off, axe cannot run.
    """

    def __call__(
        self,
        page: Page,
        name: str,
        heading: str | re.Pattern[str] = "",
        *,
        undecided: Set[str] = CONTRAST,
    ) -> None: ...


def settled(page: Page) -> None:
    """Waits until a page, or the part of it that htmx swapped, is whole and focus has moved."""
    page.wait_for_load_state()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def judge(page: Page, undecided: Set[str], take: Callable[[str], None]) -> None:
    """In every size, of which a picture can be taken; then as the page was found."""
    found = page.viewport_size
    settled(page)  # where a click just led has come in, but may not be read yet
    runs_scripts = bool(page.evaluate(RUNS_SCRIPTS))
    for size in SIZES:
        size.show(page)
        take(f"{size}{'-no-script' * (not runs_scripts)}")
        _is_not_too_wide(page, size)
        if runs_scripts and size.is_read_by_axe:
            _has_no_barriers(page, size, undecided)
    page.emulate_media(color_scheme="light")
    if found:
        page.set_viewport_size(found)


def _is_not_too_wide(page: Page, size: Size) -> None:
    wide = page.evaluate(TOO_WIDE)
    assert wide <= 0, f"{page.url} is {wide} px too wide at {size}: {page.evaluate(STICKING_OUT)}"


def _has_no_barriers(page: Page, size: Size, undecided: Set[str]) -> None:
    if not page.evaluate(HAS_AXE):
        page.evaluate(AXE_SCRIPT)  # reading it takes as long as judging with it
    asked = {"type": "tag", "values": STANDARDS}
    options = {"runOnly": asked, "resultTypes": ["violations", "incomplete"]}
    results = AxeResults(page.evaluate(RUN_AXE, options))
    assert not results.violations_count, f"{page.url} at {size}: {results.generate_report()}"
    left = {rule["id"] for rule in results.response["incomplete"]}
    assert left <= undecided, f"{page.url} at {size}: axe could not decide {left - undecided}"
