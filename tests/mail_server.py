"""A real mail server on this machine, which does to a mail what the test tells it to do."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 kept"

Reply = Callable[["MailServer", SMTP, Envelope], Awaitable[str]]


@dataclass
class MailServer:
    """Keeps what it accepted; `script` says what becomes of the next contents, one reply each."""

    port: int = 0
    accepted: list[bytes] = field(default_factory=list)
    offered: int = 0
    script: list[Reply] = field(default_factory=list)
    refused_addresses: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(data, policy=POLICY) for data in self.accepted]

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.refused_addresses:
            return self.refused_addresses[address]
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.offered += 1
        await asyncio.sleep(self.pause)
        reply = self.script.pop(0) if self.script else keep
        return await reply(self, server, envelope)


async def keep(to: MailServer, _server: SMTP, envelope: Envelope) -> str:
    assert isinstance(envelope.original_content, bytes)
    to.accepted.append(envelope.original_content)
    return OK


def say(reply: str) -> Reply:
    """Keep nothing and answer this."""

    async def saying(_to: MailServer, _server: SMTP, _envelope: Envelope) -> str:
        return reply

    return saying


async def hang_up(_to: MailServer, server: SMTP, _envelope: Envelope) -> str:
    """Lose the connection before the mail is kept."""
    assert server.transport
    server.transport.close()
    return OK


async def keep_and_hang_up(to: MailServer, server: SMTP, envelope: Envelope) -> str:
    """Keep the mail, and lose the connection before saying so."""
    await keep(to, server, envelope)
    return await hang_up(to, server, envelope)


def silence(seconds: float) -> Reply:
    """Answer nothing for so long, and then that it is not kept."""

    async def silent(_to: MailServer, _server: SMTP, _envelope: Envelope) -> str:
        await asyncio.sleep(seconds)
        return "451 not now"

    return silent


@contextmanager
def mail_server(**how: Any) -> Iterator[MailServer]:
    """A server for as long as this is open."""
    server = MailServer(port=_free_port(), **how)
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
