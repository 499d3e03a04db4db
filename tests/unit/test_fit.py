"""Does the cube fit? And is there a sentence for everything that may be said?"""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.findings import Weight, blockers, concerns
from core.language import speaking
from venues import phrases
from venues.rules.fit import CubeNeeds, Ground, Measures, answer, cube_fit

NEEDS = CubeNeeds(floor_cm=300, height_cm=260, door_cm=85)
ROOM = Measures(
    is_outdoors=False,
    floor_length_cm=500,
    floor_width_cm=400,
    free_height_cm=300,
    door_width_cm=95,
    is_step_free=True,
    has_lift=False,
    has_power=True,
    is_quiet=True,
)
SQUARE = Measures(
    is_outdoors=True,
    floor_length_cm=900,
    floor_width_cm=900,
    is_step_free=True,
    has_power=True,
    is_quiet=True,
    is_sheltered=True,
    ground=Ground.FIRM,
)


def said(place: Measures) -> list[str]:
    """Codes; of what is not known, what."""
    return [
        f"{finding.code}:{finding.data['what']}" if "what" in finding.data else finding.code
        for finding in cube_fit(place, NEEDS)
    ]


@pytest.mark.parametrize(
    ("known", "expected", "outcome"),
    [
        pytest.param({}, [], "fits", id="fits"),
        pytest.param({"floor_width_cm": 300, "floor_length_cm": 300}, [], "fits", id="just fits"),
        pytest.param({"floor_width_cm": 299}, ["floor_small"], "no", id="a cm short"),
        pytest.param({"floor_length_cm": 200}, ["floor_small"], "no", id="too short"),
        pytest.param(
            {"floor_length_cm": 200, "floor_width_cm": None},
            ["floor_small"],
            "no",
            id="one side is known and too small",
        ),
        pytest.param(
            {"floor_width_cm": None}, ["fit_unknown:floor"], "unknown", id="one side unknown"
        ),
        pytest.param(
            {"floor_length_cm": None, "floor_width_cm": None},
            ["fit_unknown:floor"],
            "unknown",
            id="floor unknown",
        ),
        pytest.param({"free_height_cm": 259}, ["ceiling_low"], "no", id="low"),
        pytest.param({"free_height_cm": None}, ["fit_unknown:height"], "unknown", id="height?"),
        pytest.param({"door_width_cm": 84}, ["door_narrow"], "no", id="narrow door"),
        pytest.param({"door_width_cm": None}, ["fit_unknown:door"], "unknown", id="door?"),
        pytest.param({"is_step_free": False}, ["steps_on_route"], "if", id="steps"),
        pytest.param({"is_step_free": False, "has_lift": True}, [], "fits", id="steps and a lift"),
        pytest.param({"is_step_free": None}, ["fit_unknown:steps"], "unknown", id="steps?"),
        pytest.param({"has_power": False}, ["no_power"], "if", id="no power"),
        pytest.param({"has_power": None}, ["fit_unknown:power"], "unknown", id="power?"),
        pytest.param({"is_quiet": False}, ["not_quiet"], "if", id="noisy"),
        pytest.param({"is_quiet": None}, [], "fits", id="unknown noise is no reason to ask"),
        pytest.param({"ground": Ground.SOFT}, [], "fits", id="ground does not matter indoors"),
        pytest.param(
            {"free_height_cm": 200, "has_power": None},
            ["ceiling_low", "fit_unknown:power"],
            "no",
            id="no weighs more than unknown",
        ),
        pytest.param(
            {"is_quiet": False, "has_power": None},
            ["fit_unknown:power", "not_quiet"],
            "unknown",
            id="unknown weighs more than if",
        ),
    ],
)
def test_indoors(known: dict[str, Any], expected: list[str], outcome: str) -> None:
    place = replace(ROOM, **known)
    assert said(place) == expected
    assert answer(cube_fit(place, NEEDS)) == outcome


@pytest.mark.parametrize(
    ("known", "expected", "outcome"),
    [
        pytest.param({}, [], "fits", id="fits"),
        pytest.param(
            {"free_height_cm": 100, "door_width_cm": 10}, [], "fits", id="no ceiling and no door"
        ),
        pytest.param({"floor_width_cm": 250}, ["floor_small"], "no", id="too small"),
        pytest.param({"ground": Ground.SOFT}, ["soft_ground"], "if", id="grass"),
        pytest.param({"ground": None}, ["fit_unknown:ground"], "unknown", id="ground?"),
        pytest.param({"is_sheltered": False}, ["no_shelter"], "if", id="no shelter"),
        pytest.param({"is_sheltered": None}, ["fit_unknown:shelter"], "unknown", id="shelter?"),
    ],
)
def test_outdoors(known: dict[str, Any], expected: list[str], outcome: str) -> None:
    place = replace(SQUARE, **known)
    assert said(place) == expected
    assert answer(cube_fit(place, NEEDS)) == outcome


LENGTHS = st.none() | st.integers(1, 1000)
ANSWERS = st.none() | st.booleans()
PLACES = st.builds(
    Measures,
    is_outdoors=st.booleans(),
    floor_length_cm=LENGTHS,
    floor_width_cm=LENGTHS,
    free_height_cm=LENGTHS,
    door_width_cm=LENGTHS,
    is_step_free=ANSWERS,
    has_lift=ANSWERS,
    has_power=ANSWERS,
    is_quiet=ANSWERS,
    is_sheltered=ANSWERS,
    ground=st.none() | st.sampled_from(Ground),
)


@given(PLACES)
def test_nothing_known_is_never_a_no(place: Measures) -> None:
    nothing = Measures(is_outdoors=place.is_outdoors)
    assert answer(cube_fit(nothing, NEEDS)) == "unknown"
    assert not blockers(cube_fit(nothing, NEEDS))


@given(PLACES)
def test_what_refuses_is_measured(place: Measures) -> None:
    for finding in blockers(cube_fit(place, NEEDS)):
        assert finding.data["has"] < finding.data["needs"]


@given(PLACES, st.sampled_from([field.name for field in fields(Measures)][1:5]))
def test_knowing_less_never_makes_it_a_no(place: Measures, forgotten: str) -> None:
    nothing: dict[str, Any] = {forgotten: None}
    less = replace(place, **nothing)
    assert len(blockers(cube_fit(less, NEEDS))) <= len(blockers(cube_fit(place, NEEDS)))


@given(PLACES, st.sampled_from(["nl", "en"]))
def test_everything_said_has_a_sentence(place: Measures, code: str) -> None:
    with speaking(code):
        for finding in cube_fit(place, NEEDS):
            assert phrases.say(finding)
            assert finding.weight in (Weight.BLOCKER, Weight.CONCERN)


@given(PLACES)
def test_concerns_are_said_once(place: Measures) -> None:
    found = [
        (finding.code, finding.data.get("what")) for finding in concerns(cube_fit(place, NEEDS))
    ]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("outcome", ["fits", "if", "unknown", "no"])
def test_every_answer_has_words(outcome: str) -> None:
    assert phrases.fit_answer(outcome)
    assert phrases.fit_word(outcome)
