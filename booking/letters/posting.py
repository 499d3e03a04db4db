"""A letter into the outbox, with its calendar part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from booking.invites import InvitationValues, invitation
from booking.letters.entries import Entry, Series, own_invitation, values_of
from booking.models import SideItem
from core import links, outbox
from core.language import speaking
from core.mail import CalendarPart, Message, Recipient
from core.site import site

Writer = Callable[[], Message]  # called in the reader's language


class About(Protocol):
    """A request or a booking: what letters are about."""

    @property
    def subject(self) -> tuple[str, int]: ...


@dataclass(frozen=True, slots=True)
class CalendarNews:
    """What becomes of an entry in people's calendars: it is there as said, or it goes."""

    entry: Entry
    method: str  # REQUEST or CANCEL
    stamp: datetime

    @classmethod
    def of(cls, entry: Entry, method: str, now: datetime) -> "CalendarNews":
        """Take the next stamp once; all who are told of one change get the same."""
        return cls(entry, method, own_invitation(entry).next_stamp(now))

    def about(self, entry: Entry | None) -> "CalendarNews":
        """The same news for who has it otherwise in their calendar; None: as everybody."""
        return replace(self, entry=entry) if entry else self


def thread_of(about: About) -> str:
    """All mails about one request or booking are one conversation, whoever reads along."""
    kind, subject_id = about.subject
    return f"{kind.removeprefix('booking_')}:{subject_id}"


def own_link(about: About, now: datetime) -> str:
    """A fresh key to the page of what it is about: only hashes are kept, so an earlier one cannot
    be repeated; it keeps working."""
    return links.issue(*about.subject, now=now)


def _branch(entry: Entry) -> str:
    """A further entry of a booking is a conversation of its own: in one conversation a newer
    invitation takes the place of one that still waits."""
    if isinstance(entry, SideItem):
        return f":side:{entry.id}"
    is_further = isinstance(entry, Series) and not entry.is_main
    return f":{entry.invitation.id}" if is_further else ""


def post(
    write: Writer,
    to: Recipient,
    about: About,
    *,
    event: str,
    now: datetime,
    not_before: datetime | None = None,
    news: CalendarNews | None = None,
    as_draft: bool = False,
) -> None:
    """`event` tells this letter from the others to the same person about the same thing."""
    thread = thread_of(about) + (_branch(news.entry) if news else "")
    with speaking(to.language):
        message = write()
        calendar = _calendar_part(news, message, to) if news else None
    outbox.post(
        message,
        to,
        key=f"{thread_of(about)}:{event}:{to.address}",
        thread=thread,
        about=about.subject,
        now=now,
        not_before=not_before,
        calendar=calendar,
        as_draft=as_draft,
    )


def post_to_each(
    write: Writer,
    people: Iterable[Recipient],
    about: About,
    *,
    event: str,
    now: datetime,
    not_before: datetime | None = None,
    news: CalendarNews | None = None,
) -> None:
    """The same letter to several, each in their own language."""
    for to in people:
        post(write, to, about, event=event, now=now, not_before=not_before, news=news)


def _calendar_part(news: CalendarNews, message: Message, to: Recipient) -> CalendarPart:
    own = own_invitation(news.entry)
    values = InvitationValues(
        **values_of(news.entry),
        uid=own.uid,
        sequence=own.sequence,
        stamp=news.stamp,
        created_at=own.created_at,
        modified_at=news.stamp,
        description="\n".join([*(f"{term}: {value}" for term, value in message.facts)]),
        organizer_name=site().theatre,
        organizer_address=own.organizer,
        attendee_name=to.name,
        attendee_address=to.address,
    )
    return CalendarPart(news.method, invitation(values, news.method), own.organizer)
