"""Who can play: not elsewhere, not too much in a day, and rested."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from booking.rules.availability import PlaceKind
from booking.rules.capacity import encounters_in
from booking.rules.norms import Norms
from booking.rules.tour import Player
from core.clock import local_date
from core.findings import Finding, blocker, blockers, concern
from core.period import Period


def called(session: Period, norms: Norms) -> Period:
    """The time a session takes of a performer."""
    return session.padded(norms.call, timedelta())


def performer_findings(
    player: Player, session: Period, norms: Norms, kinds: Collection[PlaceKind] = ()
) -> list[Finding]:
    """`kinds`: what the place is that a performer can rather not play at."""
    if any(busy.overlaps(called(session, norms)) for busy in player.busy):
        return [blocker("performer_taken", name=player.name)]
    if any(busy.overlaps(called(session, norms)) for busy in player.outside):
        return [blocker("performer_busy_outside", name=player.name)]
    if any(away.overlaps(called(session, norms)) for away in player.blocked):
        return [blocker("performer_blocked", name=player.name)]
    if not player.said.allows(called(session, norms)):
        return [blocker("performer_not_available", name=player.name)]
    findings = [
        concern("performer_avoids", name=player.name, kind=kind)
        for kind in sorted(player.said.avoids.intersection(kinds))
    ]
    if _encounters_that_day(player, session, norms) > most_a_day(player, norms):
        findings.append(
            blocker("performer_full_day", name=player.name, at_most=most_a_day(player, norms))
        )
    if any(_too_close(session, other, norms) for other in player.sessions):
        findings.append(blocker("performer_unrested", name=player.name, hours=norms.rest_hours))
    return findings


def most_a_day(player: Player, norms: Norms) -> int:
    """The norm; less when he said so himself."""
    return min(player.said.at_most or norms.encounters_a_day, norms.encounters_a_day)


def cast(
    players: tuple[Player, ...],
    sessions: tuple[Period, ...],
    norms: Norms,
    kinds: Collection[PlaceKind] = (),
) -> tuple[list[Player | None], list[Finding]]:
    """A performer per session, the least busy first; None and a finding where nobody can.

    Who can rather not play at this kind of place comes after all others.
    """
    chosen: list[Player | None] = []
    findings: list[Finding] = []
    current = list(players)
    for session in sessions:
        said = {p.resource_id: performer_findings(p, session, norms, kinds) for p in current}
        able = [p for p in current if not blockers(said[p.resource_id])]
        best = min(
            able,
            key=lambda p: (len(said[p.resource_id]), len(p.sessions), p.resource_id),
            default=None,
        )
        chosen.append(best)
        if best is None:
            findings.append(blocker("no_performer", session=session))
        else:
            findings += said[best.resource_id]
            current[current.index(best)] = playing(best, session, norms)
    return chosen, findings


def playing(player: Player, session: Period, norms: Norms) -> Player:
    """The same performer with this session added."""
    return replace(
        player,
        sessions=(*player.sessions, session),
        busy=(*player.busy, called(session, norms)),
    )


def _encounters_that_day(player: Player, session: Period, norms: Norms) -> int:
    day = local_date(session.start)
    that_day = [s for s in player.sessions if local_date(s.start) == day]
    return sum(len(encounters_in(s, norms)) for s in (*that_day, session))


def _too_close(session: Period, other: Period, norms: Norms) -> bool:
    if local_date(session.start) == local_date(other.start):
        return False
    first, second = sorted((session, other))
    return second.start - first.end < timedelta(hours=norms.rest_hours)
