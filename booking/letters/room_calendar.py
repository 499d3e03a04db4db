"""From a change of a room booking to what calendars have to hear of it.

Take `standing_of` before the change and `tell` after it: entries that came, went or changed are
found by comparing, so no change can be forgotten. Which dates share an entry: `rules/strands.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from booking.letters.entries import Series, address_of
from booking.letters.posting import CalendarNews, Writer, post
from booking.letters.room_asker import when
from booking.models import Invitation, RoomBooking, RoomDate
from booking.rules.strands import Slot, Slots, heirs, strands
from core.db import session
from core.language import gettext as _
from core.language import ngettext
from core.mail import Message, Recipient
from core.period import Period
from venues.models import Room


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in calendars for a booking at one moment."""

    entries: Mapping[int, Slots] = field(default_factory=dict)  # by id of the invitation
    rooms: Mapping[int, Room] = field(default_factory=dict)
    purpose: str = ""


NOTHING = Standing()  # before there was a booking


def standing_of(booking: RoomBooking) -> Standing:
    entries: dict[int, dict[int, Slot]] = {}
    for date in booking.dates:
        if date.is_confirmed:
            entry = date.invitation or booking.invitation
            entries.setdefault(entry.id, {})[date.id] = slot_of(date)
    return Standing(entries, _rooms(booking), booking.purpose)


def slot_of(date: RoomDate) -> Slot:
    return Slot(date.day_on, date.period, date.room.id, date.room.venue_id)


def series_of(booking: RoomBooking) -> list[Series]:
    """All entries there are now, in order of time."""
    standing = standing_of(booking)
    entries = sorted(standing.entries.items(), key=lambda each: _first(each[1]).period)
    invitations = _invitations(booking)
    return [_series(booking, invitations[key], slots, standing) for key, slots in entries]


def news_since(before: Standing, booking: RoomBooking, now: datetime) -> list[CalendarNews]:
    """Each entry that has to change in calendars: the main one first, what goes last."""
    known = _invitations(booking)  # also those that stay behind without any date
    _share_entries(before, booking, now)
    after = standing_of(booking)
    invitations = known | _invitations(booking)
    changed = [
        _news_of(before, after, booking, invitations[entry_id], now)
        for entry_id in dict.fromkeys([*after.entries, *before.entries])
        if _is_news(before, after, entry_id)
    ]
    return sorted(changed, key=lambda news: (news.method == "CANCEL", not _is_main(news)))


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
    send(booking, letters, news, event=event, now=now)
    for venue_id, of_venue in (at or {}).items():
        there = news_for(venue_id, news)
        send(booking, of_venue, there, event=f"{event}:at{venue_id}", now=now)


def send(
    booking: RoomBooking,
    letters: Iterable[tuple[Recipient, Writer]],
    news: Sequence[CalendarNews],
    *,
    event: str,
    now: datetime,
) -> None:
    """Post each letter with this news, the further entries in short letters of their own."""
    for to, write in letters:
        post(write, to, booking, event=event, now=now, news=news[0] if news else None)
        for number, further in enumerate(news[1:], 2):
            write_further = partial(_further, booking, further)
            post(write_further, to, booking, event=f"{event}:{number}", now=now, news=further)


def news_for(venue_id: int, news: Iterable[CalendarNews]) -> list[CalendarNews]:
    """What the hosts of one venue have to hear."""
    return [each for each in news if each.entry.room and each.entry.room.venue_id == venue_id]


def _share_entries(before: Standing, booking: RoomBooking, now: datetime) -> None:
    """Give each confirmed date its entry: the one of all dates that go the same way."""
    dates = {date.id: date for date in booking.dates if date.is_confirmed}
    slots = {date_id: slot_of(date) for date_id, date in dates.items()}
    after = strands(slots, booking.frequency)
    entry_at = {position: entry for entry, position in heirs(before.entries, after).items()}
    invitations = _invitations(booking)
    is_main_new = booking.invitation.stamped_at is None  # what was cancelled does not come back
    for position, strand in enumerate(after):
        by_rule = not any(dates[date_id].is_apart for date_id in strand)
        if position in entry_at:
            entry = invitations[entry_at[position]]
        elif by_rule and is_main_new:
            entry = booking.invitation
        else:
            entry = _begin(now)
        for date_id in strand:
            dates[date_id].invitation = None if entry is booking.invitation else entry


def _begin(now: datetime) -> Invitation:
    entry = Invitation.begin(now)
    session.add(entry)
    session.flush()
    return entry


def _is_news(before: Standing, after: Standing, entry_id: int) -> bool:
    held, holds = before.entries.get(entry_id), after.entries.get(entry_id)
    is_renamed = holds is not None and before.purpose != after.purpose
    return held != holds or is_renamed


def _news_of(
    before: Standing,
    after: Standing,
    booking: RoomBooking,
    invitation: Invitation,
    now: datetime,
) -> CalendarNews:
    held, holds = before.entries.get(invitation.id, {}), after.entries.get(invitation.id, {})
    if held != holds:  # another name alone asks nobody for a new answer
        invitation.revise()
    if holds:
        return CalendarNews.of(_series(booking, invitation, holds, after), "REQUEST", now)
    return CalendarNews.of(_series(booking, invitation, held, before), "CANCEL", now)


def _series(
    booking: RoomBooking, invitation: Invitation, slots: Slots, standing: Standing
) -> Series:
    in_order = tuple(sorted(slots.values(), key=lambda slot: slot.period))
    return Series(booking, invitation, standing.rooms[in_order[0].room_id], in_order)


def _invitations(booking: RoomBooking) -> dict[int, Invitation]:
    own = [date.invitation for date in booking.dates if date.invitation]
    return {entry.id: entry for entry in (booking.invitation, *own)}


def _rooms(booking: RoomBooking) -> dict[int, Room]:
    return {date.room.id: date.room for date in booking.dates}


def _first(slots: Slots) -> Slot:
    return min(slots.values(), key=lambda slot: slot.period)


def _is_main(news: CalendarNews) -> bool:
    return isinstance(news.entry, Series) and news.entry.is_main


def _further(booking: RoomBooking, news: CalendarNews) -> Message:
    """The letter for one more entry of the same change."""
    assert isinstance(news.entry, Series)
    periods = [slot.period for slot in news.entry.slots]
    said, facts = {"reference": booking.reference}, _facts(news.entry, periods)
    if news.method == "CANCEL":
        return Message(
            subject=_("Uit je agenda (%(reference)s)", **said),
            paragraphs=(_goes(len(periods)),),
            facts=facts,
        )
    return Message(
        subject=_("Ook in je agenda (%(reference)s)", **said),
        paragraphs=(_comes(len(periods)),),
        facts=facts,
    )


def _facts(series: Series, periods: list[Period]) -> tuple[tuple[str, str], ...]:
    return (
        (_("Waarvoor"), series.booking.purpose),
        (_("Wanneer"), when(periods)),
        (_("Waar"), address_of(series.room)),
    )


def _goes(number: int) -> str:
    return ngettext(
        "Deze datum hoort bij dezelfde reservering en gaat uit je agenda.",
        "Deze data horen bij dezelfde reservering en gaan uit je agenda.",
        number,
    )


def _comes(number: int) -> str:
    return ngettext(
        "Deze datum hoort bij dezelfde reservering en heeft een eigen tijd of plek.",
        "Deze data horen bij dezelfde reservering en hebben een eigen tijd of plek.",
        number,
    )
