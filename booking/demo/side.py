"""Around the first open stop to come somebody cooks; a walk that the organisation itself proposes
waits for an answer."""

from datetime import datetime, timedelta

from sqlalchemy import select

from booking import services
from booking.models import SideItem, Stop
from booking.rules.lifecycle import StopState
from booking.rules.side import ProposedBy, SideMoment, SideOffer, SidePlace
from core.db import session
from core.fields import new_form_token
from core.history import ASKER, COMMAND
from core.period import Period

WALK = "Een uur, in een rustig tempo. Een buurvrouw vertelt onderweg."


def around(now: datetime) -> None:
    coming = select(Stop).where(
        Stop.state == StopState.CONFIRMED,
        Stop.is_closed.is_(False),
        Stop.starts_at > now + timedelta(days=1),
        Stop.undo_until <= now,
    )
    stop = session.scalars(coming.order_by(Stop.starts_at)).first()
    if stop is None:
        return
    soup = Period(stop.starts_at, stop.starts_at + timedelta(hours=1))
    walk = Period(stop.ends_at, stop.ends_at + timedelta(hours=1))
    here = SideMoment(soup, SidePlace.HERE, 25)
    outdoors = SideMoment(walk, SidePlace.OUTDOORS, 12, words="Start bij de kubus")
    item = _propose(stop, "Soep van de buren", "Schuif aan. Er is genoeg.", here, now)
    services.agree_side(item.id, accepted=(), version=None, by=COMMAND, now=now)
    _ask(stop, SideOffer("Wandeling door de wijk", WALK, *_receives(stop), outdoors), now)


def _propose(stop: Stop, title: str, text: str, moment: SideMoment, now: datetime) -> SideItem:
    offer = SideOffer(title, text, "Buurtkeuken", "keuken@buren.example", "030 000 00 01", moment)
    return services.propose_side(
        stop.booking_request_id, offer, form_token=new_form_token(), by=COMMAND, now=now
    )


def _receives(stop: Stop) -> tuple[str, str, str]:
    asked = stop.booking_request
    return asked.organisation.name, asked.contact_email, asked.contact_phone


def _ask(stop: Stop, offer: SideOffer, now: datetime) -> None:
    services.propose_side(
        stop.booking_request_id,
        offer,
        proposed_by=ProposedBy.ASKER,
        form_token=new_form_token(),
        by=ASKER,
        now=now,
    )
