"""A letter into the outbox, with its calendar part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from booking.invites import InvitationValues, invitation
from booking.models import BookingRequest, Option, Stop
from core import outbox
from core.language import speaking
from core.mail import CalendarPart, Message, Recipient
from core.site import site

Writer = Callable[[], Message]  # called in the reader's language
Entry = Stop | Option


@dataclass(frozen=True, slots=True)
class CalendarNews:
    """What becomes of an entry in people's calendars: it is there as said, or it goes."""

    entry: Entry
    method: str  # REQUEST or CANCEL
    stamp: datetime

    @classmethod
    def of(cls, entry: Entry, method: str, now: datetime) -> "CalendarNews":
        """Take the next stamp once; all who are told of one change get the same."""
        return cls(entry, method, entry.invitation.next_stamp(now))


def thread_of(request: BookingRequest) -> str:
    """All mails about one request are one conversation, whoever reads along."""
    return f"request:{request.id}"


def post(
    write: Writer,
    to: Recipient,
    request: BookingRequest,
    *,
    event: str,
    now: datetime,
    not_before: datetime | None = None,
    news: CalendarNews | None = None,
) -> None:
    """`event` tells this letter from the others to the same person about the same request."""
    with speaking(to.language):
        message = write()
        calendar = _calendar_part(news, message, to) if news else None
    outbox.post(
        message,
        to,
        key=f"{thread_of(request)}:{event}:{to.address}",
        thread=thread_of(request),
        about=request.subject,
        now=now,
        not_before=not_before,
        calendar=calendar,
    )


def _calendar_part(news: CalendarNews, message: Message, to: Recipient) -> CalendarPart:
    entry, own = news.entry, news.entry.invitation
    values = InvitationValues(
        uid=own.uid,
        sequence=own.sequence,
        stamp=news.stamp,
        created_at=own.created_at,
        modified_at=news.stamp,
        period=entry.period,
        title=f"{entry.installation.name}: {entry.installation.piece}",
        place=f"{entry.room.full_name}, {entry.room.venue.address}",
        description="\n".join([*(f"{term}: {value}" for term, value in message.facts)]),
        url=site().url("/agenda"),
        status=_status(news),
        organizer_name=site().theatre,
        organizer_address=own.organizer,
        attendee_name=to.name,
        attendee_address=to.address,
    )
    return CalendarPart(news.method, invitation(values, news.method), own.organizer)


def _status(news: CalendarNews) -> str:
    return "TENTATIVE" if isinstance(news.entry, Option) else "CONFIRMED"
