"""The last page: what somebody sends, twice, too late, or with something nasty in it."""

from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from booking import services
from booking.models import RequestDraft
from booking.rules.lifecycle import RequestState
from booking.rules.norms import DayPart, Wish
from core.db import session
from core.outbox import OutboxMail
from tests.asking import (
    AUDIENCE,
    CHECK,
    CONTACT,
    NO_PLACE,
    OWN_PLACE,
    SEND,
    SENT,
    START,
    VISITORS,
    WHEN,
    WHO,
    choose,
    fill_in,
    offered_keys,
    press,
    push,
    requests_kept,
    say_where,
    to,
)
from tests.builders import (
    AFTERNOON,
    NOW,
    asked,
    confirmed,
    stage,
    submitted,
)
from tests.pages import CheckingClient
from venues.models import Room

pytestmark = pytest.mark.on("sqlite")

FRIDAY = Wish(date(2027, 2, 5), DayPart.AFTERNOON)


@pytest.fixture(autouse=True)
def at_ten(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


@pytest.fixture
def hall(app: Flask) -> Room:
    return stage()


def mails() -> int:
    return session.scalar(select(func.count()).select_from(OutboxMail)) or 0


NASTY = {
    "lines": "Huis\r\nBcc: x@x.example\r\n\r\nhoi",
    "encoded": "=?utf-8?q?a=0D=0ABcc:x=40x.example?=",
    "calendar": "Huis\nEND:VEVENT\nBEGIN:VALARM",
    "script": "<script>alert(1)</script>",
    "attribute": "\"'><img src=x onerror=alert(1)>",
    "htmx": '<b hx-get="/x" hx-trigger="load">',
    "template": "{{1337*3}} ${7*7} %(name)s",
    "textarea": "</textarea></title></script>",
    "bidi": "abc\u202edef\u200b",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_hostile_text_stays_text_everywhere(client: CheckingClient, hall: Room, text: str) -> None:
    """The checking client judges every page; here is what comes after the last one."""
    own = {**OWN_PLACE, "name": text, "street": text}
    to(client, CONTACT)
    say_where(client, **own)
    hope = client.visit(AUDIENCE).form(AUDIENCE).fill(**VISITORS, hope=text).submit("Verder")
    page = hope.form(CONTACT).fill(**{**WHO, "organisation": text, "name": text}).submit("Verder")
    assert page.h1 == "Controleer je aanvraag"
    assert "1787569" not in page.text
    assert not page.soup.main.select("script, b[hx-get], img")  # type: ignore[union-attr]
    page.form().submit(SEND)
    kept = requests_kept()[0]
    assert not {"\r", "\n", "\u202e", "\u200b"} & set(kept.contact_name + kept.organisation.name)
    mail = session.scalars(select(OutboxMail)).one()
    assert "\n" not in mail.subject
    assert "\n" not in mail.to_name
    assert "<script" not in mail.html


def test_bytes_that_are_no_text_do_no_harm(client: CheckingClient, hall: Room) -> None:
    form = to(client, CONTACT).form(CONTACT).fill(**WHO)
    token = quote(form.fields["csrf_token"])
    body = f"csrf_token={token}&organisation=%ED%A0%80%FF&name=%C3%28&email=a%40b.example&phone="
    answer = client.post(CONTACT, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (303, 422)


def test_unknown_and_repeated_fields_are_ignored(client: CheckingClient, hall: Room) -> None:
    form = to(client, CONTACT).form(CONTACT).fill(**WHO)
    sent = MultiDict(form.fields)
    for name in ("state", "status", "id", "version", "room_id", "is_admin", "token", "wishes"):
        sent.add(name, "confirmed")
    sent.add("name", "Iemand Anders")
    page = form.page.send("post", CONTACT, sent, htmx=False, status=200)
    form = page.form()
    for name in ("state", "id", "submitted_at", "reference", "organisation_id"):
        form.fields.add(name, "7")
    form.submit(SEND)
    kept = requests_kept()[0]
    assert (kept.contact_name, kept.state) == ("Sam de Vries", RequestState.SUBMITTED)
    assert kept.reference.startswith("K-")


def test_check_shows_a_change_link_for_every_answer(client: CheckingClient, hall: Room) -> None:
    page = fill_in(client, **OWN_PLACE)
    for answer in ("Buurttuin De Bikkershof", "Bekkerstraat 12, 3524 AB", "Sam de Vries", "8", "4"):
        assert answer in page.text
    links = page.soup.select(".fact-change a")
    assert len(links) == len(page.soup.select(".fact"))
    assert len({link.get_text(" ") for link in links}) == len(links), "each says what it changes"


def test_changing_one_answer_leads_back_to_the_check(client: CheckingClient, hall: Room) -> None:
    fill_in(client)
    page = client.visit(AUDIENCE).form(AUDIENCE).fill(live_here=9).submit("Verder")
    assert page.path == CHECK
    assert "13" in page.text


def test_same_form_twice_is_one_request(client: CheckingClient, hall: Room) -> None:
    form = fill_in(client).form()
    first, second = form.submit(SEND), form.submit(SEND)
    assert (first.path, second.path) == (SENT, SENT)
    assert len(requests_kept()) == 1
    assert requests_kept()[0].reference in second.text
    assert mails() == 1
    assert session.scalars(select(RequestDraft)).all() == []
    fill_in(client)
    assert form.submit(SEND).path == SENT
    assert len(requests_kept()) == 1, "the same answers under the same token are the same request"


def test_sent_form_with_other_answers_is_refused(client: CheckingClient, hall: Room) -> None:
    form = fill_in(client).form()
    form.submit(SEND)
    fill_in(client, kind="none", area="3563")
    page = form.submit(SEND, status=409)
    assert "met andere antwoorden" in page.errors[0]
    assert len(requests_kept()) == 1
    assert page.form("/controleer").submit(SEND).path == SENT
    assert len(requests_kept()) == 2


def test_choice_taken_meanwhile_is_said_and_nothing_is_lost(
    client: CheckingClient, hall: Room
) -> None:
    page = fill_in(client, kind="known", room=str(hall.id))
    confirmed(submitted(asked(hall.id)), hall.id)
    page = page.form().submit(SEND, status=409)
    assert "Donderdag 4 februari 2027, middag kan niet meer" in page.errors[0]
    assert "Sam de Vries" in page.text
    assert len(requests_kept()) == 1
    page = page.link("Kies een ander moment").follow()
    page = push(page, {"remove": AFTERNOON.key})
    choose(client, FRIDAY).form("moments").submit("Verder").form().submit(SEND)
    assert [choice.wish for choice in requests_kept()[1].choices] == [FRIDAY]


def test_after_sending_going_back_starts_afresh(client: CheckingClient, hall: Room) -> None:
    fill_in(client).form().submit(SEND)
    for step in (CHECK, CONTACT, AUDIENCE, WHEN):
        assert client.visit(step).path == START
    assert client.visit(START).form(START).fields["area"] == ""
    assert client.visit(SENT).h1 == "Je aanvraag is verstuurd"


def test_thanks_are_for_who_sent_something(client: CheckingClient, hall: Room) -> None:
    assert client.visit(SENT).path == START


def test_two_tabs_fill_one_draft(client: CheckingClient, hall: Room) -> None:
    say_where(client)
    one, other = client.visit(WHEN), client.visit(WHEN)
    push(one, {"add": "2026-12-10.morning.1"})
    page = push(other, {"add": "2026-12-11.morning.1"})
    assert page.text.count("keuze:") == 2


def test_page_posted_after_its_draft_is_gone_keeps_what_was_typed(
    client: CheckingClient, hall: Room
) -> None:
    form = to(client, CONTACT).form(CONTACT).fill(**WHO)
    session.execute(RequestDraft.__table__.delete())  # type: ignore[attr-defined]
    assert form.submit("Verder").path == START
    say_where(client)
    choose(client, AFTERNOON).form("moments").submit("Verder")
    client.visit(AUDIENCE).form(AUDIENCE).fill(**VISITORS).submit("Verder")
    assert "Sam de Vries" in client.visit(CHECK).text


@pytest.mark.parametrize("cookie", ["x", "eyJkcmFmdCI6ImEifQ.aaaa.bbbb", "a" * 3000, "."])
def test_forged_cookie_opens_no_draft(
    app: Flask, client: CheckingClient, hall: Room, cookie: str
) -> None:
    fill_in(client)
    stranger = app.test_client()
    assert isinstance(stranger, CheckingClient)
    stranger.set_cookie("speelplek", cookie)
    assert stranger.visit(CONTACT).path == START
    say_where(stranger)
    assert stranger.visit(CONTACT).path == WHEN


def test_looking_writes_nothing(client: CheckingClient, hall: Room) -> None:
    for address in (START, WHEN, AUDIENCE, CONTACT, CHECK, SENT, f"{WHEN}?add={AFTERNOON.key}"):
        for method in ("GET", "HEAD"):
            client.open(address, method=method)
    assert session.scalars(select(RequestDraft)).all() == []


def test_pages_with_answers_stay_in_no_cache(client: CheckingClient, hall: Room) -> None:
    fill_in(client).form().submit(SEND)
    for address in (START, SENT):
        assert client.get(address).headers["Cache-Control"] == "no-store"


def test_one_address_cannot_ask_for_ever(client: CheckingClient, hall: Room) -> None:
    for _ in range(services.asking.REQUESTS_PER_ADDRESS):
        submitted(asked(hall.id, email=WHO["email"]))
    page = fill_in(client).form().submit(SEND, status=429)
    assert "Probeer het morgen weer, of bel ons." in page.errors[0]
    assert "Sam de Vries" in page.text
    assert len(requests_kept()) == services.asking.REQUESTS_PER_ADDRESS


def test_english_pages_work_too(client: CheckingClient, hall: Room) -> None:
    page = client.visit(f"/en{START}")
    page = page.form(START).fill(**NO_PLACE).submit()
    assert page.path == f"/en{WHEN}"
    assert press(page, offered_keys(page)[0]).path.startswith(f"/en{WHEN}")
