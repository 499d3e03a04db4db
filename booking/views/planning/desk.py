"""What the pages of the desk share."""

from datetime import datetime

from flask import Blueprint, abort

from booking.forms.planning import Pairs, PlacingForm
from booking.models import BookingRequest
from booking.queries.stops import (
    playing_performers,
    request_by_id,
    rooms_for_cube,
    touring_installations,
)
from booking.rules.norms import Wish
from booking.rules.placement import Chosen
from core.errors import sentences
from core.findings import Refused, blockers
from core.forms import Form
from core.language import gettext as _
from venues.facts import districts

CHANGED = "changed_meanwhile"

bp = Blueprint("planning", __name__, url_prefix="/planning")


def request_or_404(request_id: int) -> BookingRequest:
    found = request_by_id(request_id)
    if found is None:
        abort(404)
    return found


def offer_places(form: PlacingForm) -> None:
    """Rooms, cubes and performers to choose from."""
    form.room.offer(_rooms_by_district())
    anything = ("", _("Kies zelf de beste"))
    cubes = [(str(cube.resource_id), cube.name) for cube in touring_installations()]
    players = [(str(player.resource_id), player.name) for player in playing_performers()]
    form.cube.offer([anything, *cubes])
    form.player.offer([anything, *players])


def start_with(request: BookingRequest, wish: Wish, room_id: int | None) -> dict[str, object]:
    """What a form about a placement shows first."""
    return {
        "day": wish.day,
        "part": wish.part,
        "day_parts": wish.day_parts,
        "room": room_id,
        "version": request.version,
    }


def chosen_in(form: PlacingForm) -> Chosen:
    return Chosen(form.wish, form.room.data, form.cube.data or None, form.player_ids)


def refuse(form: Form, refusal: Refused, found: BookingRequest) -> int:
    """Say why not at the top of the form; the status to answer with.

    When somebody else changed the request, the form goes on from what is true now.
    """
    refusing = blockers(refusal.findings)
    form.refuse(sentences(refusing))
    if any(finding.code == CHANGED for finding in refusing):
        form["version"].process_data(request_or_404(found.id).version)
        return 409
    return 422


def is_undoable(request: BookingRequest, now: datetime) -> bool:
    stop = request.stop
    return bool(stop and stop.is_confirmed and stop.undo_until > now)


def _rooms_by_district() -> dict[str, Pairs]:
    groups: dict[str, Pairs] = {district.name: [] for district in districts().values()}
    own = _("Eigen plek van wie aanvroeg")
    for room in rooms_for_cube():
        group = room.venue.district.name if room.venue.is_listed else own
        groups.setdefault(group, []).append((str(room.id), room.full_name))
    return {name: members for name, members in groups.items() if members}
