"""Who was told no because a stop stood in the way that is taken back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.models import Alternative, BookingRequest, Stop
from booking.queries.norms import current_norms
from booking.rules.lifecycle import RequestState
from booking.rules.weighing import compete
from core.db import session


def turned_away(stop: Stop, now: datetime) -> list[BookingRequest]:
    """Declined since it was confirmed, for the same playing time, with other days that they can
    still choose. In order of asking."""
    declined = (
        select(BookingRequest)
        .options(joinedload(BookingRequest.organisation))
        .where(
            BookingRequest.state == RequestState.DECLINED,
            BookingRequest.decided_at >= stop.confirmed_at,
            BookingRequest.alternatives.any(Alternative.kept_until > now),
        )
        .order_by(BookingRequest.id)
    )
    norms = current_norms()
    return [
        each
        for each in session.scalars(declined)
        if compete([stop.wish], [choice.wish for choice in each.choices], norms)
    ]
