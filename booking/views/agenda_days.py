"""The public agenda day by day: a month as a list, a week, or one day."""

from collections.abc import Callable
from typing import TypeVar

from flask import Response, abort, request, url_for

from booking.filters import week_span
from booking.queries.agenda import public_stops
from booking.rules.calendar import Month, OneDay, OutOfBounds, Week
from booking.views.agenda import Day, bp, by_day, district_or_404, feed_url, month_or_404, views
from core import clock
from core.clock import local_date
from core.filters import long_date, month_name
from core.language import gettext as _
from core.pages import page_or_fragment
from people.access import public
from venues.facts import districts

Page = TypeVar("Page", Month, Week, OneDay)
Named = TypeVar("Named", Week, OneDay)


@bp.get("/agenda/lijst")
@bp.get("/agenda/lijst/<int(fixed_digits=4):year>/<int(fixed_digits=2):number>")
@public
def listed(year: int | None = None, number: int | None = None) -> Response:
    """All of a month that is on, without the days that have nothing."""
    shown = month_or_404(year, number, Month.of(local_date(clock.utcnow())))
    return _answer("listed", shown, _month_words, _month_words, _month_url)


@bp.get("/agenda/week")
@bp.get("/agenda/week/<name>")
@public
def week(name: str = "") -> Response:
    """Seven days, also the empty ones."""
    shown = _named(Week, name) if name else Week.of(local_date(clock.utcnow()))
    return _answer("week", shown, _week_words, _week_number, _week_url)


@bp.get("/agenda/dag")
@bp.get("/agenda/dag/<name>")
@public
def day(name: str = "") -> Response:
    shown = _named(OneDay, name) if name else OneDay(local_date(clock.utcnow()))
    return _answer("day", shown, _day_words, _day_words, _day_url)


def _answer(
    shape: str,
    shown: Page,
    words: Callable[[Page], str],
    label: Callable[[Page], str],
    url: Callable[[Page], str],
) -> Response:
    """The same for all three: `words` is its heading, `label` stands on the way to it."""
    today, district = local_date(clock.utcnow()), district_or_404()
    playing = by_day(public_stops(shown.period, district))
    every = [Day(date, True, playing.get(date, [])) for date in shown.days]
    before, after = shown.previous, shown.next
    return page_or_fragment(
        "booking/agenda/days.html",
        "booking/agenda/_days.html",
        shape=shape,
        heading=words(shown),
        url=url(shown),
        days=[each for each in every if each.playing or shape != "listed"],
        count=len({p.stop.id for each in every for p in each.playing}),
        today=today,
        district=district,
        districts=districts().values(),
        previous=(url(before), label(before)) if before else None,
        next=(url(after), label(after)) if after else None,
        views=views(shape, today if today in shown.days else shown.days[0], district),
        feed_url=feed_url(district),
    )


def _named(kind: type[Named], name: str) -> Named:
    try:
        return kind.named(name)
    except OutOfBounds:
        abort(404)


def _asked_district() -> str | None:
    return request.args.get("wijk") or None


def _month_words(shown: Month) -> str:
    return month_name(shown.first)


def _month_url(shown: Month) -> str:
    wijk = _asked_district()
    return url_for("agenda.listed", year=shown.year, number=shown.number, wijk=wijk)


def _week_words(shown: Week) -> str:
    days, year = week_span(shown.monday), shown.days[-1].year
    return _("week %(number)s, %(days)s %(year)s", number=shown.number, days=days, year=year)


def _week_number(shown: Week) -> str:
    return _("week %(number)s", number=shown.number)


def _week_url(shown: Week) -> str:
    return url_for("agenda.week", name=shown.name, wijk=_asked_district())


def _day_words(shown: OneDay) -> str:
    return long_date(shown.day)


def _day_url(shown: OneDay) -> str:
    return url_for("agenda.day", name=shown.name, wijk=_asked_district())
