"""What the theatre and the asker do about a place: ask another host, ask for measures."""

from datetime import datetime

from booking.letters import consent_events as letters
from booking.models import BookingRequest
from booking.queries.requests import request_for_update
from booking.queries.tour import load_tour
from booking.rules.lifecycle import Action, RequestState, may
from booking.rules.placement import Wanted, best
from booking.services.consenting import need_consent
from core import history
from core.db import session
from core.findings import Finding, Refused, blocker, blockers, refuse_if
from core.history import Actor
from core.period import hull
from venues.queries.places import find_room


def choose_place(
    request_id: int, room_id: int, *, version: int | None, by: Actor, now: datetime
) -> BookingRequest:
    """Another room for a request that waits; its host is asked, if it has one."""
    request = request_for_update(request_id, version)
    refuse_if(may(Action.CHANGE, request.state))
    if request.state is not RequestState.SUBMITTED:
        raise Refused([blocker("place_is_kept")])
    refuse_if(_against(request, room_id, now))
    request.room_id = room_id
    session.flush()
    session.refresh(request, ["room"])
    assert request.room
    history.record("place chosen", request.subject, by=by, at=now, room=room_id)
    need_consent(request, request.room, by=by, now=now)
    return request


def ask_measures(request_id: int, *, by: Actor, now: datetime) -> None:
    """Ask the hosts of the place what nobody has said about it. Once a day is enough."""
    request = request_for_update(request_id)
    room = request.room
    if room is None or not letters.measures_asked(request, room, now=now):
        raise Refused([blocker("no_host_to_ask")])
    history.record("measures asked", request.subject, by=by, at=now, room=room.id)


def _against(request: BookingRequest, room_id: int, now: datetime) -> list[Finding]:
    """What refuses this room at every moment that was asked."""
    if find_room(room_id) is None:
        return [blocker("no_such_room")]
    wishes = [choice.wish for choice in request.choices]
    tour = load_tour(now, hull(wish.window for wish in wishes), [room_id])
    judged = [
        best(Wanted(tour.places[room_id], wish, request.visitors, request.id), tour)
        for wish in wishes
    ]
    if any(placement and placement.is_possible for placement in judged):
        return []
    said = [blockers(placement.findings) for placement in judged if placement]
    return said[0] if said else [blocker("no_cube")]
