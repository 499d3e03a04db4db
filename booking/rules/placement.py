"""May this request stand here, then? The one check behind the form, the desk and every command.

`check` returns everything there is to say about one placement. `best` chooses the cube and the
performers with the least against them. `asking_findings` adds what counts only for somebody who
asks: notice and horizon.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from booking.rules.blocks import block_findings
from booking.rules.capacity import capacity_findings, encounters_in
from booking.rules.consent import host_findings
from booking.rules.norms import Wish
from booking.rules.options import Stance, held_findings, kept_by_others, options_ahead
from booking.rules.performers import cast, performer_findings, playing
from booking.rules.stretches import Stretch, needed, stretches, whole
from booking.rules.tour import Cube, Hold, Place, Player, Standing, Tour
from booking.rules.touring import Approach, approach, cube_findings, stay_around
from core.clock import local_date
from core.findings import Finding, blocker, blockers, concern, heaviest_first
from core.period import Period

UNBORN = 0  # a stop that is only thought of

Play = tuple[Player | None, Stretch]  # None: nobody can
Cast = Sequence[tuple[int, Stretch]]  # who plays when, by resource id


@dataclass(frozen=True, slots=True)
class Placement:
    """Where, when and with whom a stop would be."""

    place: Place
    wish: Wish
    sessions: tuple[Period, ...]
    stay: Period
    cube: Cube
    plays: tuple["Play", ...]  # who is needed when, in order
    approach: Approach
    findings: tuple[Finding, ...]

    @property
    def is_possible(self) -> bool:
        return not blockers(self.findings)

    @property
    def players(self) -> tuple[Player | None, ...]:
        """One per session: who plays the last of it."""
        latest = list(reversed(self.plays))
        return tuple(
            next((player for player, own in latest if own.period.overlaps(session)), None)
            for session in self.sessions
        )

    @property
    def player_names(self) -> list[str]:
        """Each once, in order of playing."""
        return list(dict.fromkeys(player.name for player, _own in self.plays if player))

    @property
    def resource_ids(self) -> list[int]:
        """All it takes, in the order in which it is claimed."""
        cast_ids = {player.resource_id for player, _own in self.plays if player}
        return sorted({self.cube.resource_id, self.place.resource_id, *cast_ids})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants checked. `request_id`: whose own option does not stand in the way."""

    place: Place
    wish: Wish
    visitors: int | None = None  # None: not said yet
    request_id: int | None = None
    cube_id: int | None = None  # resource ids; None: whichever is best
    player_ids: tuple[int, ...] = ()  # one per session; empty: whoever is best
    cast: tuple[int, ...] = ()  # one per encounter, who keeps playing it; empty: nobody yet
    plays: Cast = ()  # as it was agreed; empty: as the fields above say
    is_for_option: bool = False  # an option may stand behind another; a stop may not
    is_recast: bool = False  # the stop stands there already: only who plays is another
    sessions: tuple[Period, ...] = ()  # as they were agreed; empty: as the wish has them now


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where, when and with whom the theatre wants it; None and empty leave it to the rules."""

    wish: Wish
    room_id: int
    cube_id: int | None = None  # resource ids
    player_ids: tuple[int, ...] = ()
    cast: tuple[int, ...] = ()  # one per encounter, as far as somebody played it before
    is_recast: bool = False  # only who plays is another: then nobody else is looked for

    def wanted(
        self, tour: Tour, *, visitors: int, request_id: int, is_for_option: bool = False
    ) -> Wanted:
        """Raises KeyError when the tour was loaded without this room."""
        return Wanted(
            place=tour.places[self.room_id],
            wish=self.wish,
            visitors=visitors,
            request_id=request_id,
            cube_id=self.cube_id,
            player_ids=self.player_ids,
            cast=self.cast,
            is_for_option=is_for_option,
            is_recast=self.is_recast,
        )


def best(wanted: Wanted, tour: Tour) -> Placement | None:
    """The placement with the least against it; None when there is no cube at all."""
    cubes = [c for c in tour.cubes if wanted.cube_id in (None, c.resource_id)]
    placements = [check(wanted, cube, tour) for cube in cubes]
    return min(
        placements,
        key=lambda p: (
            len(blockers(p.findings)),
            options_ahead(p.findings),
            p.approach.travel,
            p.cube.resource_id,
        ),
        default=None,
    )


def check(wanted: Wanted, cube: Cube, tour: Tour) -> Placement:
    norms, place = tour.norms, wanted.place
    sessions = wanted.sessions or wanted.wish.sessions(norms)
    stay = stay_around(sessions, norms)
    plays, casting = _casting(wanted, sessions, stay, tour)
    resource_ids = {cube.resource_id, place.resource_id, *(p.resource_id for p, _own in plays if p)}
    kept = Hold(wanted.request_id, frozenset(resource_ids), stay, expires_at=stay.start)
    coming = approach(cube, stay, place.spot, norms)
    findings = [
        *_moment(sessions[0] if wanted.is_recast else stay, tour),
        *block_findings(cube, coming, stay, tour),
        *cube_findings(cube, stay, place.spot, norms),
        *casting,
        *_place(place, sessions, stay),
        *_host(wanted, tour),
        *held_findings(kept, _stance(wanted), tour),
    ]
    if wanted.visitors is not None:
        findings += capacity_findings(wanted.visitors, sessions, wanted.wish.part, norms)
    return Placement(
        place=place,
        wish=wanted.wish,
        sessions=sessions,
        stay=stay,
        cube=cube,
        plays=tuple(plays),
        approach=coming,
        findings=tuple(heaviest_first(findings)),
    )


def asking_findings(wish: Wish, tour: Tour) -> list[Finding]:
    """What counts on the day somebody asks, and no longer when the theatre decides."""
    norms = tour.norms
    today = local_date(tour.now)
    if wish.day < today + timedelta(days=norms.notice_days):
        first_day = today + timedelta(days=norms.notice_days)
        return [blocker("too_soon", days=norms.notice_days, first_day=first_day)]
    if wish.day > today + timedelta(days=norms.horizon_days):
        return [blocker("too_far", last_day=today + timedelta(days=norms.horizon_days))]
    if not 1 <= wish.day_parts <= norms.day_parts_at_most:
        return [blocker("too_many_day_parts", at_most=norms.day_parts_at_most)]
    return []


def _moment(needed: Period, tour: Tour) -> list[Finding]:
    return [blocker("in_the_past")] if needed.start <= tour.now else []


def _casting(
    wanted: Wanted, sessions: tuple[Period, ...], stay: Period, tour: Tour
) -> tuple[list[Play], list[Finding]]:
    entire = [whole(session, tour.norms) for session in sessions]
    if wanted.plays:
        return _as_given(wanted.plays, wanted, tour)
    if wanted.player_ids:
        return _as_given(list(zip(wanted.player_ids, entire, strict=True)), wanted, tour)
    if wanted.cast:
        return _kept(wanted, sessions, stay, tour)
    return _cast_best(wanted, entire, stay, tour)


def _as_given(plays: Cast, wanted: Wanted, tour: Tour) -> tuple[list[Play], list[Finding]]:
    by_id = {player.resource_id: player for player in tour.players}
    chosen: list[Play] = []
    findings: list[Finding] = []
    for player_id, stretch in plays:
        player = by_id.get(player_id)
        chosen.append((player, stretch))
        if player is None:
            findings.append(blocker("no_performer", session=stretch.period))
            continue
        found = performer_findings(player, stretch, tour.norms, wanted.place.kinds)
        findings += [each for each in found if each not in findings]
        by_id[player_id] = playing(player, stretch, tour.norms)
    return chosen, findings


def _kept(
    wanted: Wanted, sessions: tuple[Period, ...], stay: Period, tour: Tour
) -> tuple[list[Play], list[Finding]]:
    """Each encounter that still exists keeps who plays it, when they can; others play the rest."""
    periods = [period for session in sessions for period in encounters_in(session, tour.norms)]
    keeping = dict(zip(periods, wanted.cast, strict=False))
    if not wanted.is_recast:
        unable = _unable(_plays(sessions, periods, keeping, tour), wanted, tour)
        keeping = {period: who for period, who in keeping.items() if who not in unable}
    plays = _plays(sessions, periods, keeping, tour)
    kept = [(who, stretch) for who, stretch in plays if who is not None]
    chosen, findings = _as_given(kept, wanted, tour)
    rest = [stretch for who, stretch in plays if who is None]
    around = replace(tour, players=_after_playing(chosen, tour))
    others, said = _cast_best(wanted, rest, stay, around)
    return sorted([*chosen, *others], key=lambda each: each[1]), [*findings, *said]


def _plays(
    sessions: Iterable[Period],
    periods: Iterable[Period],
    cast_: Mapping[Period, int],
    tour: Tour,
) -> list[tuple[int | None, Stretch]]:
    """None: an encounter for which somebody is still to be found."""
    nobody: list[tuple[Period, int | None]] = [(session, None) for session in sessions]
    return needed(stretches(nobody, [(each, cast_.get(each)) for each in periods]), tour.norms)


def _unable(plays: Iterable[tuple[int | None, Stretch]], wanted: Wanted, tour: Tour) -> set[int]:
    own: dict[int, list[tuple[int, Stretch]]] = {}
    for who, stretch in plays:
        if who is not None:
            own.setdefault(who, []).append((who, stretch))
    return {who for who, given in own.items() if blockers(_as_given(given, wanted, tour)[1])}


def _stance(wanted: Wanted) -> Stance:
    if wanted.request_id is None:
        return Stance.ASKING
    return Stance.OPTION if wanted.is_for_option else Stance.DECIDING


def _cast_best(
    wanted: Wanted, rest: Sequence[Stretch], stay: Period, tour: Tour
) -> tuple[list[Play], list[Finding]]:
    """Performers whom nobody else has in option, as long as they suffice."""
    held = kept_by_others(wanted.request_id, stay, tour)
    free = tuple(player for player in tour.players if player.resource_id not in held)
    kinds = wanted.place.kinds
    chosen, findings = cast(free, rest, tour.norms, kinds)
    if blockers(findings):
        chosen, findings = cast(tour.players, rest, tour.norms, kinds)
    is_asker = _stance(wanted) is Stance.ASKING  # who does not hear what performers say
    return list(zip(chosen, rest, strict=True)), blockers(findings) if is_asker else findings


def _place(place: Place, sessions: tuple[Period, ...], stay: Period) -> list[Finding]:
    findings = list(place.fit)
    if not place.is_available:
        findings.append(blocker("place_unavailable", place=place.name))
    if any(taken.overlaps(stay) for taken in place.taken):
        findings.append(blocker("place_taken", place=place.name))
    if any(busy.overlaps(stay) for busy in place.outside):
        findings.append(blocker("place_busy_outside", place=place.name))
    elif any(busy.overlaps(stay) for busy in place.perhaps):
        findings.append(concern("place_perhaps_busy", place=place.name))
    opened = place.opened(stay)
    if opened is not None:
        findings += _opening(opened, sessions, stay)
    elif not place.is_own:
        findings.append(concern("hours_unknown", place=place.name))
    if local_date(sessions[0].start) != local_date(sessions[-1].end):
        findings.append(concern("stands_overnight"))
    return findings


def _host(wanted: Wanted, tour: Tour) -> list[Finding]:
    """Counts once there is a request: nobody has been asked before that."""
    if wanted.request_id is None or not wanted.place.has_host or wanted.is_recast:
        return []
    said = tour.hosts_said.get((wanted.request_id, wanted.place.resource_id))
    return host_findings(wanted.place.name, wanted.wish, said)


def _opening(opened: list[Period], sessions: tuple[Period, ...], stay: Period) -> list[Finding]:
    closed = [s for s in sessions if not any(period.covers(s) for period in opened)]
    if closed:
        return [blocker("place_closed", session=closed[0])]
    findings = []
    if not any(period.covers(Period(stay.start, sessions[0].end)) for period in opened):
        findings.append(concern("closed_at_get_in", at=stay.start))
    if not any(period.covers(Period(sessions[-1].start, stay.end)) for period in opened):
        findings.append(concern("closed_at_get_out", until=stay.end))
    return findings


def after(placement: Placement, tour: Tour) -> Tour:
    """The tour as it would be with this stop on it."""
    standing = Standing(UNBORN, placement.stay, placement.place.spot)
    cubes = tuple(
        each.joined_by(standing) if each.resource_id == placement.cube.resource_id else each
        for each in tour.cubes
    )
    places = {
        room_id: replace(place, taken=(*place.taken, placement.stay))
        if place.resource_id == placement.place.resource_id
        else place
        for room_id, place in tour.places.items()
    }
    players = _after_playing(placement.plays, tour)
    return replace(tour, cubes=cubes, players=players, places=places)


def _after_playing(plays: Iterable[Play], tour: Tour) -> tuple[Player, ...]:
    by_id = {player.resource_id: player for player in tour.players}
    for player, stretch in plays:
        if player:
            found = by_id[player.resource_id]
            by_id[player.resource_id] = playing(found, stretch, tour.norms)
    return tuple(by_id.values())


def offered_to(request_id: int, kept: Iterable[Placement], tour: Tour) -> Tour:
    """The tour as it would be with these kept for one request, and nothing else for it."""
    others = (hold for hold in tour.holds if hold.request_id != request_id)
    own = (
        Hold(request_id, frozenset(p.resource_ids), p.stay, p.stay.start, is_offer=True)
        for p in kept
    )
    return replace(tour, holds=(*others, *own))


def offers(place: Place, wishes: list[Wish], tour: Tour) -> list[Placement]:
    """The wishes that can truly be served here, each with the best cube and performers."""
    found = [best(Wanted(place, wish), tour) for wish in wishes if not asking_findings(wish, tour)]
    return [placement for placement in found if placement and placement.is_possible]
