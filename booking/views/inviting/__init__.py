"""A district and who is there to invite; the list of partners; and who wants no invitations."""

from booking.views.inviting import district, own, partners, writing
from booking.views.inviting.blueprint import bp

__all__ = ["bp", "district", "own", "partners", "writing"]
