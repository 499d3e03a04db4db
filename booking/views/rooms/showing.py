"""/ruimtes/<id>: one room, for everybody, and when it is free. Never who is there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from flask import Response, request, url_for

from booking.phrases import finder as words
from booking.queries.norms import current_norms
from booking.queries.rooms import load_rooms
from booking.rules.free import first_part
from booking.rules.recurrence import Times
from booking.rules.room_week import DAYS, RoomDay, hour_rows, room_days
from booking.rules.rooms import HORIZON, Meeting, RoomPlace, room_findings
from booking.views.rooms import addresses
from booking.views.rooms.blueprint import bp
from booking.views.rooms.loading import find_shown
from core import clock
from core.clock import local_date, local_days, monday_of
from core.findings import blockers
from core.pages import page, page_or_fragment
from core.period import Period
from core.reading import calendar_date, clock_time, whole_number
from core.site import site
from people.access import public
from venues import phrases as venue_phrases
from venues.fitting import fit_of
from venues.models import Room, RoomState
from venues.views.showing import room_shown

A_WEEK = timedelta(days=DAYS)


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    days: list[RoomDay]
    previous_url: str | None
    next_url: str | None


@bp.get("/ruimtes/<int:room_id>")
@public
def room(room_id: int) -> Response:
    """All of the room; htmx gets another week of it."""
    found, now = find_shown(room_id), clock.utcnow()
    if found is None:
        return page("booking/rooms/gone.html", status=404)
    monday = _asked_monday(now)
    place = load_rooms(local_days(monday, monday + A_WEEK), [found])[found.id]
    week = _week(found, place, monday, now)
    return page_or_fragment(
        "booking/rooms/room.html",
        "booking/rooms/_week.html",
        shown=room_shown(found, now),
        wanted=_wanted(place, monday, now),
        people=_people(),
        answer=words.answer(place.terms, current_norms().host_answer_days),
        phrases=venue_phrases,
        fit=fit_of(found),
        week=week,
        rows=hour_rows(week.days),
        today=local_date(now),
        free_count=sum(len(day.free) for day in week.days),
        first_part=partial(first_part, place.terms),
        feed_url=site().base_url + url_for("rooms.feed", room_id=found.id),
        is_bookable=place.is_bookable,
        is_paused=found.state is RoomState.PAUSED,
        words=words,
        addresses=addresses,
    )


def _asked_monday(now: datetime) -> date:
    """Of the week in the address; this week when it names none, or one that is over or too far."""
    first, last = _bounds(now)
    try:
        named = request.args.get("week") or request.args.get("datum", "")
        asked = monday_of(calendar_date(named))
    except ValueError:
        return first
    return asked if first <= asked <= last else first


def _wanted(place: RoomPlace, monday: date, now: datetime) -> Period | None:
    """The time in the address, when it can be had here."""
    try:
        day = calendar_date(request.args.get("datum", ""))
        times = Times(*(clock_time(request.args.get(name, "")) for name in ("van", "tot")))
    except ValueError:
        return None
    if monday_of(day) != monday or not times.are_in_order:
        return None
    period = times.on(day)
    if period is None or blockers(room_findings(Meeting(period, _people() or 1), place, now)):
        return None
    return period


def _people() -> int | None:
    try:
        return whole_number(request.args.get("mensen", "")) or None
    except ValueError:
        return None


def _bounds(now: datetime) -> tuple[date, date]:
    return monday_of(local_date(now)), monday_of(local_date(now + HORIZON))


def _week(found: Room, place: RoomPlace, monday: date, now: datetime) -> Week:
    first, last = _bounds(now)
    previous, following = monday - A_WEEK, monday + A_WEEK
    return Week(
        monday,
        room_days(place, monday, now),
        _week_url(found, previous) if previous >= first else None,
        _week_url(found, following) if following <= last else None,
    )


def _week_url(found: Room, monday: date) -> str:
    return url_for("rooms.room", room_id=found.id, week=monday.isoformat())
