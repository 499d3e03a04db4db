"""Can a room go online? What is still needed, and what would help."""

from collections.abc import Iterable
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
    "street_unsaid": Task.PLACE,
    "use_unsaid": Task.FACTS,
    "people_unsaid": Task.FACTS,
    "hours_unsaid": Task.TIMES,
}


def publish_findings(offered: Offered) -> list[Finding]:
    """Blockers keep it from going online; notes are what visitors would like to know."""
    room, terms = offered.room, offered.room.terms
    needed = [
        blocker("street_unsaid") if not offered.venue.street else None,
        blocker("use_unsaid") if not (terms.welcomes_meetings or room.welcomes_cube) else None,
        blocker("people_unsaid") if terms.welcomes_meetings and room.people is None else None,
        blocker("hours_unsaid") if terms.welcomes_meetings and not room.opening_hours else None,
    ]
    helpful = [
        note("phone_unsaid") if not offered.venue.phone else None,
        note("steps_unsaid") if room.measures.is_step_free is None else None,
        note("photos_missing") if not offered.photos else None,
    ]
    return [finding for finding in [*needed, *helpful] if finding]


def tasks(offered: Offered) -> dict[Task, Status]:
    """How far the host is, in order."""
    open_tasks = {NEEDS[code] for code in _codes(publish_findings(offered)) if code in NEEDS}
    photos = Status.DONE if offered.photos else Status.OPTIONAL
    done = {
        task: Status.TODO if task in open_tasks else Status.DONE
        for task in (Task.PLACE, Task.FACTS, Task.TIMES)
    }
    online = Status.DONE if offered.is_online else Status.TODO
    return {**done, Task.PHOTOS: photos, Task.ONLINE: online}


def next_task(offered: Offered) -> Task | None:
    """The one thing to do now; None when it is online and complete."""
    return next((task for task, status in tasks(offered).items() if status is Status.TODO), None)


def _codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]
