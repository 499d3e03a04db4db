"""From a change of a room booking to what calendars have to hear of it.

Take `standing_of` before the change and `tell` after it: entries that came, went or changed are
found by comparing, so no change can be forgotten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from booking.letters.entries import Entry, Series
from booking.letters.posting import CalendarNews, Writer, post
from booking.models import Invitation, RoomBooking, RoomDate
from core.db import session
from core.language import gettext as _
from core.mail import Message, Recipient

When = tuple[datetime, datetime, int]  # from, until, and the id of the room


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in calendars for a booking at one moment: when and where, by id of the date."""

    series: dict[int, When]  # confirmed dates by the rule, in order
    apart: dict[int, When]


NOTHING = Standing({}, {})  # before there was a booking


def standing_of(booking: RoomBooking) -> Standing:
    confirmed = [date for date in booking.dates if date.is_confirmed]
    return Standing(
        series={date.id: _when(date) for date in confirmed if not date.is_apart},
        apart={date.id: _when(date) for date in confirmed if date.is_apart},
    )


def _when(date: RoomDate) -> When:
    return date.starts_at, date.ends_at, date.room_id


def news_since(before: Standing, booking: RoomBooking, now: datetime) -> list[CalendarNews]:
    """Each entry that has to change in calendars, the series first."""
    after = standing_of(booking)
    return [*_of_series(before, after, booking, now), *_of_dates(before, after, booking, now)]


def tell(
    booking: RoomBooking,
    before: Standing,
    letters: Iterable[tuple[Recipient, Writer]],
    *,
    event: str,
    now: datetime,
    at: Mapping[int, Iterable[tuple[Recipient, Writer]]] | None = None,
) -> None:
    """Post each letter with what changed in calendars: one mail holds one entry, so the further
    entries come in short letters of their own.

    `at`: letters to hosts by the id of their venue, with the entries there and no others.
    """
    news = news_since(before, booking, now)
    for to, write in letters:
        _post_with(news, write, to, booking, event, now)
    for venue_id, of_venue in (at or {}).items():
        there = [each for each in news if _venue_of(each.entry) == venue_id]
        for to, write in of_venue:
            _post_with(there, write, to, booking, f"{event}:at{venue_id}", now)


def _post_with(
    news: list[CalendarNews],
    write: Writer,
    to: Recipient,
    booking: RoomBooking,
    event: str,
    now: datetime,
) -> None:
    post(write, to, booking, event=event, now=now, news=news[0] if news else None)
    for number, further in enumerate(news[1:], 2):
        write_further = partial(_further, booking, further)
        post(write_further, to, booking, event=f"{event}:{number}", now=now, news=further)


def _venue_of(entry: Entry) -> int:
    if isinstance(entry, Series):
        return entry.booking.room.venue_id
    return entry.room.venue_id


def _of_series(
    before: Standing, after: Standing, booking: RoomBooking, now: datetime
) -> list[CalendarNews]:
    if before.series == after.series:
        return []
    booking.invitation.revise()
    held = after.series or before.series
    entry = Series(booking, tuple(date for date in booking.dates if date.id in held))
    return [CalendarNews.of(entry, "REQUEST" if after.series else "CANCEL", now)]


def _of_dates(
    before: Standing, after: Standing, booking: RoomBooking, now: datetime
) -> list[CalendarNews]:
    by_id = {date.id: date for date in booking.dates}
    changed = sorted(set(before.apart.items()) ^ set(after.apart.items()))
    news = []
    for date_id in dict.fromkeys(date_id for date_id, _what in changed):
        date = by_id[date_id]
        invitation = _own_entry(date, now)
        invitation.revise()
        news.append(CalendarNews.of(date, "REQUEST" if date_id in after.apart else "CANCEL", now))
    return news


def _own_entry(date: RoomDate, now: datetime) -> Invitation:
    if date.invitation is None:
        date.invitation = Invitation.begin(now)
        session.flush()
    return date.invitation


def _further(booking: RoomBooking, news: CalendarNews) -> Message:
    """The letter for one more entry of the same change."""
    said = {"reference": booking.reference}
    if news.method == "CANCEL":
        return Message(
            subject=_("Uit je agenda (%(reference)s)", **said),
            paragraphs=(_("Deze datum hoort bij je reservering en gaat uit je agenda."),),
        )
    return Message(
        subject=_("Ook in je agenda (%(reference)s)", **said),
        paragraphs=(_("Deze datum hoort bij je reservering en heeft een eigen tijd of plek."),),
    )
