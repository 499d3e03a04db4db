"""A host answers who asked for a room: yes, no or another time, to some dates or to all.

Rooms are locked first, then the booking, then the bookings that lose by a yes, in order of id: two
yeses to the same time come one after the other, and the second sees what the first did.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from booking.letters import room_answer_events as letters
from booking.letters.room_answers import Said, why_written
from booking.letters.room_calendar import standing_of
from booking.models import RoomBooking, RoomDate
from booking.queries.host_answers import (
    JudgedQuestion,
    Venues,
    judged_questions,
    places_of,
)
from booking.queries.room_bookings import room_booking_for_update
from booking.rules.host_answers import (
    NoReason,
    OtherTime,
    RoomAnswer,
    offer_findings,
    shape_findings,
    unaccepted,
)
from booking.rules.room_lifecycle import DateAction, DateState, Side, may_date
from booking.services import claims
from booking.services.reserving.dates import confirm_date, drop_proposal, end_date, put_at
from booking.services.reserving.locking import booking_to_change
from booking.services.reserving.term import keep_term
from core import history, submissions
from core.db import session
from core.findings import Finding, Refused, blocker, blockers, refuse_if
from core.history import Actor
from core.period import Period


def answer_room(
    booking_id: int,
    answer: RoomAnswer,
    *,
    venues: Venues = None,
    form_token: str,
    version: int | None = None,
    by: Actor,
    now: datetime,
) -> RoomBooking:
    """All that is said at once, or nothing; the same form sent again is said once.

    `venues`: of which places the one who answers may speak; None: of all.
    """
    content = {"booking": booking_id, "answer": repr(answer)}
    earlier = submissions.once(form_token, content)
    if earlier is not None:
        return session.get_one(RoomBooking, int(earlier))
    booking = booking_to_change(booking_id, version)
    before = standing_of(booking)
    judged = judged_questions(booking, venues, now)
    refuse_if(shape_findings(answer, judged))
    rivals = _rivals_of([judged[date_id] for date_id in answer.yes])
    if not {date.id for date in rivals} <= set(answer.seen):
        raise Refused([blocker("others_ask_too")])
    refuse_if(_against(answer, judged, booking, now))
    said = _carry_out(answer, judged, booking, now)
    keep_term(booking)
    booking.touch()
    session.flush()
    submissions.remember(form_token, content, str(booking.id), now)
    accepted = {each.code for date_id in answer.yes for each in judged[date_id].concerns}
    _record(booking, said, accepted, by, now)
    letters.answered(booking, said, before, now=now)
    _give_away(rivals, booking, by, now)
    return booking


def _rivals_of(questions: Iterable[JudgedQuestion]) -> list[RoomDate]:
    """Each once, in order of booking."""
    found = {date.id: date for each in questions for date in each.rivals}
    return sorted(found.values(), key=lambda date: (date.room_booking_id, date.id))


def _against(
    answer: RoomAnswer, judged: dict[int, JudgedQuestion], booking: RoomBooking, now: datetime
) -> list[Finding]:
    """Each date that cannot be answered so, followed by the reasons."""
    findings: list[Finding] = []
    for date_id in answer.yes:
        found = judged[date_id]
        refusing = unaccepted(found.findings, answer.accepted)
        findings += _explained(found.question.wanted, refusing)
    for offer in answer.other:
        findings += _explained(offer.period, _against_offer(offer, judged, booking, now))
    return findings


def _against_offer(
    offer: OtherTime,
    judged: dict[int, JudgedQuestion],
    booking: RoomBooking,
    now: datetime,
) -> list[Finding]:
    """Concerns do not hold it back: nothing is taken yet, and it is the host who proposes."""
    found = judged[offer.date_id]
    refuse_if(may_date(DateAction.PROPOSE, found.date.state))
    as_offered = replace(found.question, wanted=offer.period)
    place = places_of([found.date], [as_offered])[found.date.room_id]
    return blockers(offer_findings(offer.period, found.question, booking.people, place, now))


def _explained(period: Period, refusing: Sequence[Finding]) -> list[Finding]:
    """Concerns refuse too, until they are accepted: said as what they are, behind the date."""
    if not refusing:
        return []
    if blockers(refusing):
        return [blocker("question_cannot_be", period=period), *refusing]
    return [blocker("question_has_concern", period=period), *refusing]


def _carry_out(
    answer: RoomAnswer, judged: dict[int, JudgedQuestion], booking: RoomBooking, now: datetime
) -> Said:
    why = why_written(booking, answer.reason, answer.words)
    said = Said(reason=answer.reason, why=why)
    agreed = sorted((judged[date_id] for date_id in answer.yes), key=_order_of_claims)
    for found in agreed:  # all at once: a date may go where another one was
        claims.release_date(found.date, now)
    for found in agreed:
        _say_yes(found, said, now)
    for date_id in answer.no:
        _say_no(judged[date_id].date, said, now)
    for offer in answer.other:
        _offer(judged[offer.date_id].date, offer.period, said)
    session.flush()
    return said


def _order_of_claims(judged: JudgedQuestion) -> tuple[int, datetime]:
    return judged.date.room.resource_id, judged.question.wanted.start


def _say_yes(judged: JudgedQuestion, said: Said, now: datetime) -> None:
    date, wanted = judged.date, judged.question.wanted
    stood = date.is_confirmed
    if date.period != wanted:
        put_at(date, wanted, date.room, now)
    drop_proposal(date)
    if not stood:
        confirm_date(date, now)
    (said.changed if stood else said.agreed).append(date)


def _say_no(date: RoomDate, said: Said, now: datetime) -> None:
    """A date that is certain stays; only the other time is refused."""
    date.words = said.why
    if date.is_confirmed:
        drop_proposal(date)
        said.kept.append(date)
    else:
        end_date(date, DateAction.DECLINE, DateState.DECLINED, now)
        said.refused.append(date)


def _offer(date: RoomDate, period: Period, said: Said) -> None:
    date.proposed_starts_at, date.proposed_ends_at = period.start, period.end
    date.proposed_by, date.words = Side.HOST, said.why
    said.offered.append(date)


def _give_away(rivals: Collection[RoomDate], winner: RoomBooking, by: Actor, now: datetime) -> None:
    """Whoever asked for the same time hears an honest no, and what is free instead."""
    lost = {date.id for date in rivals}
    for booking_id in sorted({date.room_booking_id for date in rivals}):
        booking = room_booking_for_update(booking_id)
        dates = [date for date in booking.dates_in(DateState.ASKED) if date.id in lost]
        if dates:
            _decline_for_another(booking, dates, winner, by, now)


def _decline_for_another(
    booking: RoomBooking, dates: list[RoomDate], winner: RoomBooking, by: Actor, now: datetime
) -> None:
    for date in dates:
        date.words = why_written(booking, NoReason.GIVEN_AWAY, "")
        end_date(date, DateAction.DECLINE, DateState.DECLINED, now)
    keep_term(booking)
    booking.touch()
    session.flush()
    _write_down("given away", booking, dates, by, now, to=winner.reference)
    letters.given_away(booking, dates, now=now)


def _record(
    booking: RoomBooking, said: Said, accepted: Collection[str], by: Actor, now: datetime
) -> None:
    """`accepted`: codes of the concerns that a yes took knowingly."""
    for action, dates in (("room agreed", said.agreed), ("new time agreed", said.changed)):
        if dates:
            _write_down(action, booking, dates, by, now, accepted=sorted(accepted))
    for action, dates in (
        ("room refused", said.refused),
        ("new time refused", said.kept),
        ("other time offered", said.offered),
    ):
        if dates:
            _write_down(action, booking, dates, by, now, why=said.why)


def _write_down(
    action: str,
    booking: RoomBooking,
    dates: Iterable[RoomDate],
    by: Actor,
    now: datetime,
    why: str = "",
    **facts: object,
) -> None:
    days = [date.day_on.isoformat() for date in dates]
    history.record(action, booking.subject, by=by, at=now, why=why, dates=days, **facts)
