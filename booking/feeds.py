"""Calendars to subscribe to and to save."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from booking.feed_lines import quick_agenda
from booking.invites import Entry, EntryStatus, agenda
from booking.models import SeatBooking, Stop
from booking.queries.agenda import AgendaStop, FeedState, feed_state, feed_stops
from core.filters import day_and_span, time_span
from core.language import gettext as _
from core.language import language
from core.period import Period
from core.site import site
from venues.facts import District
from venues.models import Room

EDITION = "2"  # to be raised when the same stops come to be written differently


def agenda_name(district: District | None) -> str:
    if district:
        return _("Speelplek: de kubus in %(district)s", district=district.name)
    return _("Speelplek: de kubus in Utrecht")


def public_agenda(now: datetime, district: District | None = None) -> bytes:
    """The public calendar, of the whole city or of one district."""
    return _calendar(
        feed_stops(now, district),
        name=agenda_name(district),
        uid=_uid("agenda", district.number if district else "utrecht"),
        path=f"/agenda?wijk={district.number}" if district else "/agenda",
    )


def agenda_version(now: datetime, district: District | None = None) -> FeedState:
    """The version of `public_agenda`, much cheaper than making it."""
    state = feed_state(now, district)
    about = [EDITION, language(), site().url("/"), site().theatre, site().phone, state.tag]
    return FeedState(sha256("\n".join(about).encode()).hexdigest()[:32], state.modified_at)


def one_stop(stop: AgendaStop) -> bytes:
    """To save one stop in a calendar of one's own."""
    return _calendar(
        [stop], name=_title(stop), uid=_uid("speelbeurt", stop.id), path=f"/speelbeurten/{stop.id}"
    )


def own_stop(stop: Stop) -> bytes:
    """For whoever asked for it: the very entry that was mailed, with the place also when closed."""
    entry = Entry(
        uid=stop.invitation.uid,
        sequence=stop.invitation.sequence,
        created_at=stop.invitation.created_at,
        modified_at=stop.changed_at,
        period=stop.period,
        title=f"{stop.installation.name}: {stop.installation.piece}",
        place=f"{stop.room.full_name}, {stop.room.venue.address}",
        description="; ".join(time_span(each.period) for each in stop.sessions),
        url=site().url("/agenda"),
        status=EntryStatus.CONFIRMED,
    )
    name = _("De kubus komt")
    uid, url = _uid("afspraak", stop.id), site().url("/agenda")
    return agenda([entry], name=name, description="", uid=uid, url=url)


def room_busy(room: Room, busy: Iterable[Period]) -> bytes:
    """When a room cannot be had, for everybody: nothing of who is there, or why."""
    path = f"/ruimtes/{room.id}"
    return quick_agenda(
        (_busy(room, period, path) for period in busy),
        name=_("Speelplek: %(room)s", room=room.full_name),
        description=_("Wanneer deze ruimte bezet is."),
        uid=_uid("ruimte", room.id),
        url=site().url(path),
    )


def _busy(room: Room, period: Period, path: str) -> Entry:
    """Its name is its time: another time is another entry, so this one never changes."""
    times = (f"{moment:%Y%m%dT%H%M}" for moment in (period.start, period.end))
    return Entry(
        uid=_uid("bezet", room.id, *times),
        sequence=0,
        created_at=room.created_at,
        modified_at=room.created_at,
        period=period,
        title=_("Bezet: %(room)s", room=room.full_name),
        place="",
        description="",
        url=site().url(path),
        status=EntryStatus.CONFIRMED,
    )


def own_seat(booking: SeatBooking) -> bytes:
    """For a visitor, to save: when and where to be."""
    encounter = booking.encounter
    stop = encounter.stop
    entry = Entry(
        uid=_uid("plaats", booking.id),
        sequence=booking.version,
        created_at=booking.created_at,
        modified_at=max(booking.created_at, stop.changed_at),
        period=encounter.period,
        title=stop.public_title,
        place=f"{stop.room.full_name}, {stop.room.venue.address}",
        description=stop.room.venue.arrival,
        url=site().url(f"/speelbeurten/{stop.id}"),
        status=EntryStatus.CONFIRMED,
    )
    name, uid, url = stop.public_title, _uid("bezoek", booking.id), site().url("/agenda")
    return agenda([entry], name=name, description="", uid=uid, url=url)


def _calendar(stops: Iterable[AgendaStop], *, name: str, uid: str, path: str) -> bytes:
    return quick_agenda(
        (entry for stop in stops for entry in _entries(stop)),
        name=name,
        description=_(
            "Waar de kubus van %(theatre)s speelt. Vragen? Bel %(phone)s.",
            theatre=site().theatre,
            phone=site().phone,
        ),
        uid=uid,
        url=site().url(path),
    )


def _entries(stop: AgendaStop) -> Iterator[Entry]:
    """One for each playing time: between two of them lies, perhaps, a night."""
    for number, session in enumerate(stop.sessions, 1):
        yield Entry(
            uid=_uid("speelbeurt", stop.id, number),
            sequence=stop.revision,
            created_at=stop.created_at,
            modified_at=stop.changed_at,
            period=session,
            title=_title(stop),
            place=f"{stop.venue_name}, {stop.address}" if stop.venue_name else "",
            description=_description(stop),
            url=site().url(f"/speelbeurten/{stop.id}"),
            status=EntryStatus.CANCELLED if stop.is_cancelled else EntryStatus.CONFIRMED,
        )


def _title(stop: AgendaStop) -> str:
    if stop.is_closed:
        return _("Besloten speelbeurt in %(district)s", district=stop.district.name)
    return stop.title


def _description(stop: AgendaStop) -> str:
    if stop.is_cancelled:
        return _("Deze speelbeurt gaat niet door.")
    if stop.is_closed:
        return _("Alleen voor mensen van de organisatie die de kubus ontvangt.")
    times = "; ".join(time_span(session) for session in stop.sessions)
    around = [
        _("%(title)s: %(when)s.", title=item.title, when=day_and_span(item.period))
        for item in stop.programme
    ]
    opened = _(
        "De kubus is open: %(times)s. Kom alleen of samen. Wijk: %(district)s.",
        times=times,
        district=stop.district.name,
    )
    return "\n".join([opened, *around])


def _uid(kind: str, *parts: object) -> str:
    return "-".join([kind, *map(str, parts)]) + f"@{site().domain}"
