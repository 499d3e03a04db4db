"""Planners and hosts add and change venues."""

from dataclasses import asdict, fields
from datetime import datetime

from core.db import session
from core.findings import Refused, blocker
from core.history import Actor, record
from venues.facts import Postcode, find_postcode
from venues.models import Venue, VenueHost
from venues.rules.values import VenueDetails, changed
from venues.services.places import add_once, to_change


def add_venue(details: VenueDetails, *, by: Actor, now: datetime, form_token: str = "") -> Venue:
    """The district comes from the postcode. The same form twice adds one venue."""
    return add_once(Venue, lambda: _add(details, by, now), details, form_token, now)


def host_venue(
    details: VenueDetails, person_id: int, *, by: Actor, now: datetime, form_token: str = ""
) -> Venue:
    """A host adds a venue and speaks for it from then on."""
    return add_once(
        Venue, lambda: _add_hosted(details, person_id, by, now), details, form_token, now
    )


def change_venue(
    venue_id: int, details: VenueDetails, *, version: int | None, by: Actor, now: datetime
) -> Venue:
    """`version` is the one that was seen; None changes whatever is there."""
    venue = to_change(Venue, venue_id, version)
    what = changed(venue_details(venue), details)
    if what:
        _set(venue, details)
        session.flush()
        record("venue changed", ("venue", venue.id), by=by, at=now, changed=what)
    return venue


def venue_details(venue: Venue) -> VenueDetails:
    """As it is stored now, to fill in a form or to compare with."""
    stored = {field.name: getattr(venue, field.name) for field in fields(VenueDetails)}
    return VenueDetails(**{**stored, "postcode": venue.postcode or venue.pc4})


def _add(details: VenueDetails, by: Actor, now: datetime) -> Venue:
    venue = Venue(created_at=now)
    _set(venue, details)
    session.add(venue)
    session.flush()
    record("venue added", ("venue", venue.id), by=by, at=now)
    return venue


def _add_hosted(details: VenueDetails, person_id: int, by: Actor, now: datetime) -> Venue:
    venue = _add(details, by, now)
    session.add(VenueHost(venue_id=venue.id, person_id=person_id))
    session.flush()
    record("host added", ("venue", venue.id), by=by, at=now, person=person_id)
    return venue


def _set(venue: Venue, details: VenueDetails) -> None:
    facts = _facts_of(details.postcode)
    for name, value in asdict(details).items():
        setattr(venue, name, value)
    is_whole = details.postcode != facts.pc4
    venue.postcode = details.postcode if is_whole else ""
    venue.pc4, venue.district_number = facts.pc4, facts.district.number


def _facts_of(postcode: str) -> Postcode:
    facts = find_postcode(postcode)
    if facts is None:
        raise Refused([blocker("postcode_outside_utrecht")])
    return facts
