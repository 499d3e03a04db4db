"""Somebody who books this room: the draft behind the pages, and which page comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, url_for

from booking.queries.rooms import is_bookable
from booking.rules.room_answers import RoomAnswers, RoomStep
from booking.views.drafting import Draft
from core import clock
from core.pages import go_to
from core.security import keep_private
from venues.models import Room, RoomState
from venues.queries.places import find_room
from venues.rules.terms import BookableBy

bp = Blueprint("reserving", __name__)

PAGES = {RoomStep.DATES: "reserving.start", RoomStep.CONTACT: "reserving.contact"}
STEPS = 3
SHOWN = (RoomState.PUBLISHED, RoomState.PAUSED)


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at a page, or one press of a button on it."""

    room: Room
    now: datetime
    draft: Draft
    answers: RoomAnswers

    @property
    def is_open(self) -> bool:
        """A paused room takes nothing new for a while."""
        return is_bookable(self.room)

    @property
    def asks_postcode(self) -> bool:
        return self.room.bookable_by is BookableBy.NEIGHBOURS

    def address(self, endpoint: str, **more: Any) -> str:
        return url_for(endpoint, room_id=self.room.id, **more)

    def keep(self, step: RoomStep, given: Mapping[str, Any]) -> None:
        self.draft.keep(step.value, given)

    def with_part(self, step: RoomStep, given: Mapping[str, Any]) -> RoomAnswers:
        """The answers as they would be with this step."""
        return RoomAnswers(self.room.id, {**self.answers.parts, step.value: dict(given)})


def visit_or_404(room_id: int) -> Visit:
    """Only what a host shows to everybody for meetings; such pages stay in no cache."""
    keep_private()
    room = find_room(room_id)
    if room is None or room.state not in SHOWN:
        abort(404)
    if not (room.welcomes_meetings and room.venue.is_listed):
        abort(404)
    draft = Draft(f"room-{room_id}")
    return Visit(room, clock.utcnow(), draft, RoomAnswers(room_id, draft.answers))


def back_to_missing(visit: Visit, before: RoomStep | None) -> Response | None:
    """To the first page that is missing, when it comes before this step (None: the check)."""
    order = list(RoomStep)
    earlier = order[: order.index(before)] if before else order
    missing = [step for step in visit.answers.missing if step in earlier]
    return go_to(visit.address(PAGES[missing[0]])) if missing else None
