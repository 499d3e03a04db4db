"""For machines that watch over this one: is it alive, and can it do its work?"""

from collections.abc import Callable
from datetime import timedelta

from alembic.script import ScriptDirectory
from flask import Blueprint, Response, make_response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from core import migrating
from core.access import public
from core.clock import utcnow
from core.db import session
from core.outbox.queries import waiting_since

LONGEST_WAIT = timedelta(minutes=15)

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers; whether it can do its work is for `readyz`."""
    return _plain("ok", 200)


@bp.get("/readyz")
@public
def readyz() -> Response:
    """200 when it can do its work, else 503; one line per part."""
    found = {name: _is_fine(check) for name, check in CHECKS.items()}
    lines = "\n".join(f"{name}: {'ok' if fine else 'NOT OK'}" for name, fine in found.items())
    return _plain(lines, 200 if all(found.values()) else 503)


def _is_fine(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except SQLAlchemyError:
        session.rollback()
        return False


def _database_answers() -> bool:
    return bool(session.execute(text("SELECT 1")).scalar_one())


def _schema_is_current() -> bool:
    """The database is at the newest migration this code knows."""
    heads = ScriptDirectory(str(migrating.FOLDER)).get_heads()
    found = session.execute(text("SELECT version_num FROM alembic_version")).scalars()
    return set(found) == set(heads)


def _mail_leaves() -> bool:
    since = waiting_since(utcnow())
    return since is None or utcnow() - since < LONGEST_WAIT


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _schema_is_current,
    "outbox": _mail_leaves,
}


def _plain(body: str, status: int) -> Response:
    response = make_response(f"{body}\n", status)
    response.mimetype = "text/plain"
    return response
