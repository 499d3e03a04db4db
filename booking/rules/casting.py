"""Who plays which encounters of a stop: what it means for each performer, and what is against it.

The rules that judge a performer for a whole session judge stretches here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from booking.rules.norms import Norms
from booking.rules.performers import called, performer_findings, playing
from booking.rules.placement import Cast
from booking.rules.stretches import Stretch
from booking.rules.tour import Place, Player, Spot, Tour
from booking.rules.touring import time_underway
from core.findings import Finding, Weight, blocker, concern, concerns
from core.period import Period


class CastChange(StrEnum):
    """What becomes of one performer."""

    JOINS = "joins"
    LEAVES = "leaves"
    OTHERWISE = "otherwise"  # stays, with other encounters
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a cast means for one performer."""

    player_id: int  # resource id
    name: str
    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    findings: tuple[Finding, ...]

    @property
    def change(self) -> CastChange:
        if self.before == self.after:
            return CastChange.SAME
        if not self.before:
            return CastChange.JOINS
        return CastChange.OTHERWISE if self.after else CastChange.LEAVES

    @property
    def concerns(self) -> dict[str, Finding]:
        """By the name under which a form accepts it."""
        return {f"{each.code}.{self.player_id}": each for each in concerns(self.findings)}


def judge(
    before: Cast, after: Cast, names: Mapping[int, str], place: Place, tour: Tour
) -> list[Judged]:
    """`tour`: without this stop. Who plays most of it first; who leaves last.

    What was against a performer already refuses nobody who gets no further encounters.
    """
    players = {player.resource_id: player for player in tour.players}
    found = []
    for player_id in dict.fromkeys(who for who, _stretch in (*after, *before)):
        was, then = _own(player_id, before), _own(player_id, after)
        findings = _findings(players.get(player_id), names[player_id], then, place, tour)
        if not _encounters(then) - _encounters(was):
            findings = [replace(each, weight=Weight.NOTE) for each in findings]
        found.append(Judged(player_id, names[player_id], was, then, tuple(findings)))
    return found


def may_cast(
    played: Mapping[int, tuple[Period, int]], cast: Mapping[int, int], now: datetime
) -> list[Finding]:
    """`played`: by number, when and by whom until now; `cast`: by whom from now on."""
    changed = {number for number, who in cast.items() if played[number][1] != who}
    if not changed:
        return [blocker("cast_unchanged")]
    begun = [played[each][0].start for each in sorted(changed) if played[each][0].start <= now]
    return [blocker("encounter_has_begun", at=begun[0])] if begun else []


def _findings(
    player: Player | None, name: str, own: Sequence[Stretch], place: Place, tour: Tour
) -> list[Finding]:
    if player is None:
        return [blocker("performer_retired", name=name)] if own else []
    found: list[Finding] = []
    current = player
    for stretch in (each for each in own if each.period.end > tour.now):
        found += performer_findings(current, stretch, tour.norms, place.kinds)
        found += _hurry(player, stretch, place.spot, tour)
        current = playing(current, stretch, tour.norms)
    found += _in_a_row(name, own, tour.norms)
    return [each for n, each in enumerate(found) if each not in found[:n]]


def _hurry(player: Player, stretch: Stretch, here: Spot, tour: Tour) -> list[Finding]:
    """Plays elsewhere so shortly before or after that the way is longer than the time."""
    own = called(stretch.period, tour.norms)
    found = []
    for other in player.sessions:
        there, elsewhere = _spot_of(other.period, here, tour), called(other.period, tour.norms)
        free = max(own.start - other.period.end, elsewhere.start - stretch.period.end)
        way = time_underway(there, here, tour.norms)
        if timedelta() <= free < way:
            found.append(
                concern(
                    "performer_must_hurry",
                    name=player.name,
                    district=there.district,
                    travel=way,
                    between=free,
                )
            )
    return found


def _spot_of(period: Period, here: Spot, tour: Tour) -> Spot:
    """Where a performer plays then: with the cube that stands there."""
    standing = (
        each.spot for cube in tour.cubes for each in cube.standings if each.stay.covers(period)
    )
    return next(standing, here)


def _in_a_row(name: str, own: Iterable[Stretch], norms: Norms) -> list[Finding]:
    longest = max((_row(each.own, norms) for each in own), default=0)
    if longest <= norms.encounters_before_pause:
        return []
    at_most = norms.encounters_before_pause
    return [concern("performer_many_in_a_row", name=name, number=longest, at_most=at_most)]


def _row(own: Sequence[Period], norms: Norms) -> int:
    """The most encounters that follow each other without the pause that belongs between them."""
    longest = row = 1 if own else 0
    for one, following in pairwise(own):
        is_pause = following.start - one.end >= timedelta(minutes=norms.pause_minutes)
        row = 1 if is_pause else row + 1
        longest = max(longest, row)
    return longest


def _own(player_id: int, cast: Cast) -> tuple[Stretch, ...]:
    return tuple(stretch for who, stretch in cast if who == player_id)


def _encounters(own: Iterable[Stretch]) -> set[Period]:
    return {period for stretch in own for period in stretch.own}
