"""Page 1: where can the cube stand?"""

from typing import Any

from flask import Response, request, url_for

from booking.forms.asking import WhereForm
from booking.queries.asking import check_wishes
from booking.rules.answers import Kind, Step, where_in
from booking.rules.asked import Where
from booking.views.asking.steps import bp, keep, kept_answers, onward, step_page
from core import clock
from core.findings import blockers
from core.language import gettext as _
from core.pages import go_to
from core.reading import whole_number
from people.access import public
from venues.queries.places import find_room, room_options

FIELDS = {"floor_small": "floor", "ceiling_low": "height"}


@bp.get("/kubus/aanvragen")
@public
def start() -> Response:
    form = WhereForm(data=_chosen_room() or kept_answers().part(Step.WHERE))
    _offer_rooms(form)
    return step_page(Step.WHERE, form)


@bp.post("/kubus/aanvragen")
@public
def keep_where() -> Response:
    form = WhereForm()
    _offer_rooms(form)
    if form.validate_on_submit():
        given = _with_room(form.values())
        where = where_in(given)
        if where and _can_stand(form, where):
            keep(Step.WHERE, given)
            return _on_to_moments(where)
    return step_page(Step.WHERE, form)


def _chosen_room() -> dict[str, Any] | None:
    """Whoever comes from the page of a room means that room."""
    try:
        return {"kind": Kind.KNOWN, "room": whole_number(request.args.get("ruimte", ""))}
    except ValueError:
        return None


def _offer_rooms(form: WhereForm) -> None:
    options: dict[str | None, list[tuple[str, str]]] = {None: [("", _("Kies een plek"))]}
    options.update(room_options())
    form.room.offer(options)


def _with_room(given: dict[str, Any]) -> dict[str, Any]:
    """With the postcode of the chosen room, so that the draft can be read by itself."""
    room = find_room(given["room"]) if given["kind"] == Kind.KNOWN else None
    return {**given, "room_pc4": room.venue.pc4 if room else ""}


def _can_stand(form: WhereForm, where: Where) -> bool:
    """Say so at once when the cube cannot stand at their own place."""
    for finding in blockers(where.place().fit):
        form.refuse([_too_small(finding.code)], FIELDS[finding.code])
    return not form.is_refused


def _too_small(code: str) -> str:
    """Without the centimetres: nobody asked for them."""
    return {
        "floor_small": _(
            "De kubus heeft 3 bij 3 meter vloer nodig. Kies een andere plek, of laat ons zoeken."
        ),
        "ceiling_low": _(
            "De kubus is hoger dan deze ruimte. Kies een andere plek, of een plek buiten."
        ),
    }[code]


def _on_to_moments(where: Where) -> Response:
    """Moments chosen for another place are looked at again when they cannot be here."""
    answers = kept_answers()
    judged = check_wishes(where, answers.wishes, answers.visitors, clock.utcnow())
    if any(blockers(findings) for _wish, findings in judged):
        return go_to(url_for("asking.when"))
    return onward()
