"""Habits that no linter knows: where the clock is read, and where is committed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT, files, name_of

READS_THE_CLOCK = {"now", "utcnow", "today"}
MODULES = [path for path in files(".py") if path.relative_to(ROOT).parts[0] in PACKAGES]
RULES = [path for path in MODULES if "/rules/" in name_of(path)]


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """The last part of the name of each function that is called, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            yield str(name), node.lineno


@pytest.mark.parametrize("path", RULES, ids=name_of)
def test_rules_are_told_what_time_it_is(path: Path) -> None:
    found = [line for name, line in calls(path) if name in READS_THE_CLOCK]
    assert not found


def test_only_transact_commits() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in MODULES
        for name, line in calls(path)
        if name == "commit" and name_of(path) != "core/db.py"
    ]
    assert not found
