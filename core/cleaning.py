"""Text as people and their machines send it, made fit to keep and to show."""

import re
import unicodedata

# Invisible letters that reorder or hide what stands around them. The joiners U+200C and U+200D
# stay: emoji and some languages need them.
_INVISIBLE = (
    *(0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFFF9, 0xFFFC),
)
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")
_MOST_MARKS = 3


class Unreadable(ValueError):
    """The text holds something no keyboard makes: a NUL or half a letter (a lone surrogate)."""


def one_line(text: str) -> str:
    """The text on one line, with single spaces. Raises Unreadable."""
    return " ".join(_clean(text).split())


def many_lines(text: str) -> str:
    """The text with at most one empty line in a row. Raises Unreadable."""
    lines = "\n".join(line.rstrip() for line in _clean(text).split("\n"))
    return _MANY_EMPTY_LINES.sub("\n\n", lines).strip()


def _clean(text: str) -> str:
    if _UNREADABLE.search(text):
        raise Unreadable
    text = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return _without_piles(text.translate(_NOT_KEPT))


def _without_piles(text: str) -> str:
    """At most a few marks on one letter, so that nothing grows over the lines around it."""
    if not any(map(unicodedata.combining, text)):
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"]
_NOT_KEPT = dict.fromkeys((*_CONTROLS, *_INVISIBLE))
