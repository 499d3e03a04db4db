"""The public agenda: a month, one stop, and the same as a calendar to subscribe to.

A list, a week and a day of it are in `agenda_days`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask import Blueprint, Response, abort, make_response, request, url_for
from werkzeug.http import is_resource_modified

from booking import feeds
from booking.queries.agenda import AgendaStop, find_public_stop, public_stops, reception_at
from booking.queries.encounters import seatings_to_come
from booking.queries.norms import current_norms
from booking.rules.calendar import Month, OutOfBounds, Week
from booking.rules.seat_waiting import is_worth_waiting
from core import clock
from core.clock import local_date
from core.language import gettext as _
from core.pages import page, page_or_fragment
from core.period import Period
from core.site import site
from people.access import public
from venues.facts import District, districts

bp = Blueprint("agenda", __name__)

FEED_MAX_AGE = 300  # seconds


@dataclass(frozen=True, slots=True)
class Playing:
    """One playing time of a stop."""

    stop: AgendaStop
    times: Period


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of the month."""

    date: date
    is_in_month: bool
    playing: list[Playing]


class View(NamedTuple):
    """One way to look at the same agenda."""

    label: str
    url: str
    is_here: bool


@bp.get("/agenda")
@bp.get("/agenda/<int(fixed_digits=4):year>/<int(fixed_digits=2):number>")
@public
def month(year: int | None = None, number: int | None = None) -> Response:
    """One month, as a table and as a list."""
    today = local_date(clock.utcnow())
    shown = month_or_404(year, number, Month.of(today))
    district = district_or_404()
    weeks = _weeks(shown, public_stops(shown.period, district))
    return page_or_fragment(
        "booking/agenda/month.html",
        "booking/agenda/_month.html",
        month=shown,
        weeks=weeks,
        days=[day for week in weeks for day in week if day.playing],
        count=len({p.stop.id for week in weeks for day in week for p in day.playing}),
        today=today,
        district=district,
        districts=districts().values(),
        previous_url=_month_url(shown.previous, district),
        next_url=_month_url(shown.next, district),
        views=views("month", today if today in shown.days else shown.first, district),
        feed_url=feed_url(district),
    )


@bp.get("/agenda.ics")
@public
def feed() -> Response:
    """The calendar to subscribe to; unchanged since the last time costs one small query."""
    now, district = clock.utcnow(), district_or_404()
    version = feeds.agenda_version(now, district)
    if is_resource_modified(request.environ, etag=version.tag, last_modified=version.modified_at):
        response = _calendar(feeds.public_agenda(now, district), "inline", "kubus.ics")
    else:
        response = make_response("", 304)
        del response.headers["Content-Type"]
    response.set_etag(version.tag)
    response.last_modified = version.modified_at
    response.cache_control.public = True
    response.cache_control.max_age = FEED_MAX_AGE
    return response


@bp.get("/speelbeurten/<int:stop_id>")
@public
def stop(stop_id: int) -> Response:
    """Where, when and how to come; of a closed stop only the district."""
    found, now = _stop_or_404(stop_id), clock.utcnow()
    is_open = not found.is_closed and not found.is_cancelled
    seatings = seatings_to_come(found.id, now) if is_open else []
    return page(
        "booking/agenda/stop.html",
        stop=found,
        reception=None if found.is_closed else reception_at(found),
        norms=current_norms(),
        is_over=found.ends_at <= now,
        seatings=seatings,
        can_wait=is_worth_waiting(seatings),
        month_url=_month_url(Month.of(local_date(found.starts_at)), None),
    )


@bp.get("/speelbeurten/<int:stop_id>.ics")
@public
def saved_stop(stop_id: int) -> Response:
    found = _stop_or_404(stop_id)
    return _calendar(feeds.one_stop(found), "attachment", f"speelbeurt-{found.id}.ics")


def views(here: str, day: date, district: District | None) -> list[View]:
    """The agenda around this day in each of its shapes."""
    year, number, wijk = day.year, day.month, number_of(district)
    shapes = [
        ("month", _("Maand"), url_for("agenda.month", year=year, number=number, wijk=wijk)),
        ("listed", _("Lijst"), url_for("agenda.listed", year=year, number=number, wijk=wijk)),
        ("week", _("Week"), url_for("agenda.week", name=Week.of(day).name, wijk=wijk)),
        ("day", _("Dag"), url_for("agenda.day", name=day.isoformat(), wijk=wijk)),
    ]
    return [View(label, url, shape == here) for shape, label, url in shapes]


def feed_url(district: District | None) -> str:
    return site().base_url + url_for("agenda.feed", wijk=number_of(district))


def by_day(stops: Iterable[AgendaStop]) -> dict[date, list[Playing]]:
    """On the day in Utrecht on which it begins."""
    playing: dict[date, list[Playing]] = {}
    for each in (Playing(stop, times) for stop in stops for times in stop.sessions):
        playing.setdefault(local_date(each.times.start), []).append(each)
    return {day: sorted(those, key=_in_order) for day, those in playing.items()}


def _in_order(playing: Playing) -> tuple[Period, int]:
    return playing.times, playing.stop.id


def _weeks(shown: Month, stops: list[AgendaStop]) -> list[list[Day]]:
    playing = by_day(stops)
    return [[_day(day, shown, playing.get(day, [])) for day in week] for week in shown.weeks()]


def _day(day: date, shown: Month, playing: list[Playing]) -> Day:
    """Days of other months stay empty: their own page shows what is on."""
    is_in_month = day.replace(day=1) == shown.first
    return Day(day, is_in_month, playing if is_in_month else [])


def month_or_404(year: int | None, number: int | None, this_month: Month) -> Month:
    if year is None or number is None:
        return this_month
    try:
        return Month(year, number)
    except OutOfBounds:
        abort(404)


def district_or_404() -> District | None:
    """None: the whole city."""
    asked = request.args.get("wijk", "")
    if not asked:
        return None
    return districts().get(asked) or abort(404)


def _stop_or_404(stop_id: int) -> AgendaStop:
    return find_public_stop(stop_id) or abort(404)


def _month_url(shown: Month | None, district: District | None) -> str | None:
    if shown is None:
        return None
    return url_for("agenda.month", year=shown.year, number=shown.number, wijk=number_of(district))


def number_of(district: District | None) -> str | None:
    return district.number if district else None


def _calendar(body: bytes, disposition: str, name: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response
