"""The pages of booking; one module per journey."""

from flask import Blueprint

from booking.views import (
    agenda,
    answering,
    asking,
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
    seat_waiting,
    seats,
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
    planning.bp,
    roster.bp,
    numbers.bp,
    prints.bp,
    outbox.bp,
]

__all__ = ["blueprints", "performer_calendars"]
