"""Others play than before: who comes, who goes and whose times change is told, and nobody else."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from booking.letters import crew as to_crew
from booking.letters.entries import Part
from booking.letters.events import confirmed, is_unheard_of
from booking.letters.posting import CalendarNews, Writer, post
from booking.letters.recipients import crew, parts_of
from booking.models import BookingRequest, Stop


def recast(
    request: BookingRequest, stop: Stop, before: Mapping[str, Part], *, why: str, now: datetime
) -> None:
    """`before`: the own times of who played until now, by address.

    To whoever has not been told of the stop yet, this is the confirmation.
    """
    after = parts_of(stop)
    changed = {own for own in after if own not in before or before[own] != after[own]}
    gone = set(before) - set(after)
    if not changed | gone:
        return
    if is_unheard_of(request, stop, now):
        confirmed(request, stop, now=now)
        return
    stop.invitation.revise()
    news = CalendarNews.of(stop, "REQUEST", now)
    event = f"stop:{stop.id}:cast:{stop.invitation.sequence}"
    for person in crew(request, stop):
        own = after.get(person.address)
        if own and person.address in changed:
            write: Writer = partial(to_crew.joins, request, stop, why, own)
            if person.address in before:
                write = partial(to_crew.plays_otherwise, request, stop, why, own)
            post(
                write,
                person,
                request,
                event=event,
                now=now,
                not_before=stop.undo_until,
                news=news.about(own),
            )
    needed = {person.address for person in crew(request, stop)}
    for address in sorted(gone - needed):
        part = before[address]
        write = partial(to_crew.no_longer_needed, request)
        cancelled = CalendarNews(part, "CANCEL", news.stamp)
        post(write, part.person, request, event=event, now=now, news=cancelled)
