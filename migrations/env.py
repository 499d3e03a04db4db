"""Runs the migrations: all in one transaction, one process at a time.

Two processes that upgrade at once would both make the same tables. The second waits for the first
and then finds nothing left to do: PostgreSQL by a lock that ends with the transaction, SQLite by
taking the write lock before looking.
"""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine, text

LOCK = 8_353_257  # any number; no other program on this database uses it


def run_migrations(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        _run_on_sqlite(engine)
    else:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            _run(connection)


def _run_on_sqlite(engine: Engine) -> None:
    """With foreign keys off, or rebuilding a table would delete what points at its rows."""
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        _set_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                _run(connection)
                _refuse_loose_ends(connection)
        finally:
            _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    # Not through SQLAlchemy: inside a transaction SQLite ignores this setting.
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={state}")


def _refuse_loose_ends(connection: Connection) -> None:
    if loose := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"rows that point at nothing: {loose[:5]}")


def _run(connection: Connection) -> None:
    extension = current_app.extensions["migrate"]
    metadata = extension.db.metadata
    context.configure(connection=connection, target_metadata=metadata, **extension.configure_args)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise NotImplementedError("migrations look at the database first; they need a connection")
run_migrations(current_app.extensions["migrate"].db.engine)
