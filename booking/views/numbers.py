"""What the season came to: per district (coverage), and per stop for who asks for figures."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from flask import Blueprint, Response, abort, make_response, request, url_for

from booking import exports, phrases
from booking.queries.inviting import last_invited
from booking.queries.season import (
    DistrictNumbers,
    Season,
    StopNumbers,
    districts_in,
    seasons,
    stops_of,
)
from core import clock
from core.clock import local_date
from core.filters import month_name
from core.language import gettext as _
from core.pages import page
from core.reading import whole_number
from people.access import planner_only

bp = Blueprint("numbers", __name__, url_prefix="/planning")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Bar(NamedTuple):
    label: str
    part: int  # the filled part of the bar
    whole: int


@bp.get("/dekking")
@planner_only
def coverage() -> Response:
    """The ten districts, never visited first."""
    now, shown = clock.utcnow(), _season_or_404()
    found = districts_in(shown, now)
    return page(
        "booking/numbers/coverage.html",
        season=shown,
        seasons=seasons(now),
        districts=found,
        invited=last_invited(),
        district_url=lambda number: url_for("inviting.district", number=int(number)),
        counts={each.district.number: len(each.stops) for each in found},
        unvisited=[each for each in found if not each.stops],
    )


@bp.get("/cijfers")
@planner_only
def statistics() -> Response:
    now, shown = clock.utcnow(), _season_or_404()
    found = districts_in(shown, now)
    every = (stop for each in found for stop in each.stops)
    stops = sorted(every, key=lambda stop: (stop.starts_at, stop.request_id))
    return page(
        "booking/numbers/statistics.html",
        season=shown,
        seasons=seasons(now),
        stops=stops,
        districts=found,
        by_month=_by_month(stops),
        by_district=_by_district(found),
    )


@bp.get("/cijfers.csv")
@planner_only
def as_csv() -> Response:
    shown = _season_or_404()
    return _file(exports.as_csv(_headers(), _rows(shown)), "text/csv; charset=utf-8", shown, "csv")


@bp.get("/cijfers.xlsx")
@planner_only
def as_xlsx() -> Response:
    shown = _season_or_404()
    return _file(exports.as_xlsx(shown.name, _headers(), _rows(shown)), XLSX, shown, "xlsx")


def _season_or_404() -> Season:
    """`?seizoen=2026` is the season that begins in that year; without it, this one."""
    asked, now = request.args.get("seizoen", ""), clock.utcnow()
    if not asked:
        return Season.of(local_date(now))
    try:
        wanted = Season.beginning(whole_number(asked))
    except ValueError:
        abort(404)
    return wanted if wanted in seasons(now) else abort(404)


def _by_month(stops: Iterable[StopNumbers]) -> list[Bar]:
    """Seats taken of the seats there were, in order of time."""
    taken: Counter[str] = Counter()
    seats: Counter[str] = Counter()
    for stop in stops:
        month = month_name(stop.starts_at)
        taken[month] += stop.taken
        seats[month] += stop.seats
    return [Bar(month, taken[month], seats[month]) for month in seats]


def _by_district(found: Iterable[DistrictNumbers]) -> list[Bar]:
    return [Bar(each.district.name, each.taken, each.seats) for each in found]


def _headers() -> list[str]:
    return [
        _("Nummer"),
        _("Dag"),
        _("Organisatie"),
        _("Plek"),
        _("Wijk"),
        _("Open of besloten"),
        _("Ontmoetingen"),
        _("Plaatsen"),
        _("Plaatsen genomen"),
        _("Bezoekers"),
        _("Voor het eerst"),
        _("Uit de buurt"),
        _("Vervolg"),
        _("Keren dat mensen elkaar weer zagen"),
    ]


def _rows(shown: Season) -> list[list[exports.Cell]]:
    return [_row(stop) for stop in stops_of(shown, clock.utcnow())]


def _row(stop: StopNumbers) -> list[exports.Cell]:
    told = stop.told
    return [
        stop.reference,
        local_date(stop.starts_at),
        stop.organisation,
        stop.venue,
        stop.district.name,
        _("besloten") if stop.is_closed else _("open"),
        stop.encounters,
        stop.seats,
        stop.taken,
        told.visitors,
        told.first_time,
        told.from_neighbourhood,
        phrases.continues(told.continues) if told.continues else None,
        stop.met,
    ]


def _file(body: bytes, kind: str, shown: Season, ending: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = (
        f'attachment; filename="speelplek-{shown.name}.{ending}"'
    )
    return response
