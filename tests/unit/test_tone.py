"""Words about people: which get a suggestion, and which are left alone."""

import pytest

from core.language import speaking
from core.tone import remarks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Een middag tegen eenzaamheid", ["eenzaamheid"]),
        ("Voor Eenzame en kwetsbare buren", ["Eenzame", "kwetsbare"]),
        ("Kwetsbaar, kwetsbaar en nog eens kwetsbaar", ["Kwetsbaar"]),
        ("Geïsoleerde ouderen", ["Geïsoleerde"]),
        ("Onze cliënten en de doelgroep", ["cliënten", "doelgroep"]),
        ("A walk for lonely people", ["lonely"]),
    ],
)
def test_a_label_gets_a_suggestion(text: str, words: list[str]) -> None:
    found = remarks(text)
    assert [remark.word for remark in found] == words
    assert all(remark.instead for remark in found)


@pytest.mark.parametrize(
    "text",
    ["", "Soep met buren", "Alleen of samen", "De kubus in Overvecht", "Meeneenzaam is geen woord"],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert remarks(text) == []


def test_suggestions_are_in_the_language_being_spoken() -> None:
    with speaking("nl"):
        [remark] = remarks("eenzaam")
    assert remark.instead == "zeg wat er te doen is: elkaar ontmoeten, even praten"
