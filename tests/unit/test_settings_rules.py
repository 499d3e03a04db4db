"""Settings: the points are a hundred, a reminder comes after its question, and nothing is lost."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from booking.rules.audience import Audience, Score, Weights
from booking.rules.lifting import lifts
from booking.rules.norms import DayPart, Norms, Wish
from booking.rules.settings import (
    BOUNDS,
    NAMES,
    SettingTopic,
    differing,
    kept,
    norms_findings,
    weights_findings,
    written,
)
from booking.rules.weighing import Competitor, Weighed, compete, why_findings
from tests import builders as b
from tests.tours import codes


def test_what_it_came_with_is_allowed() -> None:
    assert weights_findings(Weights()) == []
    assert norms_findings(Norms()) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"neighbours": 46}, {"weights_not_hundred"}),
        ({"neighbours": 46, "key_figure": 14}, set()),
        ({"neighbours": 61, "key_figure": -1}, {"setting_out_of_bounds"}),
        ({"weeks_for_all": 0}, {"setting_out_of_bounds"}),
    ],
)
def test_weights(changed: dict[str, int], said: set[str]) -> None:
    assert codes(weights_findings(replace(Weights(), **changed))) == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"morning": (time(12), time(9))}, {"day_part_ends_first"}),
        ({"morning": (time(9), time(13, 30))}, {"day_parts_overlap"}),
        ({"morning": (time(9), time(13))}, set()),
        ({"host_answer_days": 2}, {"nudge_before_question"}),
        ({"host_answer_days": 3}, set()),
        ({"theatre_nudge_hours": 168}, {"nudge_before_question"}),
        ({"notice_days": 40, "horizon_days": 40}, {"nothing_left_to_ask"}),
        ({"detour": 0.9}, {"setting_out_of_bounds"}),
        ({"speed_kmh": 0}, {"setting_out_of_bounds"}),
    ],
)
def test_norms(changed: dict[str, Any], said: set[str]) -> None:
    assert codes(norms_findings(replace(Norms(), **changed))) == said


def test_every_number_has_a_topic_and_bounds() -> None:
    named = {name for names in NAMES.values() for name in names}
    assert set(BOUNDS) <= named
    assert set(Norms.__slots__) - named == {"audience_per_encounter"}
    assert set(NAMES[SettingTopic.WEIGHTS]) == set(Weights.__slots__)


def test_a_detour_is_written_in_percent() -> None:
    assert written("detour", 1.3) == 130
    assert kept("detour", 130) == 1.3
    assert kept("option_days", 14) == 14


def test_what_differs_is_kept_as_plain_values() -> None:
    later = replace(Norms(), morning=(time(10), time(12)), option_days=7)
    assert differing(Norms(), later, ("morning", "option_days", "speed_kmh")) == {
        "morning": [["09:00", "12:30"], ["10:00", "12:00"]],
        "option_days": [14, 7],
    }


def points(audience: Audience) -> int:
    nearby = audience.total - audience.from_city
    return round(45 * nearby / audience.total + 15 * audience.by_key_figure / audience.total)


@pytest.mark.parametrize(
    ("audience", "is_closed", "said"),
    [
        (Audience(live_here=4, from_city=10), False, {"lift_more_neighbours": 6}),
        (Audience(live_here=6, from_city=6), False, {"lift_more_neighbours": 12}),
        (Audience(live_here=8, from_city=4), False, {"lift_more_neighbours": 4}),
        (Audience(live_here=1, walk_in=1, from_city=1), False, {"lift_more_neighbours": 1}),
        (Audience(live_here=9, by_key_figure=3), False, {}),
        (Audience(live_here=12), True, {"lift_open_stop": None}),
    ],
)
def test_what_would_make_it_fit_better(
    audience: Audience, is_closed: bool, said: dict[str, int | None]
) -> None:
    found = lifts(audience, is_closed=is_closed, points=points)
    by_code = {lift.finding.code: lift.finding.data.get("number") for lift in found}
    by_code.pop("lift_key_figure", None)
    assert by_code == said
    assert all(lift.points > 0 for lift in found if lift.finding.code != "lift_open_stop")


def test_a_key_figure_is_named_when_nobody_comes_with_one() -> None:
    found = lifts(Audience(live_here=12), is_closed=False, points=points)
    assert [(lift.finding.code, lift.finding.data["number"]) for lift in found] == [
        ("lift_key_figure", 3)
    ]
    assert lifts(Audience(), is_closed=False, points=lambda _audience: 0) == []


def test_wishes_compete_for_the_same_time_only() -> None:
    day = Wish(b.THURSDAY, DayPart.MORNING, 2)
    evening = Wish(b.THURSDAY, DayPart.EVENING)
    assert compete([day], [b.AFTERNOON], Norms())
    assert not compete([day], [evening], Norms())


def test_only_a_higher_score_asks_why() -> None:
    alone = Weighed(Score(()), 0)
    equal = replace(alone, competitors=(Competitor("B", 0),))
    higher = replace(alone, competitors=(Competitor("B", 1), Competitor("C", 0)))
    assert why_findings(alone, "") == why_findings(equal, "") == []
    assert codes(why_findings(higher, "")) == {"say_why_lower"}
    assert why_findings(higher, "Deze buurt heeft net zijn buurthuis verloren.") == []
    assert higher.facts["competing"] == [["B", 1], ["C", 0]]
