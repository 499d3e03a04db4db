"""What continues after a visit, and how it was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from booking.models import FollowUp, RoomBooking, Stop, StopReport
from booking.rules.follow_up import Meetings, ReportMoment, meetings
from booking.rules.lifecycle import StopState
from core.db import session


def plan_of(request_id: int) -> str:
    """Empty: nothing is agreed yet."""
    found = session.get(FollowUp, request_id)
    return found.plan if found else ""


@dataclass(frozen=True, slots=True)
class MeetingsIn:
    """The room in which people go on meeting, as it was booked with what continues."""

    booking: RoomBooking
    counted: Meetings


def meetings_of(request_id: int, now: datetime) -> MeetingsIn | None:
    """None: no room was booked with it."""
    found = session.get(FollowUp, request_id)
    if found is None or found.room_booking is None:
        return None
    dates = [(date.state, date.ends_at) for date in found.room_booking.dates]
    return MeetingsIn(found.room_booking, meetings(dates, now))


def reports_of(request_id: int) -> list[StopReport]:
    """In order of asking."""
    found = (
        select(StopReport)
        .join(StopReport.stop)
        .where(Stop.booking_request_id == request_id)
        .order_by(StopReport.asked_at, StopReport.id)
    )
    return list(session.scalars(found))


def stops_to_ask_about(moment: ReportMoment, now: datetime) -> list[Stop]:
    """Played, and not asked about at that moment yet."""
    window = moment.window(now)
    asked = exists().where(StopReport.stop_id == Stop.id, StopReport.moment == moment)
    found = (
        select(Stop)
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.ends_at > window.start,
            Stop.ends_at <= window.end,
            ~asked,
        )
        .order_by(Stop.id)
    )
    return list(session.scalars(found))
