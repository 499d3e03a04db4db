"""The asker answers another time that the host proposed, or takes back a proposal of their own."""

from collections.abc import Collection
from datetime import datetime

from booking.letters import room_changes as letters
from booking.letters.room_calendar import standing_of
from booking.models import RoomBooking, RoomDate
from booking.queries.own_booking import proposal_findings
from booking.rules.room_changes import may_change, stands_in_the_way
from booking.rules.room_lifecycle import Side
from booking.services import claims
from booking.services.reserving.dates import confirm_date, drop_proposal, put_at
from booking.services.reserving.locking import booking_to_change
from booking.services.reserving.term import keep_term, promise_answer, waits_for_host
from core import history
from core.db import session
from core.findings import Finding, Refused, blocker, refuse_if
from core.history import Actor


def accept_proposals(
    booking_id: int, date_ids: Collection[int], *, version: int | None, by: Actor, now: datetime
) -> RoomBooking:
    """The times the host proposed are certain from now on: all that are meant, or none."""
    booking = booking_to_change(booking_id, version)
    dates = _proposed_by(Side.HOST, booking, date_ids, now)
    refuse_if(_against(booking, dates, now))
    before = standing_of(booking)
    for date in dates:
        claims.release_date(date, now)
    for date in dates:
        _accept(date, now)
    _keep(booking, "other time accepted", dates, by, now)
    letters.proposals_accepted(booking, dates, before, now=now)
    return booking


def refuse_proposals(
    booking_id: int, date_ids: Collection[int], *, version: int | None, by: Actor, now: datetime
) -> RoomBooking:
    """What there was stands: a confirmed date at its time, a question with the host."""
    booking = booking_to_change(booking_id, version)
    dates = _proposed_by(Side.HOST, booking, date_ids, now)
    for date in dates:
        drop_proposal(date)
    if any(waits_for_host(date) for date in dates):
        promise_answer(booking, now)
    _keep(booking, "other time refused", dates, by, now)
    letters.proposals_refused(booking, dates, now=now)
    return booking


def take_back_proposals(
    booking_id: int, date_ids: Collection[int], *, version: int | None, by: Actor, now: datetime
) -> RoomBooking:
    """The asker does not want the other time any more; the host need not answer."""
    booking = booking_to_change(booking_id, version)
    dates = _proposed_by(Side.ASKER, booking, date_ids, now)
    for date in dates:
        drop_proposal(date)
    _keep(booking, "proposal taken back", dates, by, now)
    letters.proposals_taken_back(booking, dates, now=now)
    return booking


def _proposed_by(
    side: Side, booking: RoomBooking, date_ids: Collection[int], now: datetime
) -> list[RoomDate]:
    dates = [
        date
        for date in booking.dates
        if date.id in date_ids and date.proposed_by is side and may_change(date, now)
    ]
    if not dates or len(dates) < len(set(date_ids)):
        raise Refused([blocker("no_such_proposal")])
    return dates


def _against(booking: RoomBooking, dates: list[RoomDate], now: datetime) -> list[Finding]:
    findings: list[Finding] = []
    for date, said in proposal_findings(booking, dates, now):
        if against := stands_in_the_way(said):
            findings += [blocker("date_not_free", day=date.day_on), *against]
    return findings


def _accept(date: RoomDate, now: datetime) -> None:
    assert date.proposed is not None
    put_at(date, date.proposed, date.room, now)
    if not date.is_confirmed:
        confirm_date(date, now)


def _keep(
    booking: RoomBooking, action: str, dates: list[RoomDate], by: Actor, now: datetime
) -> None:
    keep_term(booking)
    booking.touch()
    session.flush()
    days = [date.day_on.isoformat() for date in dates]
    history.record(action, booking.subject, by=by, at=now, dates=days)
