"""What a machine that watches over this one is told."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from core import outbox
from core.clock import utcnow
from core.db import session, transact
from core.mail import Message, Recipient
from core.operations import LONGEST_WAIT

READY = "database: ok\nmigrations: ok\noutbox: ok\n"


def test_ready_when_everything_is_there(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, READY)


def test_not_ready_with_another_schema(app: Flask, client: FlaskClient) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    session.commit()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "migrations: NOT OK" in answer.text


@pytest.mark.parametrize(("late", "status"), [(-60, 200), (60, 503)], ids=["soon", "too late"])
def test_not_ready_when_mail_stays(app: Flask, client: FlaskClient, late: int, status: int) -> None:
    posted_at = utcnow() - LONGEST_WAIT - timedelta(seconds=late)
    transact(
        outbox.post,
        Message("Dag", ("Dag.",)),
        Recipient("Anna", "anna@huis.example"),
        key="k",
        thread="t",
        about=("person", 1),
        now=posted_at,
    )
    assert client.get("/readyz").status_code == status
    assert client.get("/healthz").status_code == 200
