"""What became of whoever a block hit, and who has to be called about it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from booking.models import Block, BookingRequest
from booking.queries.hit_by_block import hosts_of_stops
from booking.rules.norms import Wish, parse_wish
from booking.rules.ways_out import Way
from core.clock import local_date
from core.db import session
from core.history import story
from people.models import Person

STILL_TO_CALL = (Way.RECAST, Way.OTHER_CUBE, Way.MOVE, Way.CALL_OFF)  # ways of a stop


@dataclass(frozen=True, slots=True)
class Dealt:
    """One that was hit; how it stands now, says its request."""

    request: BookingRequest
    was: Wish
    way: Way
    is_soon: bool  # a stop of the day itself or the next: a mail may be read too late
    hosts: tuple[Person, ...] = ()


def dealt_with(block: Block) -> list[Dealt]:
    """In the order in which it was done; three statements for any number."""
    done = [each for entry in story(block.subject) for each in entry.facts.get("done", ())]
    requests = _requests([each["request"] for each in done])
    hosts = hosts_of_stops(request.stop for request in requests.values() if request.stop)
    soon_until = local_date(block.made_at) + timedelta(days=1)
    found = []
    for each in done:
        request, was = requests.get(each["request"]), parse_wish(each["was"])
        if request and was:
            way = Way(each["way"])
            is_soon = way in STILL_TO_CALL and was.day <= soon_until
            at_place = hosts.get(request.stop.room.venue_id, ()) if request.stop else ()
            found.append(Dealt(request, was, way, is_soon, tuple(at_place)))
    return found


def _requests(ids: list[int]) -> dict[int, BookingRequest]:
    found = select(BookingRequest).where(BookingRequest.id.in_(ids))
    return {request.id: request for request in session.scalars(found)} if ids else {}
