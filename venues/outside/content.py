"""A first look at what came in, before anything reads it: is it a calendar at all?"""

import re

from venues.outside.failures import Failure, Unread

LARGEST = 2 * 1024 * 1024  # bytes
MOST_EVENTS = 10_000
MOST_NESTED = 50
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PAGE = re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE)
_LEVEL = re.compile(rb"^(BEGIN|END):", re.IGNORECASE | re.MULTILINE)


def looked_over(content: bytes) -> bytes:
    """The calendar without what some programs put before it. Raises Unread."""
    if len(content) > LARGEST:
        raise Unread(Failure.TOO_BIG)
    content = content.removeprefix(BYTE_ORDER_MARK).strip()
    if not content:
        raise Unread(Failure.EMPTY)
    if content[:15].upper() != b"BEGIN:VCALENDAR":
        is_page = _PAGE.search(content[:2000])
        raise Unread(Failure.IS_PAGE if is_page else Failure.NOT_CALENDAR)
    if content[-13:].upper() != b"END:VCALENDAR":
        raise Unread(Failure.CUT_OFF)
    if content.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise Unread(Failure.TOO_MANY_EVENTS)
    if _depth(content) > MOST_NESTED:
        raise Unread(Failure.NOT_CALENDAR)
    return content


def _depth(content: bytes) -> int:
    """How far its parts are put inside each other."""
    depth = deepest = 0
    for level in _LEVEL.finditer(content):
        depth += 1 if level.group(1).upper() == b"BEGIN" else -1
        deepest = max(deepest, depth)
    return deepest
