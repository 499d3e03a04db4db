"""Can a room go online? What is still needed, and what would help."""

from dataclasses import dataclass
from enum import StrEnum

from core.findings import Finding, blocker, note
from venues.rules.values import RoomDetails, VenueDetails


class Task(StrEnum):
    """What a host does to put a room online, in this order."""

    PLACE = "place"
    FACTS = "facts"
    TIMES = "times"
    PHOTOS = "photos"
    ONLINE = "online"


class Status(StrEnum):
    TODO = "todo"  # needed before it can go online
    DONE = "done"
    OPTIONAL = "optional"  # would help, and can be left


@dataclass(frozen=True, slots=True)
class Offered:
    """A room and its venue as filled in so far."""

    venue: VenueDetails
    room: RoomDetails
    photos: int
    is_online: bool


NEEDS = {
    "place_unlisted": Task.PLACE,
    "street_unsaid": Task.PLACE,
    "use_unsaid": Task.FACTS,
    "people_unsaid": Task.FACTS,
    "hours_unsaid": Task.TIMES,
}
HELPS = {
    "reception_unsaid": Task.PLACE,
    "photos_missing": Task.PHOTOS,
}


def publish_findings(offered: Offered) -> list[Finding]:
    """Blockers keep it from going online; notes are what visitors would like to know."""
    venue, room, lent = offered.venue, offered.room, offered.room.terms.welcomes_meetings
    said: list[tuple[Finding, bool]] = [
        (blocker("place_unlisted"), not venue.is_listed),
        (blocker("street_unsaid"), not venue.street),
        (blocker("use_unsaid"), not (lent or room.welcomes_cube)),
        (blocker("people_unsaid"), lent and room.people is None),
        (blocker("hours_unsaid"), lent and not room.opening_hours),
        (note("reception_unsaid"), not venue.opened_by),
        (note("phone_unsaid"), not venue.phone),
        (note("steps_unsaid"), room.measures.is_step_free is None),
        (note("photos_missing"), not offered.photos),
    ]
    return [finding for finding, counts in said if counts]


def tasks(offered: Offered) -> dict[Task, Status]:
    """How far the host is, in order."""
    codes = [finding.code for finding in publish_findings(offered)]
    needed = {NEEDS[code] for code in codes if code in NEEDS}
    helpful = {HELPS[code] for code in codes if code in HELPS}
    how_far = {task: _status(task, needed, helpful) for task in Task}
    return how_far | {Task.ONLINE: Status.DONE if offered.is_online else Status.TODO}


def next_task(offered: Offered) -> Task | None:
    """The one thing to do now; None when it is online and complete."""
    return next((task for task, status in tasks(offered).items() if status is Status.TODO), None)


def _status(task: Task, needed: set[Task], helpful: set[Task]) -> Status:
    if task in needed:
        return Status.TODO
    return Status.OPTIONAL if task in helpful else Status.DONE
