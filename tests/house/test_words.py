"""What the project says: about itself only, and nothing that puts a label on people."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, lines, name_of, templates

TEXTS = {
    ".py", ".html", ".txt", ".md", ".toml", ".ini", ".cfg", ".css", ".js", ".json", ".po", ".csv",
    ".mako", ".svg", ".example", "",
}  # fmt: skip
OWN_WORDS = {
    "a folder of one machine": r"(?<![\w.-])/(?:work|root|home|Users|tmp)/\w",
    "a place where packages come from": r"pythonhosted|npmjs\.|\bpypi\.org|registry\.\w+\.\w+",
    "the number of an issue": r"\bissue #?\d|\bPR #?\d|\(#\d+\)|\bcloses #\d",
    "how it was written": r"\bA\.?I\.? ?(?:model|agent|generated|assistant)|language model|chatbot",
    "a design paper": r"\b(?:house|product|reliability|performance|anchors|tour|ux)\.md\b",
}
LABEL = re.compile("eenzaam", re.IGNORECASE)
FOR_THE_THEATRE = "templates/planning/"


@pytest.mark.parametrize("meaning", OWN_WORDS)
def test_the_project_speaks_only_of_itself(meaning: str) -> None:
    pattern = re.compile(OWN_WORDS[meaning], re.IGNORECASE)
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path in _texts()
        for number, line in lines(path)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_no_public_page_calls_anybody_lonely() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in templates()
        if not name_of(path).startswith(FOR_THE_THEATRE)
        for number, line in lines(path)
        if LABEL.search(line)
    ]
    assert not found


def _texts() -> list[Path]:
    return [
        path
        for path in files()
        if path.suffix in TEXTS and path != Path(__file__) and path.parent != ROOT / ".git"
    ]
