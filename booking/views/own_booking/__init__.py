"""The private page of a booking of a room, and what can be done there; one module per journey."""

from booking.views.own_booking import cancelling, details, moving, page, proposals
from booking.views.own_booking.visit import bp

__all__ = ["bp", "cancelling", "details", "moving", "page", "proposals"]
