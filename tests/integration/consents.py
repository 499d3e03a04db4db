"""A small Utrecht in which hosts are asked, and what they do."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from booking import services
from booking.models import BookingRequest, HostConsent
from booking.rules.consent import HostAnswer, HostReason
from core import history
from core.db import session, transact
from core.history import Actor
from core.outbox import OutboxMail
from people.models import Role
from tests.builders import (
    AFTERNOON,
    LUNETTEN,
    NOW,
    OVERVECHT,
    asked,
    cube,
    performer,
    person,
    room,
    submitted,
)
from tests.integration.bookings import mails
from venues.models import Room

DAY = timedelta(days=1)
TOMORROW = NOW + DAY
ALL = (AFTERNOON.key,)
FATIMA, BEA, NOOR, SAM = (f"{name}@stut.example" for name in ("fatima", "bea", "noor", "sam"))


def town() -> tuple[Room, Room, Room]:
    """Two rooms in one neighbourhood, of Fatima and of Bea; one further away without a host.

    A planner, a cube and its performers are there too.
    """
    return transact(_town)


def _town() -> tuple[Room, Room, Room]:
    cube()
    for name in ("Christiaan", "Ricardo", "Elias"):
        performer(name)
    person("Noor", Role.PLANNER)
    return (
        room("De Huiskamer", host=person("Fatima", Role.HOST)),
        room("De Buurtkamer", OVERVECHT, host=person("Bea", Role.HOST)),
        room("De Speler", LUNETTEN),
    )


def asked_for(place: Room | None, now: datetime = NOW) -> BookingRequest:
    """Sam asks for the cube, a day before anything else happens."""
    return submitted(asked(place.id if place else None, email=SAM), now=now)


def consent_of(request: BookingRequest) -> HostConsent:
    session.expire_all()
    assert request.consent
    return request.consent


def says(
    consent: HostConsent,
    answer: HostAnswer,
    *,
    version: int | None = None,
    by: Actor = history.ASKER,
    now: datetime = TOMORROW,
) -> HostConsent:
    return transact(services.answer_as_host, consent.id, answer, version=version, by=by, now=now)


def yes(words: str = "", moments: Sequence[str] = ALL) -> HostAnswer:
    return HostAnswer(says_yes=True, words=words, moments=tuple(moments))


def no(words: str = "", reason: HostReason = HostReason.IN_USE) -> HostAnswer:
    return HostAnswer(says_yes=False, reason=reason, words=words)


def letters(request: BookingRequest, to: str, since: datetime = NOW) -> list[OutboxMail]:
    """What somebody gets to read from a moment on."""
    written = mails(request)
    return [mail for mail in written if mail.to_address == to and mail.created_at >= since]


def subjects(request: BookingRequest, to: str, since: datetime = NOW) -> list[str]:
    """What it is about, without the number of the request."""
    number = re.compile(r" \(?K-\w+\)?")
    return [number.sub("", mail.subject) for mail in letters(request, to, since)]
