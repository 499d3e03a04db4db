"""The visitor: refuses broken answers, and does with forms and links what a browser does."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from flask import Flask, Response, redirect, request

from core.security import HEADERS
from tests.pages import CheckingClient

PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{heading} – Speelplek</title></head>
<body><main><h1>{heading}</h1>{body}</main></body></html>"""
FORM = """<form method="post" action="/stuur" id="asking">
<input type="hidden" name="csrf_token" value="abc">
<label for="name">Naam</label><input id="name" name="name" value="Buurthuis">
<label for="wish">Wens</label><textarea id="wish" name="wish">Samen eten</textarea>
<label for="district">Wijk</label>
<select id="district" name="district"><option value="1">West</option><option value="2">Oost</option>
</select>
<fieldset><legend>Voor wie?</legend>
<input type="radio" name="open" value="yes" id="open-0"><label for="open-0">Iedereen</label>
<input type="radio" name="open" value="no" id="open-1" checked><label for="open-1">Besloten</label>
</fieldset>
<input type="checkbox" name="quiet" value="y" id="quiet"><label for="quiet">Rustig</label>
<button type="submit" name="go" value="on">Verder</button>
<button type="submit" name="go" value="back">Terug</button>
</form>"""


@pytest.fixture
def site() -> Flask:
    """A small site; each test says what it answers in `site.answers`."""
    app = Flask("site", static_folder=None)
    app.test_client_class = CheckingClient
    app.add_url_rule("/formulier", view_func=form, methods=["GET"])
    app.add_url_rule("/stuur", view_func=send, methods=["POST"])
    app.add_url_rule("/gestuurd", view_func=sent, methods=["GET"])
    app.add_url_rule("/kaal", view_func=bare, methods=["GET"])
    app.add_url_rule("/stuk", view_func=broken, methods=["GET"])
    return app


@pytest.fixture
def visitor(site: Flask) -> CheckingClient:
    client = site.test_client()
    assert isinstance(client, CheckingClient)
    return client


def _answer(body: str, headers: Mapping[str, str] = HEADERS) -> Response:
    return Response(body, headers={**headers, "Cache-Control": "no-cache"})


def form() -> Response:
    return _answer(PAGE.format(heading="Vraag", body=FORM + '<a href="/kaal">Hulp</a>'))


def send() -> Response:
    fields = "&".join(f"{name}={value}" for name, value in request.form.items(multi=True))
    answer = redirect(f"/gestuurd?{fields}", 303)
    answer.headers.extend({**HEADERS, "Cache-Control": "no-cache"})
    assert isinstance(answer, Response)
    return answer


def sent() -> Response:
    said = " ".join(f"{name}={value}" for name, value in request.args.items(multi=True))
    return _answer(PAGE.format(heading="Verstuurd", body=f"<p>{said}</p>"))


def bare() -> Response:
    return _answer("hallo", MappingProxyType({}))


def broken() -> Response:
    return _answer("<p>hallo")


def test_untouched_fields_come_along(visitor: CheckingClient) -> None:
    page = visitor.visit("/formulier").form().submit()
    assert page.h1 == "Verstuurd"
    assert page.text == (
        "Verstuurd csrf_token=abc name=Buurthuis wish=Samen eten district=1 open=no go=on"
    )


def test_choices_go_by_value_or_by_what_they_say(visitor: CheckingClient) -> None:
    filled = visitor.visit("/formulier").form("asking")
    filled.fill(name="Zaal", district="Oost", open="Iedereen", quiet=True)
    said = filled.submit("Terug").text
    assert "name=Zaal" in said
    assert "district=2 open=yes" in said
    assert "quiet=y" in said
    assert "go=back" in said


@pytest.mark.parametrize(
    ("field", "given"),
    [("nam", "x"), ("district", "Zuid"), ("open", "misschien")],
    ids=["no_such_field", "no_such_option", "no_such_choice"],
)
def test_what_is_not_on_the_page_cannot_be_filled_in(
    visitor: CheckingClient, field: str, given: str
) -> None:
    filled = visitor.visit("/formulier").form("/stuur")
    with pytest.raises(AssertionError, match="there are"):
        filled.fill(**{field: given})


def test_a_button_that_is_not_there_cannot_be_pressed(visitor: CheckingClient) -> None:
    with pytest.raises(AssertionError, match="Verder"):
        visitor.visit("/formulier").form().submit("Weg")


def test_a_link_is_followed_to_where_it_leads(visitor: CheckingClient) -> None:
    with pytest.raises(AssertionError, match="header Content-Security-Policy: None"):
        visitor.visit("/formulier").link("Hulp").follow()


def test_a_broken_page_fails_whoever_fetches_it(visitor: CheckingClient) -> None:
    with pytest.raises(AssertionError, match="not valid HTML"):
        visitor.get("/stuk")


def test_another_status_than_expected_fails(visitor: CheckingClient) -> None:
    with pytest.raises(AssertionError, match="answers 200, not 404"):
        visitor.visit("/formulier", status=404)
