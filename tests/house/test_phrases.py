"""Whatever a rule or service can say has a sentence."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from booking.phrases.history import details
from booking.rules.consent import ConsentState
from booking.rules.lifecycle import Action, RequestState
from booking.rules.moments import MomentAsked
from booking.rules.norms import DayPart, Wish
from booking.rules.room_lifecycle import WaitingState
from booking.rules.sought import Need
from core.errors import phrase
from core.findings import Finding, Weight
from core.language import speaking
from core.period import Period
from tests.databases import SETTINGS
from tests.house.tree import PACKAGES, ROOT, files, name_of

SAYS = {"blocker", "concern", "note"}
MOMENT = datetime(2027, 2, 4, 13, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
SESSION = Period(MOMENT, MOMENT + AN_HOUR)

# A value for each fact that a finding can carry, by name.
EXAMPLES: Mapping[str, Any] = {
    "action": Action.CONFIRM,
    "at": MOMENT,
    "at_most": 3,
    "between": AN_HOUR,
    "consent": ConsentState.YES,
    "day": date(2027, 2, 4),
    "day_parts": 3,
    "days": 10,
    "district": "Overvecht",
    "earliest": MOMENT,
    "first": date(2027, 2, 4),
    "first_day": date(2027, 2, 14),
    "fits": 14,
    "get_in": AN_HOUR,
    "get_out": AN_HOUR,
    "has": 80,
    "hits": (None, None),
    "hours": 11,
    "kind": "outdoors",
    "last": MOMENT,
    "last_day": date(2027, 8, 14),
    "latest": MOMENT,
    "left": 2,
    "longest": AN_HOUR,
    "most": 5,
    "name": "Elias",
    "nearby": 4,
    "need": Need.KITCHEN,
    "needs": 85,
    "number": 2,
    "opened": (SESSION,),
    "period": SESSION,
    "place": "De Huiskamer",
    "rank": 2,
    "session": SESSION,
    "setting": "option_days",
    "low": 1,
    "high": 90,
    "total": 90,
    "short": 2,
    "shortest": AN_HOUR,
    "state": RequestState.CONFIRMED,
    "stay": SESSION,
    "travel": AN_HOUR,
    "until": MOMENT,
    "visitors": 30,
    "what": "floor",
    "waiting": WaitingState.TAKEN,
    "weekday": 3,
    "wish": Wish(date(2027, 2, 4), DayPart.AFTERNOON),
}


@dataclass(frozen=True)
class Said:
    """A code that is written somewhere in the code, with the facts it is given there."""

    code: str
    facts: tuple[str, ...]
    where: str


def written(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passing_on = set(_functions_that_pass_on(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            where = f"{name_of(path)}:{node.lineno}"
            if node.func.id in SAYS:
                yield Said(first.value, tuple(k.arg for k in node.keywords if k.arg), where)
            elif node.func.id in passing_on:
                yield Said(first.value, tuple(EXAMPLES), where)


def _functions_that_pass_on(tree: ast.Module) -> Iterator[str]:
    """Those that get a code as their first argument and say it themselves."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.args.args:
            code = function.args.args[0].arg
            if any(_says(node, code) for node in ast.walk(function)):
                yield function.name


def _says(node: ast.AST, code: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in SAYS
        and bool(node.args)
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id == code
    )


EVERYTHING = [
    said
    for path in files(".py")
    if path.relative_to(ROOT).parts[0] in PACKAGES
    for said in written(path)
]


@pytest.fixture(scope="module", autouse=True)
def _the_whole_app() -> None:
    """Each package registers its own sentences when the app is put together."""
    create_app({**SETTINGS, "DATABASE_URL": "sqlite://"})


def sentence(said: Said, language: str) -> str:
    unknown = set(said.facts) - set(EXAMPLES)
    assert not unknown, f"{said.where}: give an example of {unknown} in this test"
    facts = {name: EXAMPLES[name] for name in said.facts}
    with speaking(language):
        return phrase(Finding(said.code, Weight.BLOCKER, facts))  # type: ignore[arg-type]


def fallback(language: str) -> str:
    with speaking(language):
        return phrase(Finding("nobody says this", Weight.BLOCKER))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("said", EVERYTHING, ids=lambda said: f"{said.code}-{said.where}")
def test_every_finding_has_a_sentence(said: Said, language: str) -> None:
    words = sentence(said, language)
    assert words != fallback(language)
    assert words[0].isupper() or words[0].isdigit()
    assert words.endswith((".", "?", "!"))


def test_the_walk_finds_what_is_said() -> None:
    codes = {said.code for said in EVERYTHING}
    assert {"cube_taken", "door_narrow", "just_taken", "same_form_other_content"} <= codes


@pytest.mark.parametrize("part", fields(MomentAsked), ids=lambda part: part.name)
def test_each_part_of_a_moment_that_changes_is_told_from_what_to_what(part: Field[Any]) -> None:
    """In the history as `change_moment` keeps it: days as text."""
    before, after = ("2027-09-25", "2027-09-26") if "date" in str(part.type) else ("Burendag", "")
    with speaking("nl"):
        (told,) = details({"changed": {part.name: [before, after]}})
    assert " van " in told
    assert (" naar niets" in told) or " naar zondag 26 september 2027" in told
