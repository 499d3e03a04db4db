"""Until when a host can answer what waits for them."""

from datetime import datetime

from booking.models import RoomBooking, RoomDate
from booking.queries.host_answers import asked_at, questions_of
from booking.queries.norms import current_norms
from booking.rules.host_answers import answer_term, whole_term
from booking.rules.room_lifecycle import DateState, Side


def promise_answer(booking: RoomBooking, now: datetime) -> None:
    """The host is asked something now, and gets the whole time for it; the first date may cut it
    short."""
    waiting = [date for date in booking.dates if waits_for_host(date)]
    first = min(min(date.starts_at, (date.proposed or date.period).start) for date in waiting)
    booking.answer_until = max(now, min(now + current_norms().host_answer, first))
    booking.nudged_at = None


def keep_term(booking: RoomBooking) -> None:
    """Until when what still waits can be answered; nothing waits, no term."""
    questions = questions_of(booking).values()
    whole = whole_term(asked_at(booking), current_norms().host_answer)
    booking.answer_until = answer_term(questions, booking.answer_until, whole)


def waits_for_host(date: RoomDate) -> bool:
    is_asked = date.state is DateState.ASKED and date.proposed_by is not Side.HOST
    return is_asked or (date.is_confirmed and date.proposed_by is Side.ASKER)
