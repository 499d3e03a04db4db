"""From an event to the letters that follow it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from booking.letters import asker as to_asker
from booking.letters import crew as to_crew
from booking.letters.entries import Part
from booking.letters.option_events import end_option
from booking.letters.posting import CalendarNews, own_link, post, post_to_each, thread_of
from booking.letters.recipients import asker, crew, parts_of, planners
from booking.models import BookingRequest, Option, Stop
from booking.queries.moments import intakes_for
from core import outbox
from core.clock import local_date
from core.mail import Message, Recipient

ToCrew = Callable[[Part | None], Message]  # for whoever plays: their own part of the stop


def submitted(request: BookingRequest, *, now: datetime) -> None:
    intakes = intakes_for([choice.wish for choice in request.choices], local_date(now))
    write = partial(to_asker.submitted, request, intakes, own_link(request, now))
    post(write, asker(request), request, event="submitted", now=now)
    _tell_planners(request, "submitted", now)


def reopened(request: BookingRequest, *, now: datetime) -> None:
    """The asker took an alternative: the theatre has to decide again."""
    _tell_planners(request, f"reopened:{now:%Y%m%d%H%M%S}", now)


def declined(request: BookingRequest, option: Option | None, *, now: datetime) -> None:
    write = partial(to_asker.declined, request, own_link(request, now))
    end_option(write, request, option, f"declined:{now:%Y%m%d%H%M%S}", now)


def withdrawn(request: BookingRequest, option: Option | None, *, now: datetime) -> None:
    end_option(partial(to_asker.withdrawn, request), request, option, "withdrawn", now)
    write = partial(to_crew.withdrawn, request)
    post_to_each(write, planners(), request, event="withdrawn", now=now)


def confirmed(request: BookingRequest, stop: Stop, *, now: datetime) -> None:
    """Everybody who has to be there; nothing leaves before the time for undo is over."""
    stop.invitation.revise()
    news = CalendarNews.of(stop, "REQUEST", now)
    event, until = f"stop:{stop.id}:confirmed", stop.undo_until
    write = partial(to_asker.confirmed, request, stop, own_link(request, now))
    post(write, asker(request), request, event=event, now=now, not_before=until, news=news)
    letter = partial(to_crew.confirmed, request, stop)
    post_to_crew(letter, crew(request, stop), request, stop, event, now, news)


def take_back(request: BookingRequest, stop: Stop, *, now: datetime) -> bool:
    """Keep the letters about a confirmation from leaving. False: one may have left already."""
    return outbox.withdraw(thread_of(request), now, held_until=stop.undo_until).left == 0


def moved(
    request: BookingRequest,
    stop: Stop,
    told_before: Iterable[Recipient],
    *,
    why: str,
    now: datetime,
    is_recast: bool = False,
) -> None:
    """New time, place or performer for who stays; who is no longer needed hears that too.

    To whoever has not been told of the confirmation yet, this is the confirmation.
    """
    if now < stop.undo_until and take_back(request, stop, now=now):
        confirmed(request, stop, now=now)
        return
    if is_unheard_of(request, stop, now):
        confirmed(request, stop, now=now)  # to everybody it is new
        return
    stop.invitation.revise()
    news = CalendarNews.of(stop, "REQUEST", now)
    event = f"stop:{stop.id}:moved:{stop.invitation.sequence}"
    tell = to_asker.recast if is_recast else to_asker.moved
    write = partial(tell, request, stop, why, own_link(request, now))
    post(
        write, asker(request), request, event=event, now=now, not_before=stop.undo_until, news=news
    )
    needed, told = crew(request, stop), list(told_before)
    knew = {person.address for person in told}
    changed = to_crew.recast if is_recast else to_crew.moved
    for letter, people in (
        (changed, [person for person in needed if person.address in knew]),
        (to_crew.joins, [person for person in needed if person.address not in knew]),
    ):
        written = partial(letter, request, stop, why)
        post_to_crew(written, people, request, stop, event, now, news)
    still_needed = {asker(request).address, *(person.address for person in needed)}
    gone = CalendarNews(stop, "CANCEL", news.stamp)
    not_needed = [person for person in told if person.address not in still_needed]
    write = partial(to_crew.no_longer_needed, request)
    post_to_each(write, not_needed, request, event=event, now=now, news=gone)


def cancelled(request: BookingRequest, stop: Stop, *, why: str, now: datetime) -> None:
    """Everybody who has to know; the crew does not when it has not heard of the stop yet."""
    told = [] if is_unheard_of(request, stop, now) else crew(request, stop)
    stop.invitation.revise()
    news = CalendarNews.of(stop, "CANCEL", now)
    event = f"stop:{stop.id}:cancelled"
    link = own_link(request, now) if request.alternatives else ""
    write = partial(to_asker.cancelled, request, stop, why, link)
    post(write, asker(request), request, event=event, now=now, news=news)
    letter = partial(to_crew.cancelled, request, stop, why)
    post_to_crew(letter, told, request, stop, event, now, news)


def post_to_crew(
    letter: ToCrew,
    people: Iterable[Recipient],
    request: BookingRequest,
    stop: Stop,
    event: str,
    now: datetime,
    news: CalendarNews,
) -> None:
    """Each reads, and has in the calendar, the part that is theirs; never before time for undo."""
    parts, until = parts_of(stop), stop.undo_until if news.method == "REQUEST" else None
    for person in people:
        own = parts.get(person.address)
        write, entry = partial(letter, own), news.about(own)
        post(write, person, request, event=event, now=now, not_before=until, news=entry)


def is_unheard_of(request: BookingRequest, stop: Stop, now: datetime) -> bool:
    """Whether no letter about the stop has left; those that wait are taken back."""
    return now < stop.undo_until and take_back(request, stop, now=now)


def _tell_planners(request: BookingRequest, event: str, now: datetime) -> None:
    write = partial(to_crew.new_request, request)
    post_to_each(write, planners(), request, event=event, now=now)
