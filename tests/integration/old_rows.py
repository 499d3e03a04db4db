"""Stops of long ago, made by the database itself, and what a page costs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import event, text

from booking.models import Stop
from core.db import db, session
from tests.integration.agenda_rows import span, stop_row
from venues.models import Room

# PostgreSQL takes a minute to check that many old claims against each other.
COUNTS = {"sqlite": 90_000, "postgresql": 20_000}
STEPS = 100  # of SQLite's machine, between two calls of the counter

# One every fifty minutes; the last is of June 2026.
OLD_FROM, OLD_APART = date(2017, 12, 1), 50.0
FIRST_ID = 100_000
NUMBERS = (
    "WITH RECURSIVE old(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM old WHERE n < :count),"
    " timed(id, starts_at, ends_at, confirmed_at) AS"
    " (SELECT :first + n, {starts_at}, {ends_at}, {confirmed_at} FROM old)"
)
TIMES = {
    "sqlite": {
        "starts_at": "strftime('%Y-%m-%d %H:%M:%f000', '{first}', (n * {apart}) || ' minutes')",
        "ends_at": "strftime('%Y-%m-%d %H:%M:%f000', '{first}',"
        " ((n + 0.8) * {apart}) || ' minutes')",
        "confirmed_at": "strftime('%Y-%m-%d %H:%M:%f000', '{first}', '-400 days',"
        " (n * {apart}) || ' minutes')",
    },
    "postgresql": {
        "starts_at": "timestamptz '{first} 00:00Z' + n * interval '{apart} minutes'",
        "ends_at": "timestamptz '{first} 00:00Z' + (n + 0.8) * interval '{apart} minutes'",
        "confirmed_at": "timestamptz '{first} 00:00Z' + n * interval '{apart} minutes'"
        " - interval '400 days'",
    },
}
ROWS = (
    " INSERT INTO booking_request (id, reference, state, organisation_id, contact_name,"
    " contact_email, contact_phone, language, district_number, is_closed, visitors_live_here,"
    " visitors_by_key_figure, visitors_walk_in, visitors_from_city, hope, public_title,"
    " internal_subject, decline_words, submitted_at, decided_at, version)"
    " SELECT id, 'OUD' || id, 'confirmed', :organisation, 'Oud', 'oud@oud.example', '', 'nl',"
    " '03', false, 4, 0, 0, 0, '', '', '', '', confirmed_at, confirmed_at, 1 FROM timed",
    " INSERT INTO stop (id, booking_request_id, state, installation_id, room_id, invitation_id,"
    " starts_at, ends_at, stay_starts_at, stay_ends_at, is_closed, public_title,"
    " request_state_before, confirmed_at, undo_until, changed_at, cancel_words, version, day_on,"
    " day_part, day_parts)"
    " SELECT id, id, 'confirmed', :cube, :room, :invitation, starts_at, ends_at, starts_at,"
    " ends_at, false, 'Oud', 'submitted', confirmed_at, confirmed_at, confirmed_at, '', 1,"
    " '2018-01-01', 'afternoon', 1 FROM timed",
    " INSERT INTO stop_session (id, stop_id, starts_at, ends_at, performer_id)"
    " SELECT id, id, starts_at, ends_at, :performer FROM timed",
    " INSERT INTO claim (id, resource_id, stop_id, purpose, starts_at, ends_at)"
    " SELECT id, :resource, id, 'stand', starts_at, ends_at FROM timed",
)


def count_of_old() -> int:
    return COUNTS[db.engine.dialect.name]


def old_stops(room_id: int) -> None:
    """As many as there have been in years."""
    many_stops(room_id, count_of_old(), OLD_FROM, OLD_APART)


def many_stops(
    room_id: int, count: int, first: date, minutes_apart: float, first_id: int = FIRST_ID
) -> None:
    """All with the cube and in the room of one more, which is made first."""
    sample = stop_row(session.get_one(Room, room_id), span(date(2017, 6, 1)), organisation="Oud")
    given = {"count": count, "first": first_id, **_belongings(sample)}
    times = TIMES[db.engine.dialect.name].items()
    at = {name: each.format(first=first, apart=minutes_apart) for name, each in times}
    numbers = NUMBERS.format(**at)
    for row in ROWS:
        used = {name: value for name, value in given.items() if f":{name}" in numbers + row}
        session.execute(text(numbers.replace("00:", r"00\:") + row), used)
    session.commit()


def work_of(visit: Callable[[], object]) -> int:
    """What a visit makes the database do. No stopwatch: it is the same on every machine."""
    visit()  # what a first visit makes and keeps is not counted
    session.remove()
    on_sqlite = db.engine.dialect.name == "sqlite"
    return _steps_of(visit) if on_sqlite else _rows_read_by(visit)


def _steps_of(visit: Callable[[], object]) -> int:
    """Steps of SQLite's machine."""
    calls: list[None] = []
    with _listening("checkout", lambda connection, *_: _count(connection, calls)):
        visit()
    session.remove()
    return len(calls) * STEPS


def _count(connection: Any, calls: list[None]) -> None:
    connection.set_progress_handler(lambda: calls.append(None), STEPS)


def _rows_read_by(visit: Callable[[], object]) -> int:
    """Rows PostgreSQL looks at, those it throws away included."""
    asked: list[tuple[str, Any]] = []
    with _listening(
        "before_cursor_execute",
        lambda _connection, _cursor, statement, parameters, *_: asked.append(
            (statement, parameters)
        ),
    ):
        visit()
    session.execute(text("ANALYZE"))
    connection = session.connection()
    reads = [(statement, given) for statement, given in asked if statement.startswith("SELECT")]
    plans = [
        connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", given).scalar()
        for statement, given in reads
    ]
    session.rollback()
    return sum(_rows(each["Plan"]) for plan in plans for each in plan or ())


def _rows(plan: dict[str, Any]) -> int:
    looked_at = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    own = sum(plan.get(name, 0) for name in looked_at) * plan["Actual Loops"]
    return int(own) + sum(_rows(part) for part in plan.get("Plans", ()))


@contextmanager
def _listening(happening: str, listener: Callable[..., None]) -> Iterator[None]:
    event.listen(db.engine, happening, listener)
    try:
        yield
    finally:
        event.remove(db.engine, happening, listener)


def _belongings(sample: Stop) -> dict[str, int]:
    return {
        "organisation": sample.booking_request.organisation_id,
        "cube": sample.installation_id,
        "room": sample.room_id,
        "invitation": sample.invitation_id,
        "performer": sample.sessions[0].performer_id,
        "resource": sample.installation.resource_id,
    }
