"""Where the pages of rooms lead: to another search, to booking, and to waiting."""

from datetime import date
from typing import Any

from flask import request, url_for

from booking.forms.finder import AT_TIMES, FinderForm
from booking.rules.naming import time_in_address
from core.period import Period

TIMES, LENGTH = {"van", "tot"}, {"duur"}


def finding(form: FinderForm, **changed: str | int) -> str:
    """This search, to keep or pass on, with something else in it; from its first page on.

    Only what counts: of the two ways to say when, what belongs to the other is left out.
    """
    left_out = {"wanneer", *LENGTH} if form.when.data == AT_TIMES else TIMES
    asked: dict[str, Any] = {
        field.name: [text for text in request.args.getlist(field.name) if text]
        for field in form
        if field.name not in left_out
    }
    given: dict[str, Any] = {name: value or None for name, value in changed.items()}
    anchor = "gevonden" if changed else None
    return url_for("rooms.find", _anchor=anchor, **{**asked, **given})


def showing(
    room_id: int, day: date | None, period: Period | None = None, people: int | None = None
) -> str:
    """To the page of a room, in the week of that day and with the time that was found."""
    week: dict[str, Any] = {"week": day.isoformat()} if day and not period else {}
    return url_for("rooms.room", room_id=room_id, **week, **_moment(period, people))


def reserving(room_id: int, period: Period | None = None, people: int | None = None) -> str:
    """To book this time, or any when there is none."""
    return url_for("reserving.start", room_id=room_id, **_moment(period, people))


def waiting(room_id: int, period: Period, people: int | None = None) -> str:
    """To wait for a time that is taken."""
    return url_for("waiting.join", room_id=room_id, **_moment(period, people))


def _moment(period: Period | None, people: int | None) -> dict[str, Any]:
    query: dict[str, Any] = time_in_address(period) if period else {}
    return {**query, "mensen": str(people)} if people else query
