"""When the tour stands still: a cube in repair, a performer who cannot come, a break of the season.

A block has the last word over what is only thought of. What is agreed inside it is dealt with when
the block is made: see `services/blocking.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from booking.rules.norms import Norms
from booking.rules.performers import called
from booking.rules.stretches import Stretch
from booking.rules.tour import Cube, Player, Tour
from booking.rules.touring import Approach
from core.findings import Finding, blocker
from core.period import Period

UNTIL_FURTHER_NOTICE = datetime(2101, 1, 1, tzinfo=UTC)  # later than any date a form takes


class BlockKind(StrEnum):
    CUBE = "cube"  # in repair
    PERFORMER = "performer"  # cannot come
    SEASON = "season"  # the whole tour rests


@dataclass(frozen=True, slots=True)
class Blocked:
    """Time in which one resource is not to be had, or nothing tours at all."""

    period: Period
    resource_id: int | None = None  # None: the whole tour

    def is_for(self, resource_id: int) -> bool:
        return self.resource_id in (None, resource_id)


@dataclass(frozen=True, slots=True)
class BlockDetails:
    """What somebody wants to block, and what is said about it."""

    kind: BlockKind
    resource_id: int | None  # None: the whole season
    starts_at: datetime
    ends_at: datetime | None  # None: until further notice
    reason: str  # for the theatre only
    words: str  # what those hit read

    @property
    def blocked(self) -> Blocked:
        return Blocked(period_of(self.starts_at, self.ends_at), self.resource_id)


def period_of(starts_at: datetime, ends_at: datetime | None) -> Period:
    return Period(starts_at, ends_at or UNTIL_FURTHER_NOTICE)


def with_blocks(tour: Tour, blocks: Iterable[Blocked]) -> Tour:
    """The same tour, as it is when these stand too."""
    every = list(blocks)
    if not every:
        return tour
    return replace(
        tour,
        cubes=tuple(_blocked_cube(cube, every) for cube in tour.cubes),
        players=tuple(_blocked_player(player, every) for player in tour.players),
        breaks=(*tour.breaks, *(each.period for each in every if each.resource_id is None)),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A stop as it is now, with all that would be free without it."""

    stop_id: int
    room_id: int
    stay: Period
    cast: tuple[tuple[int, Stretch], ...]  # who is needed when, by resource id


def without_stop(tour: Tour, stop: Standing) -> Tour:
    """The tour as it would be if this stop were not on it: it does not stand in its own way."""
    return replace(
        tour,
        cubes=tuple(
            replace(cube, standings=tuple(s for s in cube.standings if s.stop_id != stop.stop_id))
            for cube in tour.cubes
        ),
        players=tuple(_without(player, stop, tour.norms) for player in tour.players),
        places={
            room_id: replace(place, taken=tuple(t for t in place.taken if t != stop.stay))
            if room_id == stop.room_id
            else place
            for room_id, place in tour.places.items()
        },
    )


def block_findings(cube: Cube, approach: Approach, stay: Period, tour: Tour) -> list[Finding]:
    """Driving there counts as well. Whoever asks reads that it cannot be, and not why."""
    needed = Period(stay.start - approach.travel, stay.end)
    if any(rest.overlaps(needed) for rest in tour.breaks):
        return [blocker("tour_rests")]
    if any(away.overlaps(needed) for away in cube.blocked):
        return [blocker("cube_blocked")]
    return []


def may_block(details: BlockDetails, now: datetime) -> list[Finding]:
    """What has been cannot be blocked any more."""
    return [blocker("block_is_past")] if details.blocked.period.end <= now else []


def _blocked_cube(cube: Cube, blocks: Iterable[Blocked]) -> Cube:
    """Of a break of the season the tour itself knows."""
    own = tuple(each.period for each in blocks if each.resource_id == cube.resource_id)
    return replace(cube, blocked=(*cube.blocked, *own))


def _blocked_player(player: Player, blocks: Iterable[Blocked]) -> Player:
    own = tuple(each.period for each in blocks if each.resource_id == player.resource_id)
    return replace(player, blocked=(*player.blocked, *own))


def _without(player: Player, stop: Standing, norms: Norms) -> Player:
    own = [stretch for resource_id, stretch in stop.cast if resource_id == player.resource_id]
    played = {stretch.period for stretch in own}
    freed = {*played, *(called(period, norms) for period in played)}
    return replace(
        player,
        sessions=tuple(each for each in player.sessions if each.period not in freed),
        busy=tuple(each for each in player.busy if each not in freed),
    )
