"""Before a room is open less than it was: who is hit by it?

Bookings are not known here. Whoever keeps them says with `watch` how to find who is hit, and what
becomes of them; both run in the transaction of the change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.db import session
from core.findings import refuse_if
from core.history import Actor
from venues.rules.hits import Agreed, Hit, hit_findings


class Look(Protocol):
    def __call__(self, room_id: int, *, now: datetime) -> list[Hit]:
        """Everything to come that does not fit the room as it stands in this transaction."""


class Act(Protocol):
    def __call__(
        self, room_id: int, keys: set[str], words: str, *, by: Actor, now: datetime
    ) -> None:
        """Let those with these keys end or know."""


@dataclass(frozen=True, slots=True)
class Watch:
    look: Look
    act: Act


_watches: list[Watch] = []


def watch(look: Look, act: Act) -> None:
    """Registering the same a second time changes nothing."""
    if Watch(look, act) not in _watches:
        _watches.append(Watch(look, act))


@contextmanager
def whoever_is_hit(room_id: int, agreed: Agreed, *, by: Actor, now: datetime) -> Iterator[None]:
    """Around a change of a room, which is locked: refused until `agreed` names all who are hit.

    What did not fit before the change is not hit by it.
    """
    before = [{hit.key for hit in each.look(room_id, now=now)} for each in _watches]
    yield
    session.flush()
    hit = [
        [found for found in each.look(room_id, now=now) if found.key not in stood]
        for each, stood in zip(_watches, before, strict=True)
    ]
    refuse_if(hit_findings([one for found in hit for one in found], agreed))
    for each, found in zip(_watches, hit, strict=True):
        if found:
            each.act(room_id, {one.key for one in found}, agreed.words, by=by, now=now)
