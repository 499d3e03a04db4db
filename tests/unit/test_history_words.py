"""A history as a story."""

from typing import Any

import pytest

from booking.phrases.history import actor, details
from core.history import ASKER, CLOCK, COMMAND, HOST, INVITED, PARTNER, Actor
from core.language import speaking


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, []),
        ({"before": 12, "after": 14}, ["van 12 naar 14"]),
        ({"before": 12, "after": 12}, []),
        ({"before": "", "after": "Soep"}, ["van niets naar “Soep”"]),
        (
            {"before": "2027-02-04.afternoon.1", "after": "2027-02-04.evening.1"},
            ["van donderdag 4 februari 2027, middag naar donderdag 4 februari 2027, avond"],
        ),
        ({"moment": "2027-02-04.afternoon.1"}, ["donderdag 4 februari 2027, middag"]),
        ({"moment": "geen moment"}, []),
        ({"until": "2027-03-03T00:00:00+01:00"}, ["tot woensdag 3 maart 2027"]),
        ({"rank": 2}, ["tweede optie"]),
        ({"accepted": []}, []),
        ({"accepted": ["stands_overnight"]}, ["met 1 punt van aandacht"]),
        ({"titles": ["Soep", "Brood"]}, ["naam van Soep naar Brood"]),
        ({"places": ["", "De Keuken"]}, ["plek van bij de kubus naar De Keuken"]),
        ({"partner": "other"}, ["iemand anders doet het"]),
        (
            {
                "times": [
                    "2027-02-04T17:00:00+00:00/2027-02-04T18:00:00+00:00",
                    "2027-02-04T17:00:00+00:00/2027-02-04T18:30:00+00:00",
                ]
            },
            [
                "tijd van donderdag 4 februari 2027, 18.00 – 19.00 uur"
                " naar donderdag 4 februari 2027, 18.00 – 19.30 uur"
            ],
        ),
        (
            {"changed": {"first_day": ["2027-09-25", "2027-09-26"], "nearby_days": [14, 7]}},
            [
                "eerste dag van zaterdag 25 september 2027 naar zondag 26 september 2027,"
                " dagen ervoor en erna van 14 naar 7"
            ],
        ),
        ({"changed": {"public_text": ["", "Soep"]}}, ["tekst voor iedereen van niets naar “Soep”"]),
        ({"changed": {"name": ["Buren", "De buren"]}}, ["naam van “Buren” naar “De buren”"]),
        (
            {"promised": ["2027-09-04T22:00:00+00:00", "2027-09-11T22:00:00+00:00"]},
            ["van voor zondag 5 september 2027 naar voor zondag 12 september 2027"],
        ),
        ({"planned": 1, "offered": 0}, ["1 aanvraag bevestigd"]),
        (
            {"planned": 2, "offered": 3},
            ["2 aanvragen bevestigd", "3 aanvragen kregen dagen dichtbij"],
        ),
        ({"place": "De Dreef", "iets": object()}, ["De Dreef"]),
    ],
)
def test_facts_in_words(facts: dict[str, Any], said: list[str]) -> None:
    with speaking("nl"):
        assert details(facts) == said


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Actor.person(1), "Noor"),
        (Actor.person(2), "iemand van wie de naam niet meer bekend is"),
        (ASKER, "de aanvrager"),
        (HOST, "de beheerder"),
        (PARTNER, "de partner"),
        (INVITED, "wie de uitnodiging kreeg"),
        (CLOCK, "de klok"),
        (COMMAND, "een opdracht op de server"),
    ],
)
def test_who_did_it(who: Actor, said: str) -> None:
    with speaking("nl"):
        assert actor(who, {1: "Noor"}) == said
