"""Page 1: where can the cube stand?

Who has no place yet says in which neighbourhood, and then sees on the same page which rooms nearby
would like to have the cube.
"""

from typing import Any

from flask import Response, request, url_for

from booking.forms.asking import WhereForm
from booking.queries.asking import check_wishes
from booking.queries.near_rooms import NearRoom, cube_rooms, rooms_near
from booking.rules.answers import Kind, Step, where_in
from booking.rules.asked import Where
from booking.views.asking.steps import bp, keep, kept_answers, onward, step_page
from core import clock
from core.findings import blockers
from core.language import gettext as _
from core.pages import go_to
from core.reading import whole_number
from people.access import public
from venues.facts import find_postcode
from venues.fitting import Fit, fits_of
from venues.models import Room
from venues.queries.places import find_room

FIELDS = {"floor_small": "floor", "ceiling_low": "height"}
THEATRE = "theatre"  # instead of a room: the theatre looks for a place


@bp.get("/kubus/aanvragen")
@public
def start() -> Response:
    """`?buurt=` shows the rooms near that postcode, `?ruimte=` begins with that room."""
    given = _chosen_room() or kept_answers().part(Step.WHERE)
    area = find_postcode(request.args.get("buurt", ""))
    if area:
        given |= {"kind": Kind.NONE, "area": area.pc4}
    return _page(WhereForm(data=given))


@bp.post("/kubus/aanvragen")
@public
def keep_where() -> Response:
    form = WhereForm()
    near = _offer(form)
    if not form.validate_on_submit():
        return _page(form)
    if form.kind.data == Kind.NONE and near and not form.area_shown:
        return go_to(url_for("asking.start", buurt=form.area.data, _anchor="near-rooms"))
    given = _with_room(form.values(), near)
    where = where_in(given)
    if where and _can_stand(form, where):
        keep(Step.WHERE, given)
        return _on_to_moments(where)
    return _page(form)


def _chosen_room() -> dict[str, Any] | None:
    """Whoever comes from the page of a room means that room."""
    try:
        return {"kind": Kind.KNOWN, "room": whole_number(request.args.get("ruimte", ""))}
    except ValueError:
        return None


def _page(form: WhereForm) -> Response:
    rooms = cube_rooms()
    fits = fits_of(rooms)
    near = _offer(form, rooms, fits)
    form.near_area.process_data(str(form.area.data)[:4] if near else "")
    return step_page(
        Step.WHERE,
        form,
        near=near,
        unfit=[(room, fits[room.id]) for room in rooms if fits[room.id].is_no],
    )


def _offer(
    form: WhereForm, rooms: list[Room] | None = None, fits: dict[int, Fit] | None = None
) -> list[NearRoom]:
    """The rooms of the list where the cube fits, or may fit; and those near the postcode."""
    rooms = cube_rooms() if rooms is None else rooms
    _offer_known(form, rooms, fits or fits_of(rooms))
    near = _near(str(form.area.data or "")) if form.kind.data == Kind.NONE else []
    if near:
        form.near.offer(
            [(str(each.room.id), each.room.full_name) for each in near]
            + [(THEATRE, _("Geen van deze: het theater zoekt een plek"))]
        )
    return near


def _offer_known(form: WhereForm, rooms: list[Room], fits: dict[int, Fit]) -> None:
    options: dict[str | None, list[tuple[str, str]]] = {None: [("", _("Kies een plek"))]}
    for room in rooms:
        fit = fits[room.id]
        if not fit.is_no:
            said = _("%(place)s (kubus: %(fit)s)", place=room.full_name, fit=fit.word)
            options.setdefault(room.venue.district.name, []).append((str(room.id), said))
    form.room.offer(options)


def _near(area: str) -> list[NearRoom]:
    postcode = find_postcode(area)
    return rooms_near(postcode.centre) if postcode else []


def _with_room(given: dict[str, Any], near: list[NearRoom]) -> dict[str, Any]:
    """With the postcode of the chosen room, so that the draft can be read by itself."""
    room = find_room(given["room"]) if given["kind"] == Kind.KNOWN else None
    chosen = given["near"] if near else None  # what was offered once and is no more counts as none
    return {
        **given,
        "room_pc4": room.venue.pc4 if room else "",
        "near_room": None if chosen in (None, THEATRE) else int(chosen),
    }


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
