"""Somebody without an account offers a place: first a mail, and only its button makes anything."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import delete, select, update

from core.db import session
from core.findings import Refused, blocker
from core.history import Actor
from core.language import language
from core.links import LONGEST_TOKEN, new_token, token_hash
from core.rate_limit import address_key, allowed
from people.models import Person
from people.services import LINK_WORKS
from venues.facts import find_postcode
from venues.letters import tell_offerer
from venues.models import PlaceOffer
from venues.rules.values import HostDetails, VenueDetails
from venues.services.hosts import find_or_add_person, make_host
from venues.services.venues import add_venue

AN_HOUR = timedelta(hours=1)
KEPT = timedelta(hours=24)
OFFERS_PER_ADDRESS = 5
OFFERS_PER_CLIENT = 30


class Offered(Enum):
    """What became of it; whether the address is known stays unsaid."""

    MAILED = "mailed"
    TOO_OFTEN = "too often"


@dataclass(frozen=True, slots=True)
class OfferDetails:
    name: str
    email: str
    phone: str
    place: str
    street: str
    house_number: str
    postcode: str


def offer_place(offer: OfferDetails, *, client: str, now: datetime) -> Offered:
    """Mail a link with a button, at most a few per hour."""
    if find_postcode(offer.postcode) is None:
        raise Refused([blocker("postcode_outside_utrecht")])
    if not allowed("offer_client", client, OFFERS_PER_CLIENT, AN_HOUR, now):
        return Offered.TOO_OFTEN
    if allowed("offer_address", address_key(offer.email), OFFERS_PER_ADDRESS, AN_HOUR, now):
        token = new_token()
        kept = _keep(offer, token, now)
        tell_offerer(kept, token, now)
    return Offered.MAILED


def live_offer(token: str, now: datetime) -> PlaceOffer | None:
    """The offer as long as its link works."""
    if len(token) > LONGEST_TOKEN:
        return None
    return session.scalar(
        select(PlaceOffer).where(
            PlaceOffer.token_hash == token_hash(token),
            PlaceOffer.used_at.is_(None),
            PlaceOffer.expires_at > now,
        )
    )


def take_offer(token: str, *, now: datetime) -> tuple[Person, int] | None:
    """The person, host of a new venue from now on, and the id of that venue; None: it is too late.

    The condition stands in the UPDATE itself, so of many uses at the same moment one wins.
    """
    offer = live_offer(token, now)
    if offer is None or not _use(offer, now):
        return None
    host = HostDetails(offer.name, offer.email)
    person = find_or_add_person(host, now)
    if person.disabled_at is not None:
        return None
    by = Actor.person(person.id)
    venue = add_venue(_details(offer), by=by, now=now)
    make_host(venue.id, host, by=by, now=now)
    return person, venue.id


def forget_old_offers(now: datetime) -> None:
    session.execute(delete(PlaceOffer).where(PlaceOffer.created_at < now - KEPT))


def _details(offer: PlaceOffer) -> VenueDetails:
    return VenueDetails(
        name=offer.place,
        street=offer.street,
        house_number=offer.house_number,
        postcode=offer.postcode,
        phone=offer.phone,
    )


def _keep(offer: OfferDetails, token: str, now: datetime) -> PlaceOffer:
    kept = PlaceOffer(
        **asdict(offer),
        token_hash=token_hash(token),
        language=language(),
        created_at=now,
        expires_at=now + LINK_WORKS,
    )
    session.add(kept)
    session.flush()
    return kept


def _use(offer: PlaceOffer, now: datetime) -> bool:
    used = (
        update(PlaceOffer)
        .where(PlaceOffer.token_hash == offer.token_hash, PlaceOffer.used_at.is_(None))
        .values(used_at=now)
        .returning(PlaceOffer.token_hash)
    )
    return session.execute(used).scalar() is not None
