"""What the made-up performers say of when and where they can play. Some of it hits a stop."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import select

from booking import services
from booking.models import Performer
from booking.queries.availability import coming_stops
from booking.rules.availability import Availability, OtherDays, WeeklyPart, weekly
from booking.rules.norms import DayPart
from booking.rules.place_kinds import Avoided, Objection, PlaceKind
from core.clock import local_date
from core.db import session
from core.fields import new_form_token
from core.findings import Refused
from core.history import Actor

SUNDAY = 6
PARTS = [WeeklyPart(day, part) for day in range(SUNDAY) for part in DayPart]
RATHER_INSIDE = (Avoided(PlaceKind.OUTDOORS, Objection.RATHER_NOT),)


def say(now: datetime) -> None:
    christiaan, ricardo, elias = map(_named, ("Christiaan", "Ricardo", "Elias"))
    _say(elias, Availability(*weekly(PARTS, ())), now)
    _say(ricardo, Availability(avoids=RATHER_INSIDE, at_most=7), now)
    _cannot_at_the_next_but_one(christiaan, now)


def _say(performer: Performer, said: Availability, now: datetime) -> None:
    by = _own_actor(performer)
    _agreed(partial(services.say_availability, performer.id, said, version=0, by=by, now=now))


def _cannot_at_the_next_but_one(performer: Performer, now: datetime) -> None:
    """So that the desk has something to solve."""
    for stop in coming_stops(performer.id, now)[1:2]:
        day, token = local_date(stop.starts_at), new_form_token()
        days, by = OtherDays(day, day, words="familiefeest"), _own_actor(performer)
        _agreed(partial(services.add_days, performer.id, days, form_token=token, by=by, now=now))


def _agreed(act: Callable[..., object]) -> None:
    """Whatever it hits was seen."""
    try:
        act()
    except Refused as refusal:
        act(seen=[each.key for each in refusal.findings[0].data["hits"]])


def _own_actor(performer: Performer) -> Actor:
    assert performer.person_id
    return Actor.person(performer.person_id)


def _named(name: str) -> Performer:
    return session.scalars(select(Performer).where(Performer.name == name)).one()
