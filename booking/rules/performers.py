"""Who can play: not elsewhere, not too much in a day, and rested."""

from dataclasses import replace
from datetime import timedelta

from booking.rules.capacity import encounters_in
from booking.rules.norms import Norms
from booking.rules.tour import Player
from core.clock import local_date
from core.findings import Finding, blocker
from core.period import Period


def called(session: Period, norms: Norms) -> Period:
    """The time a session takes of a performer."""
    return session.padded(norms.call, timedelta())


def performer_findings(player: Player, session: Period, norms: Norms) -> list[Finding]:
    if any(busy.overlaps(called(session, norms)) for busy in player.busy):
        return [blocker("performer_taken", name=player.name)]
    if any(busy.overlaps(called(session, norms)) for busy in player.outside):
        return [blocker("performer_busy_outside", name=player.name)]
    if any(away.overlaps(called(session, norms)) for away in player.blocked):
        return [blocker("performer_blocked", name=player.name)]
    findings = []
    if _encounters_that_day(player, session, norms) > norms.encounters_a_day:
        findings.append(
            blocker("performer_full_day", name=player.name, at_most=norms.encounters_a_day)
        )
    if any(_too_close(session, other, norms) for other in player.sessions):
        findings.append(blocker("performer_unrested", name=player.name, hours=norms.rest_hours))
    return findings


def cast(
    players: tuple[Player, ...], sessions: tuple[Period, ...], norms: Norms
) -> tuple[list[Player | None], list[Finding]]:
    """A performer per session, the least busy first; None and a finding where nobody can."""
    chosen: list[Player | None] = []
    findings: list[Finding] = []
    current = list(players)
    for session in sessions:
        able = [p for p in current if not performer_findings(p, session, norms)]
        best = min(able, key=lambda p: (len(p.sessions), p.resource_id), default=None)
        chosen.append(best)
        if best is None:
            findings.append(blocker("no_performer", session=session))
        else:
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
