"""When and where a performer can play, and who plays then."""

from dataclasses import replace
from datetime import date, time

import pytest

from booking.phrases.availability import availability_lines, said_changes
from booking.rules.availability import (
    Availability,
    OtherDays,
    WeeklyPart,
    availability_findings,
    changes,
    days_findings,
    ticked,
    weekly,
)
from booking.rules.norms import DayPart, Norms
from booking.rules.performers import cast, performer_findings
from booking.rules.place_kinds import Avoided, Objection, PlaceKind, kinds_of
from booking.rules.placement import Wanted
from booking.rules.stretches import whole
from core.findings import Weight
from core.period import Period
from tests.tours import (
    AFTERNOON,
    MORNING,
    RICARDO,
    THURSDAY,
    at,
    between,
    codes,
    place,
    player,
    said,
    tour,
)
from venues.rules.fit import Measures
from venues.rules.opening import WeeklyHours

NORMS = Norms()
[SESSION] = AFTERNOON.sessions(NORMS)
PLAYED = whole(SESSION, NORMS)
FROM_NOON = Availability(hours=(WeeklyHours(3, time(12), time(18)),))
AFTERNOONS = Availability(parts=(WeeklyPart(3, DayPart.AFTERNOON),))
ON_FRIDAYS = Availability(hours=(WeeklyHours(4, time(9), time(18)),))
NOT_THEN = OtherDays(THURSDAY, THURSDAY)
EXTRA = replace(NOT_THEN, is_extra=True)
LATE = WeeklyHours(3, time(17), time(23, 30))
EARLIER = between("09:00", "10:00", date(2027, 2, 2))
EVERY_PART = [WeeklyPart(day, part) for day in range(7) for part in DayPart]


@pytest.mark.parametrize(
    ("said", "called", "can"),
    [
        (Availability(), between("13:00", "17:00"), True),
        (FROM_NOON, between("12:00", "18:00"), True),
        (FROM_NOON, between("11:59", "13:00"), False),
        (FROM_NOON, between("17:00", "18:01"), False),
        (AFTERNOONS, between("12:30", "17:00"), True),
        (AFTERNOONS, between("12:29", "17:00"), False),
        (replace(AFTERNOONS, hours=(LATE,)), between("12:30", "20:00"), True),
        (ON_FRIDAYS, between("13:00", "17:00"), False),
        (replace(ON_FRIDAYS, days=(EXTRA,)), between("13:00", "17:00"), True),
        (Availability(days=(NOT_THEN,)), between("13:00", "17:00"), False),
        (Availability(days=(NOT_THEN, EXTRA)), between("13:00", "17:00"), False),
        (replace(FROM_NOON, days=(NOT_THEN,)), between("13:00", "17:00"), False),
        (
            Availability(days=(OtherDays(date(2027, 2, 1), date(2027, 2, 3)),)),
            between("13:00", "17:00"),
            True,
        ),
    ],
)
def test_when_somebody_can(said: Availability, called: Period, can: bool) -> None:
    assert said.allows(called, NORMS) is can


def test_parts_of_the_day_follow_the_theatre() -> None:
    """A change of their hours changes what was said; the call is part of it."""
    later = replace(NORMS, afternoon=(time(14), time(18)), call_minutes=60)
    [session] = AFTERNOON.sessions(later)
    elias = replace(player(), said=AFTERNOONS)
    assert performer_findings(elias, whole(session, later), later) == []
    assert codes(
        performer_findings(elias, whole(session.shifted(at("13:00") - at("12:00")), later), later)
    ) == {"performer_off_hours"}


@pytest.mark.parametrize("hours", [(), (LATE,)], ids=["parts", "with_hours"])
def test_what_is_ticked_is_kept_and_shown_again(hours: tuple[WeeklyHours, ...]) -> None:
    assert weekly(EVERY_PART, hours) == ((), ()), "a week of whole days says nothing"
    not_thursdays = [each for each in EVERY_PART if each.weekday != 3]
    thursday = [WeeklyPart(3, DayPart.MORNING)]
    parts, kept = weekly([*not_thursdays, *thursday], hours)
    assert parts == tuple(thursday)
    assert len(kept) == 6 + len(hours), "whole days are hours from midnight to midnight"
    said = Availability(parts, kept)
    assert ticked(said) == sorted([*not_thursdays, *thursday], key=EVERY_PART.index)
    assert said.allows(between("00:00", "23:59", date(2027, 2, 5)), NORMS)


def test_whole_days_reach_over_midnight() -> None:
    parts, hours = weekly([each for each in EVERY_PART if each.weekday != 0], ())
    night = Period(at("22:00"), at("03:00", date(2027, 2, 5)))
    assert Availability(parts, hours).allows(night, NORMS)


@pytest.mark.parametrize(
    ("said", "code"),
    [(Availability(days=(NOT_THEN,)), "performer_away"), (ON_FRIDAYS, "performer_off_hours")],
)
def test_whoever_cannot_is_never_cast_and_the_planner_reads_why(
    said: Availability, code: str
) -> None:
    elias = replace(player(), said=said)
    ricardo = player(EARLIER, name="Ricardo", resource_id=RICARDO)
    assert cast((elias, ricardo), (PLAYED,), NORMS)[0] == [ricardo]
    chosen, findings = cast((elias,), (PLAYED,), NORMS)
    assert chosen == [None]
    assert [(each.code, each.weight) for each in findings] == [
        ("no_performer", Weight.BLOCKER),
        (code, Weight.NOTE),
    ]


def test_an_asker_reads_neither_who_nor_why() -> None:
    around = tour(players=(replace(player(), said=ON_FRIDAYS),))
    assert codes(said(Wanted(place(), AFTERNOON), around)) == {"no_performer"}
    assert codes(said(Wanted(place(), AFTERNOON, 2, 7), around)) == {
        "no_performer",
        "performer_off_hours",
    }
    outdoors = place(kinds={PlaceKind.OUTDOORS: True})
    minds = (Avoided(PlaceKind.OUTDOORS, Objection.RATHER_NOT),)
    around = tour(players=(replace(player(), said=Availability(avoids=minds)),))
    assert codes(said(Wanted(outdoors, AFTERNOON), around)) == set()
    assert codes(said(Wanted(outdoors, AFTERNOON, 2, 7), around)) == {"performer_rather_not"}


def test_own_number_is_a_concern_and_never_more_than_the_norm() -> None:
    few = replace(player(), said=Availability(at_most=3))
    [found] = performer_findings(few, PLAYED, NORMS)
    assert (found.code, found.weight, found.data["at_most"]) == (
        "performer_over_own_number",
        Weight.CONCERN,
        3,
    )
    enough = replace(player(), said=Availability(at_most=NORMS.encounters_a_day))
    assert performer_findings(enough, PLAYED, NORMS) == []
    norm = NORMS.encounters_a_day
    assert codes(availability_findings(Availability(at_most=norm + 1), NORMS)) == {"own_maximum"}
    assert availability_findings(Availability(at_most=norm), NORMS) == []


@pytest.mark.parametrize(
    ("objection", "is_so", "code"),
    [
        (Objection.RATHER_NOT, True, "performer_rather_not"),
        (Objection.RATHER_NOT, None, None),
        (Objection.CANNOT, True, "performer_not_there"),
        (Objection.CANNOT, None, "performer_place_unknown"),
        (Objection.CANNOT, False, None),
    ],
)
def test_where_somebody_does_not_play(
    objection: Objection, is_so: bool | None, code: str | None
) -> None:
    avoids = (Avoided(PlaceKind.STEPS, objection),)
    elias = replace(player(), said=Availability(avoids=avoids))
    found = performer_findings(elias, PLAYED, NORMS, {PlaceKind.STEPS: is_so})
    assert codes(found) == ({code} if code else set())
    assert performer_findings(elias, PLAYED, NORMS) == [], "no room yet"


def test_who_does_not_mind_goes_first() -> None:
    kinds = {PlaceKind.OUTDOORS: True}
    minds = (Avoided(PlaceKind.OUTDOORS, Objection.RATHER_NOT),)
    elias = replace(player(), said=Availability(avoids=minds))
    ricardo = player(EARLIER, name="Ricardo", resource_id=RICARDO)
    assert cast((elias, ricardo), (PLAYED,), NORMS)[0] == [elias]
    chosen, findings = cast((elias, ricardo), (PLAYED,), NORMS, kinds)
    assert (chosen, findings) == ([ricardo], []), "although he plays more"
    both = (*(whole(each, NORMS) for each in MORNING.sessions(NORMS)), PLAYED)
    chosen, findings = cast((elias,), both, replace(NORMS, encounters_a_day=20), kinds)
    assert [each and each.name for each in chosen] == ["Elias", "Elias"]
    assert [each.code for each in findings] == ["performer_rather_not"], "said once"


def test_what_is_known_of_a_place() -> None:
    def kinds(measures: Measures, toilet: bool | None = None) -> dict[PlaceKind, bool | None]:
        return dict(kinds_of(measures, has_accessible_toilet=toilet, is_over_the_canal=True))

    inside = Measures(is_outdoors=False)
    assert kinds(inside) == {
        PlaceKind.OUTDOORS: False,
        PlaceKind.NO_SHELTER: False,
        PlaceKind.STEPS: None,
        PlaceKind.NO_TOILET: None,
        PlaceKind.NOISY: None,
        PlaceKind.OVER_CANAL: True,
    }
    garden = replace(inside, is_outdoors=True, is_sheltered=False, is_quiet=False)
    assert kinds(garden, toilet=False) == {
        **dict.fromkeys(PlaceKind, True),
        PlaceKind.STEPS: None,
    }
    assert kinds(replace(inside, is_step_free=False))[PlaceKind.STEPS] is True
    assert kinds(replace(inside, is_step_free=False, has_lift=True))[PlaceKind.STEPS] is False


def test_other_days_end_after_today_and_within_a_year() -> None:
    assert codes(days_findings(NOT_THEN, date(2027, 2, 5))) == {"days_are_over"}
    assert days_findings(NOT_THEN, THURSDAY) == []
    ages = replace(NOT_THEN, last_on=date(2029, 2, 4))
    assert codes(days_findings(ages, THURSDAY)) == {"days_too_long"}


def test_what_was_said_reads_as_words_now_and_in_the_history() -> None:
    full = Availability(
        parts=(WeeklyPart(3, DayPart.MORNING),),
        hours=(LATE,),
        days=(replace(NOT_THEN, words="examen"),),
        avoids=(Avoided(PlaceKind.OUTDOORS, Objection.RATHER_NOT),),
        at_most=4,
    )
    assert availability_lines(Availability()) == ["Elke dag, de hele dag"]
    assert availability_lines(full) == [
        "Donderdag: ochtend, 17.00 – 23.30 uur",
        "Liefst hoogstens 4 ontmoetingen op een dag",
        "Liever niet buiten",
    ]
    told = said_changes(changes(Availability(), full))
    assert "week van altijd naar donderdag ochtend, donderdag 17.00 – 23.30 uur" in told
    assert "andere dagen van niets naar kan niet: donderdag 4 februari 2027" in told
    assert "plekken van overal naar Liever niet buiten" in told
    assert "van zoveel als het theater vraagt naar 4" in told
    assert "examen" not in str(changes(Availability(), full))
    assert changes(full, full) == {}
