from venues.models import Room, RoomState
from venues.queries.places import find_room

SHOWN = (RoomState.PUBLISHED, RoomState.PAUSED)


def find_shown(room_id: int) -> Room | None:
    """Only what a host shows to everybody."""
    found = find_room(room_id)
    return found if found and _is_shown(found) else None


def _is_shown(found: Room) -> bool:
    is_for_something = found.welcomes_meetings or found.welcomes_cube
    return found.state in SHOWN and found.venue.is_listed and is_for_something
