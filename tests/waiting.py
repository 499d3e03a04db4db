"""Whoever waits for a time in a room, as tests make them."""

import re
from datetime import date, datetime
from functools import partial

from sqlalchemy import select

from booking.models import RoomDate, WaitingPlace
from booking.rules.asked import Contact
from booking.rules.recurrence import Times
from booking.rules.room_lifecycle import DateAction, DateState
from booking.services import reserving
from booking.services.reserving.dates import end_date
from core.db import session, transact
from core.fields import new_form_token
from core.outbox import OutboxMail
from core.outbox.queries import mails_about
from tests.builders import EVENING, NOW, THURSDAY
from venues.models import Room


def waits(
    room: Room,
    who: str = "sam",
    *,
    day: date = THURSDAY,
    times: Times = EVENING,
    people: int = 10,
    now: datetime = NOW,
) -> WaitingPlace:
    return transact(
        partial(reserving.join, form_token=new_form_token(), now=now),
        wish(room, who, day=day, times=times, people=people),
    )


def wish(
    room: Room,
    who: str = "sam",
    *,
    day: date = THURSDAY,
    times: Times = EVENING,
    people: int = 10,
) -> reserving.WaitingAsked:
    period = times.on(day)
    assert period
    contact = Contact(f"Club {who}", who.title(), f"{who}@buren.example", "030 123 45 67")
    return reserving.WaitingAsked(room.id, period, people, "Samen eten", contact, "3563")


def free(date_id: int, now: datetime = NOW) -> None:
    """A date is cancelled, in whatever way."""

    def end() -> None:
        date_ = session.get_one(RoomDate, date_id)
        is_asked = date_.state is DateState.ASKED
        action = DateAction.DECLINE if is_asked else DateAction.CANCEL
        end_date(date_, action, DateState.DECLINED if is_asked else DateState.CANCELLED, now)

    transact(end)


def clock(now: datetime = NOW) -> None:
    """What the worker does with the waiting list each minute."""
    transact(reserving.lapse_waiting, now=now)
    transact(reserving.take_back_offers, now=now)
    transact(reserving.offer_waiting, now=now)


def line() -> dict[str, str]:
    """The state of everybody in the line, by who they are."""
    session.rollback()
    places = session.scalars(select(WaitingPlace).order_by(WaitingPlace.id))
    return {place.contact_name.lower(): place.state.value for place in places}


def letters(place: WaitingPlace) -> list[OutboxMail]:
    return list(mails_about(place.subject))


def own_address(place: WaitingPlace) -> str:
    """Of the private page, from the first mail."""
    found = re.search(r"/wachtlijst/[\w-]+", letters(place)[0].text)
    assert found
    return found[0]
