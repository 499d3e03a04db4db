"""Others play than before: who comes, who goes and whose times change is told, and nobody else."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from booking.letters import crew as to_crew
from booking.letters.entries import Part
from booking.letters.events import confirmed, is_unheard_of, post_to_crew
from booking.letters.posting import CalendarNews, post
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
    people = crew(request, stop)
    for letter, known in ((to_crew.joins, False), (to_crew.plays_otherwise, True)):
        told = [p for p in people if p.address in changed and (p.address in before) is known]
        write = partial(letter, request, stop, why)
        post_to_crew(write, told, request, stop, event, now, news)
    needed = {person.address for person in people}
    for address in sorted(gone - needed):
        part = before[address]
        farewell = partial(to_crew.no_longer_needed, request)
        cancelled = CalendarNews(part, "CANCEL", news.stamp)
        post(farewell, part.person, request, event=event, now=now, news=cancelled)
