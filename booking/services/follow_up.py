"""Agreeing what continues, asking how it was, and keeping the answer."""

from dataclasses import dataclass
from datetime import datetime

from booking.letters import follow_up as letters
from booking.models import BookingRequest, FollowUp, StopReport
from booking.queries.follow_up import reports_of, stops_to_ask_about
from booking.queries.requests import request_for_update
from booking.rules.follow_up import Continues, ReportMoment, count_findings
from core import history
from core.db import session
from core.findings import refuse_if
from core.history import Actor


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever received the cube says of it; None: not said."""

    visitors: int | None
    first_time: int | None
    from_neighbourhood: int | None
    continues: Continues | None
    words: str


def agree_follow_up(
    request_id: int, *, plan: str, version: int | None, by: Actor, now: datetime
) -> BookingRequest:
    request = request_for_update(request_id, version)
    found = session.get(FollowUp, request_id)
    if found is None:
        found = FollowUp(booking_request_id=request_id, plan=plan, changed_at=now)
        session.add(found)
    found.plan, found.changed_at = plan, now
    request.touch()
    session.flush()
    history.record("follow-up agreed", request.subject, by=by, at=now, why=plan)
    return request


def ask_for_reports(*, now: datetime) -> int:
    """The next day and after four weeks. Returns how many are asked."""
    due = [(stop, moment) for moment in ReportMoment for stop in stops_to_ask_about(moment, now)]
    for stop, moment in due:
        session.add(StopReport(stop_id=stop.id, moment=moment, asked_at=now))
        letters.how_was_it(stop.booking_request, stop, moment, now=now)
    session.flush()
    return len(due)


def report(report_id: int, told: Told, *, by: Actor, now: datetime) -> StopReport:
    """May be filled in again: what was said last counts."""
    refuse_if(count_findings(told.visitors, told.first_time, told.from_neighbourhood))
    found = session.get_one(StopReport, report_id)
    found.visitors, found.first_time = told.visitors, told.first_time
    found.from_neighbourhood = told.from_neighbourhood
    found.continues, found.words, found.answered_at = told.continues, told.words, now
    session.flush()
    subject = found.stop.booking_request.subject
    history.record("reported", subject, by=by, at=now, moment=found.moment.value)
    return found


def forget_words(request: BookingRequest) -> None:
    """What was written freely may hold a name; the counts stay."""
    found = session.get(FollowUp, request.id)
    if found:
        found.plan = ""
    for told in reports_of(request.id):
        told.words = ""
