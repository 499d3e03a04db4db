"""What there is against what somebody asks of rooms, as it stands now."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from booking.queries.rooms import asker_of, bare_place, places_for
from booking.rules.room_asked import RoomAsked, judge_asked
from booking.rules.rooms import JudgedDate, asker_findings
from core.findings import Finding, Refused, blocker, blockers
from venues.models import Room
from venues.queries.places import find_rooms


def rooms_asked(asked: RoomAsked) -> dict[int, Room]:
    """The room itself and those of single dates, by id. Raises Refused when one is not there."""
    rooms = find_rooms([asked.room_id, *asked.room_ids])
    if not all(room_id in rooms for room_id in (asked.room_id, *asked.room_ids)):
        raise Refused([blocker("no_such_room")])
    return rooms


def dates_now(asked: RoomAsked, rooms: Mapping[int, Room], now: datetime) -> list[JudgedDate]:
    return judge_asked(asked, places_for(asked, rooms), now)


def against_dates(asked: RoomAsked, rooms: Mapping[int, Room], now: datetime) -> list[Finding]:
    """The dates that cannot be had (any more), each followed by the reason."""
    findings = []
    for found in dates_now(asked, rooms, now):
        if not found.is_free:
            findings += [blocker("date_not_free", day=found.day), *blockers(found.findings)]
    return findings


def against_asker(asked: RoomAsked, rooms: Mapping[int, Room], now: datetime) -> list[Finding]:
    """Why the terms of the rooms do not let this organisation in, or not so often."""
    findings = []
    for room_id, wanted in sorted(Counter(each.room_id for each in asked.dates).items()):
        asker = asker_of(asked.contact.email, asked.pc4, rooms[room_id], now)
        findings += asker_findings(asker, wanted, bare_place(rooms[room_id]))
    return findings
