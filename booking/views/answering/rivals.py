"""Who else asks for the same time, as a host sees it before saying yes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from booking.models import RoomBooking, RoomDate
from booking.queries.host_answers import JudgedQuestion


@dataclass(frozen=True, slots=True)
class Rival:
    """One other booking, with those of its dates that a yes takes away."""

    booking: RoomBooking
    dates: tuple[RoomDate, ...]


def rivals_of(judged: Mapping[int, JudgedQuestion]) -> list[Rival]:
    """Who asked first comes first."""
    found: dict[int, dict[int, RoomDate]] = {}
    for date in _each(judged.values()):
        found.setdefault(date.room_booking_id, {})[date.id] = date
    rivals = [
        Rival(next(iter(dates.values())).room_booking, tuple(dates.values()))
        for dates in found.values()
    ]
    return sorted(rivals, key=lambda rival: (rival.booking.submitted_at, rival.booking.id))


def _each(questions: Iterable[JudgedQuestion]) -> list[RoomDate]:
    return [date for each in questions if each.can_be for date in each.rivals]
