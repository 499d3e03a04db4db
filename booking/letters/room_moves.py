"""What came of a change of times or room, as the letters about it are told."""

from dataclasses import dataclass, field

from booking.models import RoomDate
from core.period import Period
from venues.models import Room


@dataclass(frozen=True, slots=True)
class Was:
    """A date that changed (or may), and how it was before."""

    date: RoomDate
    period: Period
    room: Room


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a change: certain now, still asked, or proposed while the old time stands."""

    at_once: list[Was] = field(default_factory=list)
    asked: list[Was] = field(default_factory=list)
    proposed: list[Was] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return bool(self.asked or self.proposed)

    @property
    def every(self) -> list[Was]:
        return [*self.at_once, *self.asked, *self.proposed]

    def at(self, venue_id: int) -> "Moved":
        """What of it the hosts of one place have to do with: what comes, changes or goes there."""
        return Moved(
            _of_venue(self.at_once, venue_id),
            _of_venue(self.asked, venue_id),
            _of_venue(self.proposed, venue_id),
        )


def _of_venue(changed: list[Was], venue_id: int) -> list[Was]:
    return [each for each in changed if venue_id in (each.room.venue_id, each.date.room.venue_id)]
