"""The asker wants other times or another room: for one date, for this and what follows, or all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from booking.letters import room_changes as letters
from booking.letters.room_calendar import standing_of
from booking.letters.room_moves import Moved, Was
from booking.models import RoomBooking, RoomDate
from booking.queries.own_booking import against_asker, judge_dates
from booking.rules.room_changes import Change, JudgedChange, Scope, Way
from booking.rules.room_lifecycle import Side
from booking.services import claims
from booking.services.reserving.dates import confirm_date, propose, put_at
from booking.services.reserving.locking import booking_to_change, dates_meant
from booking.services.reserving.term import keep_term, promise_answer
from core import history
from core.db import session
from core.findings import Finding, Refused, blocker, blockers, refuse_if
from core.history import Actor
from venues.models import Room
from venues.queries.places import find_room


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants instead. `room_id` None: each date stays in its room.

    `staying`: ids of dates that stay as they are, because they cannot move.
    """

    date_id: int
    scope: Scope
    change: Change
    room_id: int | None = None
    staying: tuple[int, ...] = ()


def move_dates(
    booking_id: int, wanted: Wanted, *, version: int | None, by: Actor, now: datetime
) -> RoomBooking:
    """All of them or none: at once where that may be, else as a proposal to the host."""
    booking = booking_to_change(booking_id, version, [wanted.room_id] if wanted.room_id else [])
    room = _room(wanted.room_id)
    meant = dates_meant(booking, wanted.date_id, wanted.scope, now)
    dates = [date for date in meant if date.id not in wanted.staying]
    judged = judge_dates(booking, dates, wanted.change, room, now) if dates else []
    refuse_if(against_move(judged))
    if room:
        refuse_if(against_asker(booking, dates, room, now))
    before = standing_of(booking)
    moved = _carry_out(dates, judged, room, now)
    if moved.waits:
        promise_answer(booking, now)
    else:
        keep_term(booking)
    booking.touch()
    session.flush()
    _write_down(booking, moved, by, now)
    letters.moved(booking, moved, before, now=now)
    return booking


def against_move(judged: Iterable[JudgedChange]) -> list[Finding]:
    """The dates that cannot go there, each followed by the reason; or that nothing changes."""
    findings = []
    found = list(judged)
    for each in found:
        if not each.is_possible:
            findings += [blocker("date_not_free", day=each.day), *blockers(each.findings)]
    if not findings and not any(each.changes for each in found):
        return [blocker("nothing_changes")]
    return findings


def _room(room_id: int | None) -> Room | None:
    room = find_room(room_id) if room_id else None
    if room_id and room is None:
        raise Refused([blocker("no_such_room")])
    return room


def _carry_out(
    dates: list[RoomDate], judged: list[JudgedChange], room: Room | None, now: datetime
) -> Moved:
    moved = Moved()
    pairs = [each for each in zip(dates, judged, strict=True) if each[1].changes]
    goes = [date for date, found in pairs if found.way is Way.AT_ONCE or not date.is_confirmed]
    for date in goes:  # all at once: a date may go where another one was
        claims.release_date(date, now)
    for date, found in sorted(pairs, key=lambda each: each[0].starts_at):
        assert found.period is not None  # the rules refuse a time that is not on the clock
        was = Was(date, date.period, date.room)
        if date not in goes:
            propose(date, found.period, Side.ASKER)
            moved.proposed.append(was)
            continue
        put_at(date, found.period, room or date.room, now)
        if found.way is Way.AT_ONCE and not date.is_confirmed:
            confirm_date(date, now)
        (moved.at_once if date.is_confirmed else moved.asked).append(was)
    session.flush()
    return moved


def _write_down(booking: RoomBooking, moved: Moved, by: Actor, now: datetime) -> None:
    for action, changed in (
        ("dates moved", moved.at_once),
        ("question changed", moved.asked),
        ("other time asked", moved.proposed),
    ):
        if changed:
            days = [was.date.day_on.isoformat() for was in changed]
            history.record(action, booking.subject, by=by, at=now, dates=days)
