"""How a mail leaves the house: by SMTP, or not at all in the demo.

A transport answers; it does not raise for what mail servers do. What it cannot know, it says: an
answer that did not come back leaves open whether the mail arrived.
"""

import smtplib
import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from socket import SHUT_RDWR
from threading import Timer
from typing import Protocol

from core.language import gettext as _

# About the sender's own right to use the server, not about this mail: worth trying again.
ABOUT_US = {530, 534, 535, 538}
READY_FOR_CONTENT = 354
GOODBYE_TIMEOUT = 2.0


class Verdict(Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said; `reason` is a sentence for people, without an address."""

    verdict: Verdict
    reason: str = ""
    in_doubt: bool = False  # the content was handed over, but no answer came


ACCEPTED = Answer(Verdict.ACCEPTED)


class Transport(Protocol):
    def send(self, data: bytes, *, sender: str, to: str) -> Answer: ...


class Security(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where to hand mail in. Timeouts in seconds; `total` must stay below the lease of a mail."""

    host: str
    port: int = 587
    security: Security = Security.STARTTLS
    username: str = ""
    password: str = field(default="", repr=False)
    connect_timeout: float = 10.0
    timeout: float = 30.0
    total: float = 100.0


class SmtpTransport:
    """One connection per mail."""

    def __init__(self, server: SmtpServer) -> None:
        self.server = server

    def send(self, data: bytes, *, sender: str, to: str) -> Answer:
        try:
            connection = self._connected()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return _no_connection(error)
        with _cut_off(connection, self.server.total):
            return self._handed_in(connection, data, sender, to)

    def _handed_in(self, connection: smtplib.SMTP, data: bytes, sender: str, to: str) -> Answer:
        try:
            self._introduced(connection)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return _no_connection(error)
        return _passed_on(connection, data, sender, to)

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        if server.security is Security.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host,
                server.port,
                timeout=server.connect_timeout,
                context=ssl.create_default_context(),
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.connect_timeout)
        if connection.sock:
            connection.sock.settimeout(server.timeout)
        return connection

    def _introduced(self, connection: smtplib.SMTP) -> None:
        """Encrypted and signed in, or an exception: never on in the clear."""
        if self.server.security is Security.STARTTLS:
            connection.starttls(context=ssl.create_default_context())
        connection.ehlo_or_helo_if_needed()
        if self.server.username:
            connection.login(self.server.username, self.server.password)


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail that went nowhere."""

    data: bytes
    sender: str
    to: str


class ListTransport:
    """Sends nothing. Tests look into `kept`; the demo keeps none, as its outbox page shows all."""

    def __init__(self, most: int | None = None) -> None:
        self.kept: deque[Kept] = deque(maxlen=most)

    def send(self, data: bytes, *, sender: str, to: str) -> Answer:
        self.kept.append(Kept(data, sender, to))
        return ACCEPTED


def _passed_on(connection: smtplib.SMTP, data: bytes, sender: str, to: str) -> Answer:
    in_doubt = False
    try:
        for code, _said in (connection.mail(sender), connection.rcpt(to)):
            if code >= 400:
                return _turned_down(code)
        in_doubt = True
        code, _said = connection.data(data)
    except smtplib.SMTPDataError as error:  # said before the content was handed over
        return _turned_down(error.smtp_code)
    except (smtplib.SMTPException, OSError, ValueError):
        return Answer(Verdict.LATER, _("De verbinding met de mailserver brak af."), in_doubt)
    return ACCEPTED if code < 400 else _turned_down(code)


def _turned_down(code: int) -> Answer:
    if code >= 500 and code not in ABOUT_US:
        return Answer(Verdict.REFUSED, _("De mailserver weigert deze mail (%(code)s).", code=code))
    return Answer(Verdict.LATER, _("De mailserver neemt nu geen mail aan (%(code)s).", code=code))


def _no_connection(error: Exception) -> Answer:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        reason = _("De mailserver accepteert onze inloggegevens niet.")
    elif isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        reason = _("Met de mailserver lukt geen beveiligde verbinding.")
    else:
        reason = _("De mailserver is niet bereikbaar.")
    return Answer(Verdict.LATER, reason)


@contextmanager
def _cut_off(connection: smtplib.SMTP, after: float) -> Iterator[None]:
    """Bound the whole conversation: a timeout per answer does not stop a server that drips."""
    timer = Timer(after, _shut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
        _say_goodbye(connection)
    finally:
        timer.cancel()
        connection.close()


def _shut(connection: smtplib.SMTP) -> None:
    with suppress(OSError):
        if connection.sock:
            connection.sock.shutdown(SHUT_RDWR)


def _say_goodbye(connection: smtplib.SMTP) -> None:
    """Politeness only: the mail is in, or it is not, whatever happens here."""
    with suppress(smtplib.SMTPException, OSError):
        if connection.sock:
            connection.sock.settimeout(GOODBYE_TIMEOUT)
            connection.quit()
