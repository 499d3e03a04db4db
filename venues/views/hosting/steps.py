"""From an empty page to a room online: four pages in a row, and later each of them by itself."""

from dataclasses import dataclass

from flask import Response, flash, request, url_for

from core.language import gettext as _
from core.pages import go_to
from venues.models import Room, RoomState

PAGES = ("hosting.facts", "hosting.times", "hosting.photos", "hosting.check")
LATER = "later"  # the name of the button that keeps a draft and stops for now


@dataclass(frozen=True, slots=True)
class Step:
    """Where a page stands among the four; `number` None: the room has been online before."""

    number: int | None

    @property
    def of(self) -> int:
        return len(PAGES)


def step(endpoint: str, room: Room | None) -> Step:
    is_new = room is None or room.state is RoomState.DRAFT
    return Step(PAGES.index(endpoint) + 1 if is_new else None)


def onward(endpoint: str, room: Room) -> Response:
    """After saving a page: the next one of a draft, else the room."""
    if room.state is RoomState.DRAFT and LATER not in request.form:
        following = PAGES[PAGES.index(endpoint) + 1]
        return go_to(url_for(following, room_id=room.id))
    flash(_("Dit is bewaard."))
    return go_to(url_for("hosting.room", room_id=room.id))
