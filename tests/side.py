"""Something around the stop of request 1, made through the services."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from booking import services
from booking.models import Claim, ClaimPurpose, SideItem
from booking.rules.side import ProposedBy, SideMoment, SideOffer, SidePlace
from core import history
from core.db import session, transact
from core.fields import new_form_token
from core.outbox import OutboxMail
from core.period import Period
from tests import builders as b

ASKER = "contact@burennetwerk.example"
COOK = "kok@soep.example"
LATER = b.NOW + timedelta(minutes=11)
EVENING = Period(
    b.AFTERNOON_STARTS + timedelta(hours=6), b.AFTERNOON_STARTS + timedelta(hours=7, minutes=30)
)
OUTDOORS = SideMoment(EVENING, SidePlace.OUTDOORS, 12, words="Bij de fontein")


def in_room(room_id: int, people: int = 12) -> SideMoment:
    return SideMoment(EVENING, SidePlace.ROOM, people, room_id=room_id)


def soup(moment: SideMoment = OUTDOORS, email: str = COOK, language: str = "nl") -> SideOffer:
    return SideOffer("Soep", "Schuif aan.", "Soepgroep", email, "030 123 45 67", moment, language)


def proposed(offer: SideOffer, by: ProposedBy = ProposedBy.ASKER, request_id: int = 1) -> SideItem:
    return transact(
        services.propose_side,
        request_id,
        offer,
        proposed_by=by,
        form_token=new_form_token(),
        by=history.ASKER if by is ProposedBy.ASKER else b.PLANNER,
        now=LATER,
    )


def agreed(item: SideItem) -> SideItem:
    found: SideItem = done(services.agree_side, item, accepted=("side_room_asks_host",))
    return found


def done(service: Any, item: SideItem, *given: Any, by: Any = b.PLANNER, **more: Any) -> Any:
    return transact(service, item.id, *given, version=None, by=by, now=LATER, **more)


def side_claims() -> list[Claim]:
    live = select(Claim).where(Claim.purpose == ClaimPurpose.MEET, Claim.released_at.is_(None))
    return list(session.scalars(live))


def mails_to(address: str) -> list[OutboxMail]:
    session.rollback()
    found = select(OutboxMail).where(OutboxMail.to_address == address).order_by(OutboxMail.id)
    return [mail for mail in session.scalars(found) if ":side:" in mail.dedupe_key]
