"""Days that are not as other days: closures, other hours, holidays."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from flask import Response, abort, flash, url_for

from core.clock import local_date, local_days, utcnow
from core.db import transact
from core.filters import long_date
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from core.period import Period
from core.reading import calendar_date
from people.access import current_actor, host_only
from venues import phrases, services
from venues.facts import Holiday, holidays_ahead
from venues.forms import DayForm, HolidaysForm
from venues.models import Closure, Room
from venues.queries.places import closures_ahead
from venues.queries.special import special_ahead
from venues.rules.values import ClosureDetails
from venues.views import hitting, refusals, shared_forms
from venues.views.hosting.blueprint import bp
from venues.views.hosting.loading import own_room_or_404

OFFERED_AHEAD = timedelta(days=400)


@bp.get("/ruimtes/<int:room_id>/dagen")
@host_only
def days(room_id: int) -> Response:
    found, now = own_room_or_404(room_id), utcnow()
    return page(
        "hosting/days.html",
        room=found,
        closures=closures_ahead(room_id, now),
        special=special_ahead(room_id, now),
        phrases=phrases,
    )


@bp.route("/ruimtes/<int:room_id>/sluiting", methods=["GET", "POST"])
@host_only
def close_room(room_id: int) -> Response:
    back = url_for("hosting.days", room_id=room_id)
    return shared_forms.closure_page(
        "hosting/closure_form.html", own_room_or_404(room_id), back=back
    )


@bp.post("/ruimtes/<int:room_id>/sluiting/<int:closure_id>/weg")
@host_only
def reopen(room_id: int, closure_id: int) -> Response:
    own_room_or_404(room_id)
    return shared_forms.reopen(room_id, closure_id, back=url_for("hosting.days", room_id=room_id))


@bp.route("/ruimtes/<int:room_id>/andere-tijden", methods=["GET", "POST"])
@host_only
def special_hours(room_id: int) -> Response:
    """Other hours on one day; those that are there already are replaced."""
    found = own_room_or_404(room_id)
    form = DayForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            _set_hours(room_id, form.day_on.data, form)
            flash(_("De tijden van die dag zijn bewaard."))
            return _to_days(room_id)
        except Refused as refusal:
            if hitting.is_hit(refusal):
                return _hits_page(refusal, found)
            status = refusals.put(refusal, form)
    return page("hosting/special_form.html", status, form=form, room=found)


@bp.post("/ruimtes/<int:room_id>/andere-tijden/<day>/weg")
@host_only
def usual_hours(room_id: int, day: str) -> Response:
    found = own_room_or_404(room_id)
    try:
        _set_hours(room_id, calendar_date(day))
    except ValueError:
        abort(404)
    except Refused as refusal:
        if not hitting.is_hit(refusal):
            raise
        return _hits_page(refusal, found)
    flash(_("Die dag gelden weer de gewone tijden."))
    return _to_days(room_id)


@bp.route("/ruimtes/<int:room_id>/vakanties", methods=["GET", "POST"])
@host_only
def holidays(room_id: int) -> Response:
    """Public and school holidays to tick; each becomes a closure with its name."""
    found, now = own_room_or_404(room_id), utcnow()
    closed = closures_ahead(room_id, now)
    today = local_date(now)
    offered = {_key(each): each for each in holidays_ahead(today, today + OFFERED_AHEAD)}
    open_days = {key: each for key, each in offered.items() if not _is_closed(each, closed)}
    form = HolidaysForm()
    form.days.offer((key, _says(each)) for key, each in open_days.items())
    if form.validate_on_submit():
        ticked = [_closure(open_days[key]) for key in form.days.data]
        try:
            _close_days(room_id, ticked, now)
        except Refused as refusal:
            if not hitting.is_hit(refusal):
                raise
            return _hits_page(refusal, found, ", ".join(each.reason for each in ticked))
        flash(_("De ruimte is dicht op de dagen die je aanvinkte."))
        return _to_days(room_id)
    closed_days = [each for key, each in offered.items() if key not in open_days]
    return _holidays_page(found, form, closed_days)


def _holidays_page(found: Room, form: HolidaysForm, closed: Iterable[Holiday]) -> Response:
    return page(
        "hosting/holidays.html",
        422 if form.errors else 200,
        form=form,
        room=found,
        closed=[_says(each) for each in closed],
    )


def _set_hours(room_id: int, day: date, form: DayForm | None = None) -> None:
    hours = form.hours() if form else []
    transact(
        services.set_special_hours,
        room_id,
        day,
        hours,
        by=current_actor(),
        now=utcnow(),
        agreed=hitting.agreed(),
    )


def _close_days(room_id: int, ticked: list[ClosureDetails], now: datetime) -> None:
    transact(
        services.close_days,
        room_id,
        ticked,
        by=current_actor(),
        now=now,
        agreed=hitting.agreed(),
    )


def _hits_page(refusal: Refused, found: Room, words: str = "") -> Response:
    back = url_for("hosting.days", room_id=found.id)
    return hitting.hits_page(refusal, found, back=back, does=hitting.CLOSE, words=words)


def _to_days(room_id: int) -> Response:
    return go_to(url_for("hosting.days", room_id=room_id))


def _key(holiday: Holiday) -> str:
    return f"{holiday.first_on}/{holiday.last_on}"


def _period(holiday: Holiday) -> Period:
    return local_days(holiday.first_on, holiday.last_on)


def _closure(holiday: Holiday) -> ClosureDetails:
    return ClosureDetails(_period(holiday), holiday.name)


def _is_closed(holiday: Holiday, closures: Iterable[Closure]) -> bool:
    """By a closure of its own, or one it falls in."""
    period = _period(holiday)
    return any(Period(each.starts_at, each.ends_at).covers(period) for each in closures)


def _says(holiday: Holiday) -> str:
    """For example "Kerstvakantie: zaterdag 19 december 2026 tot en met zondag 3 januari 2027"."""
    first, last = long_date(holiday.first_on), long_date(holiday.last_on)
    if first == last:
        return _("%(name)s: %(day)s", name=holiday.name, day=first)
    return _("%(name)s: %(first)s tot en met %(last)s", name=holiday.name, first=first, last=last)
