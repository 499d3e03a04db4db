"""Where the pages of rooms lead: to booking, and to waiting."""

from urllib.parse import urlencode

from flask import request

from core.clock import local_date, to_local
from core.period import Period


def reserving(room_id: int, period: Period | None = None, people: int | None = None) -> str:
    """To book this time, or any when there is none."""
    return _with_moment(f"/ruimtes/{room_id}/reserveren", period, people)


def waiting(room_id: int, period: Period) -> str:
    """To wait for a time that is taken."""
    return _with_moment(f"/ruimtes/{room_id}/wachtlijst", period, None)


def _with_moment(path: str, period: Period | None, people: int | None) -> str:
    query: dict[str, object] = {}
    if period:
        query["datum"] = local_date(period.start).isoformat()
        query["van"] = f"{to_local(period.start):%H:%M}"
        query["tot"] = f"{to_local(period.end):%H:%M}"
    if people:
        query["mensen"] = people
    return f"{request.script_root}{path}" + (f"?{urlencode(query)}" if query else "")
