"""Which mail follows which event, and what it says.

One function per event; `asker` and `crew` hold the words, `posting` puts them in the outbox with
the invitation that belongs to them.
"""

from booking.letters.events import (
    cancelled,
    confirmed,
    declined,
    expired,
    moved,
    option_ends_soon,
    optioned,
    reopened,
    submitted,
    take_back,
    withdrawn,
)
from booking.letters.recipients import people_told

__all__ = [
    "cancelled",
    "confirmed",
    "declined",
    "expired",
    "moved",
    "option_ends_soon",
    "optioned",
    "people_told",
    "reopened",
    "submitted",
    "take_back",
    "withdrawn",
]
