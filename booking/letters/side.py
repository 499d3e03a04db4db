"""Who hears what of something around a stop: the partner, the organisation that proposed it, the
hosts of its room and the planners."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from booking.letters import side_words as words_of
from booking.letters.posting import CalendarNews, Writer, own_link, post
from booking.letters.recipients import asker, hosts_of, planners
from booking.models import Invitation, SideItem
from booking.rules.side import SideState
from core.mail import Message, Recipient

ToReader = Callable[["Reader"], Message]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to whom it is theirs, with the way to the page on which they can change it."""

    to: Recipient
    path: str
    is_asker: bool


def proposed(item: SideItem, *, now: datetime) -> None:
    tell(item, partial(words_of.proposed, item), "proposed", now)
    if item.is_from_asker:
        tell_planners(item, partial(words_of.to_decide, item), "proposed", now)


def changed(item: SideItem, *, now: datetime) -> None:
    """Whoever it is for reads it as it is now: by whom it was changed does not matter."""
    if item.is_from_asker:
        tell(item, partial(words_of.proposed, item), "changed", now)
    tell_planners(item, partial(words_of.to_decide_again, item), "chosen-again", now)


def replaced(item: SideItem, *, now: datetime) -> None:
    """Somebody else will do it; called while the item still names who would."""
    if item.email != item.stop.booking_request.contact_email:
        to = Recipient(item.partner, item.email, item.language)
        deliver(item, partial(words_of.replaced, item), to, "replaced", now)


def agreed(item: SideItem, *, now: datetime) -> None:
    item.invitation.revise()
    news = CalendarNews.of(item, "REQUEST", now)
    tell(item, partial(words_of.agreed, item), "agreed", now, news)
    tell_hosts(item, partial(words_of.room_taken, item), "agreed", now)


def declined(item: SideItem, words: str, *, now: datetime) -> None:
    tell(item, partial(words_of.declined, item, words), "declined", now)


def asked_to_change(item: SideItem, words: str, *, now: datetime) -> None:
    tell(item, partial(words_of.asked_to_change, item, words), "to-change", now)


def withdrawn(item: SideItem, words: str, *, was_agreed: bool, now: datetime) -> None:
    write = partial(words_of.withdrawn, item, words)
    end(item, write, words_of.room_free, "withdrawn", was_agreed, now)
    tell_planners(item, partial(words_of.to_planner, item, words), "withdrawn", now)


def stop_changed(item: SideItem, why: str, *, was_agreed: bool, now: datetime) -> None:
    write = words_of.again if item.state is SideState.AGAIN else words_of.cancelled
    end(item, partial(write, item, why), words_of.room_free, item.state.value, was_agreed, now)


def end(
    item: SideItem,
    write: ToReader,
    to_host: Callable[[SideItem], Message],
    event: str,
    was_agreed: bool,
    now: datetime,
) -> None:
    """What was agreed leaves the calendar; if it comes back, that is a new entry."""
    if not was_agreed:
        tell(item, write, event, now)
        return
    item.invitation.revise()
    tell(item, write, event, now, CalendarNews.of(item, "CANCEL", now))
    tell_hosts(item, partial(to_host, item), event, now)
    item.invitation = Invitation.begin(now)


def readers(item: SideItem, now: datetime) -> list[Reader]:
    """Each address once: an organisation may well do it itself."""
    request = item.stop.booking_request
    found = []
    if item.is_from_asker:
        path = f"/aanvraag/{own_link(request, now)}/programma/{item.id}"
        found.append(Reader(asker(request), path, is_asker=True))
    if not item.is_from_asker or item.email != request.contact_email:
        to = Recipient(item.partner, item.email, item.language)
        found.append(Reader(to, f"/programma/{own_link(item, now)}", is_asker=False))
    return [each for each in found if each.to.address]


def tell(
    item: SideItem, write: ToReader, event: str, now: datetime, news: CalendarNews | None = None
) -> None:
    for reader in readers(item, now):
        deliver(item, partial(write, reader), reader.to, event, now, news)


def tell_hosts(item: SideItem, write: Writer, event: str, now: datetime) -> None:
    people: Iterable[Recipient] = hosts_of(item.room.venue_id) if item.room else ()
    for person in people:
        deliver(item, write, person, f"host-{event}", now)


def tell_planners(item: SideItem, write: Writer, event: str, now: datetime) -> None:
    for person in planners():
        deliver(item, write, person, f"planner-{event}", now)


def deliver(
    item: SideItem,
    write: Writer,
    to: Recipient,
    event: str,
    now: datetime,
    news: CalendarNews | None = None,
) -> None:
    request = item.stop.booking_request
    name = f"side:{item.id}:{event}:{item.version}"  # each change of it is another version
    post(write, to, request, event=name, now=now, not_before=item.stop.undo_until, news=news)
