"""The pages on which hosts look after their own places; one module per task."""

from venues.views.hosting import days, hosts, photos, rooms, state, times, venues
from venues.views.hosting.blueprint import bp

__all__ = ["bp", "days", "hosts", "photos", "rooms", "state", "times", "venues"]
