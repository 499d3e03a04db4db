"""Small tours for the rules: values only. Each says what matters to its caller."""

from datetime import UTC, date, datetime, time

from booking.rules.norms import DayPart, Norms, Wish
from booking.rules.placement import Wanted, best
from booking.rules.stretches import whole
from booking.rules.tour import Cube, Hold, Place, Player, Spot, Standing, Tour
from core.clock import to_utc
from core.findings import Finding
from core.geography import Point
from core.period import Period
from venues.facts import find_postcode
from venues.rules.opening import WeeklyHours

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday, ten in the morning in Utrecht
THURSDAY = date(2027, 2, 4)
FRIDAY = date(2027, 2, 5)
MORNING, AFTERNOON, EVENING = (Wish(THURSDAY, part) for part in DayPart)
CUBE, ROOM, ELIAS, RICARDO = 1, 2, 3, 4  # resource ids
ALL_WEEK = tuple(WeeklyHours(weekday, time(7), time(23, 30)) for weekday in range(7))


def at(clock: str, day: date = THURSDAY) -> datetime:
    """The moment the clock in Utrecht shows "14:30"."""
    return to_utc(day, time.fromisoformat(clock))


def between(start: str, end: str, day: date = THURSDAY) -> Period:
    return Period(at(start, day), at(end, day))


def spot(postcode: str) -> Spot:
    found = find_postcode(postcode)
    assert found
    return Spot(found.centre, found.district.name, found.district.is_over_the_canal)


def at_km(kilometres: float, name: str = "", *, is_over_the_canal: bool = False) -> Spot:
    """A spot this far north of the first one."""
    return Spot(Point(52.0 + kilometres / 111.194927, 5.1), name, is_over_the_canal)


OVERVECHT, LUNETTEN, VLEUTEN = spot("3563"), spot("3524"), spot("3451")


def cube(*standings: Standing, depot: Spot = OVERVECHT, resource_id: int = CUBE) -> Cube:
    ordered = tuple(sorted(standings, key=lambda standing: standing.stay))
    return Cube(resource_id, "Kubus", depot, ordered)


def standing(stay: Period, where: Spot = LUNETTEN, stop_id: int = 1) -> Standing:
    return Standing(stop_id, stay, where)


def player(
    *sessions: Period,
    busy: tuple[Period, ...] = (),
    outside: tuple[Period, ...] = (),
    name: str = "Elias",
    resource_id: int = ELIAS,
) -> Player:
    stretches = tuple(whole(each, Norms()) for each in sessions)
    return Player(resource_id, name, stretches, (*sessions, *busy), outside)


def place(where: Spot = OVERVECHT, **facts: object) -> Place:
    usual = {"resource_id": ROOM, "name": "De Huiskamer", "spot": where, "hours": ALL_WEEK}
    return Place(**{**usual, **facts})  # type: ignore[arg-type]


def tour(
    *cubes: Cube,
    players: tuple[Player, ...] | None = None,
    holds: tuple[Hold, ...] = (),
    norms: Norms | None = None,
    now: datetime = NOW,
) -> Tour:
    return Tour(
        now=now,
        norms=norms or Norms(),
        cubes=cubes or (cube(),),
        players=(player(),) if players is None else players,
        holds=holds,
    )


def said(wanted: Wanted, around: Tour) -> list[Finding]:
    """Everything there is to say about it."""
    placement = best(wanted, around)
    assert placement
    return list(placement.findings)


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}
