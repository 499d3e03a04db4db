"""A made-up season in Utrecht, to try Speelplek out with.

Places and organisations exist; their bookings, contacts and addresses ending in .example do not.
"""

from booking.demo.season import fill

__all__ = ["fill"]
