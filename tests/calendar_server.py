"""A web server on this machine that keeps calendars, and misbehaves as the test tells it to."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread

Send = Callable[[bytes], None]
Answer = Callable[["CalendarServer", Send, dict[str, str]], None]


@dataclass
class CalendarServer:
    """Answers each path as `answers` says; `asked` holds the paths and headers that came in."""

    host: str = "127.0.0.1"
    port: int = 0
    scheme: str = "http"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_closing: Event = field(default_factory=Event)

    @property
    def listed(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/agenda.ics") -> str:
        return f"{self.scheme}://{self.listed}{path}"

    def keeps(self, content: bytes, path: str = "/agenda.ics", **headers: str) -> None:
        self.answers[path] = serve(content, **headers)


def serve(content: bytes, status: str = "200 OK", **headers: str) -> Answer:
    def answer(_server: CalendarServer, send: Send, _asked: dict[str, str]) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{name}: {value}\r\n" for name, value in named.items()]
        length = f"Content-Length: {len(content)}\r\n"
        send(f"HTTP/1.1 {status}\r\n{''.join(lines)}{length}\r\n".encode() + content)

    return answer


def redirect(to: str) -> Answer:
    return serve(b"", "302 Found", Location=to)


def packed(content: bytes) -> Answer:
    return serve(gzip.compress(content), Content_Encoding="gzip")


def unless_known(content: bytes, mark: str) -> Answer:
    """With an ETag, and without content for whoever has it already."""

    def answer(server: CalendarServer, send: Send, asked: dict[str, str]) -> None:
        known = asked.get("if-none-match") == mark
        reply = serve(b"", "304 Not Modified") if known else serve(content, ETag=mark)
        reply(server, send, asked)

    return answer


def drip(start: bytes) -> Answer:
    """What was sent so far, and then a byte now and then, for ever."""

    def answer(server: CalendarServer, send: Send, _asked: dict[str, str]) -> None:
        send(start)
        while not server.is_closing.is_set():
            send(b"x")
            time.sleep(0.05)

    return answer


def endless(server: CalendarServer, send: Send, _asked: dict[str, str]) -> None:
    send(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\n")
    while not server.is_closing.is_set():
        send(b"X-MORE:" + b"x" * 60_000 + b"\r\n")


def raw(answer: bytes) -> Answer:
    return lambda _server, send, _asked: send(answer)


@contextmanager
def calendar_server(
    host: str = "127.0.0.1", secure: ssl.SSLContext | None = None
) -> Iterator[CalendarServer]:
    """Listens as long as this is open."""
    kept = CalendarServer(host, scheme="https" if secure else "http")
    with _Listener(kept, secure) as listener:
        kept.port = listener.server_address[1]
        Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield kept
        kept.is_closing.set()
        listener.shutdown()


class _Listener(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, kept: CalendarServer, secure: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kept, self.secure = kept, secure

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked hung up: that is what the tests are about."""


class _Handler(BaseRequestHandler):
    server: _Listener

    def handle(self) -> None:
        plain: socket.socket = self.request
        with suppress(OSError):
            secure = self.server.secure
            self._answer(secure.wrap_socket(plain, server_side=True) if secure else plain)

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            path, headers = _request(connection)
            kept = self.server.kept
            kept.asked.append((path, headers))
            answer = kept.answers.get(path) or serve(b"", "404 Not Found")
            answer(kept, connection.sendall, headers)
            if isinstance(connection, ssl.SSLSocket):
                connection.unwrap()


def _request(connection: socket.socket) -> tuple[str, dict[str, str]]:
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    first, *lines = head.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    return first.split()[1], {name.lower(): value for name, _colon, value in pairs}
