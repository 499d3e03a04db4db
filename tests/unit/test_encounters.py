"""Encounters of two: when they are, and who may sit."""

from datetime import timedelta

import pytest

from booking.rules.encounters import (
    SEATS,
    Company,
    Seating,
    held_findings,
    planned,
    seat_findings,
)
from booking.rules.norms import Norms
from tests.tours import NOW, between, codes

SOON = between("13:00", "13:20")
ELIAS, RICARDO = 1, 2


def test_each_session_is_played_by_its_own_performer_in_order() -> None:
    sessions = [(between("19:00", "20:00"), RICARDO), (between("13:00", "14:00"), ELIAS)]
    found = planned(sessions, Norms())
    assert [(each.period, each.performer_id) for each in found] == [
        (between("13:00", "13:20"), ELIAS),
        (between("13:30", "13:50"), ELIAS),
        (between("19:00", "19:20"), RICARDO),
        (between("19:30", "19:50"), RICARDO),
    ]


@pytest.mark.parametrize(
    ("free", "company", "own", "code"),
    [
        (2, Company.TOGETHER, 0, None),
        (1, Company.ALONE, 0, None),
        (1, Company.TOGETHER, 0, "one_seat_left"),
        (0, Company.ALONE, 0, "encounter_full"),
        (0, Company.TOGETHER, 0, "encounter_full"),
        (1, Company.TOGETHER, 1, None),
        (0, Company.ALONE, 1, None),
        (0, Company.TOGETHER, 1, "one_seat_left"),
    ],
    ids=[
        "both free",
        "one free, alone",
        "one free, together",
        "full, alone",
        "full, together",
        "own seat and the other",
        "own seat again",
        "own seat, the other taken",
    ],
)
def test_who_may_sit(free: int, company: Company, own: int, code: str | None) -> None:
    findings = seat_findings(Seating(SOON, free), company, NOW, own=own)
    assert codes(findings) == ({code} if code else set())


def test_nobody_sits_down_when_it_has_begun() -> None:
    seating = Seating(SOON, SEATS)
    assert codes(seat_findings(seating, Company.ALONE, SOON.start)) == {"encounter_started"}
    before = SOON.start - timedelta(seconds=1)
    assert seat_findings(seating, Company.ALONE, before) == []


@pytest.mark.parametrize("free", [0, 1, 2])
def test_one_seat_left_is_an_invitation(free: int) -> None:
    assert Seating(SOON, free).is_invitation is (free == 1)


@pytest.mark.parametrize(
    ("wanted", "free", "held", "is_right"),
    [(2, 2, 0, True), (2, 1, 0, False), (2, 1, 1, True), (0, 0, 2, True), (3, 2, 0, False)],
)
def test_an_organisation_holds_no_more_than_is_free(
    wanted: int, free: int, held: int, is_right: bool
) -> None:
    assert (held_findings(wanted, Seating(SOON, free), held) == []) is is_right
