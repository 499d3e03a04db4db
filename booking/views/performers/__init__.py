"""Performers: when and where they can play, said by themselves or by a planner; and who plays."""

from booking.views.performers import own, planning, swapping
from booking.views.performers.blueprint import bp

__all__ = ["bp", "own", "planning", "swapping"]
