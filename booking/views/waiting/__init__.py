"""Waiting for a time in a room that is taken: standing in line, and the private page of it."""

from booking.views.waiting import joining, own
from booking.views.waiting.blueprint import bp

__all__ = ["bp", "joining", "own"]
