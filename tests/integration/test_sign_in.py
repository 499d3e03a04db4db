"""Signing in by a mailed link, and everything somebody may try with it."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from app import create_app
from core.clock import utcnow
from core.db import session as database
from core.db import transact
from core.history import story
from core.links import token_hash
from core.outbox import OutboxMail
from people import services
from people.models import Person, Role, SignInLink
from people.queries import live_link, person_by_email

ADDRESS = "anna@theater.example"
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def add_person(app: Flask, *roles: Role, email: str = ADDRESS, name: str = "Anna") -> int:
    def add() -> int:
        person = Person(name=name, email=email, created_at=utcnow())
        for role in roles:
            person.grant(role)
        database.add(person)
        database.flush()
        return person.id

    with app.app_context():
        return transact(add)


def link_for(app: Flask, person_id: int, *, made: datetime | None = None) -> str:
    def make() -> str:
        return services.make_link(database.get_one(Person, person_id), made or utcnow())

    with app.app_context():
        return transact(make)


def post(client: FlaskClient, path: str, **data: str) -> TestResponse:
    """Send the form on the page as a browser would: with the token that the page holds."""
    found = CSRF.search(client.get(path).text)
    return client.post(path, data={"csrf_token": found[1] if found else "", **data})


def use(client: FlaskClient, token: str) -> TestResponse:
    return post(client, f"/inloggen/{token}")


def ask(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    found = CSRF.search(client.get("/inloggen").text)
    data = {"csrf_token": found[1] if found else "", "email": address}
    return client.post("/inloggen", data=data, headers=headers)


def mails(app: Flask) -> list[OutboxMail]:
    with app.app_context():
        return list(database.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def path_in(app: Flask, mail: OutboxMail) -> str:
    """Where the link in the mail leads; it has to lead to this site."""
    found = re.search(rf"{re.escape(app.config['BASE_URL'])}(/inloggen/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def is_signed_in(client: FlaskClient) -> bool:
    """A page that may be kept nowhere is for one person; this one holds nothing else."""
    client.get("/inloggen")
    return client.get("/inloggen/verstuurd").headers["Cache-Control"] == "no-store"


@pytest.fixture
def planner(app: Flask) -> int:
    return add_person(app, Role.PLANNER)


@pytest.fixture
def token(app: Flask, planner: int) -> str:
    return link_for(app, planner)


def test_link_shows_whose_account_and_its_button_signs_in(client: FlaskClient, token: str) -> None:
    page = client.get(f"/inloggen/{token}")
    assert "Anna" in page.text
    assert ADDRESS in page.text
    assert not is_signed_in(client)
    assert use(client, token).status_code == 303
    assert is_signed_in(client)


def test_mail_scanner_does_not_use_up_the_link(app: Flask, client: FlaskClient, token: str) -> None:
    scanner = app.test_client()
    for method in ("HEAD", "GET", "GET", "OPTIONS"):
        scanner.open(f"/inloggen/{token}", method=method)
    assert not is_signed_in(scanner)
    assert use(client, token).status_code == 303


def test_link_works_once(client: FlaskClient, app: Flask, token: str) -> None:
    use(client, token)
    second = app.test_client()
    answer = use(second, token)
    assert answer.status_code == 410
    assert "Stuur mij een link" in answer.text
    assert not is_signed_in(second)


def test_link_works_ten_minutes(app: Flask, client: FlaskClient, planner: int) -> None:
    just = link_for(app, planner, made=utcnow() - timedelta(minutes=9))
    late = link_for(app, planner, made=utcnow() - timedelta(minutes=10))
    assert client.get(f"/inloggen/{just}").status_code == 200
    assert client.get(f"/inloggen/{late}").status_code == 410
    assert use(client, late).status_code == 410
    assert not is_signed_in(client)


ALTERED: dict[str, Callable[[str], str]] = {
    "last letter": lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    "other case": str.swapcase,
    "suffix": lambda token: f"{token}x",
    "prefix": lambda token: f"x{token}",
    "NUL": lambda token: f"{token}%00",
    "very long": lambda token: token * 100,
    "only the start": lambda token: token[:20],
    "hash instead": token_hash,
    "not UTF-8": lambda token: f"{token}%ff%fe",
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED.keys())
def test_altered_link_lets_nobody_in(
    client: FlaskClient, token: str, alter: Callable[[str], str]
) -> None:
    assert client.get(f"/inloggen/{alter(token)}").status_code in (400, 404, 410)
    assert use(client, alter(token)).status_code in (400, 404, 410)
    assert not is_signed_in(client)


def test_link_page_is_kept_and_told_nowhere(client: FlaskClient, token: str) -> None:
    headers = client.get(f"/inloggen/{token}").headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"


def test_only_the_hash_of_a_link_is_kept(app: Flask, token: str) -> None:
    with app.app_context():
        kept = database.scalars(select(SignInLink.token_hash)).all()
    assert kept == [token_hash(token)]
    assert token not in kept


def at_once(app: Flask, times: int, action: Callable[[], bool]) -> int:
    """How many of so many simultaneous tries succeed."""
    start = Barrier(times)

    def one(_number: int) -> bool:
        with app.app_context():
            start.wait()
            return action()

    with ThreadPoolExecutor(times) as pool:
        return sum(pool.map(one, range(times)))


def test_ten_simultaneous_uses_give_one_session(app: Flask, token: str) -> None:
    def sign_in() -> bool:
        return transact(services.use_link, token, now=utcnow()) is not None

    assert at_once(app, 10, sign_in) == 1


def test_without_the_condition_in_the_update_several_uses_would_win(app: Flask, token: str) -> None:
    """The twin of the test above: it shows that the race is really there."""
    looked = Barrier(10)

    def spend() -> bool:
        database.execute(update(SignInLink).values(used_at=utcnow()))
        return True

    def careless() -> bool:
        is_live = live_link(token, utcnow()) is not None
        looked.wait()
        return is_live and transact(spend)

    assert at_once(app, 10, careless) > 1


def test_same_answer_for_known_and_unknown_address(app: Flask, planner: int) -> None:
    def answer(address: str) -> tuple[int, dict[str, str], str]:
        client = app.test_client()
        sent = ask(client, address)
        told = {name: value for name, value in sent.headers if name != "Set-Cookie"}
        return sent.status_code, told, client.get(sent.location).text

    assert answer(ADDRESS) == answer("niemand@theater.example")
    assert [mail.to_address for mail in mails(app)] == [ADDRESS]


def test_mailed_link_signs_in(app: Flask, client: FlaskClient, planner: int) -> None:
    ask(client, ADDRESS)
    (mail,) = mails(app)
    assert post(client, path_in(app, mail)).status_code == 303
    assert is_signed_in(client)


def test_mailed_link_uses_the_configured_address_only(
    app: Flask, client: FlaskClient, planner: int
) -> None:
    ask(client, ADDRESS, **{"X-Forwarded-Host": "evil.example"})
    client.post("/inloggen", data={"email": ADDRESS}, headers={"Host": "evil.example"})
    assert all("evil" not in mail.text + mail.html for mail in mails(app))


def test_link_goes_on_to_the_page_that_was_asked_for(
    app: Flask, client: FlaskClient, planner: int
) -> None:
    client.get("/inloggen?next=/over")
    found = CSRF.search(client.get("/inloggen").text)
    client.post(
        "/inloggen?next=/over%3Fa%3Db",
        data={"csrf_token": found[1] if found else "", "email": ADDRESS},
    )
    (mail,) = mails(app)
    assert post(client, path_in(app, mail)).location == "/over?a=b"


OPEN_REDIRECTS = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%09/evil.example",
    "%09//evil.example",
    "%20//evil.example",
    "/%0d%0aSet-Cookie:x=y",
    "@evil.example",
    "evil.example",
    "/" + "a" * 1000,
    "%00/over",
    "",
]


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("target", OPEN_REDIRECTS)
def test_next_leads_nowhere_else(client: FlaskClient, token: str, target: str) -> None:
    page = client.get(f"/inloggen/{token}")
    found = CSRF.search(page.text)
    answer = client.post(
        f"/inloggen/{token}?next={target}", data={"csrf_token": found[1] if found else ""}
    )
    assert answer.status_code in (303, 400)
    assert re.fullmatch(r"/[\w/-]*", answer.headers.get("Location", "/"))


def test_odd_address_gets_a_sentence_and_stays_typed(client: FlaskClient) -> None:
    answer = ask(client, "anna@<b>")
    assert answer.status_code == 422
    assert "Vul een e-mailadres in" in answer.text
    assert "anna@&lt;b&gt;" in answer.text


def test_mails_to_one_address_are_limited_whoever_asks(app: Flask, planner: int) -> None:
    spellings = [ADDRESS, ADDRESS.upper(), "Anna@Theater.example"]
    for number in range(12):
        answer = ask(
            app.test_client(),
            spellings[number % len(spellings)],
            **{"X-Forwarded-For": f"203.0.113.{number}"},
        )
        assert answer.status_code == 303
    assert len(mails(app)) == services.LINKS_PER_ADDRESS


def test_other_spellings_of_an_address_count_together(app: Flask, planner: int) -> None:
    for spelling in ("a.nna", "an.na", "anna+x", "anna+y", "a.n.n.a"):
        ask(app.test_client(), f"{spelling}@theater.example")
    ask(app.test_client(), ADDRESS)
    assert mails(app) == []


def test_one_client_cannot_ask_for_ever(app: Flask) -> None:
    statuses = [
        ask(app.test_client(), f"p{number}@theater.example").status_code
        for number in range(services.LINKS_PER_CLIENT + 1)
    ]
    assert statuses == [303] * services.LINKS_PER_CLIENT + [429]


def test_signing_in_replaces_the_session(client: FlaskClient, token: str) -> None:
    with client.session_transaction() as planted:
        planted["csrf_token"] = "known to somebody else"
    before = client.get_cookie("speelplek")
    use(client, token)
    with client.session_transaction() as own:
        assert own.get("csrf_token") != "known to somebody else"
    after = client.get_cookie("speelplek")
    assert before
    assert after
    assert before.value != after.value
    stale = client.application.test_client()
    stale.set_cookie("speelplek", before.value)
    assert not is_signed_in(stale)


def sign_out(client: FlaskClient) -> TestResponse:
    found = CSRF.search(client.get("/inloggen").text)
    return client.post("/uitloggen", data={"csrf_token": found[1] if found else ""})


def test_signing_out_ends_copied_sessions_too(app: Flask, client: FlaskClient, token: str) -> None:
    use(client, token)
    cookie = client.get_cookie("speelplek")
    assert cookie
    thief = app.test_client()
    thief.set_cookie("speelplek", cookie.value)
    assert is_signed_in(thief)
    assert sign_out(client).status_code == 303
    assert not is_signed_in(client)
    assert not is_signed_in(thief)


def test_signing_out_is_a_post(client: FlaskClient, token: str) -> None:
    use(client, token)
    assert client.get("/uitloggen").status_code == 405
    assert is_signed_in(client)


def disable(person_id: int) -> None:
    database.get_one(Person, person_id).disabled_at = utcnow()


def test_disabled_person_is_out_at_the_next_request(
    app: Flask, client: FlaskClient, planner: int, token: str
) -> None:
    unused = link_for(app, planner)
    use(client, token)
    with app.app_context():
        transact(disable, planner)
    assert not is_signed_in(client)
    assert client.get(f"/inloggen/{unused}").status_code == 410
    assert use(client, unused).status_code == 410
    ask(client, ADDRESS)
    assert mails(app) == []


@pytest.mark.parametrize(
    "cookie", ["garbage", "x" * 3900, "eyJwZXJzb24iOjF9.aaaa.bbbb", "\u00ff", "a.b.c.d"]
)
def test_forged_cookie_is_nobody(client: FlaskClient, planner: int, cookie: str) -> None:
    client.set_cookie("speelplek", cookie)
    assert client.get("/inloggen").status_code == 200
    assert not is_signed_in(client)


def test_role_opens_its_own_pages_only(app: Flask, client: FlaskClient) -> None:
    host = add_person(app, Role.HOST, email="host@huis.example")
    use(client, link_for(app, host))
    assert client.get("/planning").status_code == 403


def test_stranger_is_asked_to_sign_in_and_comes_back(client: FlaskClient) -> None:
    answer = client.get("/planning?dag=1")
    assert answer.status_code == 303
    assert answer.location == "/inloggen?next=/planning?dag%3D1"
    english = client.get("/en/planning")
    assert english.location == "/en/inloggen?next=/en/planning"


def test_planner_enters(client: FlaskClient, token: str) -> None:
    assert use(client, token).location == "/planning"
    assert client.get("/planning").status_code == 200


def test_htmx_is_told_to_go_and_sign_in(client: FlaskClient) -> None:
    answer = client.get("/planning", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/inloggen")


def test_first_planner_is_invited_by_command(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    result = run(args=["planners", "invite", "Ricardo@Theater.example", "--name", "Ricardo"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        person = person_by_email("ricardo@theater.example")
        assert person
        assert (person.name, person.is_planner) == ("Ricardo", True)
        assert [entry.action for entry in story(("person", person.id))] == ["planner invited"]
    (mail,) = mails(app)
    assert mail.to_address == "ricardo@theater.example"
    assert "/inloggen" in mail.text


def test_inviting_somebody_we_know_adds_the_role(app: Flask) -> None:
    host = add_person(app, Role.HOST)
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=["planners", "invite", ADDRESS])
        assert result.exit_code == 0, result.output
    with app.app_context():
        assert database.scalar(select(func.count()).select_from(Person)) == 1
        assert database.get_one(Person, host).roles == {Role.HOST, Role.PLANNER}


def test_invitation_can_print_a_link_that_works(app: Flask, client: FlaskClient) -> None:
    result = app.test_cli_runner().invoke(args=["planners", "invite", ADDRESS, "--show-link"])
    token = result.output.strip().rpartition("/")[2]
    assert use(client, token).status_code == 303
    assert is_signed_in(client)


@pytest.mark.parametrize("address", ["anna", "a@b.example, c@d.example", "a@b.example\nBcc: x"])
def test_invitation_to_no_address_is_refused(app: Flask, address: str) -> None:
    result = app.test_cli_runner().invoke(args=["planners", "invite", address])
    assert result.exit_code == 2
    assert mails(app) == []


def test_old_links_are_forgotten(app: Flask, planner: int) -> None:
    link_for(app, planner, made=utcnow() - timedelta(days=2))
    fresh = link_for(app, planner)
    assert app.test_cli_runner().invoke(args=["people", "tidy"]).exit_code == 0
    with app.app_context():
        assert database.scalars(select(SignInLink.token_hash)).all() == [token_hash(fresh)]


def test_organisation_is_found_again_by_its_name(app: Flask) -> None:
    spellings = ["Buurthuis De Zon", "buurthuis  de ZON", " Buurthuis De Zon "]
    with app.app_context():
        ids = {
            transact(lambda name: services.find_or_add_organisation(name, now=utcnow()).id, each)
            for each in spellings
        }
    assert len(ids) == 1


def test_organisation_added_by_many_at_once_is_one(app: Flask) -> None:
    def add() -> int:
        return services.find_or_add_organisation("Het Wijkpaleis", now=utcnow()).id

    assert at_once(app, 8, lambda: transact(add) > 0) == 8


@pytest.fixture
def demo(app: Flask) -> Iterator[FlaskClient]:
    """The same database, opened by an app in demo mode."""
    uri = app.config["SQLALCHEMY_DATABASE_URI"]
    demo_app = create_app(
        {"TESTING": True, "DEMO": True, "SECRET_KEY": "d" * 40, "DATABASE_URL": uri}
    )
    yield demo_app.test_client()
    with demo_app.app_context():
        database.remove()
        database.get_bind().dispose()  # type: ignore[union-attr]


def test_demo_lets_a_newcomer_step_in(demo: FlaskClient, planner: int) -> None:
    assert "Planner van het theater" in demo.get("/demo").text
    assert not is_signed_in(demo)
    assert post(demo, "/demo", role="planner").location == "/planning"
    assert is_signed_in(demo)
    assert post(demo, "/demo", role="asker").location == "/kubus/aanvragen"
    assert not is_signed_in(demo)


@pytest.mark.parametrize("role", ["host", "admin", "", "planner\x00"])
def test_demo_refuses_a_role_nobody_has(demo: FlaskClient, planner: int, role: str) -> None:
    assert post(demo, "/demo", role=role).status_code in (400, 404)
    assert not is_signed_in(demo)


def test_stepping_in_exists_only_in_a_demo(client: FlaskClient, planner: int) -> None:
    assert client.get("/demo").status_code == 404
    assert post(client, "/demo", role="planner").status_code in (400, 404)
    assert not is_signed_in(client)
