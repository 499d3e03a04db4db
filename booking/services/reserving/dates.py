"""What happens to one date: the only code that changes its state, with its claim."""

from datetime import datetime

from booking.models import RoomDate
from booking.rules.room_lifecycle import DateAction, DateState, Side, may_date
from booking.services import claims
from core.db import session
from core.findings import refuse_if
from core.period import Period
from venues.models import Room


def confirm_date(date: RoomDate, now: datetime) -> None:
    """Claim the room for it, or refuse. The rules have been asked before."""
    refuse_if(may_date(DateAction.CONFIRM, date.state))
    date.state, date.decided_at = DateState.CONFIRMED, now
    drop_proposal(date)
    session.flush()
    claims.claim_date(date)


def end_date(date: RoomDate, action: DateAction, state: DateState, now: datetime) -> None:
    """Declined, withdrawn, cancelled or expired; its time is free again at once."""
    refuse_if(may_date(action, date.state))
    date.state, date.decided_at = state, now
    drop_proposal(date)
    session.flush()
    claims.release_date(date, now)


def put_at(date: RoomDate, period: Period, room: Room, now: datetime) -> None:
    """Another time or room; a confirmed date claims anew. The rules have been asked before."""
    refuse_if(may_date(DateAction.MOVE, date.state))
    claims.release_date(date, now)
    date.room = room
    date.starts_at, date.ends_at = period.start, period.end
    date.is_apart = is_apart(date)
    drop_proposal(date)
    session.flush()
    if date.is_confirmed:
        claims.claim_date(date)


def propose(date: RoomDate, period: Period, side: Side) -> None:
    """Ask the other side for another time. What there is stands until they say yes."""
    refuse_if(may_date(DateAction.PROPOSE, date.state))
    date.proposed_starts_at, date.proposed_ends_at = period.start, period.end
    date.proposed_by = side


def drop_proposal(date: RoomDate) -> None:
    date.proposed_starts_at = date.proposed_ends_at = date.proposed_by = None


def is_apart(date: RoomDate) -> bool:
    """Whether it has another time or room than the rule of its series says."""
    booking = date.room_booking
    by_rule = booking.times.on(date.day_on)
    return date.room is not booking.room or date.period != by_rule
