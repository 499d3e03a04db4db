"""What a host still does for a room, as the pages show it."""

from dataclasses import dataclass

from core.language import gettext as _
from core.language import ngettext
from venues import hosting_phrases as words
from venues.rules.publishing import Offered, Status, Task, next_task, tasks

BADGES = {Status.TODO: "warn", Status.DONE: "ok", Status.OPTIONAL: "plain"}


@dataclass(frozen=True, slots=True)
class TaskShown:
    task: Task
    name: str
    word: str
    badge: str


@dataclass(frozen=True, slots=True)
class RoomDesk:
    """The tasks of one room; `next_label` is what the button to the next one says."""

    tasks: list[TaskShown]
    next: Task | None
    next_label: str
    helpful: list[tuple[Task, str]]  # what would help and can be left, with what its link says


def desk_of(offered: Offered) -> RoomDesk:
    following, how_far = next_task(offered), tasks(offered)
    left = [task for task, status in how_far.items() if status is Status.OPTIONAL]
    return RoomDesk(
        tasks=[_shown(task, status, offered) for task, status in how_far.items()],
        next=following,
        next_label=words.next_step(following) if following else "",
        helpful=[(task, words.what_helps(task)) for task in left],
    )


def _shown(task: Task, status: Status, offered: Offered) -> TaskShown:
    word = words.task_status(task, status)
    if task is Task.PHOTOS and offered.photos:
        word = ngettext("%(num)d foto", "%(num)d foto's", offered.photos)
    if task is Task.TIMES and status is Status.DONE and not offered.room.opening_hours:
        word = _("in overleg")
    return TaskShown(task, words.task_name(task), word, BADGES[status])
