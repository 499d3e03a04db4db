"""Where: districts, venues, rooms, opening hours. Knows nothing of bookings."""
