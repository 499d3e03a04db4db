"""The worker: delivers what the outbox holds and runs what comes round by the clock.

Any number of workers may run at once. A signal to stop lets the mail in hand be finished.
"""

import os
import secrets
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from core.clock import utcnow
from core.db import Busy, session, transact
from core.language import gettext as _
from core.logs import log, tell
from core.mime import Unsendable, build, check_this_python
from core.outbox import delivery
from core.outbox.delivery import PACE, Claimed, Pace
from core.settings import Settings, settings
from core.transport import (
    Answer,
    ListTransport,
    Security,
    SmtpServer,
    SmtpTransport,
    Transport,
    Verdict,
)

Task = Callable[[datetime], object]
LOOK_EVERY = 1.0  # seconds between two looks into an empty outbox
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Periodic:
    """A task that several workers may run at the same time without harm."""

    run: Task
    every: timedelta
    due_at: datetime = LONG_AGO

    def run_when_due(self, now: datetime) -> None:
        if now < self.due_at:
            return
        self.due_at = now + self.every
        try:
            self.run(now)
        except Exception as error:
            _failed(self.run.__qualname__, error)


_tasks: dict[str, tuple[Task, timedelta]] = {}


def periodic(task: Task, every: timedelta = timedelta(minutes=1)) -> Task:
    """Have the worker run `task(now)` when it starts and again each time `every` has passed.

    The task opens its own transaction. Registering it a second time changes nothing.
    """
    _tasks[f"{task.__module__}.{task.__qualname__}"] = (task, every)
    return task


@dataclass(slots=True)
class Worker:
    """Delivers by one transport at one pace until it is told to stop."""

    transport: Transport
    pace: Pace = PACE
    stop: Event = field(default_factory=Event)
    owner: str = field(default_factory=lambda: f"{os.getpid()}-{secrets.token_hex(8)}")
    tasks: list[Periodic] = field(
        default_factory=lambda: [Periodic(task, every) for task, every in _tasks.values()]
    )

    def run(self) -> None:
        while not self.stop.is_set():
            self.round()
            self.stop.wait(LOOK_EVERY)

    def round(self) -> int:
        """Everything that is due now; returns how many mails were tried.

        When the database is away, the next round tries again.
        """
        try:
            for task in self.tasks:
                task.run_when_due(utcnow())
            return self._deliver_due()
        except (DBAPIError, Busy) as error:
            _failed("round", error)
            return 0
        finally:
            session.remove()

    def _deliver_due(self) -> int:
        tried = 0
        if delivery.anything_due(utcnow()):
            transact(delivery.bury, utcnow(), self.pace)
        while not self.stop.is_set() and self._deliver_one():
            tried += 1
        return tried

    def _deliver_one(self) -> bool:
        if not delivery.anything_due(utcnow()):
            return False
        claimed = transact(delivery.claim, self.owner, utcnow(), self.pace)
        if claimed is None:  # another worker was quicker
            return False
        answer = self._send(claimed)
        settled = transact(delivery.settle, claimed, answer, utcnow())
        tell("mail", mail=claimed.id, verdict=answer.verdict.value, lease_lost=not settled)
        return True

    def _send(self, claimed: Claimed) -> Answer:
        """Whatever goes wrong with one mail, the rest of the queue goes on."""
        parcel = claimed.parcel
        try:
            data = build(parcel)
            return self.transport.send(data, sender=parcel.from_address, to=parcel.to_address)
        except Unsendable as error:
            _failed("build", error, mail=claimed.id)
            return Answer(Verdict.REFUSED, _("Hier is geen geldige mail van te maken."))
        except Exception as error:
            _failed("send", error, mail=claimed.id)
            return Answer(Verdict.LATER, _("Er ging iets mis bij het versturen."), in_doubt=True)


def _failed(what: str, error: Exception, **facts: Any) -> None:
    """Where it went wrong and what kind of error it was, without its message: that may quote."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-3:]]
    said = {"what": what, "error": type(error).__qualname__, "places": places, **facts}
    log.error("worker failure", extra={"facts": said})


def forget_old_mail(now: datetime) -> None:
    transact(delivery.forget, now)


periodic(forget_old_mail, every=timedelta(hours=6))


def transport_for(chosen: Settings) -> Transport:
    """SMTP as the settings say; without a mail server, as in the demo, nothing leaves."""
    if not chosen.smtp_host:
        return ListTransport(most=0)
    return SmtpTransport(
        SmtpServer(
            host=chosen.smtp_host,
            port=chosen.smtp_port,
            security=Security(chosen.smtp_tls),
            username=chosen.smtp_user,
            password=chosen.smtp_password,
        )
    )


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@with_appcontext
def command(once: bool) -> None:
    """Deliver mail and do what comes round by the clock, until told to stop."""
    check_this_python()
    worker = Worker(transport_for(settings()))
    if once:
        worker.round()
        return
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_signal: worker.stop.set())
    tell("worker started", pid=os.getpid())
    worker.run()
    tell("worker stopped", pid=os.getpid())
