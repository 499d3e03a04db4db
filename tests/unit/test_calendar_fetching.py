"""Getting a calendar from servers that lie, stall, flood and send us elsewhere."""

import gc
import gzip
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from core.clock import utcnow
from tests.calendar_server import (
    Answer,
    CalendarServer,
    calendar_server,
    drip,
    endless,
    packed,
    raw,
    redirect,
    serve,
    unless_known,
)
from venues.outside import fetching
from venues.outside.addresses import target, tidied
from venues.outside.content import LARGEST
from venues.outside.failures import Failure, Unread
from venues.outside.fetching import Fetched, Manners, Marks, fetch
from venues.outside.guard import is_public, looked_up

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
BOMB = packed(b"BEGIN:VCALENDAR\r\n" + b"x" * (20 * LARGEST))
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with calendar_server() as running:
        yield running


def get(server: CalendarServer, marks: Marks | None = None, patience: float = 5.0) -> Fetched:
    return fetch(server.url(), marks, Manners((server.listed,), patience))


def failure_of(address: str, *inside: str) -> Failure | None:
    try:
        target(address, inside)
    except Unread as unread:
        return unread.failure
    return None


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("webcal://p1.example/a.ics", "https://p1.example/a.ics"),
        (" agenda.example/a.ics ", "https://agenda.example/a.ics"),
        ("https://agenda.example/a%40b/basic.ics", "https://agenda.example/a%40b/basic.ics"),
        ("http://agenda.example/a.ics", "http://agenda.example/a.ics"),
    ],
    ids=["subscription", "without_beginning", "as_it_is", "not_made_safe_by_itself"],
)
def test_an_address_is_read_as_people_paste_it(typed: str, address: str) -> None:
    assert tidied(typed) == address


@pytest.mark.parametrize(
    ("address", "failure"),
    [
        ("https://agenda.example/a.ics?x=1&y=é", None),
        ("https://[2a00:1450::1]/a.ics", Failure.INSIDE_ADDRESS),
        ("https://bücher.example/a.ics", None),
        ("http://agenda.example/a.ics", Failure.NOT_SECURE),
        ("https://agenda.example:8443/a.ics", Failure.ODD_PORT),
        ("https://agenda.example:99999/", Failure.BAD_ADDRESS),
        ("https://sam:geheim@agenda.example/", Failure.HAS_PASSWORD),
        ("https://agenda.example@inside.example/", Failure.HAS_PASSWORD),
        ("https://127.0.0.1/", Failure.INSIDE_ADDRESS),
        ("https://127.1/", Failure.INSIDE_ADDRESS),
        ("https://2130706433/", Failure.INSIDE_ADDRESS),
        ("https://0x7f.1/", Failure.INSIDE_ADDRESS),
        ("https://0177.0.0.1/", Failure.INSIDE_ADDRESS),
        ("https://0/", Failure.INSIDE_ADDRESS),
        ("https://①②⑦.0.0.1/", Failure.INSIDE_ADDRESS),
        ("https://[::1]/", Failure.INSIDE_ADDRESS),
        ("https://[::ffff:10.0.0.1]/", Failure.INSIDE_ADDRESS),
        ("file:///etc/passwd", Failure.BAD_ADDRESS),
        ("gopher://agenda.example/", Failure.BAD_ADDRESS),
        ("https:///a.ics", Failure.BAD_ADDRESS),
        ("https://agenda.example\\@inside.example/", Failure.BAD_ADDRESS),
        ("https://agenda.example/a b", Failure.BAD_ADDRESS),
        ("https://agenda.example/\r\nX: y", Failure.BAD_ADDRESS),
        ("https://agenda.example/" + "x" * 2000, Failure.BAD_ADDRESS),
    ],
    ids=lambda value: str(value)[:50],
)
def test_an_address_is_judged(address: str, failure: Failure | None) -> None:
    assert failure_of(address) is failure


def test_what_the_installation_lists_may_be_on_the_inside() -> None:
    assert failure_of("http://127.0.0.1:8080/a.ics", "127.0.0.1:8080") is None
    assert failure_of("http://127.0.0.1:8081/a.ics", "127.0.0.1:8080") is Failure.NOT_SECURE


@pytest.mark.parametrize("number", ["93.184.216.34", "2a00:1450:400e:80d::200e", "185.199.108.1"])
def test_public_machines_may_be_asked(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        "0.0.0.1", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1",
        "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "224.0.0.1",
        "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:8.8.8.8",
        "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",
        "2001:db8::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
        "localhost", "",
    ],
)  # fmt: skip
def test_other_machines_are_never_asked(number: str) -> None:
    assert not is_public(number)


def answering(*numbers: str) -> Any:
    """A name server that gives another answer each time."""
    left = list(numbers)

    def getaddrinfo(host: str, port: int, *_more: Any, **_other: Any) -> list[Any]:
        try:
            number = str(ipaddress.ip_address(host))  # a number is its own answer
        except ValueError:
            number = left.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    return getaddrinfo


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("10.0.0.1"))
    with pytest.raises(Unread) as refused:
        looked_up(target("https://agenda.example/"), 5)
    assert refused.value.failure is Failure.INSIDE_ADDRESS


@pytest.mark.filterwarnings("ignore:.*socket:pytest.PytestUnraisableExceptionWarning")
def test_the_connection_goes_to_the_number_that_was_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second answer leads inside: whoever asks again for the connection ends up there."""
    monkeypatch.setattr(socket, "getaddrinfo", answering("93.184.216.34", "127.0.0.1"))
    with pytest.raises(Unread) as failed:
        fetch("https://agenda.example/", manners=Manners(patience=2))
    assert str(failed.value.__cause__) == "a test tried to reach 93.184.216.34"
    del failed
    gc.collect()  # the guard of the tests leaves the socket half made


def test_asking_the_name_again_would_lead_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: judged once, looked up again for the connection."""
    monkeypatch.setattr(socket, "getaddrinfo", answering("93.184.216.34", "127.0.0.1"))
    to = target("https://agenda.example/")
    assert looked_up(to, 5) == ["93.184.216.34"]
    assert looked_up_again(to.host) == "127.0.0.1"


def looked_up_again(host: str) -> str:
    return str(socket.getaddrinfo(host, 443)[0][4][0])


@pytest.mark.parametrize(
    "answer",
    [
        serve(CALENDAR),
        packed(CALENDAR),
        raw(OK + b"Transfer-Encoding: chunked\r\n\r\n2d\r\n" + CALENDAR + b"\r\n0\r\n\r\n"),
        raw(OK + b"\r\n" + CALENDAR),
    ],
    ids=["plain", "packed", "in_pieces", "until_it_hangs_up"],
)
def test_a_calendar_comes_in(server: CalendarServer, answer: Answer) -> None:
    server.answers["/agenda.ics"] = answer
    assert get(server).content == CALENDAR
    [(_path, headers)] = server.asked
    assert headers["host"] == server.listed


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (serve(b"", "401 Unauthorized"), Failure.NO_ENTRY),
        (serve(b"", "404 Not Found"), Failure.GONE),
        (serve(b"", "410 Gone"), Failure.GONE),
        (serve(b"", "503 Busy"), Failure.SERVER_ERROR),
        (serve(b"", "304 Not Modified"), Failure.ODD_ANSWER),
        (serve(b"", "302 Found"), Failure.ODD_ANSWER),
        (raw(b"220 ftp.example ready\r\n"), Failure.ODD_ANSWER),
        (raw(OK + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n"), Failure.ODD_ANSWER),
        (raw(b""), Failure.UNREACHABLE),
        (serve(CALENDAR, Content_Encoding="br"), Failure.ODD_ANSWER),
        (serve(b"BEGIN:VCALENDAR", Content_Encoding="gzip"), Failure.CUT_OFF),
        (serve(gzip.compress(CALENDAR)[:-9], Content_Encoding="gzip"), Failure.CUT_OFF),
        (raw(OK + b"Content-Length: 500\r\n\r\nBEGIN:VCALENDAR"), Failure.CUT_OFF),
        (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n99\r\nBEGIN:VCAL"), Failure.CUT_OFF),
        (serve(b"x" * (LARGEST + 1)), Failure.TOO_BIG),
        (endless, Failure.TOO_BIG),
        (BOMB, Failure.TOO_BIG),
        (redirect("/agenda.ics"), Failure.TOO_MANY_HOPS),
        (redirect("https://10.0.0.1/"), Failure.INSIDE_ADDRESS),
        (redirect("http://169.254.169.254/latest/meta-data/"), Failure.NOT_SECURE),
        (redirect("https://localhost/"), Failure.INSIDE_ADDRESS),
        (redirect("file:///etc/passwd"), Failure.BAD_ADDRESS),
        (redirect("https://[half"), Failure.BAD_ADDRESS),
    ],
    ids=[
        "no_entry", "not_found", "gone", "broken", "unchanged_for_nobody", "redirect_to_nowhere",
        "not_the_web", "many_headers", "hangs_up", "strange_packing", "not_packed", "half_packed",
        "half", "half_in_pieces", "too_big", "endless", "bomb", "circle", "to_a_number_inside",
        "to_metadata", "to_localhost", "to_a_file", "to_half_an_address",
    ],
)  # fmt: skip
def test_what_comes_back_is_not_trusted(
    server: CalendarServer, answer: Answer, failure: Failure
) -> None:
    server.answers["/agenda.ics"] = answer
    with pytest.raises(Unread) as failed:
        get(server)
    assert failed.value.failure is failure


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nX-Slow: ", OK + b"\r\nBEGIN:VCALENDAR\r\n", b""],
    ids=["in_the_headers", "in_the_calendar", "from_the_start"],
)  # fmt: skip
def test_a_server_that_drips_is_cut_off(server: CalendarServer, start: bytes) -> None:
    server.answers["/agenda.ics"] = drip(start)
    started = time.monotonic()
    with pytest.raises(Unread) as failed:
        get(server, patience=0.4)
    assert failed.value.failure is Failure.TOO_SLOW
    assert time.monotonic() - started < 2


def test_the_time_limit_of_a_socket_alone_would_not_stop_it(
    server: CalendarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: with nobody to cut the connection, each byte buys the server more time."""
    monkeypatch.setattr(fetching, "_cut", lambda _handle: None)
    server.answers["/agenda.ics"] = drip(OK + b"X-Slow: ")
    started = time.monotonic()
    Timer(1.0, server.is_closing.set).start()  # or it would go on for ever
    with pytest.raises(Unread):
        get(server, patience=0.4)
    assert time.monotonic() - started > 0.9


def test_what_did_not_change_is_not_sent_again(server: CalendarServer) -> None:
    server.answers["/agenda.ics"] = unless_known(CALENDAR, '"v1"')
    first = get(server)
    assert first == Fetched(CALENDAR, Marks('"v1"'))
    assert get(server, first.marks) == Fetched(None, first.marks)


@pytest.mark.parametrize("mark", ['"' + "x" * 300 + '"', '"\xe9"'], ids=["long", "not_ascii"])
def test_a_mark_that_cannot_be_sent_back_is_not_kept(server: CalendarServer, mark: str) -> None:
    head = OK + f"ETag: {mark}\r\nContent-Length: {len(CALENDAR)}\r\n\r\n".encode("latin-1")
    server.answers["/agenda.ics"] = raw(head + CALENDAR)
    assert get(server).marks == Marks()


def test_three_hops_are_followed(server: CalendarServer) -> None:
    server.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(3)}
    server.keeps(CALENDAR, "/3")
    found = fetch(server.url("/0"), manners=Manners((server.listed,)))
    assert found.content == CALENDAR


def test_a_certificate_is_checked_for_the_name_that_was_asked(tmp_path: Path) -> None:
    with calendar_server("localhost", certified(tmp_path, "localhost")) as server:
        server.keeps(CALENDAR)
        trust = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))
        trusting = Manners((server.listed,), trust=trust)
        assert fetch(server.url(), manners=trusting).content == CALENDAR
        with pytest.raises(Unread) as failed:  # no authority of this machine knows it
            fetch(server.url(), manners=Manners((server.listed,)))
        assert failed.value.failure is Failure.UNTRUSTED


def certified(folder: Path, name: str) -> ssl.SSLContext:
    """A server's side, with a certificate of its own making."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, name)
    ])  # fmt: skip
    now = utcnow()
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
