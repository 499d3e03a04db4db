"""Text made harmless for lines that have a meaning of their own: mail headers, calendars.

`core.cleaning` refuses at the door what no keyboard makes. What is written out here came past that
door, or from a file, a command or an old row, and must go out anyway.
"""

import re

from core.cleaning import many_lines, one_line

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def safe_lines(text: str, limit: int) -> str:
    """At most `limit` letters; the only control character left is the newline."""
    return many_lines(_UNREADABLE.sub("", text))[:limit].strip()


def safe_line(text: str, limit: int) -> str:
    """At most `limit` letters on one line, with single spaces."""
    return one_line(_UNREADABLE.sub("", text))[:limit].strip()
