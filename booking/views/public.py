"""The pages for everybody: home, who we are, privacy, accessibility; and two for machines."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, make_response, url_for

from booking.queries.agenda import AgendaStop, upcoming_stops, visits_per_district
from booking.queries.moments import moments_collecting
from core import clock
from core.clock import local_date
from core.pages import page
from core.site import site
from people.access import public
from venues.facts import districts

bp = Blueprint("public", __name__)

STOPS_ON_HOME = 6
CONTACT_HOLDS = timedelta(days=180)
ROBOTS = "User-agent: *\nDisallow: /planning\n"  # no feeds: calendars obey this file too


@dataclass(frozen=True, slots=True, kw_only=True)
class StopCard:
    """A stop as `public/_stop_card.html` shows it."""

    starts_at: datetime
    ends_at: datetime
    title: str
    district_name: str
    venue_name: str | None
    url: str
    is_closed: bool


@bp.get("/")
@public
def home() -> Response:
    now = clock.utcnow()
    visits = visits_per_district(local_date(now))
    return page(
        "public/home.html",
        stops=[_card(stop) for stop in upcoming_stops(now, STOPS_ON_HOME)],
        unvisited=[districts()[number].name for number, count in visits.items() if not count],
        counts=visits,
        collecting=moments_collecting(local_date(now)),
    )


@bp.get("/over")
@public
def about() -> Response:
    return page("public/about.html")


@bp.get("/privacy")
@public
def privacy() -> Response:
    return page("public/privacy.html")


@bp.get("/toegankelijkheid")
@public
def accessibility() -> Response:
    return page("public/accessibility.html")


@bp.get("/robots.txt")
@public
def robots() -> Response:
    return _plain(ROBOTS)


@bp.get("/.well-known/security.txt")
@public
def security() -> Response:
    """Whom to tell about a hole (RFC 9116)."""
    until = clock.utcnow().replace(hour=0, minute=0, second=0) + CONTACT_HOLDS
    lines = (
        f"Contact: mailto:{site().mail_from}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {site().base_url}/.well-known/security.txt",
    )
    return _plain("\n".join(lines) + "\n")


def _card(stop: AgendaStop) -> StopCard:
    return StopCard(
        starts_at=stop.starts_at,
        ends_at=stop.ends_at,
        title=stop.title,
        district_name=stop.district.name,
        venue_name=stop.venue_name,
        url=url_for("agenda.stop", stop_id=stop.id),
        is_closed=stop.is_closed,
    )


def _plain(text: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response
