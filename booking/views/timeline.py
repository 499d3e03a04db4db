"""The season of the theatre, week by week."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, request, url_for

from booking.models import Installation, Performer
from booking.queries.blocks import blockable
from booking.queries.season import Season
from booking.queries.timeline import Shown, load_timeline
from booking.rules.calendar import FIRST_YEAR, LAST_YEAR, Week
from core import clock
from core.clock import local_date
from core.pages import page_or_fragment
from core.reading import whole_number
from people.access import planner_only
from venues.facts import District, districts

bp = Blueprint("timeline", __name__, url_prefix="/planning/seizoen")

Owner = TypeVar("Owner", Installation, Performer)


@bp.get("")
@planner_only
def season() -> Response:
    """One season, this one unless another is asked for."""
    now = clock.utcnow()
    this_season = Season.of(local_date(now))
    cubes, performers = blockable()
    shown = Shown(
        _season_or_404(this_season),
        cube=_one_of(cubes, "kubus"),
        district=_district_or_404(),
        performer=_one_of(performers, "speler"),
    )
    return page_or_fragment(
        "booking/timeline/season.html",
        "booking/timeline/_season.html",
        shown=shown,
        found=load_timeline(shown, now),
        today=local_date(now),
        is_now=shown.season == this_season,
        this_week=Week.of(local_date(now)),
        cubes=cubes,
        performers=performers,
        districts=districts(),
        previous_url=_url(shown, -1),
        next_url=_url(shown, 1),
    )


def _season_or_404(this: Season) -> Season:
    """`?seizoen=2026` begins in that year; the past and the future are open as far as calendars."""
    asked = request.args.get("seizoen", "")
    if not asked:
        return this
    try:
        year = whole_number(asked)
    except ValueError:
        abort(404)
    return Season.beginning(year) if FIRST_YEAR <= year < LAST_YEAR else abort(404)


def _one_of(owners: Sequence[Owner], name: str) -> Owner | None:
    """None: all of them."""
    asked = request.args.get(name, "")
    if not asked:
        return None
    return next((each for each in owners if str(each.id) == asked), None) or abort(404)


def _district_or_404() -> District | None:
    asked = request.args.get("wijk", "")
    if not asked:
        return None
    return districts().get(asked) or abort(404)


def _url(shown: Shown, years: int) -> str | None:
    """The season before or after, with the same choices; None where the calendar ends."""
    year = shown.season.starts_on.year + years
    if not FIRST_YEAR <= year < LAST_YEAR:
        return None
    return url_for("timeline.season", seizoen=year, **_chosen(shown))


def _chosen(shown: Shown) -> dict[str, Any]:
    return {
        "kubus": shown.cube.id if shown.cube else None,
        "wijk": shown.district.number if shown.district else None,
        "speler": shown.performer.id if shown.performer else None,
    }
