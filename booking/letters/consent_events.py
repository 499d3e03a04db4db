"""From an answer of a host, or the lack of one, to the letters that follow it."""

from datetime import datetime
from functools import partial

from booking.letters import consent_host as to_host
from booking.letters import consent_others as to_others
from booking.letters.posting import CalendarNews, Writer, own_link, post, post_to_each
from booking.letters.recipients import asker, hosts_of, planners
from booking.models import BookingRequest, HostConsent, Option
from booking.queries.near_rooms import FreeRoom
from venues.models import Room


def host_asked(
    request: BookingRequest,
    consent: HostConsent,
    *,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Each host gets a key of their own; any of them may answer."""
    for person in hosts_of(consent.room.venue_id):
        write = partial(to_host.asked, request, consent, own_link(consent, now))
        event = f"consent:{consent.id}"
        post(write, person, request, event=event, now=now, not_before=not_before)


def host_reminded(request: BookingRequest, consent: HostConsent, *, now: datetime) -> None:
    for person in hosts_of(consent.room.venue_id):
        write = partial(to_host.reminded, request, consent, own_link(consent, now))
        event = f"consent:{consent.id}:reminded:{_stamp(consent.answer_until)}"
        post(write, person, request, event=event, now=now)


def host_dropped(
    request: BookingRequest,
    consent: HostConsent,
    *,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    write, people = partial(to_host.dropped, request, consent), hosts_of(consent.room.venue_id)
    event = f"consent:{consent.id}:dropped:{_stamp(consent.dropped_at or now)}"
    post_to_each(write, people, request, event=event, now=now, not_before=not_before)


def host_agreed(request: BookingRequest, consent: HostConsent, *, now: datetime) -> None:
    """The asker hears it as long as the theatre still has to decide."""
    event = f"consent:{consent.id}:yes:{_stamp(now)}"
    _tell_planners(partial(to_others.agreed_for_planner, request, consent), request, event, now)
    if request.decided_at is None:
        write = partial(to_others.agreed_for_asker, request, consent, own_link(request, now))
        post(write, asker(request), request, event=event, now=now)


def host_refused(
    request: BookingRequest,
    consent: HostConsent,
    option: Option | None,
    near: list[FreeRoom],
    *,
    was_confirmed: bool,
    now: datetime,
) -> None:
    """`option`: the one that ended by it, which leaves the calendar of the asker."""
    event = f"consent:{consent.id}:no:{_stamp(now)}"
    news = None
    if option:
        option.invitation.revise()
        news = CalendarNews.of(option, "CANCEL", now)
    write = partial(to_others.refused_for_asker, request, consent, near, own_link(request, now))
    post(write, asker(request), request, event=event, now=now, news=news)
    about = partial(to_others.refused_for_planner, request, consent, near, was_confirmed)
    _tell_planners(about, request, event, now)


def confirmation_refused(request: BookingRequest, consent: HostConsent, *, now: datetime) -> None:
    """Of a place the asker has not heard of: it was confirmed and taken back at once."""
    event = f"consent:{consent.id}:no:{_stamp(now)}"
    write = partial(to_others.refused_for_planner, request, consent, (), True)
    _tell_planners(write, request, event, now)


def host_took_back(request: BookingRequest, consent: HostConsent, *, now: datetime) -> None:
    """After everybody was told: nothing is called off yet, and both others know why they wait."""
    event = f"consent:{consent.id}:back:{_stamp(now)}"
    _tell_planners(partial(to_others.taken_back_for_planner, request, consent), request, event, now)
    write = partial(to_others.taken_back_for_asker, request, consent, own_link(request, now))
    post(write, asker(request), request, event=event, now=now)


def host_thinks(request: BookingRequest, consent: HostConsent, *, now: datetime) -> None:
    event = f"consent:{consent.id}:later:{_stamp(now)}"
    _tell_planners(partial(to_others.later_for_planner, request, consent), request, event, now)
    if request.decided_at is None:
        write = partial(to_others.later_for_asker, request, consent, own_link(request, now))
        post(write, asker(request), request, event=event, now=now)


def host_silent(request: BookingRequest, consent: HostConsent, *, now: datetime) -> None:
    event = f"consent:{consent.id}:silent:{_stamp(consent.answer_until)}"
    _tell_planners(partial(to_others.silent_for_planner, request, consent), request, event, now)
    if request.decided_at is None:
        write = partial(to_others.silent_for_asker, request, consent, own_link(request, now))
        post(write, asker(request), request, event=event, now=now)


def promise_due(request: BookingRequest, *, now: datetime) -> None:
    assert request.answer_until is not None
    event = f"promise:{request.answer_until:%Y%m%d%H%M}"
    _tell_planners(partial(to_others.promise_for_planner, request), request, event, now)


def measures_asked(request: BookingRequest, room: Room, *, now: datetime) -> int:
    """Once a day at most. Returns how many hosts are asked."""
    asked = hosts_of(room.venue_id)
    write = partial(to_host.measures, request, room)
    post_to_each(write, asked, request, event=f"measures:{room.id}:{now:%Y%m%d}", now=now)
    return len(asked)


def _tell_planners(write: Writer, request: BookingRequest, event: str, now: datetime) -> None:
    post_to_each(write, planners(), request, event=event, now=now)


def _stamp(now: datetime) -> str:
    return f"{now:%Y%m%d%H%M%S}"
