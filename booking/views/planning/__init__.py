"""The theatre's desk: today, the requests that wait, and what is decided about each."""

from booking.views.planning import (
    casting,
    decisions,
    hosts,
    inbox,
    moments,
    options,
    placing,
    reception,
    room_bookings,
    settings,
    side,
    together,
    words,
)
from booking.views.planning.desk import bp

__all__ = [
    "bp",
    "casting",
    "decisions",
    "hosts",
    "inbox",
    "moments",
    "options",
    "placing",
    "reception",
    "room_bookings",
    "settings",
    "side",
    "together",
    "words",
]
