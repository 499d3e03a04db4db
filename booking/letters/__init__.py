"""Which mail follows which event, and what it says.

One function per event; `asker`, `options` and `crew` hold the words, `posting` puts them in the
outbox with the invitation that belongs to them.
"""

from booking.letters.events import (
    cancelled,
    confirmed,
    declined,
    moved,
    reopened,
    submitted,
    take_back,
    withdrawn,
)
from booking.letters.option_events import (
    challenged,
    expired,
    option_ends_soon,
    optioned,
    overtaken,
    ranked,
    released,
    wanted,
)
from booking.letters.recipients import people_told

__all__ = [
    "cancelled",
    "challenged",
    "confirmed",
    "declined",
    "expired",
    "moved",
    "option_ends_soon",
    "optioned",
    "overtaken",
    "people_told",
    "ranked",
    "released",
    "reopened",
    "submitted",
    "take_back",
    "wanted",
    "withdrawn",
]
