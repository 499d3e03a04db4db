"""Booking a room without an account: which dates, who are you, check and send.

Read `steps` first: what is filled in lives in a draft, and every page but the last only adds to it.
"""

from booking.views.reserving import check, contact, dates
from booking.views.reserving.steps import bp

__all__ = ["bp", "check", "contact", "dates"]
