"""A visitor: a test client that judges every answer, and pages to read, fill in and click.

page = client.visit("/kubus/aanvragen")
page = page.form("asking").fill(postcode="3512 JC").submit("Verder")
assert page.h1 == "Wanneer?"
"""

from contextvars import Context
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from core.db import session
from tests.filling import FilledForm
from tests.markup import fragment_faults, page_faults, soup_of, text_of, value

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": (CONTENT_SECURITY_POLICY,),
    "X-Content-Type-Options": ("nosniff",),
    "X-Frame-Options": ("DENY",),
    "Referrer-Policy": ("same-origin", "no-referrer"),
    "Permissions-Policy": ("camera=(), geolocation=(), microphone=(), payment=(), usb=()",),
    "Cross-Origin-Opener-Policy": ("same-origin",),
    "Cross-Origin-Resource-Policy": ("same-origin",),
}
NOT_OURS_TO_SEND = ("Access-Control-Allow-Origin", "X-Powered-By")
MAX_REDIRECTS = 5


class CheckingClient(FlaskClient):
    """Fails on the first answer that is not what every answer must be.

    Headers are looked at always; HTML not on PostgreSQL: every test runs on SQLite too, and a page
    does not read differently for it.
    """

    @property
    def judges_pages(self) -> bool:
        return not str(self.application.config.get("DATABASE_URL")).startswith("postgresql")

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            session.commit()  # what the test has made so far exists before somebody comes to look
        # Without the test's own app context, so that each request has one of its own, as in real.
        response: TestResponse = Context().run(partial(super().open, *args, **kwargs))
        if found := faults(response, is_judged=self.judges_pages):
            raise AssertionError("\n  ".join([_told(response), *found]))
        return response

    def visit(self, address: str, *, status: int = 200, htmx: bool = False) -> "Page":
        """What a person sees who opens this address."""
        return self.arrive(self.get(address, headers=_headers(htmx)), status)

    def arrive(self, response: TestResponse, status: int = 200) -> "Page":
        """Follow an answer to the page where it ends."""
        for _ in range(MAX_REDIRECTS):
            on = response.headers.get("HX-Redirect") or response.headers.get("Location")
            if not on:
                break
            response = self.get(_local(urljoin(response.request.path, on)))
        page = Page(self, response)
        assert page.status == status, f"{_told(response)}, not {status}: {page.text[:500]}"
        return page


class Page:
    """A page or fragment as a visitor has it before them."""

    def __init__(self, client: CheckingClient, response: TestResponse) -> None:
        self.client = client
        self.response = response
        self.soup = soup_of(response.get_data(as_text=True))

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        """Where it is, with the query."""
        request = self.response.request
        return _local(f"{request.script_root}{request.full_path}".rstrip("?"))

    @property
    def title(self) -> str:
        return text_of(self.soup.title)

    @property
    def h1(self) -> str:
        return text_of(self.soup.h1)

    @property
    def text(self) -> str:
        """All that can be read on it, on one line; only the main part of a whole page."""
        return text_of(self.soup.main or self.soup)

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        return [text_of(item) for item in self.soup.select(".error-summary li")]

    def form(self, named: str = "") -> FilledForm:
        """The form of the page: with this id, in its address, or with a button that says this."""
        main = self.soup.main or self.soup
        forms = [form for form in main.find_all("form") if _is_meant(form, named)]
        assert len(forms) == 1, f"{len(forms)} forms match {named!r} on {self.path}"
        return FilledForm(self, forms[0])

    def link(self, says: str) -> "Link":
        """The link that says this; or, when none says just this, the one that contains it."""
        links = self.soup.find_all("a", href=True)
        found = [a for a in links if text_of(a) == says] or [a for a in links if says in text_of(a)]
        addresses = {value(link, "href") for link in found}
        said = sorted({text_of(link) for link in links})
        assert len(addresses) == 1, f"{len(addresses)} links say {says!r}; there are: {said}"
        return Link(self, addresses.pop())

    def send(self, method: str, address: str, fields: Any, *, htmx: bool, status: int) -> "Page":
        """What a form does when its button is pressed."""
        target = _local(urljoin(self.path, address))
        given = {"query_string": fields} if method == "get" else body(fields)
        response = self.client.open(target, method=method.upper(), headers=_headers(htmx), **given)
        return self.client.arrive(response, status)


class Link:
    def __init__(self, page: Page, href: str) -> None:
        self.page = page
        self.href = href

    def follow(self, *, status: int = 200) -> Page:
        return self.page.client.visit(_local(urljoin(self.page.path, self.href)), status=status)


def body(fields: MultiDict[str, Any]) -> dict[str, Any]:
    """What is sent: fields, or fields and files together, as one text in memory."""
    given = [each for _name, each in MultiDict(fields).items(multi=True)]
    if not any(isinstance(each, FileStorage) for each in given):
        return {"data": fields}
    boundary, content = encode_multipart(fields)
    return {"data": content, "content_type": f'multipart/form-data; boundary="{boundary}"'}


def faults(response: TestResponse, *, is_judged: bool) -> list[str]:
    """What is wrong with an answer: its headers, and its HTML if it has any and is judged."""
    return [*_header_faults(response), *(_html_faults(response) if is_judged else [])]


def _header_faults(response: TestResponse) -> list[str]:
    wrong = [
        f"header {name}: {response.headers.get(name)!r}"
        for name, allowed in HEADERS.items()
        if response.headers.getlist(name) not in [[one] for one in allowed]
    ]
    sent = [f"header {name} is sent" for name in NOT_OURS_TO_SEND if name in response.headers]
    uncontrolled = (
        [] if "Cache-Control" in response.headers else ["header Cache-Control is missing"]
    )
    return [*wrong, *sent, *uncontrolled]


def _html_faults(response: TestResponse) -> list[str]:
    html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
    if not html.strip() or response.status_code in (301, 302, 303, 307, 308):
        return []
    is_fragment = "HX-Request" in response.request.headers
    if is_fragment and not html.lstrip().lower().startswith("<!doctype"):
        return fragment_faults(html)
    return page_faults(html)


def _is_meant(form: Tag, named: str) -> bool:
    if not named:
        return True
    buttons = [text_of(button) for button in form.find_all("button")]
    addresses = (value(form, "action"), value(form, "hx-post"))
    return (
        named in (value(form, "id"), value(form, "name"), *buttons)
        or any(named in address for address in addresses if named.startswith("/"))
    )  # fmt: skip


def _headers(htmx: bool) -> dict[str, str]:
    return {"HX-Request": "true"} if htmx else {}


def _local(address: str) -> str:
    """The path and query of an address, wherever the app thinks it lives."""
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _told(response: TestResponse) -> str:
    request = response.request
    return f"{request.method} {request.path} answers {response.status_code}"
