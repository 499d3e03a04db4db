"""What every answer carries, and what no request can get done."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app import create_app
from core.access import public
from core.db import Busy, session
from core.findings import Refused, blocker
from core.security import client_address

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
pytestmark = pytest.mark.on("sqlite")

SECRET = "geheim-token-of-adres@huis.example"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OF_THE_ANSWER = {"Content-Type", "Content-Length", "Vary", "Allow", "Retry-After", "Cache-Control"}


def failing_view(error: Exception) -> Callable[..., str]:
    def view(**_values: str) -> str:
        raise error

    return public(view)


@public
def shown_number(number: int) -> str:
    return str(number)


@public
def shown_address() -> str:
    return client_address()


FAILURES = {
    "unexpected": (ValueError(SECRET), 500),
    "database": (IntegrityError("INSERT", {"email": SECRET}, Exception(SECRET)), 500),
    "away": (OperationalError("SELECT 1", {}, Exception(SECRET)), 503),
    "busy": (Busy(SECRET), 503),
    "refused": (Refused([blocker("same_form_other_content"), blocker("never heard of")]), 409),
    "stale": (StaleDataError(SECRET), 409),
}


@pytest.fixture
def failing(database_url: str) -> Iterator[FlaskClient]:
    """The app with routes that go wrong, answering as it does in production."""
    wrong = create_app(
        {
            "TESTING": True,
            "PROPAGATE_EXCEPTIONS": False,
            "SECRET_KEY": "f" * 40,
            "DATABASE_URL": database_url,
        }
    )
    for name, (error, _status) in FAILURES.items():
        wrong.add_url_rule(f"/fails/{name}/<token>", name, failing_view(error))
    wrong.add_url_rule("/undeclared", "undeclared", lambda: SECRET)
    wrong.add_url_rule("/number/<int:number>", "number", shown_number)
    wrong.add_url_rule(
        "/sent", "sent", public(lambda: "done"), methods=["POST", "PUT", "PATCH", "DELETE"]
    )
    yield wrong.test_client()
    with wrong.app_context():
        session.remove()
        session.get_bind().dispose()  # type: ignore[union-attr]


def csrf_token(client: FlaskClient) -> str:
    found = CSRF.search(client.get("/inloggen").text)
    assert found
    return found[1]


PAGES = {
    "/": 200,
    "/inloggen": 200,
    "/en/inloggen": 200,
    "/healthz": 200,
    "/planning": 303,
    "/bestaat-niet": 404,
    "/uitloggen": 405,
    "/undeclared": 404,
    "/%00": 400,
    **{f"/fails/{name}/x": status for name, (_error, status) in FAILURES.items()},
}


@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_every_answer_has_exactly_these_headers(
    failing: FlaskClient, path: str, status: int
) -> None:
    answer = failing.get(path)
    assert answer.status_code == status
    sent = {name: value for name, value in answer.headers if name not in OF_THE_ANSWER}
    sent.pop("Set-Cookie", None)
    sent.pop("Location", None)
    assert sent == HEADERS
    assert answer.headers["Cache-Control"] in ("no-cache", "no-store")


@pytest.mark.parametrize(("name", "status"), [(n, s) for n, (_e, s) in FAILURES.items()])
def test_failure_shows_a_page_and_no_secrets(
    failing: FlaskClient, capsys: pytest.CaptureFixture[str], name: str, status: int
) -> None:
    capsys.readouterr()
    answer = failing.get(f"/fails/{name}/{SECRET}?q={SECRET}", headers={"HX-Request": "true"})
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert "Traceback" not in answer.text
    assert SECRET not in answer.text.partition("<main")[2]  # before it stands the page's address
    log = capsys.readouterr().err
    assert SECRET not in log
    assert '"event": "request"' in log


def test_unexpected_failure_has_a_number_that_is_in_the_log(
    failing: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    page = failing.get("/fails/unexpected/x").text
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (failure,) = [line for line in lines if line["event"] == "failure"]
    assert failure["request"] in page
    assert failure["endpoint"] == "unexpected"
    assert failure["errors"] == ["builtins.ValueError"]
    assert any("test_security.py" in place for place in failure["places"])


def test_busy_database_says_when_to_come_back(failing: FlaskClient) -> None:
    answer = failing.get("/fails/busy/x")
    assert answer.headers["Retry-After"] == "5"
    assert "Er is niets veranderd" in answer.text


def test_refusal_is_said_in_sentences(failing: FlaskClient) -> None:
    said = failing.get("/fails/refused/x").text
    assert "Je stuurde dit formulier al eerder op" in said
    assert "Dit kan nu niet." in said
    assert "never heard of" not in said


def test_error_page_stands_when_the_database_does_not(database_url: str) -> None:
    lost = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "l" * 40,
            "DATABASE_URL": "sqlite:////no/such/folder/speelplek.sqlite3",
        }
    )
    client = lost.test_client()
    with client.session_transaction() as cookie:
        cookie["person"], cookie["epoch"] = 1, 0
    answer = client.get("/planning")
    assert answer.status_code == 503
    assert "Even wachten" in answer.text
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({}, {}),
        ({"csrf_token": ""}, {}),
        ({"csrf_token": "garbage"}, {}),
        ({}, {"HX-Request": "true"}),
        ({}, {"X-CSRFToken": "garbage"}),
    ],
    ids=["none", "empty", "garbage", "htmx", "header"],
)
def test_form_without_our_token_does_nothing(
    failing: FlaskClient, method: str, data: dict[str, str], headers: dict[str, str]
) -> None:
    answer = failing.open("/sent", method=method, data=data, headers=headers)
    assert answer.status_code == 400
    assert "laad de pagina opnieuw" in answer.text


def test_token_of_another_visitor_does_nothing(failing: FlaskClient) -> None:
    theirs = csrf_token(failing)
    other = failing.application.test_client()
    csrf_token(other)
    assert other.post("/sent", data={"csrf_token": theirs}).status_code == 400
    assert failing.post("/sent", data={"csrf_token": theirs}).status_code == 200


def test_token_may_come_in_a_header(failing: FlaskClient) -> None:
    token = csrf_token(failing)
    assert failing.delete("/sent", headers={"X-CSRFToken": token}).status_code == 200


FROM_ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "https://localhost"},
]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=str)
def test_form_of_another_site_is_refused_even_with_a_token(
    failing: FlaskClient, headers: dict[str, str]
) -> None:
    data = {"csrf_token": csrf_token(failing)}
    assert failing.post("/sent", data=data, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Origin": "null"},
    ],
    ids=str,
)
def test_form_of_our_own_passes(failing: FlaskClient, headers: dict[str, str]) -> None:
    data = {"csrf_token": csrf_token(failing)}
    assert failing.post("/sent", data=data, headers=headers).status_code == 200


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml"])
def test_body_that_is_no_form_does_nothing(failing: FlaskClient, kind: str) -> None:
    token = csrf_token(failing)
    body = json.dumps({"csrf_token": token, "email": SECRET})
    assert failing.post("/sent", data=body, content_type=kind).status_code == 400
    answer = failing.post("/inloggen", data=body, content_type=kind, headers={"X-CSRFToken": token})
    assert answer.status_code == 422


def test_broken_multipart_is_refused(failing: FlaskClient) -> None:
    answer = failing.post(
        "/sent", data=b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 400


def test_form_with_too_many_keys_is_refused(failing: FlaskClient) -> None:
    data = {"csrf_token": csrf_token(failing), **{f"k{n}": "" for n in range(1001)}}
    assert failing.post("/sent", data=data).status_code == 413


def test_body_that_is_too_large_is_refused(failing: FlaskClient) -> None:
    data = {"csrf_token": csrf_token(failing), "x": "a" * 2_000_000}
    assert failing.post("/sent", data=data).status_code == 413


def test_part_that_is_too_large_is_refused(failing: FlaskClient) -> None:
    name = 'Content-Disposition: form-data; name="x"'
    body = f"--b\r\n{name}\r\n\r\n{'a' * 600_000}\r\n--b--\r\n"
    kind = "multipart/form-data; boundary=b"
    assert failing.post("/sent", data=body, content_type=kind).status_code == 413


def test_body_that_is_not_utf8_is_refused(failing: FlaskClient) -> None:
    body = f"csrf_token={csrf_token(failing)}&x=".encode() + b"\xff\xfe"
    kind = "application/x-www-form-urlencoded"
    assert failing.post("/sent", data=body, content_type=kind).status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:5000"])
def test_foreign_host_is_refused_with_a_page(client: FlaskClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert host.partition(":")[0] not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_forwarded_host_is_ignored(client: FlaskClient) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    answer = client.get("/planning", headers=forwarded)
    assert answer.location.startswith("/inloggen")
    assert "evil" not in client.get("/", headers=forwarded).text


NOT_THERE = [
    "/console",
    "/.git/HEAD",
    "/.env",
    "/metrics",
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/..%2fapp.py",
    "/assets/x/../../app.py",
    "/assets/x/package.json",
    "/<script>alert(1)</script>",
    "/{{1337*1337}}",
    "/planning%0d%0aX-Evil:1",
    "/number/-1",
    "/number/2147483648",
    "/number/99999999999999999999",
    "/number/1_0",
    "/number/1e3",
    "/number/%D9%A3",
    "/number/1,2",
    "/en",
    "/engels",
    "/nl/inloggen",
    "//evil.example/inloggen",
]


@pytest.mark.parametrize("path", NOT_THERE)
def test_odd_address_is_not_found(failing: FlaskClient, path: str) -> None:
    answer = failing.get(path)
    assert answer.status_code in ((200,) if path == "/en" else (400, 404))
    assert "<script>alert" not in answer.text
    assert "1787569" not in answer.text
    assert "X-Evil" not in answer.headers


def test_largest_id_is_let_through(failing: FlaskClient) -> None:
    assert failing.get("/number/2147483647").text == "2147483647"


def test_route_without_declaration_is_closed(failing: FlaskClient) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        answer = failing.open("/undeclared", method=method)
        assert answer.status_code == 404
        assert SECRET not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-HTTP-Method-Override": "POST"},
        {"X-Method-Override": "DELETE"},
    ],
)
def test_method_cannot_be_overridden(failing: FlaskClient, headers: dict[str, str]) -> None:
    assert failing.get("/sent?_method=POST", headers=headers).status_code == 405
    assert failing.open("/sent", method="TRACE").status_code in (404, 405)


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-1,5-3,-9"},
        {"Accept-Language": "nl;q=x,,;;," * 100},
        {"HX-Request": "false", "HX-Target": "<b>", "HX-Current-URL": "\u00ff"},
        {"If-None-Match": '"x'},
        {"If-Modified-Since": "yesterday"},
        {"Cookie": "speelplek=; speelplek=x; =y;;;"},
        {"Content-Length": "-1"},
        {"Accept": "x" * 5000},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_strange_headers_do_no_harm(failing: FlaskClient, headers: dict[str, str]) -> None:
    for path in ("/inloggen", "/static/nothing.css"):
        assert failing.get(path, headers=headers).status_code < 500


def test_repeated_and_invalid_parameters_do_no_harm(failing: FlaskClient) -> None:
    odd = ("next=a&next=b", "next=%ff%fe", "next[]=x", "next=%ed%a0%80", "&&&=&", "a" * 5000)
    for query in odd:
        assert failing.get(f"/inloggen?{query}").status_code == 200
    assert failing.get("/inloggen?next=%00").status_code == 400


def secure_app(database_url: str, **settings: object) -> FlaskClient:
    made = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "s" * 40,
            "BASE_URL": "https://speelplek.example",
            "DATABASE_URL": database_url,
            **settings,
        }
    )
    return made.test_client()


def test_cookie_under_https_has_all_its_guards(database_url: str) -> None:
    client = secure_app(database_url)
    answer = client.get("/inloggen", base_url="https://speelplek.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-speelplek=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_cookie_comes_only_when_it_is_needed(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/").headers
    assert "Set-Cookie" not in client.get("/healthz").headers
    assert "Set-Cookie" not in client.get("/bestaat-niet").headers
    first = client.get("/inloggen").headers
    assert "HttpOnly" in first["Set-Cookie"]
    assert first["Cache-Control"] == "no-store"


def address_seen_by(client: FlaskClient, forwarded: str) -> str:
    client.application.add_url_rule("/address", "address", shown_address)
    return client.get("/address", headers={"X-Forwarded-For": forwarded}).text


def test_forwarded_address_counts_only_behind_trusted_proxies(database_url: str) -> None:
    spoofed = "203.0.113.9, 198.51.100.7"
    assert address_seen_by(secure_app(database_url, TRUSTED_PROXIES=0), spoofed) == "127.0.0.1"
    assert address_seen_by(secure_app(database_url, TRUSTED_PROXIES=1), spoofed) == "198.51.100.7"


def test_english_stays_english(client: FlaskClient) -> None:
    page = client.get("/en/inloggen")
    assert '<html lang="en">' in page.text
    assert 'action="/en/inloggen"' in page.text
    assert 'href="/inloggen"' in page.text
    dutch = client.get("/inloggen?a=%3Cb%3E%26")
    assert '<html lang="nl">' in dutch.text
    assert 'href="/en/inloggen?a=%3Cb%3E%26"' in dutch.text


def test_page_in_other_language_of_an_odd_path_stays_an_address(client: FlaskClient) -> None:
    page = client.get('/b"><script>x</script>').text
    assert "<script>x" not in page
