"""What tests of answers about rooms do and look at."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from booking.models import RoomBooking, RoomDate
from booking.queries.host_answers import judged_questions
from booking.rules.host_answers import NoReason, OtherTime, RoomAnswer
from booking.rules.room_lifecycle import DateState, Side
from booking.services import reserving
from core.db import session, transact
from core.fields import new_form_token
from core.history import Actor
from core.outbox import OutboxMail
from core.outbox.queries import mails_about
from core.period import Period
from people.models import Person, Role
from tests.builders import NOW, meeting_room, person
from venues.models import Room

BY_LINK = Actor("host")
HOST = "jo@plek.example"


def a_host(name: str = "Jo", email: str = HOST) -> Person:
    return transact(person, name, Role.HOST, email)


def by_hand(**facts: Any) -> Room:
    """A room whose host answers each question."""
    return transact(partial(meeting_room, **{"confirms_at_once": False, **facts}))


def answer(
    booking: RoomBooking,
    *,
    yes: Iterable[RoomDate] = (),
    no: Iterable[RoomDate] = (),
    other: Iterable[tuple[RoomDate, Period]] = (),
    reason: NoReason | None = NoReason.IN_USE,
    words: str = "",
    seen: Iterable[RoomDate] = (),
    accepted: tuple[str, ...] = (),
    now: datetime = NOW,
    **more: Any,
) -> RoomBooking:
    """`reason` counts only with a no."""
    refused = tuple(date.id for date in no)
    said = RoomAnswer(
        yes=tuple(date.id for date in yes),
        no=refused,
        other=tuple(OtherTime(date.id, period) for date, period in other),
        reason=reason if refused else None,
        words=words,
        seen=tuple(date.id for date in seen),
        accepted=accepted,
    )
    how: dict[str, Any] = {"form_token": new_form_token(), "by": BY_LINK, **more}
    return transact(reserving.answer_room, booking.id, said, now=now, **how)


def propose(date: RoomDate, period: Period, side: Side = Side.ASKER) -> None:
    """As the page of the asker does it."""

    def ask() -> None:
        found = session.get_one(RoomDate, date.id)
        found.proposed_starts_at, found.proposed_ends_at = period.start, period.end
        found.proposed_by = side
        found.room_booking.answer_until = min(found.starts_at, period.start)

    transact(ask)


def fresh(booking: RoomBooking) -> RoomBooking:
    session.rollback()
    return session.get_one(RoomBooking, booking.id, populate_existing=True)


def states(booking: RoomBooking) -> list[DateState]:
    return [date.state for date in fresh(booking).dates]


def mails(booking: RoomBooking, to: str = "") -> list[OutboxMail]:
    session.rollback()
    return [mail for mail in mails_about(booking.subject) if to in ("", mail.to_address)]


def subjects(booking: RoomBooking, to: str = "") -> list[str]:
    """Without the number at the end."""
    return [re.sub(r" \([A-Z]-\w+\)$", "", mail.subject) for mail in mails(booking, to)]


def mailed_address(to: str = HOST, what: str = "antwoord") -> str:
    """The address in the last mail to somebody that has one."""
    found = select(OutboxMail).where(OutboxMail.to_address == to).order_by(OutboxMail.id.desc())
    for mail in session.scalars(found):
        if address := re.search(rf"/{what}/[\w/-]+", mail.text):
            return address[0]
    raise AssertionError(f"no mail to {to} has an address under /{what}/")


def rivals(booking: RoomBooking, now: datetime = NOW) -> list[RoomDate]:
    found = judged_questions(fresh(booking), None, now)
    return [date for each in found.values() for date in each.rivals]


SetClock = Callable[[datetime], None]
