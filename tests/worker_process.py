"""Workers in processes of their own, without the rest of the app."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.process import BaseProcess

from flask import Flask

from core.db import db
from core.outbox.delivery import Pace
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from tests.racing import forking

# So short that what a killed worker held, and on a slow machine a live one, is soon out again.
HURRIED = Pace(lease=timedelta(seconds=3), first_pause=timedelta(seconds=1))


def work(database_url: str, port: int, pace: Pace) -> None:
    """Deliver until killed."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    db.init_app(app)
    transport = SmtpTransport(SmtpServer("127.0.0.1", port, Security.NONE, timeout=5.0))
    with app.app_context():
        worker = Worker(transport, pace, tasks=[])
        while True:
            worker.round()
            time.sleep(0.05)


def start(database_url: str, port: int, pace: Pace) -> BaseProcess:
    process = forking().Process(target=work, args=(database_url, port, pace), daemon=True)
    process.start()
    return process


@contextmanager
def workers(count: int, database_url: str, port: int, pace: Pace) -> Iterator[list[BaseProcess]]:
    """Put another in the place of one that you kill."""
    processes = [start(database_url, port, pace) for _ in range(count)]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.join()
