"""The worker against a real mail server that misbehaves, and workers that die."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import vobject

from booking.invites import InvitationValues, Method, invitation
from core import outbox, worker
from core.clock import utcnow
from core.db import session, transact
from core.mail import Action, CalendarPart, Message, Recipient
from core.outbox import MailState, OutboxMail
from core.outbox.delivery import Pace
from core.outbox.queries import mail_counts
from core.period import Period
from core.transport import Answer, Security, SmtpServer, SmtpTransport, Verdict
from core.worker import Worker
from tests.mail_server import MailServer, hang_up, keep_and_hang_up, mail_server, say, silence
from tests.worker_process import HURRIED, start, workers

ROOT = Path(__file__).parent.parent.parent
AT_ONCE = Pace(first_pause=timedelta())  # the next try in the same round
SANNE = Recipient('Sanne, "de" Bakker', "sanne@buurthuis.example")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def address_of(server: MailServer, patience: float = 10.0) -> SmtpServer:
    return SmtpServer("127.0.0.1", server.port, Security.NONE, timeout=patience)


def deliver(server: MailServer, pace: Pace = AT_ONCE, patience: float = 10.0) -> int:
    return Worker(SmtpTransport(address_of(server, patience)), pace).round()


def post(key: str = "a", to: Recipient = SANNE, calendar: CalendarPart | None = None) -> int:
    message = Message(
        subject=f"De kubus komt ({key})",
        paragraphs=("Wat fijn.", "."),
        action=Action("Bekijk", "https://speelplek.example/aanvraag/abc"),
    )
    return transact(
        lambda: (
            outbox.post(
                message, to, key=key, thread=key, about=("x", 1), now=utcnow(), calendar=calendar
            ).id
        )
    )


def mail(mail_id: int) -> OutboxMail:
    session.rollback()
    return session.get_one(OutboxMail, mail_id, populate_existing=True)


def an_invitation() -> CalendarPart:
    start = datetime(2026, 12, 1, 13, tzinfo=UTC)
    values = InvitationValues(
        uid="1@speelplek.example",
        sequence=0,
        created_at=start,
        modified_at=start,
        stamp=start,
        period=Period(start, start + timedelta(hours=3)),
        title="De kubus: Van heel dichtbij; één keer, 🎭",
        place="Zaal, Buurthuis",
        description="Regel een\nRegel twee",
        url="https://speelplek.example/agenda",
        status="CONFIRMED",
        organizer_name="Stut Theater",
        organizer_address="boekingen@speelplek.example",
        attendee_name=SANNE.name,
        attendee_address=SANNE.address,
    )
    return CalendarPart("REQUEST", invitation(values, Method.REQUEST))


@pytest.mark.usefixtures("app")
class TestOneWorker:
    def test_mail_arrives_whole(self, server: MailServer) -> None:
        posted = post(calendar=an_invitation())
        deliver(server)
        [arrived] = server.mails
        assert mail(posted).state is MailState.SENT
        assert arrived["Message-ID"] == mail(posted).message_id
        assert arrived["To"].addresses[0].display_name == SANNE.name
        body = arrived.get_body(("plain",))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == mail(posted).text
        inline, attached = list(arrived.walk())[-2:]
        assert inline.get_payload(decode=True) == attached.get_payload(decode=True)
        event = vobject.readOne(inline.get_payload(decode=True).decode()).vevent  # type: ignore[union-attr]
        assert event.summary.value == "De kubus: Van heel dichtbij; één keer, 🎭"
        assert event.attendee.value == f"mailto:{SANNE.address}"

    @pytest.mark.parametrize("reply", ["451 greylisted", "452 full", "421 closing"])
    def test_server_that_says_later_gets_it_later(self, server: MailServer, reply: str) -> None:
        server.script = [say(reply)]
        posted = post()
        deliver(server)
        assert (mail(posted).state, mail(posted).attempts) == (MailState.SENT, 2)
        assert not mail(posted).in_doubt
        assert len(server.accepted) == 1

    def test_later_means_after_a_pause(self, server: MailServer) -> None:
        server.script = [say("451 greylisted")]
        posted = post()
        assert deliver(server, Pace()) == 1
        assert mail(posted).state is MailState.PENDING
        assert mail(posted).due_at >= utcnow() + timedelta(seconds=10)
        assert "451" in mail(posted).last_error

    def test_refused_mail_is_tried_once(self, server: MailServer) -> None:
        server.refused_addresses[SANNE.address] = "550 no such user sanne@buurthuis.example"
        posted, fine = post(), post("b", Recipient("Omar", "omar@wijk.example"))
        deliver(server)
        assert (mail(posted).state, mail(posted).attempts) == (MailState.DEAD, 1)
        assert mail(posted).last_error == "De mailserver weigert deze mail (550)."
        assert mail(fine).state is MailState.SENT

    def test_content_refused_for_good_is_dead(self, server: MailServer) -> None:
        server.script = [say("554 looks like spam")]
        posted = post()
        deliver(server)
        assert (mail(posted).state, mail(posted).attempts) == (MailState.DEAD, 1)

    def test_connection_lost_before_the_mail_was_kept(self, server: MailServer) -> None:
        server.script = [hang_up]
        posted = post()
        deliver(server)
        assert (mail(posted).state, mail(posted).attempts) == (MailState.SENT, 2)
        assert len(server.accepted) == 1

    def test_connection_lost_after_the_mail_was_kept(self, server: MailServer) -> None:
        """The one duplicate nobody can avoid is the same mail to the last byte."""
        server.script = [keep_and_hang_up]
        posted = post(calendar=an_invitation())
        deliver(server)
        assert mail(posted).state is MailState.SENT
        assert mail(posted).in_doubt
        assert len(server.accepted) == 2
        assert server.accepted[0] == server.accepted[1]

    def test_server_that_falls_silent_is_left(self, server: MailServer) -> None:
        server.script = [silence(60)]
        posted = post()
        started = time.monotonic()
        deliver(server, patience=1.0)
        assert time.monotonic() - started < 30
        assert mail(posted).state is MailState.SENT
        assert mail(posted).in_doubt

    def test_server_that_is_away_costs_nothing_but_time(self) -> None:
        posted = post()
        gone = SmtpServer("127.0.0.1", 1, Security.NONE, connect_timeout=0.5)
        assert Worker(SmtpTransport(gone)).round() == 1
        assert (mail(posted).state, mail(posted).in_doubt) == (MailState.PENDING, False)
        assert mail(posted).last_error == "De mailserver is niet bereikbaar."

    def test_dots_and_long_lines_survive(self, server: MailServer) -> None:
        message = Message("Punten", (".", "..", "x" * 5000, ".x\n.\n..y"))
        transact(
            lambda: (
                outbox.post(message, SANNE, key="a", thread="t", about=("x", 1), now=utcnow()).id
            )
        )
        deliver(server)
        body = server.mails[0].get_body(("plain",))
        assert body is not None
        assert ".x\n.\n..y" in body.get_content().replace("\r\n", "\n")
        assert "x" * 5000 in body.get_content()


class TestConnection:
    """What the transport answers by itself, without a database."""

    def send(self, **how: Any) -> Answer:
        given = SmtpServer("127.0.0.1", 1, Security.NONE, timeout=10.0)
        transport = SmtpTransport(replace(given, **how))
        return transport.send(
            b"Subject: x\r\n\r\nx\r\n", sender="a@speelplek.example", to="b@wijk.example"
        )

    def test_mail_does_not_go_on_in_the_clear(self, server: MailServer) -> None:
        answer = self.send(port=server.port, security=Security.STARTTLS)
        assert answer.verdict is Verdict.LATER
        assert answer.reason == "Met de mailserver lukt geen beveiligde verbinding."
        assert server.offered == 0

    def test_password_goes_to_no_server_that_did_not_ask(self, server: MailServer) -> None:
        answer = self.send(port=server.port, username="speelplek", password="geheim")
        assert answer.verdict is Verdict.LATER
        assert server.offered == 0

    def test_speaking_tls_to_a_server_that_does_not(self, server: MailServer) -> None:
        answer = self.send(port=server.port, security=Security.TLS)
        assert answer.verdict is Verdict.LATER

    def test_server_that_drips_is_cut_off(self) -> None:
        with _dripping() as port:
            started = time.monotonic()
            answer = self.send(port=port, total=1.5)
            assert time.monotonic() - started < 12
        assert answer.verdict is Verdict.LATER

    def test_server_without_a_greeting_is_left(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            answer = self.send(port=listener.getsockname()[1], connect_timeout=0.5)
        assert answer.verdict is Verdict.LATER
        assert not answer.in_doubt


@contextmanager
def _dripping() -> Iterator[int]:
    """Greets, and then answers one letter at a time."""
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"220 hello\r\n")
                for _ in range(200):
                    connection.sendall(b"2")
                    time.sleep(0.1)

    thread = Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        thread.join(30)


# Workers as processes.


def wait_until(true: Callable[[], bool], patience: float = 120) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def all_sent() -> bool:
    session.rollback()
    counts = mail_counts()
    return counts[MailState.SENT] == sum(counts.values())


@pytest.mark.race
@pytest.mark.usefixtures("app")
def test_several_workers_send_each_mail_once(server: MailServer, database_url: str) -> None:
    server.pause = 0.01
    for number in range(40):
        post(f"mail {number}")
    with workers(3, database_url, server.port, Pace()):
        wait_until(all_sent)
    assert len(server.accepted) == 40
    assert Counter(server.message_ids).most_common(1)[0][1] == 1


@pytest.mark.race
@pytest.mark.usefixtures("app")
def test_killed_workers_lose_nothing(server: MailServer, database_url: str) -> None:
    server.pause = 0.05
    posted = [post(f"mail {number}") for number in range(40)]
    with workers(3, database_url, server.port, HURRIED) as processes:
        wait_until(lambda: len(server.accepted) > 3)
        for _ in range(4):
            place = random.randrange(len(processes))
            processes[place].kill()
            processes[place].join()
            processes[place] = start(database_url, server.port, HURRIED)
            time.sleep(0.3)
        wait_until(all_sent)
    assert set(server.message_ids) == {mail(each).message_id for each in posted}
    assert len(set(server.accepted)) == len(posted), "a mail sent twice differs from itself"


# The command.

PRODUCTION = {
    "SPEELPLEK_SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests",
    "SPEELPLEK_BASE_URL": "https://speelplek.example",
    "SPEELPLEK_SMTP_HOST": "127.0.0.1",
    "SPEELPLEK_SMTP_TLS": "none",
    "SPEELPLEK_MAIL_FROM": "boekingen@stut.example",
    "SPEELPLEK_PHONE": "030 123 45 67",
}


def run_command(database_url: str, port: int, *options: str) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if "SPEELPLEK" not in name}
    where = {"SPEELPLEK_DATABASE_URL": database_url, "SPEELPLEK_SMTP_PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "worker", *options],
        cwd=ROOT,
        env={**kept, **PRODUCTION, **where},
        stderr=subprocess.PIPE,
    )


@pytest.mark.usefixtures("app")
def test_command_once_delivers_and_stops(server: MailServer, database_url: str) -> None:
    posted = post()
    process = run_command(database_url, server.port, "--once")
    _out, said = process.communicate(timeout=60)
    assert process.returncode == 0, said.decode()
    assert mail(posted).state is MailState.SENT
    assert SANNE.address.encode() not in said


@pytest.mark.on("sqlite")
@pytest.mark.usefixtures("app")
def test_command_finishes_the_mail_in_hand_before_it_stops(
    server: MailServer, database_url: str
) -> None:
    server.pause = 1.5
    first, second = post("a"), post("b")
    process = run_command(database_url, server.port)
    wait_until(lambda: server.offered > 0)
    process.send_signal(signal.SIGTERM)
    _out, said = process.communicate(timeout=60)
    assert process.returncode == 0, said.decode()
    assert (mail(first).state, mail(second).state) == (MailState.SENT, MailState.PENDING)
    assert mail(second).lease_owner is None


# What comes round by the clock.


@pytest.mark.usefixtures("app")
def test_tasks_run_at_the_start_and_then_at_their_pace(server: MailServer) -> None:
    seen: list[datetime] = []
    task = worker.Periodic(seen.append, timedelta(minutes=1))
    now = utcnow()
    for seconds in (0, 30, 61, 90, 125):
        task.run_when_due(now + timedelta(seconds=seconds))
    assert [(moment - now).seconds for moment in seen] == [0, 61, 125]


@pytest.mark.usefixtures("app")
def test_task_that_fails_stops_neither_the_others_nor_the_mail(
    server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[datetime] = []

    def broken(_now: datetime) -> None:
        raise RuntimeError("sanne@buurthuis.example")

    tasks = [worker.Periodic(broken, timedelta(1)), worker.Periodic(seen.append, timedelta(1))]
    posted = post()
    Worker(SmtpTransport(address_of(server)), tasks=tasks).round()
    assert len(seen) == 1
    assert mail(posted).state is MailState.SENT
    assert "RuntimeError" in capsys.readouterr().err


def test_task_is_registered_once() -> None:
    before = len(Worker(SmtpTransport(SmtpServer("localhost"))).tasks)
    worker.periodic(worker.forget_old_mail)
    assert len(Worker(SmtpTransport(SmtpServer("localhost"))).tasks) == before
