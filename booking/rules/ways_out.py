"""What can become of something that a block hits, and how a form names what was chosen."""

from dataclasses import dataclass
from enum import StrEnum

from booking.rules.norms import Wish, parse_wish

LONGEST = 1000  # of a name in a form


class Way(StrEnum):
    RECAST = "recast"  # another performer, same time and place
    OTHER_CUBE = "other_cube"
    MOVE = "move"  # another moment
    CALL_OFF = "call_off"  # a stop, with other moments that are kept
    KEEP = "keep"  # an option, with another cube or performer
    LET_GO = "let_go"  # an option; the request waits
    OFFER = "offer"  # a request that cannot be as asked gets other moments
    LEAVE = "leave"  # it waits; the planner decides later
    DROP = "drop"  # a moment that was offered


@dataclass(frozen=True, slots=True)
class WayOut:
    """One thing that can be done. `accepted`: the concerns that stood with it."""

    way: Way
    wishes: tuple[Wish, ...] = ()  # the new moment, or those that are kept
    resource_id: int | None = None  # of the other performer or cube
    accepted: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How a form names it: move;2027-02-04.afternoon.1;;host_not_answered"""
        wishes = ",".join(wish.key for wish in self.wishes)
        return f"{self.way};{wishes};{self.resource_id or ''};{','.join(sorted(self.accepted))}"


def parse_way_out(key: str) -> WayOut:
    """Raises ValueError for what names nothing."""
    way, wishes, resource_id, accepted = key[:LONGEST].split(";")
    found = WayOut(
        Way(way),
        tuple(wish for each in wishes.split(",") if (wish := parse_wish(each))),
        int(resource_id) if resource_id else None,
        tuple(code for code in accepted.split(",") if code),
    )
    if found.key != key:
        raise ValueError(key)
    return found
