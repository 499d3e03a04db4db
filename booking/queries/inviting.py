"""Who can be invited to ask for the cube: partners, who asked before, hosts of rooms where it fits.

Always the same number of statements, however many there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import lazyload

from booking.models import BookingRequest, InviteRefusal, Outreach, Partner, Stop
from booking.queries.near_rooms import cube_rooms
from booking.rules.lifecycle import WAITING, StopState
from booking.rules.outreach import Approached, InviteeKind
from core.clock import local_date
from core.db import session
from people.models import Organisation, Person, name_key
from venues.facts import postcodes
from venues.models import Room, VenueHost
from venues.rules.fit import CubeNeeds, cube_fit
from venues.rules.fit import answer as fit_answer

NOBODY = Approached()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Somebody in a district who may be invited; `id` is of a partner, organisation or person."""

    kind: InviteeKind
    id: int
    name: str
    contact: str
    address: str  # empty: only by phone
    phone: str
    about: str  # where it is or what it is about, for the planner
    asks_at: str  # the page to ask, with place or postcode filled in
    asked_on: date | None = None  # of an organisation that asked before
    earlier: Approached = NOBODY

    @property
    def may_be_mailed(self) -> bool:
        return bool(self.address) and not self.earlier.has_draft

    @property
    def key(self) -> str:
        """How a form names it: partner.12"""
        return f"{self.kind}.{self.id}"


def address_hash(address: str) -> str:
    return sha256(address.strip().lower().encode()).hexdigest()


def invitees_in(number: str, rooms: list[Room], now: datetime) -> list[Invitee]:
    """Of a district: never invited first, then longest ago. Nobody who said no to it or who asks
    now; `rooms` are the ones whose hosts count."""
    asked, asking = _asked_before(number, now)
    found = _each_once([*_partners(number), *asked, *_hosts(rooms)], asking)
    earlier = approached([each.address for each in found])
    known = [replace(each, earlier=earlier.get(each.address, NOBODY)) for each in found]
    return sorted((each for each in known if not each.earlier.has_refused), key=_never_first)


def approached(addresses: Collection[str]) -> dict[str, Approached]:
    """What became of earlier letters, by address."""
    found = {address: Approached() for address in addresses if address}
    for address, sent_at, sent_by in _outreach_to(found):
        found[address] = (
            replace(found[address], last_sent_at=sent_at, last_sent_by=sent_by or "")
            if sent_at
            else replace(found[address], has_draft=True)
        )
    for address in _refusing(found):
        found[address] = replace(found[address], has_refused=True)
    return found


def has_refused(address: str) -> bool:
    return session.get(InviteRefusal, address_hash(address)) is not None


def outreach_in(number: str, at_most: int = 30) -> list[tuple[Outreach, str]]:
    """What was written for a district, newest first, with who sent it."""
    written = (
        select(Outreach, func.coalesce(Person.name, ""))
        .outerjoin(Person, Outreach.sent_by_id == Person.id)
        .where(Outreach.district_number == number, Outreach.dropped_at.is_(None))
        .order_by(Outreach.created_at.desc(), Outreach.id.desc())
        .limit(at_most)
    )
    return list(session.execute(written).tuples())


def last_invited() -> dict[str, date]:
    """By district: when the latest invitation was sent."""
    latest = (
        select(Outreach.district_number, func.max(Outreach.sent_at, type_=Outreach.sent_at.type))
        .where(Outreach.sent_at.is_not(None))
        .group_by(Outreach.district_number)
    )
    return {number: local_date(at) for number, at in session.execute(latest)}


def fitting_rooms(number: str) -> list[Room]:
    """Where the cube is welcome and fits, or could fit."""
    return [
        room
        for room in cube_rooms()
        if room.venue.district_number == number
        and fit_answer(cube_fit(room.measures, CubeNeeds())) != "no"
    ]


def hosts_of_rooms(rooms: Iterable[Room]) -> dict[int, list[Person]]:
    """By venue id."""
    speaking = (
        select(VenueHost.venue_id, Person)
        .join(Person, Person.id == VenueHost.person_id)
        .where(
            VenueHost.venue_id.in_({room.venue_id for room in rooms}),
            Person.disabled_at.is_(None),
        )
        .order_by(VenueHost.venue_id, Person.id)
        .options(lazyload(Person.granted))
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for venue_id, person in session.execute(speaking).tuples():
        found[venue_id].append(person)
    return found


def outreach_by_id(outreach_id: int) -> Outreach | None:
    return session.get(Outreach, outreach_id)


def partner_by_id(partner_id: int) -> Partner | None:
    return session.get(Partner, partner_id)


def partners_by_district() -> dict[str, list[Partner]]:
    """All of them by number of their district; who is retired last."""
    kept = select(Partner).order_by(Partner.retired_at.is_not(None), Partner.name, Partner.id)
    found: dict[str, list[Partner]] = defaultdict(list)
    for partner in session.scalars(kept):
        found[partner.district_number].append(partner)
    return found


def _never_first(each: Invitee) -> tuple[float, str]:
    at = each.earlier.last_sent_at
    return (at.timestamp() if at else 0, each.name.casefold())


def _each_once(found: Iterable[Invitee], asking: frozenset[str]) -> list[Invitee]:
    """A partner that asked before, or that is a host too, stands there once: as partner."""
    seen: set[str] = set(asking)
    once = []
    for each in found:
        marks = {each.address, name_key(each.name)} - {""}
        if not marks & seen:
            once.append(each)
        seen |= marks
    return once


def _partners(number: str) -> list[Invitee]:
    kept = select(Partner).where(Partner.district_number == number, Partner.retired_at.is_(None))
    return [
        Invitee(
            kind=InviteeKind.PARTNER,
            id=partner.id,
            name=partner.name,
            contact=partner.contact_name,
            address=partner.email,
            phone=partner.phone,
            about=partner.note,
            asks_at=_near(partner.pc4),
        )
        for partner in session.scalars(kept.order_by(Partner.name, Partner.id))
    ]


def _asked_before(number: str, now: datetime) -> tuple[list[Invitee], frozenset[str]]:
    """By their latest request for this district; and the marks of who asks now."""
    rows = session.execute(_requests_for(number, now)).all()
    asking = {mark for row in rows if row.asks_now for mark in (row.address, name_key(row.name))}
    latest: dict[int, Invitee] = {}
    for row in rows:
        latest.setdefault(
            row.id,
            Invitee(
                kind=InviteeKind.ORGANISATION,
                id=row.id,
                name=row.name,
                contact=row.contact,
                address=row.address.lower(),
                phone=row.phone,
                about="",
                asks_at=_near(first_postcode(number)),
                asked_on=local_date(row.at),
            ),
        )
    return list(latest.values()), frozenset(asking)


def _requests_for(number: str, now: datetime) -> Select[Any]:
    """Newest first; of who is not forgotten yet."""
    to_come = select(Stop.id).where(
        Stop.booking_request_id == BookingRequest.id,
        Stop.state == StopState.CONFIRMED,
        Stop.ends_at > now,
    )
    asks_now = or_(BookingRequest.state.in_(list(WAITING)), to_come.exists())
    return (
        select(
            Organisation.id,
            Organisation.name,
            BookingRequest.contact_name.label("contact"),
            BookingRequest.contact_email.label("address"),
            BookingRequest.contact_phone.label("phone"),
            BookingRequest.submitted_at.label("at"),
            asks_now.label("asks_now"),
        )
        .join(BookingRequest.organisation)
        .where(BookingRequest.district_number == number, BookingRequest.contact_email != "")
        .order_by(BookingRequest.submitted_at.desc(), BookingRequest.id.desc())
    )


def _hosts(rooms: list[Room]) -> list[Invitee]:
    """Each once, with the first of their rooms to begin with."""
    speaking = hosts_of_rooms(rooms)
    return [
        Invitee(
            kind=InviteeKind.HOST,
            id=person.id,
            name=room.venue.name,
            contact=person.name,
            address=person.email,
            phone=person.phone or room.venue.phone,
            about=room.full_name,
            asks_at=f"/kubus/aanvragen?ruimte={room.id}",
        )
        for room in rooms
        for person in speaking.get(room.venue_id, ())
    ]


def _outreach_to(
    addresses: Collection[str],
) -> Iterable[tuple[str, datetime | None, str | None]]:
    """Drafts and what was sent, oldest first."""
    written = (
        select(Outreach.address, Outreach.sent_at, Person.name)
        .outerjoin(Person, Outreach.sent_by_id == Person.id)
        .where(Outreach.address.in_(list(addresses)), Outreach.dropped_at.is_(None))
        .order_by(Outreach.sent_at, Outreach.id)
    )
    return session.execute(written).tuples()


def _refusing(addresses: Collection[str]) -> list[str]:
    by_hash = {address_hash(address): address for address in addresses}
    refused = select(InviteRefusal.address_hash).where(InviteRefusal.address_hash.in_(by_hash))
    return [by_hash[each] for each in session.scalars(refused)]


def first_postcode(number: str) -> str:
    """Of a district: near enough to begin asking with."""
    return next(pc4 for pc4, each in postcodes().items() if each.district.number == number)


def _near(pc4: str) -> str:
    return f"/kubus/aanvragen?buurt={pc4}"
