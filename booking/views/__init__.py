"""The pages of booking; one module per journey."""

from flask import Blueprint

from booking.views import (
    agenda,
    agenda_days,
    answering,
    asking,
    blocks,
    consent,
    inviting,
    mine,
    numbers,
    outbox,
    outbox_drafts,
    own_booking,
    performer_calendars,
    performers,
    planning,
    prints,
    public,
    reserving,
    rooms,
    roster,
    seat_waiting,
    seats,
    side,
    timeline,
    waiting,
)

blueprints: list[Blueprint] = [
    public.bp,
    agenda.bp,
    seat_waiting.bp,
    seats.bp,
    asking.bp,
    rooms.bp,
    reserving.bp,
    own_booking.bp,
    answering.bp,
    waiting.bp,
    consent.bp,
    mine.bp,
    performers.bp,
    planning.bp,
    roster.bp,
    timeline.bp,
    blocks.bp,
    numbers.bp,
    inviting.bp,
    side.bp,
    prints.bp,
    outbox.bp,
]

__all__ = ["agenda_days", "blueprints", "outbox_drafts", "performer_calendars"]
