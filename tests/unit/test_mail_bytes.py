"""The bytes of a mail, read back as a receiver would."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import mime
from core.mail import Action, CalendarPart, Message, Recipient, header_safe, written
from core.mime import Parcel, Unsendable, build, check_this_python

ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
PARCEL = Parcel(
    message_id="<2f1d@speelplek.example>",
    references=("<0a@speelplek.example>", "<1b@speelplek.example>"),
    dated_at=datetime(2026, 10, 1, 12, 0, tzinfo=UTC),
    from_name="Stut Theater",
    from_address="boekingen@speelplek.example",
    to_name="Sanne Bakker",
    to_address="sanne@buurthuis.example",
    language="nl",
    subject="De kubus komt op donderdag 1 oktober 2026",
    text="Hallo Sanne,\n\n.\nFrom nu af é\n",
    html="<p>Hallo Sanne</p>",
    calendar=CalendarPart("REQUEST", ICS),
)
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]
HOSTILE = [
    "x\r\nBcc: y@speelplek.example",
    "x\nBcc: y@speelplek.example",
    "x\rBcc: y@speelplek.example",
    "=?utf-8?q?a=0D=0ABcc:_y@speelplek.example?=",
    "=?utf-8?b?YQ0KQmNjOiB5QHNwZWVscGxlay5leGFtcGxl?=",
    "=\x00?utf-8?q?a=0D=0ABcc:x?=",
    "==??utf-8?q?a=0D=0ABcc:x?=",
    "é =?utf-8?q?=0D=0ABcc:x?= \u2028Bcc: z",
    "w" * 1500,
    "é" * 1500,
    "\N{PERFORMING ARTS} \N{FAMILY}" * 90,
    'Jan "de Vries", Piet; <x@speelplek.example> (ja)',
    "NUL \x00 and \udc80 half a letter",
    "",
]


def received(parcel: Parcel) -> EmailMessage:
    message = message_from_bytes(build(parcel), policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("field", ["subject", "to_name", "from_name"])
def test_no_text_becomes_a_header(field: str, text: str) -> None:
    changed: dict[str, Any] = {field: text}
    message = received(replace(PARCEL, **changed))
    assert message.keys() == HEADERS
    assert [str(each.addr_spec) for each in message["To"].addresses] == [PARCEL.to_address]
    assert [str(each.addr_spec) for each in message["From"].addresses] == [PARCEL.from_address]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_lines_are_ascii_end_in_crlf_and_are_not_too_long(text: str) -> None:
    data = build(replace(PARCEL, subject=text, to_name=text, text=text, html=text))
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert data.isascii()


@given(st.text(max_size=300))
def test_any_text_is_one_subject_to_one_person(text: str) -> None:
    message = received(replace(PARCEL, subject=text, to_name=text, text=text, html=text))
    assert message.keys() == HEADERS
    assert len(message["To"].addresses) == 1


def test_names_and_subjects_arrive_as_written() -> None:
    parcel = replace(
        PARCEL, to_name='Zoë, van \'t "Huis"; 🎭', subject="Één kubus; twee stoelen 🎭"
    )
    message = received(parcel)
    assert message["To"].addresses[0].display_name == parcel.to_name
    assert message["Subject"] == parcel.subject


def test_invitation_stands_last_among_the_alternatives_and_as_a_file() -> None:
    message = received(PARCEL)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    calendar, file = list(message.walk())[-2:]
    assert calendar.get_content_charset() == "utf-8"
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar["Content-Disposition"] is None
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert (file.get_content_disposition(), file.get_filename()) == (
        "attachment",
        "uitnodiging.ics",
    )
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == ICS


def test_mail_without_invitation_is_text_and_html() -> None:
    message = received(replace(PARCEL, calendar=None))
    types = [part.get_content_type() for part in message.walk()]
    assert types == ["multipart/alternative", "text/plain", "text/html"]
    plain = message.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == PARCEL.text


def test_headers_say_what_machines_must_know() -> None:
    message = received(PARCEL)
    assert message["Message-ID"] == PARCEL.message_id
    assert message["In-Reply-To"] == "<1b@speelplek.example>"
    assert message["References"] == "<0a@speelplek.example> <1b@speelplek.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == PARCEL.dated_at


def test_the_same_row_gives_the_same_bytes() -> None:
    assert build(PARCEL) == build(replace(PARCEL))
    assert build(PARCEL) != build(replace(PARCEL, message_id="<other@speelplek.example>"))


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example, c@d.example",
        "Naam <a@b.example>",
        "a@b.example\r\nBcc: c@d.example",
        "a\x00@b.example",
        "é@b.example",
        "a@bücher.example",
        "a",
        "",
        "@",
    ],
)
def test_no_mail_is_made_for_what_is_no_address(address: str) -> None:
    with pytest.raises(Unsendable):
        build(replace(PARCEL, to_address=address))


def test_unknown_method_is_not_sent() -> None:
    with pytest.raises(Unsendable):
        build(replace(PARCEL, calendar=CalendarPart("PUBLISH", ICS)))


def test_a_python_that_lets_a_newline_through_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `header_safe` the mail has other headers than meant, or this Python is mended."""
    check_this_python()
    monkeypatch.setattr(mime, "header_safe", lambda value, _limit=0: value.replace("\r\n", " "))
    if _writes_hidden_newlines():
        with pytest.raises(Unsendable):
            check_this_python()
    else:
        check_this_python()


def _writes_hidden_newlines() -> bool:
    message = EmailMessage(policy=SMTP)
    message["To"] = Address("=?utf-8?q?a=0D=0ABcc:_x?=", addr_spec="a@b.example")
    return b"\nBcc" in message.as_bytes()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_header_safe_is_short_and_opens_no_encoded_word(text: str) -> None:
    safe = header_safe(text)
    assert len(safe) <= 150
    assert safe.isprintable() or "\N{ZERO WIDTH JOINER}" in safe
    assert "=?" not in safe
    assert header_safe(safe) == safe


MESSAGE = Message(
    subject="De kubus komt",
    paragraphs=("Fijn <b>dat</b> je er bent.", "Tot dan!"),
    facts=(("Wanneer", "donderdag 1 oktober 2026"), ("Waar", "Buurthuis & Zo")),
    action=Action("Bekijk de afspraak", "https://speelplek.example/aanvraag/abc?a=1&b=2"),
    footnote="Deze link is alleen voor jou.",
)


def test_both_layouts_say_the_same() -> None:
    paper = written(MESSAGE, Recipient("Sanne", "sanne@buurthuis.example"))
    page = html5lib.HTMLParser(strict=True).parse(paper.html)
    shown = " ".join("".join(page.itertext()).split())
    assert "<b>dat</b>" in shown
    for said in (*MESSAGE.paragraphs, *(value for _, value in MESSAGE.facts), MESSAGE.footnote):
        assert said in paper.text
        assert said in shown
    assert "Hallo Sanne," in paper.text
    assert "Hallo Sanne," in shown
    assert MESSAGE.action is not None
    assert MESSAGE.action.url in io.StringIO(paper.text).read().split("\n")
    assert 'href="https://speelplek.example/aanvraag/abc?a=1&amp;b=2"' in paper.html


def test_layout_without_extras_leaves_no_holes() -> None:
    bare = Message(subject="Hoi", paragraphs=("Een zin.",))
    text = written(bare, Recipient("", "a@b.example")).text
    assert text.startswith("Hallo,\n\nEen zin.\n\n")
    assert "\n\n\n" not in text
    assert text.endswith("\n")


def test_page_of_a_mail_names_its_language() -> None:
    assert '<html lang="en">' in written(MESSAGE, Recipient("Sam", "a@b.example", "en")).html
    assert '<html lang="nl">' in written(MESSAGE, Recipient("Sam", "a@b.example", "xx")).html
