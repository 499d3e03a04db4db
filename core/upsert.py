"""INSERT ... ON CONFLICT, which both databases have and SQLAlchemy keeps apart."""

from sqlalchemy.dialects import postgresql, sqlite

from core.db import session
from core.orm import Base


def insert_into(model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)
