"""Who plays which encounter of a stop: choose, see what it means, and only then keep it."""

from datetime import datetime

from flask import Response, flash, request, url_for

from booking import services
from booking.forms.casting import FILL, SAVE, CastForm, cast_form
from booking.models import BookingRequest, Stop
from booking.queries.casting import CastSeen, cast_now, see_cast
from booking.queries.stops import playing_performers
from booking.views.planning.desk import bp, refuse, request_or_404
from core import clock
from core.db import transact
from core.errors import phrase
from core.filters import told_apart
from core.findings import Refused, blockers
from core.language import gettext as _
from core.pages import go_to, page_or_fragment
from people.access import current_actor, planner_only


@bp.route("/aanvragen/<int:request_id>/spelers", methods=["GET", "POST"])
@planner_only
def cast(request_id: int) -> Response:
    found, now = request_or_404(request_id), clock.utcnow()
    stop, done = found.stop, url_for("planning.one_request", request_id=request_id)
    if stop is None or not stop.is_confirmed or stop.ends_at <= now:
        return go_to(done)
    form = _form(found, stop, now)
    if not form.numbers:
        return go_to(done)  # all of it has begun
    if not form.is_submitted():
        return _page(form, found, stop, None)
    if not form.validate():
        return _page(form, found, stop, None, 422)
    if request.form.get("do") == FILL:
        form.fill()
    wanted = {**cast_now(stop), **form.cast}
    if request.form.get("do") != SAVE:
        return _page(form, found, stop, see_cast(stop, wanted, now))
    if form.seen.data != _key(form):
        form.refuse([_("Je koos nog iets anders. Kijk of het zo klopt, en bewaar het dan.")])
        return _page(form, found, stop, see_cast(stop, wanted, now), 422)
    try:
        transact(
            services.cast_encounters,
            stop.id,
            wanted,
            accepted=form.accepted,
            why=form.why.data,
            version=form.version.data,
            by=current_actor(),
            now=now,
        )
    except Refused as refusal:
        return _again(form, refusal, request_id, now)
    flash(_("Bewaard. Wie iets anders speelt dan eerst, krijgt een mail."), "ok")
    return go_to(done)


def _again(form: CastForm, refusal: Refused, request_id: int, now: datetime) -> Response:
    """With everything that was chosen, judged as it is now."""
    found = request_or_404(request_id)
    stop = found.stop
    assert stop
    status = refuse(form, refusal, found)
    if not blockers(refusal.findings):
        form.refuse([_("Vink aan wat je weet en toch wilt, of kies iemand anders.")], "accept")
    wanted = {**cast_now(stop), **form.cast}
    return _page(form, found, stop, see_cast(stop, wanted, now), status)


def _form(found: BookingRequest, stop: Stop, now: datetime) -> CastForm:
    coming = [each for each in stop.played if each.starts_at > now]
    times = told_apart([each.period for each in coming])
    performers = dict.fromkeys([*playing_performers(), *(each.performer for each in coming)])
    return cast_form(
        [(e.number, at, e.performer.resource_id) for e, at in zip(coming, times, strict=True)],
        [(str(each.resource_id), each.name) for each in performers],
        found.version,
    )


def _page(
    form: CastForm, found: BookingRequest, stop: Stop, seen: CastSeen | None, status: int = 200
) -> Response:
    """`seen`: what the choice means; None: nothing has been chosen yet."""
    if seen:
        form.accept.offer([(key, phrase(each)) for key, each in seen.concerns.items()])
        form.seen.process_data(_key(form))
    return page_or_fragment(
        "booking/planning/cast.html",
        "booking/planning/_cast_form.html",
        status,
        form=form,
        request_=found,
        stop=stop,
        seen=seen,
    )


def _key(form: CastForm) -> str:
    return ".".join(str(each) for each in form.cast.values())
