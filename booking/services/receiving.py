"""Who opens, where people wait, coffee, and the talk: agreed for one stop."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from booking.models import BookingRequest, Stop, StopReception
from booking.queries.requests import request_for_update
from booking.rules.reception import Reception, Talk, Welcome, talk_findings
from core import history
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor
from venues.models import Room


def agree_reception(
    request_id: int, reception: Reception, *, version: int | None, by: Actor, now: datetime
) -> BookingRequest:
    """By whoever receives the cube, or by the theatre; until it has played."""
    request = request_for_update(request_id, version)
    stop = request.stop
    if stop is None or not stop.is_confirmed:
        raise Refused([blocker("no_stop")])
    if stop.ends_at <= now:
        raise Refused([blocker("already_played")])
    refuse_if(talk_findings(reception.talk))
    _keep(stop, replace(reception, talk=reception.talk.sound), by, now)
    request.touch()
    session.flush()
    return request


def leave_place(stop: Stop, room_before: int, *, by: Actor, now: datetime) -> None:
    """Who opens elsewhere says nothing of here; the talk moves along."""
    found = session.get(StopReception, stop.id)
    has_left = session.get_one(Room, room_before).venue_id != stop.room.venue_id
    if found and has_left and found.agreed.welcome != Welcome():
        _keep(stop, replace(found.agreed, welcome=Welcome()), by, now)


def forget_reception(request: BookingRequest) -> None:
    """It may name people; whether there was a talk stays."""
    for stop in request.stops:
        found = session.get(StopReception, stop.id)
        if found:
            talk = found.agreed.talk
            found.agreed = Reception(talk=Talk(talk.after, talk.minutes))


def _keep(stop: Stop, reception: Reception, by: Actor, now: datetime) -> None:
    found = session.get(StopReception, stop.id, populate_existing=True)
    before = found.agreed if found else Reception()
    if found is None:
        found = StopReception(stop_id=stop.id)
        session.add(found)
    found.agreed = reception
    session.flush()
    if before != reception:
        subject = stop.booking_request.subject
        changed = _changed(before, reception)
        history.record("reception agreed", subject, by=by, at=now, **changed)


def _changed(before: Reception, after: Reception) -> dict[str, Any]:
    """Only what reads otherwise now: texts from and to, and the talk as it is."""
    old, new = _texts(before), _texts(after)
    differs = [name for name in new if old[name] != new[name]]
    texts = {
        "before": "; ".join(old[name] for name in differs if old[name]),
        "after": "; ".join(new[name] for name in differs if new[name]),
    }
    talk, was = after.talk, before.talk
    is_same = (talk.after, talk.minutes) == (was.after, was.minutes)
    return texts if is_same else {**texts, "talk": [talk.after.value, talk.minutes]}


def _texts(reception: Reception) -> dict[str, str]:
    talk = reception.talk
    return {**asdict(reception.welcome), "led_by": talk.led_by, "questions": talk.questions}
