"""What stands in rooms and does not fit any more, whatever made it so: a calendar kept elsewhere
that filled up, or a change that came by another way.

Nobody's date ends by it: a person looks and decides. Each is told once.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from booking.letters import room_closing as letters
from booking.letters import side_rooms
from booking.queries.closing import TOLD, AnyHit, HitItem, HitStop, hits_told, misfits, room_of
from core import history
from venues.models import Room


def recheck(*, now: datetime) -> int:
    """Tell the hosts what they have not been told, and the theatre what is about the cube or what
    is around it. Returns of how many."""
    found = misfits(now)
    told = hits_told([room_of(each).id for each in found])
    news = [each for each in found if each.hit.key not in told]
    for room, of_room in _by_room(news).items():
        _tell(room, of_room, now)
    return len(news)


def _tell(room: Room, found: list[AnyHit], now: datetime) -> None:
    keys = [each.hit.key for each in found]
    history.record(TOLD, ("room", room.id), by=history.CLOCK, at=now, keys=keys)
    letters.no_longer_fit(room, [each.hit for each in found], now=now)
    for each in found:
        if isinstance(each, HitStop):
            letters.stop_is_hit(each.stop, each.hit, "", now=now)
        if isinstance(each, HitItem):
            side_rooms.does_not_fit(each.item, each.hit, now=now)


def _by_room(found: Iterable[AnyHit]) -> dict[Room, list[AnyHit]]:
    by_room: dict[Room, list[AnyHit]] = defaultdict(list)
    for each in found:
        by_room[room_of(each)].append(each)
    return by_room
