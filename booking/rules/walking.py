"""How far it is on foot: within slipper distance or not."""

from math import ceil

from core.geography import Point, great_circle_km

METRES_A_MINUTE = 75
DETOUR = 1.3  # streets over great circle
STEP_MINUTES = 5  # no more precise than what is known: the centre of a postcode
RINGS = (5, 10, 15, 20)  # minutes


def walking_minutes(origin: Point, goal: Point) -> int:
    """Rounded up to five minutes; at least five, as both are centres of postcodes."""
    minutes = great_circle_km(origin, goal) * 1000 * DETOUR / METRES_A_MINUTE
    return max(STEP_MINUTES, ceil(minutes / STEP_MINUTES) * STEP_MINUTES)


def ring(minutes: int) -> int | None:
    """The smallest ring it lies in; None beyond the last."""
    return next((each for each in RINGS if minutes <= each), None)
