"""What tests of the services do and look at: one action, and what became of it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select, text

from booking import services
from booking.models import BookingRequest, Claim, Option, Setting, Stop
from booking.queries.norms import current_norms
from booking.queries.tour import room_spot
from booking.rules.lifecycle import StopState
from booking.rules.norms import Wish
from booking.rules.placement import Chosen
from booking.rules.touring import travel_time
from core.db import db, session, transact
from core.findings import Refused
from core.history import story
from core.outbox import MailState, OutboxMail
from core.outbox.queries import mails_about
from core.period import Period
from tests.builders import AFTERNOON, NOW, PLANNER, asked, submitted

LATER = NOW + timedelta(hours=1)  # the time for undo is over
END_OF_OPTION = NOW + timedelta(days=14)

OVERLAPS = text(
    "SELECT count(*) FROM claim a JOIN claim b ON a.resource_id = b.resource_id AND a.id < b.id"
    " WHERE a.released_at IS NULL AND b.released_at IS NULL"
    " AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
)


def ask(room_id: int, wish: Wish = AFTERNOON, who: str = "sam", **what: Any) -> BookingRequest:
    return submitted(asked(room_id, wish, email=f"{who}@buren.example", **what))


def option(
    request: BookingRequest,
    room_id: int,
    wish: Wish = AFTERNOON,
    *,
    until: datetime = END_OF_OPTION,
    now: datetime = NOW,
    **more: Any,
) -> Option:
    decided = {"accepted": (), "version": None, "by": PLANNER, **more}
    chosen = Chosen(wish, room_id)
    return transact(
        services.give_option, request.id, chosen=chosen, expires_at=until, now=now, **decided
    )


def confirm(
    request: BookingRequest,
    room_id: int,
    wish: Wish = AFTERNOON,
    *,
    now: datetime = NOW,
    **more: Any,
) -> Stop:
    decided = {"accepted": (), "version": None, "by": PLANNER, **more}
    return transact(services.confirm, request.id, chosen=Chosen(wish, room_id), now=now, **decided)


def move(
    request: BookingRequest, room_id: int, wish: Wish, *, now: datetime = LATER, **more: Any
) -> Stop:
    decided = {"why": "", "accepted": (), "version": None, "by": PLANNER, **more}
    return transact(services.move, request.id, chosen=Chosen(wish, room_id), now=now, **decided)


def cancel(
    request: BookingRequest, *, now: datetime = LATER, why: str = "", version: int | None = None
) -> BookingRequest:
    return transact(services.cancel, request.id, why=why, version=version, by=PLANNER, now=now)


def undo(request: BookingRequest, *, now: datetime = NOW) -> BookingRequest:
    return transact(services.undo, request.id, by=PLANNER, now=now)


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """What happens inside is refused for exactly these reasons."""
    with pytest.raises(Refused) as refusal:
        yield
    assert tuple(finding.code for finding in refusal.value.findings) == codes


def claims(stop: Stop) -> list[tuple[str, int, Period]]:
    """What it has claimed and not given back: purpose, resource and time."""
    live = select(Claim).where(Claim.stop_id == stop.id, Claim.released_at.is_(None))
    ordered = live.order_by(Claim.starts_at, Claim.resource_id)
    return [(str(c.purpose), c.resource_id, c.period) for c in session.scalars(ordered)]


def travel(stop: Stop) -> Period | None:
    """The journey to this stop."""
    return next((period for purpose, _id, period in claims(stop) if purpose == "travel"), None)


def mails(request: BookingRequest) -> list[OutboxMail]:
    """What may still be read of it: not what was taken back."""
    session.expire_all()
    written = mails_about(request.subject)
    return [mail for mail in written if mail.state is not MailState.WITHDRAWN]


def told(request: BookingRequest) -> Counter[tuple[str, str]]:
    """To whom what kind of mail goes: the name before the @, and the calendar method or ""."""
    return Counter(
        (mail.to_address.partition("@")[0], mail.calendar_method or "") for mail in mails(request)
    )


def done_to(request: BookingRequest) -> list[str]:
    return [entry.action for entry in story(request.subject)]


def count_overlaps() -> int:
    return int(session.execute(OVERLAPS).scalar_one())


def stops_too_close() -> list[tuple[int, int]]:
    """Pairs of stops of one cube that follow each other faster than it can drive."""
    norms = current_norms()
    playing = select(Stop).where(Stop.state == StopState.CONFIRMED)
    in_order = playing.order_by(Stop.installation_id, Stop.stay_starts_at)
    return [
        (first.id, second.id)
        for first, second in pairwise(session.scalars(in_order))
        if first.installation_id == second.installation_id
        and second.stay_starts_at - first.stay_ends_at
        < travel_time(room_spot(first.room), room_spot(second.room), norms)
    ]


def set_norms(**norms: Any) -> None:
    def write() -> None:
        session.add_all(Setting(name=name, value=value) for name, value in norms.items())

    transact(write)


def sent(request: BookingRequest, now: datetime = LATER) -> None:
    """As the worker does: all that is due has left."""

    def send() -> None:
        for mail in mails(request):
            if mail.due_at <= now:
                mail.state, mail.sent_at = MailState.SENT, now

    transact(send)


def row_counts() -> dict[str, int]:
    """How much there is of everything: a refusal leaves nothing behind."""
    tables = db.metadata.sorted_tables
    return {
        table.name: session.execute(text(f"SELECT count(*) FROM {table.name}")).scalar_one()  # noqa: S608
        for table in tables
    }
