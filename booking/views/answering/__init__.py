"""A host answers who asked for a room: from the mail, or signed in."""

from booking.views.answering import doors
from booking.views.answering.doors import bp

__all__ = ["bp", "doors"]
