"""When and where performers can play, as they say it themselves.

Nothing said means always. The weekly times say when at all; other days take away from them or add
to them, and taking away has the last word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from booking.rules.norms import DayPart, Norms
from booking.rules.place_kinds import Avoided, Kinds, Objection
from core.clock import local_date, local_days
from core.findings import Finding, blocker, concern
from core.period import Period, merged, subtracted
from venues.rules.opening import END_OF_DAY, WeeklyHours, open_periods
from venues.rules.values import hours_findings

WEEKDAYS = range(7)
LONGEST_TIME_AWAY = timedelta(days=400)


@dataclass(frozen=True, slots=True, order=True)
class WeeklyPart:
    """Part of the day on this weekday (0 = Monday), whatever its hours are; the call is in it."""

    weekday: int
    part: DayPart

    def on(self, day: date, norms: Norms) -> Period:
        return norms.playing_time(day, self.part).padded(norms.call, timedelta())


@dataclass(frozen=True, slots=True, order=True)
class OtherDays:
    """One day or more that are not as other weeks: not at all, or yes all the same."""

    first_on: date
    last_on: date
    is_extra: bool = False
    words: str = ""  # only the theatre reads it

    @property
    def period(self) -> Period:
        return local_days(self.first_on, self.last_on)


@dataclass(frozen=True, slots=True)
class Availability:
    parts: tuple[WeeklyPart, ...] = ()
    hours: tuple[WeeklyHours, ...] = ()
    days: tuple[OtherDays, ...] = ()
    avoids: tuple[Avoided, ...] = ()
    at_most: int | None = None  # encounters a day; None: as many as the theatre asks

    @property
    def is_any_time(self) -> bool:
        """Nothing is said of the week."""
        return not self.parts and not self.hours

    def allows(self, called: Period, norms: Norms) -> bool:
        return any(can.covers(called) for can in self._times(called, norms))

    def is_away(self, called: Period) -> bool:
        """It is said of these very days."""
        return any(each.period.overlaps(called) for each in self.days if not each.is_extra)

    def _times(self, around: Period, norms: Norms) -> list[Period]:
        away = [each.period for each in self.days if not each.is_extra]
        if self.is_any_time:
            return subtracted([around], away)
        first, last = local_date(around.start), local_date(around.end)
        weekly = open_periods(self.hours, (), first, last)
        extra = [each.period for each in self.days if each.is_extra]
        return subtracted(merged([*weekly, *self._parts_on(first, last, norms), *extra]), away)

    def _parts_on(self, first: date, last: date, norms: Norms) -> Iterator[Period]:
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            yield from (e.on(day, norms) for e in self.parts if e.weekday == day.weekday())


ALWAYS = Availability()


def weekly(
    ticked: Iterable[WeeklyPart], hours: Iterable[WeeklyHours]
) -> tuple[tuple[WeeklyPart, ...], tuple[WeeklyHours, ...]]:
    """What is kept of a form: a day with every part is the whole day, a week of those is nothing
    said."""
    parts = set(ticked)
    whole = {day for day in WEEKDAYS if {WeeklyPart(day, part) for part in DayPart} <= parts}
    if len(whole) == len(WEEKDAYS):
        return (), ()
    all_day = [WeeklyHours(day, time(), END_OF_DAY) for day in whole]
    typed = [each for each in hours if each.weekday not in whole]
    return (
        tuple(sorted(each for each in parts if each.weekday not in whole)),
        tuple(sorted([*all_day, *typed], key=lambda each: (each.weekday, each.opens_at))),
    )


def ticked(said: Availability) -> list[WeeklyPart]:
    """The other way round: what a form shows as ticked."""
    whole = WEEKDAYS if said.is_any_time else {e.weekday for e in said.hours if is_whole_day(e)}
    every = [WeeklyPart(day, part) for day in WEEKDAYS for part in DayPart]
    return [each for each in every if each in said.parts or each.weekday in whole]


def is_whole_day(hours: WeeklyHours) -> bool:
    return hours.opens_at == time() and hours.closes_at == END_OF_DAY


def availability_findings(said: Availability, norms: Norms) -> list[Finding]:
    """What cannot be kept like this."""
    findings = hours_findings(said.hours)
    if said.at_most is not None and said.at_most > norms.encounters_a_day:
        findings.append(blocker("own_maximum", at_most=norms.encounters_a_day))
    return findings


def days_ahead(said: Availability, today: date) -> list[OtherDays]:
    """In order; not what is over."""
    return sorted(each for each in said.days if each.last_on >= today)


def days_findings(days: OtherDays, today: date) -> list[Finding]:
    if days.last_on < today:
        return [blocker("days_are_over")]
    if days.last_on - days.first_on > LONGEST_TIME_AWAY:
        return [blocker("days_too_long")]
    return []


def changes(before: Availability, after: Availability) -> dict[str, list[object]]:
    """Name -> [what it was, what it became], in plain values for the history. Without the words:
    why somebody cannot is not kept longer than the days themselves."""
    old, new = _plain(before), _plain(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}


def _plain(said: Availability) -> dict[str, object]:
    parts = [f"{each.weekday} {each.part}" for each in said.parts]
    hours = [f"{e.weekday} {e.opens_at:%H:%M}-{e.closes_at:%H:%M}" for e in said.hours]
    return {
        "week": sorted([*parts, *hours], key=lambda each: each[0]),
        "days": [f"{e.first_on}/{e.last_on} {_kind(e)}" for e in sorted(said.days)],
        "avoids": [f"{each.kind} {each.objection}" for each in said.avoids],
        "at_most": said.at_most,
    }


def _kind(days: OtherDays) -> str:
    return "extra" if days.is_extra else "cannot"


def time_findings(name: str, said: Availability, called: Period, norms: Norms) -> list[Finding]:
    """`called`: from the call to the end of playing."""
    if said.is_away(called):
        return [blocker("performer_away", name=name)]
    return [] if said.allows(called, norms) else [blocker("performer_off_hours", name=name)]


def place_findings(name: str, said: Availability, kinds: Kinds) -> list[Finding]:
    """What is not known of a place refuses nothing, and is to be asked."""
    about = [_about(name, each, kinds.get(each.kind, False)) for each in said.avoids]
    return [found for found in about if found]


def _about(name: str, avoided: Avoided, is_so: bool | None) -> Finding | None:
    cannot = avoided.objection is Objection.CANNOT
    if is_so is None and cannot:
        return concern("performer_place_unknown", name=name, kind=avoided.kind)
    if not is_so:
        return None
    if cannot:
        return blocker("performer_not_there", name=name, kind=avoided.kind)
    return concern("performer_rather_not", name=name, kind=avoided.kind)
