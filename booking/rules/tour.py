"""The values the rules reason with: what is where, and when. `queries.tour` fills them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from booking.rules.availability import ALWAYS, Availability
from booking.rules.consent import HostSaid
from booking.rules.norms import Norms
from booking.rules.place_kinds import Kinds
from booking.rules.stretches import Stretch
from core.clock import local_date
from core.findings import Finding
from core.geography import Point
from core.period import Period
from venues.rules.opening import DayHours, WeeklyHours, open_periods


@dataclass(frozen=True, slots=True)
class Spot:
    """A point to travel to or from."""

    point: Point
    district: str
    is_over_the_canal: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A room as the rules see it."""

    resource_id: int
    name: str
    spot: Spot
    hours: tuple[WeeklyHours, ...] | None  # None: nobody has said when it is open
    closures: tuple[Period, ...] = ()
    special: tuple[DayHours, ...] = ()
    taken: tuple[Period, ...] = ()
    outside: tuple[Period, ...] = ()  # busy in a calendar that the host keeps elsewhere
    perhaps: tuple[Period, ...] = ()  # tentative there
    fit: tuple[Finding, ...] = ()
    kinds: Kinds = field(default_factory=dict)  # empty: no room yet
    is_own: bool = False  # the asker's own place: who asks knows when it is open
    has_host: bool = False  # listed, and somebody speaks for it: the cube comes only as agreed
    is_available: bool = True  # false: paused, retired, or the host does not want the cube

    def opened(self, around: Period) -> list[Period] | None:
        """When it is open on the days of `around`; None when nobody has said."""
        if self.hours is None:
            return None
        first, last = local_date(around.start), local_date(around.end)
        return open_periods(self.hours, self.closures, first, last, self.special)


@dataclass(frozen=True, slots=True)
class Standing:
    """The cube at one place, get-in and get-out included."""

    stop_id: int
    stay: Period
    spot: Spot


@dataclass(frozen=True, slots=True)
class Cube:
    resource_id: int
    name: str
    depot: Spot
    standings: tuple[Standing, ...]  # in order of time
    blocked: tuple[Period, ...] = ()  # in repair

    def joined_by(self, standing: Standing) -> "Cube":
        """The same cube with one more stop on its tour."""
        standings = sorted((*self.standings, standing), key=lambda s: s.stay)
        return replace(self, standings=tuple(standings))


@dataclass(frozen=True, slots=True)
class Player:
    """A performer; `busy` is what is claimed, `sessions` the part of it that is playing.

    `outside` is what a calendar says that he keeps elsewhere.
    """

    resource_id: int
    name: str
    sessions: tuple[Stretch, ...]
    busy: tuple[Period, ...]
    outside: tuple[Period, ...] = ()
    blocked: tuple[Period, ...] = ()  # cannot come
    said: Availability = ALWAYS


@dataclass(frozen=True, slots=True)
class Hold:
    """A living option; or a moment offered with a decline, kept for who it was offered to."""

    request_id: int | None  # None: of somebody who has not asked yet
    resource_ids: frozenset[int]
    stay: Period
    expires_at: datetime
    position: int = 0  # in line; lower stands in front
    is_offer: bool = False


@dataclass(frozen=True, slots=True)
class Tour:
    """All that matters for a stretch of time, at one moment."""

    now: datetime
    norms: Norms
    cubes: tuple[Cube, ...]
    players: tuple[Player, ...]
    places: Mapping[int, Place] = field(default_factory=dict)  # by room id
    holds: tuple[Hold, ...] = ()
    # By request, and the resource of the place.
    hosts_said: Mapping[tuple[int, int], HostSaid] = field(default_factory=dict)
    breaks: tuple[Period, ...] = ()  # the whole tour rests
