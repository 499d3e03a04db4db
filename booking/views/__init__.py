"""The pages of booking; one module per journey."""

from flask import Blueprint

from booking.views import agenda, asking, consent, mine, outbox, planning, public, rooms, roster

blueprints: list[Blueprint] = [
    public.bp,
    agenda.bp,
    asking.bp,
    rooms.bp,
    consent.bp,
    mine.bp,
    planning.bp,
    roster.bp,
    outbox.bp,
]
