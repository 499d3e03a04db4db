"""The pages of booking; one module per journey."""

from flask import Blueprint

from booking.views import (
    agenda,
    answering,
    asking,
    blocks,
    consent,
    mine,
    numbers,
    outbox,
    own_booking,
    performer_calendars,
    planning,
    prints,
    public,
    reserving,
    rooms,
    roster,
    seats,
    side,
    waiting,
)

blueprints: list[Blueprint] = [
    public.bp,
    agenda.bp,
    seats.bp,
    asking.bp,
    rooms.bp,
    reserving.bp,
    own_booking.bp,
    answering.bp,
    waiting.bp,
    consent.bp,
    mine.bp,
    planning.bp,
    roster.bp,
    blocks.bp,
    numbers.bp,
    side.bp,
    prints.bp,
    outbox.bp,
]

__all__ = ["blueprints", "performer_calendars"]
