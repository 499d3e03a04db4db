"""When a performer can play, and who plays then."""

from dataclasses import replace
from datetime import date, time

import pytest

from booking.rules.availability import (
    Availability,
    DaysOff,
    PlaceKind,
    availability_findings,
    falls_outside,
    kinds_of,
)
from booking.rules.norms import Norms
from booking.rules.performers import cast, performer_findings
from core.period import Period
from tests.tours import AFTERNOON, RICARDO, THURSDAY, between, codes, player
from venues.rules.fit import Measures
from venues.rules.opening import WeeklyHours

NORMS = Norms()
[SESSION] = AFTERNOON.sessions(NORMS)
FROM_NOON = Availability(week=(WeeklyHours(3, time(12), time(18)),))
NOT_THEN = DaysOff(THURSDAY, THURSDAY)
EXTRA = replace(NOT_THEN, is_extra=True)
ON_FRIDAYS = Availability(week=(WeeklyHours(4, time(9), time(18)),))


@pytest.mark.parametrize(
    ("said", "period", "can"),
    [
        (Availability(), between("13:00", "17:00"), True),
        (FROM_NOON, between("12:00", "18:00"), True),
        (FROM_NOON, between("11:59", "13:00"), False),
        (FROM_NOON, between("17:00", "18:01"), False),
        (ON_FRIDAYS, between("13:00", "17:00"), False),
        (replace(ON_FRIDAYS, days=(EXTRA,)), between("13:00", "17:00"), True),
        (Availability(days=(NOT_THEN,)), between("13:00", "17:00"), False),
        (Availability(days=(NOT_THEN, EXTRA)), between("13:00", "17:00"), False),
        (
            Availability(days=(DaysOff(date(2027, 2, 1), date(2027, 2, 3)),)),
            between("13:00", "17:00"),
            True,
        ),
    ],
)
def test_when_he_can(said: Availability, period: Period, can: bool) -> None:
    assert said.allows(period) is can


def test_the_call_counts_too() -> None:
    late = Availability(week=(WeeklyHours(3, time(13), time(18)),))
    elias = replace(player(), said=late)
    assert codes(performer_findings(elias, SESSION, NORMS)) == {"performer_not_available"}
    assert performer_findings(replace(player(), said=FROM_NOON), SESSION, NORMS) == []


def test_own_maximum_is_never_more_than_the_norm() -> None:
    few = replace(player(), said=Availability(at_most=1))
    [full] = performer_findings(few, SESSION, NORMS)
    assert (full.code, full.data["at_most"]) == ("performer_full_day", 1)
    norm = NORMS.encounters_a_day
    assert codes(availability_findings(Availability(at_most=norm + 1), norm)) == {"own_maximum"}
    assert availability_findings(Availability(at_most=norm), norm) == []


def test_who_does_not_mind_goes_first() -> None:
    kinds = {PlaceKind.OUTDOORS}
    elias = replace(player(), said=Availability(avoids=frozenset(kinds)))
    ricardo = player(between("09:00", "10:00"), name="Ricardo", resource_id=RICARDO)
    assert cast((elias, ricardo), (SESSION,), NORMS)[0] == [elias]
    chosen, findings = cast((elias, ricardo), (SESSION,), NORMS, kinds)
    assert chosen == [ricardo], "although he plays more"
    assert findings == []
    chosen, findings = cast((elias,), (SESSION,), NORMS, kinds)
    assert chosen == [elias]
    assert codes(findings) == {"performer_avoids"}


def test_what_nobody_has_said_of_a_room_does_not_count() -> None:
    inside = Measures(is_outdoors=False)
    assert kinds_of(inside) == frozenset()
    assert kinds_of(replace(inside, is_outdoors=True)) == {PlaceKind.OUTDOORS}
    assert kinds_of(replace(inside, is_step_free=False)) == {PlaceKind.STEPS}


def test_only_what_could_be_before_newly_falls_outside() -> None:
    assert falls_outside(SESSION, Availability(), ON_FRIDAYS)
    assert not falls_outside(SESSION, ON_FRIDAYS, Availability(days=(NOT_THEN,)))
    assert not falls_outside(SESSION, Availability(), FROM_NOON)
