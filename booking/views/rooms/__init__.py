"""Rooms to meet in, for everybody: find one, and look at one."""

from booking.views.rooms import feed, finding, showing
from booking.views.rooms.blueprint import bp

__all__ = ["bp", "feed", "finding", "showing"]
