"""Getting a calendar over the net, from a server that may be slow, huge, lying or not a server."""

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import urljoin

from venues.outside.addresses import Target, target
from venues.outside.content import LARGEST
from venues.outside.failures import Failure, Unread
from venues.outside.guard import looked_up

HOPS = 3
PIECE = 64 * 1024
LONGEST_MARK = {"ETag": 200, "Last-Modified": 60}
REDIRECTS = (301, 302, 303, 307, 308)
GZIP = 31  # for zlib: with the header of gzip


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a server recognises the version we have."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    content: bytes | None  # None: nothing changed
    marks: Marks


@dataclass(frozen=True, slots=True)
class Manners:
    """How far we go. `inside`: "host:port" that may be on the inside, and without https."""

    inside: tuple[str, ...] = ()
    patience: float = 10.0  # seconds for everything together
    trust: ssl.SSLContext | None = None  # None: the authorities this machine trusts


def fetch(address: str, marks: Marks | None = None, manners: Manners | None = None) -> Fetched:
    """The calendar at this address. Raises Unread."""
    manners = manners or Manners()
    deadline = time.monotonic() + manners.patience
    for _hop in range(HOPS + 1):
        answer = _ask(target(address, manners.inside), marks or Marks(), manners, deadline)
        if isinstance(answer, Fetched):
            return answer
        address = _sent_on(address, answer)
    raise Unread(Failure.TOO_MANY_HOPS)


def _sent_on(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise Unread(Failure.BAD_ADDRESS) from error


def _ask(to: Target, marks: Marks, manners: Manners, deadline: float) -> Fetched | str:
    """What it answers; text is where it sends us."""
    try:
        with _connected(to, manners, deadline) as connection:
            _request(connection, to, marks)
            with connection.getresponse() as response:
                answer = _understood(response, marks)
            _left(deadline)  # a connection that was cut looks like one that came to its end
            return answer
    except Unread:
        raise
    except Exception as error:  # what a hostile server can make of a library has no end
        raise Unread(_failure(error, deadline)) from error


def _failure(error: Exception, deadline: float) -> Failure:
    if time.monotonic() >= deadline or isinstance(error, TimeoutError):
        return Failure.TOO_SLOW
    match error:
        case ssl.SSLError():
            return Failure.UNTRUSTED
        case http.client.IncompleteRead() | zlib.error():
            return Failure.CUT_OFF
        case OSError():
            return Failure.UNREACHABLE
    return Failure.ODD_ANSWER


@contextmanager
def _connected(
    to: Target, manners: Manners, deadline: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection to a machine that was judged, which is cut at the deadline.

    A time limit of a socket starts again with each byte; a server that sends one now and then is
    stopped only from outside.
    """
    plain = _dialled(looked_up(to, _left(deadline)), to.port, deadline)
    handle = plain.dup()  # encryption takes the socket over; this keeps hold of the connection
    cutter = Timer(_left(deadline), _cut, [handle])
    cutter.daemon = True
    cutter.start()
    connection = http.client.HTTPConnection(to.bare_host, to.port)
    connection.auto_open = 0  # never a second connection, to a number that nobody judged
    connection.sock = plain
    try:
        if to.is_secure:
            trust = manners.trust or ssl.create_default_context()
            connection.sock = trust.wrap_socket(plain, server_hostname=to.bare_host)
        yield connection
    finally:
        cutter.cancel()
        connection.close()
        plain.close()
        handle.close()


def _dialled(numbers: list[str], port: int, deadline: float) -> socket.socket:
    problem: OSError | None = None
    for number in numbers:
        try:
            return socket.create_connection((number, port), timeout=_left(deadline))
        except OSError as error:
            problem = error
    raise problem or OSError


def _cut(handle: socket.socket) -> None:
    with suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unread(Failure.TOO_SLOW)
    return left


def _request(connection: http.client.HTTPConnection, to: Target, marks: Marks) -> None:
    connection.putrequest("GET", to.path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", to.authority)
    connection.putheader("Accept", "text/calendar, */*;q=0.1")
    connection.putheader("Accept-Encoding", "gzip")
    connection.putheader("User-Agent", "Speelplek")
    connection.putheader("Connection", "close")
    if marks.etag:
        connection.putheader("If-None-Match", marks.etag)
    if marks.modified:
        connection.putheader("If-Modified-Since", marks.modified)
    connection.endheaders()


def _understood(response: http.client.HTTPResponse, marks: Marks) -> Fetched | str:
    match response.status:
        case 200:
            return Fetched(_body(response), Marks(_mark(response, "ETag"), _modified(response)))
        case 304 if marks != Marks():
            return Fetched(None, marks)
        case status if status in REDIRECTS and response.getheader("Location"):
            return str(response.getheader("Location"))
        case 401 | 403:
            raise Unread(Failure.NO_ENTRY)
        case 404 | 410:
            raise Unread(Failure.GONE)
        case status if status >= 500:
            raise Unread(Failure.SERVER_ERROR)
    raise Unread(Failure.ODD_ANSWER)


def _modified(response: http.client.HTTPResponse) -> str:
    return _mark(response, "Last-Modified")


def _mark(response: http.client.HTTPResponse, name: str) -> str:
    """Only what can be sent back as it came."""
    mark = response.getheader(name) or ""
    fits = len(mark) <= LONGEST_MARK[name] and mark.isascii() and mark.isprintable()
    return mark if fits else ""


def _body(response: http.client.HTTPResponse) -> bytes:
    packing = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise Unread(Failure.ODD_ANSWER)
    pieces = _pieces(response)
    return b"".join(pieces if packing == "identity" else _unpacked(pieces))


def _pieces(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Raises Unread when it is too much, or less than was promised."""
    received = 0
    while piece := response.read1(PIECE):
        received += len(piece)
        if received > LARGEST:
            raise Unread(Failure.TOO_BIG)
        yield piece
    if response.length:
        raise Unread(Failure.CUT_OFF)


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Never more in memory than may come out of it."""
    unzip, unpacked = zlib.decompressobj(GZIP), 0
    for piece in pieces:
        out = unzip.decompress(piece, LARGEST + 1 - unpacked)
        unpacked += len(out)
        if unpacked > LARGEST:
            raise Unread(Failure.TOO_BIG)
        yield out
    if not unzip.eof:
        raise Unread(Failure.CUT_OFF)
