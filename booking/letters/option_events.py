"""From an event of an option to the letters that follow it."""

from datetime import datetime
from functools import partial

from booking.letters import options as to_asker
from booking.letters.posting import CalendarNews, Writer, own_link, post, post_to_each
from booking.letters.recipients import asker, planners
from booking.models import BookingRequest, Option


def optioned(request: BookingRequest, option: Option, *, now: datetime) -> None:
    option.invitation.revise()
    post(
        partial(to_asker.optioned, request, option, own_link(request, now)),
        asker(request),
        request,
        event=f"option:{option.id}",
        now=now,
        news=CalendarNews.of(option, "REQUEST", now),
    )


def ranked(
    request: BookingRequest, option: Option, before: int, *, why: str, now: datetime
) -> None:
    """Its place in line is another than it was; nothing changes in calendars."""
    write = to_asker.moved_up if option.rank < before else to_asker.moved_down
    post(
        partial(write, request, option, why, own_link(request, now)),
        asker(request),
        request,
        event=f"option:{option.id}:rank:{now:%Y%m%d%H%M%S}",
        now=now,
    )


def challenged(request: BookingRequest, option: Option, *, now: datetime) -> None:
    post(
        partial(to_asker.challenged, request, option, own_link(request, now)),
        asker(request),
        request,
        event=f"option:{option.id}:challenged",
        now=now,
    )


def wanted(request: BookingRequest, option: Option, *, now: datetime) -> None:
    """The theatre can confirm."""
    write = partial(to_asker.wanted, request, option)
    post_to_each(write, planners(), request, event=f"option:{option.id}:wanted", now=now)


def option_ends_soon(request: BookingRequest, option: Option, *, now: datetime) -> None:
    post(
        partial(to_asker.ends_soon, request, option, own_link(request, now)),
        asker(request),
        request,
        event=f"option:{option.id}:ends-soon",
        now=now,
    )


def expired(request: BookingRequest, option: Option, *, now: datetime) -> None:
    end_option(partial(to_asker.expired, request, option), request, option, "expired", now)


def released(request: BookingRequest, option: Option, *, why: str, now: datetime) -> None:
    write = partial(to_asker.released, request, option, why, own_link(request, now))
    end_option(write, request, option, f"option:{option.id}:released", now)


def overtaken(request: BookingRequest, option: Option, *, now: datetime) -> None:
    write = partial(to_asker.overtaken, request, option, own_link(request, now))
    end_option(write, request, option, f"option:{option.id}:overtaken", now)


def end_option(
    write: Writer, request: BookingRequest, option: Option | None, event: str, now: datetime
) -> None:
    """A letter that ends a request or its option; the entry of the option leaves the calendar."""
    news = None
    if option:
        option.invitation.revise()
        news = CalendarNews.of(option, "CANCEL", now)
    post(write, asker(request), request, event=event, now=now, news=news)
