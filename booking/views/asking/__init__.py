"""Asking for the cube in five pages, and the private page of what was asked.

Read `steps` first: what is filled in lives in a draft, and every page but the last only adds to it.
"""

from booking.views.asking import (
    audience,
    check,
    contact,
    own,
    own_actions,
    own_change,
    own_follow_up,
    own_meetings,
    own_option,
    own_place,
    own_reception,
    own_seats,
    own_side,
    when,
    where,
)
from booking.views.asking.steps import bp

__all__ = [
    "audience",
    "bp",
    "check",
    "contact",
    "own",
    "own_actions",
    "own_change",
    "own_follow_up",
    "own_meetings",
    "own_option",
    "own_place",
    "own_reception",
    "own_seats",
    "own_side",
    "when",
    "where",
]
