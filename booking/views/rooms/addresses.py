"""Where the pages of rooms lead: to booking, and to waiting."""

from typing import Any

from flask import url_for

from core.clock import local_date, to_local
from core.period import Period


def reserving(room_id: int, period: Period | None = None, people: int | None = None) -> str:
    """To book this time, or any when there is none."""
    return url_for("reserving.start", room_id=room_id, **_moment(period, people))


def waiting(room_id: int, period: Period, people: int | None = None) -> str:
    """To wait for a time that is taken."""
    return url_for("waiting.join", room_id=room_id, **_moment(period, people))


def _moment(period: Period | None, people: int | None) -> dict[str, Any]:
    query: dict[str, Any] = {}
    if period:
        query["datum"] = local_date(period.start).isoformat()
        query["van"] = f"{to_local(period.start):%H:%M}"
        query["tot"] = f"{to_local(period.end):%H:%M}"
    if people:
        query["mensen"] = str(people)
    return query
