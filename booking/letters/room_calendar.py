"""From a change of a room booking to what calendars have to hear of it.

Take `standing_of` before the change and `tell` after it: entries that came, went or changed are
found by comparing, so no change can be forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from booking.letters.entries import Series
from booking.letters.posting import CalendarNews, Writer, post
from booking.models import Invitation, RoomBooking, RoomDate
from core.db import session
from core.language import gettext as _
from core.mail import Message, Recipient
from venues.models import Room

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


def news_for(venue_id: int, news: Iterable[CalendarNews]) -> list[CalendarNews]:
    """What the hosts of one venue have to hear: a date apart may be in another."""
    return [each for each in news if _room_of(each).venue_id == venue_id]


def _room_of(news: CalendarNews) -> Room:
    entry = news.entry
    return entry.booking.room if isinstance(entry, Series) else entry.room


def tell(
    booking: RoomBooking,
    before: Standing,
    letters: Iterable[tuple[Recipient, Writer]],
    *,
    event: str,
    now: datetime,
) -> None:
    """Post each letter with all that changed in calendars."""
    send(booking, letters, news_since(before, booking, now), event=event, now=now)


def send(
    booking: RoomBooking,
    letters: Iterable[tuple[Recipient, Writer]],
    news: Sequence[CalendarNews],
    *,
    event: str,
    now: datetime,
) -> None:
    """Post each letter with this news: one mail holds one entry, so the further entries come in
    short letters of their own."""
    for to, write in letters:
        post(write, to, booking, event=event, now=now, news=news[0] if news else None)
        for number, further in enumerate(news[1:], 2):
            write_further = partial(_further, booking, further)
            post(write_further, to, booking, event=f"{event}:{number}", now=now, news=further)


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
