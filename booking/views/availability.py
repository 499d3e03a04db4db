"""When performers can play: said by themselves, or by a planner for them."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, url_for

from booking import services
from booking.forms.availability import AvailabilityForm
from booking.models import Performer, Stop
from booking.phrases.availability import availability_lines
from booking.queries.availability import availability_of, performer_playing
from booking.queries.mine import performer_of
from booking.queries.norms import current_norms
from booking.queries.players import players_now
from booking.rules.availability import ALWAYS
from core import clock
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, current_person, performer_only, planner_only
from venues.views.refusals import HOURS

bp = Blueprint("players", __name__)
STALE = "availability_changed_meanwhile"


@bp.route("/mijn-speelbeurten/beschikbaar", methods=["GET", "POST"])
@performer_only
def own() -> Response:
    person = current_person()
    performer = performer_of(person) if person else None
    if performer is None:
        abort(404)
    return _say(performer, "booking/mine/availability.html", url_for("mine.as_performer"))


@bp.get("/planning/spelers")
@planner_only
def overview() -> Response:
    return page(
        "booking/planning/players.html",
        players=players_now(clock.utcnow()),
        lines=availability_lines,
    )


@bp.route("/planning/spelers/<int:performer_id>", methods=["GET", "POST"])
@planner_only
def on_behalf(performer_id: int) -> Response:
    performer = performer_playing(performer_id)
    if performer is None:
        abort(404)
    return _say(performer, "booking/planning/player.html", url_for("players.overview"))


def _say(performer: Performer, template: str, back: str) -> Response:
    row = availability_of(performer.id)
    before = row.said if row else ALWAYS
    form = AvailabilityForm.of(before, row.version if row else 0)
    hits: Sequence[Stop] = ()
    status = 200
    if form.validate_on_submit():
        try:
            transact(
                services.say_availability,
                performer.id,
                form.said(before),
                version=int(form.version.data),
                seen=form.seen_ids,
                by=current_actor(),
                now=clock.utcnow(),
            )
            flash(_("Bewaard. We plannen voortaan alleen op deze tijden."))
            return go_to(back)
        except Refused as refusal:
            status, hits = _refuse(form, refusal)
    elif form.is_submitted():
        status = 422
    return page(
        template,
        status,
        form=form,
        performer=performer,
        hits=hits,
        lines=availability_lines(before),
        days=before.days,
        norm=current_norms().encounters_a_day,
    )


def _refuse(form: AvailabilityForm, refusal: Refused) -> tuple[int, Sequence[Stop]]:
    """The stops that are hit, when it is that: sending the same once more is to agree."""
    for finding in refusal.findings:
        field = "at_most" if finding.code == "own_maximum" else None
        if finding.code in HOURS:
            field = form.field_at(finding.data["weekday"], finding.data["opens_at"])
        form.refuse(sentences([finding]), field)
    first = refusal.findings[0]
    hits: tuple[Stop, ...] = first.data.get("hits", ())
    form.seen.process_data(" ".join(str(stop.id) for stop in hits))
    return (409 if first.code == STALE else 422), hits
