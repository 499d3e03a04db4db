"""The theatre's week: cubes, performers and the places in use, day by day."""

from flask import Blueprint, Response, abort, request, url_for

from booking.queries.clashes import misfits_in
from booking.queries.roster import Roster, load_roster
from booking.rules.calendar import OutOfBounds, Week
from booking.rules.roster import RosterRow, Work
from core import clock
from core.clock import local_date
from core.language import gettext as _
from core.pages import page_or_fragment
from people.access import planner_only

bp = Blueprint("roster", __name__, url_prefix="/planning/rooster")


@bp.get("")
@planner_only
def week() -> Response:
    """One week, this one unless another is asked for."""
    now = clock.utcnow()
    shown = _week_or_404(request.args.get("week"), Week.of(local_date(now)))
    roster = load_roster(shown, now)
    misfits = misfits_in(shown.period, now)
    return page_or_fragment(
        "booking/roster/week.html",
        "booking/roster/_week.html",
        week=shown,
        today=local_date(now),
        groups=_groups(roster),
        clashes=_count_clashes(roster),
        misfits=misfits,
        impossible=sum(each.is_impossible for each in misfits),
        words=_words(),
        previous_url=_week_url(shown.previous),
        next_url=_week_url(shown.next),
    )


def _groups(roster: Roster) -> list[tuple[str, list[RosterRow]]]:
    return [
        (_("Kubus"), roster.cubes),
        (_("Spelers"), roster.performers),
        (_("Plekken"), roster.rooms),
    ]


def _words() -> dict[Work, str]:
    return {
        Work.TRAVEL: _("Onderweg"),
        Work.GET_IN: _("Opbouw"),
        Work.CALLED: _("Klaarmaken"),
        Work.PLAY: _("Speelt"),
        Work.STAND: _("Blijft staan"),
        Work.MEET: _("Programma eromheen"),
        Work.GET_OUT: _("Afbouw"),
    }


def _count_clashes(roster: Roster) -> int:
    """How many slots want time that something else has or wants too."""
    rows = [*roster.cubes, *roster.performers, *roster.rooms]
    return sum(bool(slot.clashes_with) for row in rows for cell in row.cells for slot in cell)


def _week_or_404(asked: str | None, this_week: Week) -> Week:
    if not asked:
        return this_week
    try:
        return Week.named(asked)
    except OutOfBounds:
        abort(404)


def _week_url(shown: Week | None) -> str | None:
    return url_for("roster.week", week=shown.name) if shown else None
