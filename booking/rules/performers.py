"""Who can play: free, at a time and a place as they say, not too much in a day, and rested."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from booking.rules.availability import place_findings, time_findings
from booking.rules.norms import Norms
from booking.rules.place_kinds import Kinds
from booking.rules.stretches import Stretch
from booking.rules.tour import Player
from core.clock import local_date
from core.findings import Finding, Weight, blocker, blockers, concern
from core.period import Period

ANYWHERE: Kinds = {}
SHARED_OVER = timedelta(weeks=3)  # before and after: the weeks over which playing is shared out


def called(session: Period, norms: Norms) -> Period:
    """The time a session takes of a performer."""
    return session.padded(norms.call, timedelta())


def performer_findings(
    player: Player, stretch: Stretch, norms: Norms, kinds: Kinds = ANYWHERE
) -> list[Finding]:
    """`kinds`: what is known of the place; where performers may have something against it."""
    call = called(stretch.period, norms)
    if any(busy.overlaps(call) for busy in player.busy):
        return [blocker("performer_taken", name=player.name)]
    if any(busy.overlaps(call) for busy in player.outside):
        return [blocker("performer_busy_outside", name=player.name)]
    if any(away.overlaps(call) for away in player.blocked):
        return [blocker("performer_blocked", name=player.name)]
    findings = own_findings(player, stretch, norms, kinds)
    if _encounters_that_day(player, stretch) > norms.encounters_a_day:
        findings.append(
            blocker("performer_full_day", name=player.name, at_most=norms.encounters_a_day)
        )
    if any(_too_close(stretch.period, other.period, norms) for other in player.sessions):
        findings.append(blocker("performer_unrested", name=player.name, hours=norms.rest_hours))
    return findings


def own_findings(
    player: Player, stretch: Stretch, norms: Norms, kinds: Kinds = ANYWHERE
) -> list[Finding]:
    """What performers say of themselves: when, where, and how much in a day.

    How much is a concern: the encounters of one session can be shared out.
    """
    name, said = player.name, player.said
    findings = time_findings(name, said, called(stretch.period, norms), norms)
    findings += place_findings(name, said, kinds)
    if said.at_most is not None and _encounters_that_day(player, stretch) > said.at_most:
        findings.append(concern("performer_over_own_number", name=name, at_most=said.at_most))
    return findings


def cast(
    players: tuple[Player, ...],
    sessions: Iterable[Stretch],
    norms: Norms,
    kinds: Kinds = ANYWHERE,
) -> tuple[list[Player | None], list[Finding]]:
    """A performer for each: who has the least against it, then who plays least in the weeks around
    it, then who plays furthest from it, then by name.

    Where nobody can: None, a blocker, and as notes why each of them cannot.
    """
    chosen: list[Player | None] = []
    findings: list[Finding] = []
    current = list(players)
    for session in sessions:
        said = [(performer_findings(each, session, norms, kinds), each) for each in current]
        able = [(found, each) for found, each in said if not blockers(found)]
        least = partial(_least, session)
        found, best = min(able, key=least, default=(_nobody(session, said), None))
        chosen.append(best)
        findings += [each for each in found if each not in findings]
        if best is not None:
            current[current.index(best)] = playing(best, session, norms)
    return chosen, findings


def _least(
    stretch: Stretch, able: tuple[list[Finding], Player]
) -> tuple[int, int, timedelta, str, int]:
    found, player = able
    around, start = _played_around(stretch.period, player), stretch.period.start
    nearest = min((abs(each.start - start) for each in around), default=SHARED_OVER)
    return len(found), len(around), -nearest, player.name, player.resource_id


def times_around(period: Period, player: Player) -> int:
    """How often somebody plays in those weeks."""
    return len(_played_around(period, player))


def _played_around(period: Period, player: Player) -> list[Period]:
    weeks = period.padded(SHARED_OVER, SHARED_OVER)
    return [each.period for each in player.sessions if each.period.overlaps(weeks)]


def _nobody(session: Stretch, said: Iterable[tuple[list[Finding], Player]]) -> list[Finding]:
    reasons = [blockers(found)[0] for found, _player in said if blockers(found)]
    return [
        blocker("no_performer", session=session.period),
        *(replace(each, weight=Weight.NOTE) for each in reasons),
    ]


def playing(player: Player, session: Stretch, norms: Norms) -> Player:
    """The same performer with this added."""
    return replace(
        player,
        sessions=(*player.sessions, session),
        busy=(*player.busy, called(session.period, norms)),
    )


def _encounters_that_day(player: Player, stretch: Stretch) -> int:
    """Those really played: others may play the rest of the same session."""
    day = local_date(stretch.period.start)
    that_day = [each for each in player.sessions if local_date(each.period.start) == day]
    return sum(len(each.own) for each in (*that_day, stretch))


def _too_close(session: Period, other: Period, norms: Norms) -> bool:
    if local_date(session.start) == local_date(other.start):
        return False
    first, second = sorted((session, other))
    return second.start - first.end < timedelta(hours=norms.rest_hours)
