"""A room is open less than it was: what whoever is hit reads, and how it leaves calendars."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256

from booking.letters.entries import address_of
from booking.letters.posting import Writer, own_link, post, post_to_each
from booking.letters.recipients import hosts_of, planners
from booking.letters.room_asker import when
from booking.letters.room_calendar import Standing, tell
from booking.letters.room_readers import contact
from booking.models import RoomBooking, RoomDate, Stop
from booking.phrases.finder import walking
from booking.queries.alternatives import FreeMoment
from booking.queries.closing import HitDate
from booking.rules.naming import with_time
from booking.rules.room_lifecycle import DateState
from core.errors import phrase
from core.filters import day_and_span, long_date
from core.language import gettext as _
from core.language import ngettext
from core.mail import Action, Message, Recipient
from core.site import site
from venues.models import Room
from venues.rules.hits import Hit

SHOWN = 3  # dates with what is free instead; further ones can be looked up

Instead = Sequence[list[FreeMoment]]


def ended(
    booking: RoomBooking,
    before: Standing,
    dates: Sequence[RoomDate],
    instead: Instead,
    words: str,
    *,
    now: datetime,
) -> None:
    """Whoever booked hears it with what is free instead; everybody's calendar follows."""
    room = dates[0].room
    own = own_link(booking, now) if booking.live_dates else ""
    letters: list[tuple[Recipient, Writer]] = [
        (contact(booking), partial(_for_asker, booking, dates, instead, words, own))
    ]
    letters += [
        (host, partial(_for_host, booking, dates, words)) for host in hosts_of(room.venue_id)
    ]
    tell(booking, before, letters, event=f"closed:{_mark(dates)}", now=now)


def goes_on_otherwise(
    booking: RoomBooking, hit: Sequence[HitDate], words: str, *, now: datetime
) -> None:
    """It goes on in a room that became too small: whoever booked should know in time."""
    dates = [each.date for each in hit]
    own = own_link(booking, now)
    write = partial(_changed_room, booking, dates, hit[0].hit, words, own)
    post(write, contact(booking), booking, event=f"changed:{_mark(dates)}", now=now)


def stop_is_hit(stop: Stop, hit: Hit, words: str, *, now: datetime) -> None:
    """The cube stays where it is until theatre and host have talked."""
    request = stop.booking_request
    write = partial(_for_planner, stop, hit, words)
    post_to_each(write, planners(), request, event=f"hit:{hit.key}", now=now)


def no_longer_fit(room: Room, hits: Sequence[Hit], *, now: datetime) -> None:
    """The hosts of a room hear what stands in it and does not fit; the same list only once."""
    mark = sha256("\n".join(hit.key for hit in hits).encode()).hexdigest()[:16]
    write = partial(_for_host_to_look, room, hits)
    people = hosts_of(room.venue_id) or planners()
    post_to_each(write, people, OfRoom(room), event=f"recheck:{mark}", now=now)


class OfRoom:
    """A room as what a letter is about."""

    def __init__(self, room: Room) -> None:
        self.subject = ("room", room.id)


def _mark(dates: Iterable[RoomDate]) -> str:
    """Tells these dates, at these times, from others of the same booking."""
    said = ",".join(f"{date.id}@{date.starts_at:%Y%m%d%H%M}" for date in dates)
    return sha256(said.encode()).hexdigest()[:16]


def _for_asker(
    booking: RoomBooking, dates: Sequence[RoomDate], instead: Instead, words: str, own: str
) -> Message:
    room, number = dates[0].room, len(dates)
    return Message(
        subject=_(
            "Gaat niet door: %(room)s (%(reference)s)",
            room=room.full_name,
            reference=booking.reference,
        ),
        paragraphs=(
            ngettext(
                "De ruimte kan op deze datum toch niet. Dit gaat daarom niet door.",
                "De ruimte kan op %(num)d van jullie data toch niet. Die gaan daarom niet door.",
                number,
            ),
            *((_("De beheerder zegt: %(words)s", words=words),) if words else ()),
            _("Het spijt ons. Hieronder staat wat er nu nog vrij is."),
            *_others(booking),
        ),
        facts=(
            (_("Waarvoor"), booking.purpose),
            (_("Gaat niet door"), when(list(dates))),
            *_free(dates, instead),
            (_("Nummer"), booking.reference),
        ),
        action=_onward(booking, instead, own),
        footnote=_phone(room),
    )


def _others(booking: RoomBooking) -> tuple[str, ...]:
    """What becomes of the rest of the series."""
    return (
        *((_("Jullie andere data gaan door."),) if booking.dates_in(DateState.CONFIRMED) else ()),
        *((_("Over data die nog wachten hoor je apart."),) if booking.answer_until else ()),
    )


def _free(dates: Sequence[RoomDate], instead: Instead) -> list[tuple[str, str]]:
    several = len(dates) > 1
    return [
        (
            _("In plaats van %(day)s", day=long_date(date.starts_at)) if several else _("Wel vrij"),
            "; ".join(moment(each, date.room) for each in found)
            or _("niets in de buurt: kijk op een andere dag"),
        )
        for date, found in zip(dates, instead, strict=False)
    ]


def moment(free: FreeMoment, asked_for: Room) -> str:
    """For example "vrijdag 5 februari 2027, 19.00 – 21.00 uur" or, elsewhere, with where."""
    if free.room.id == asked_for.id:
        return day_and_span(free.period)
    where = f"{free.room.full_name} ({walking(free.walking)})"
    return _("%(when)s in %(where)s", when=day_and_span(free.period), where=where)


def _onward(booking: RoomBooking, instead: Instead, own: str) -> Action:
    """To the rest of the series, else to the first that is free, else to looking for oneself."""
    if own:
        return Action(_("Bekijk je reservering"), site().url(f"/reservering/{own}"))
    first = next((found[0] for found in instead if found), None)
    if first is None:
        return Action(_("Zoek een andere ruimte"), site().url("/ruimtes"))
    path = f"/ruimtes/{first.room.id}/reserveren"
    address = with_time(path, first.period, mensen=booking.people)
    return Action(_("Kies een andere tijd"), site().url(address))


def _for_host(booking: RoomBooking, dates: Sequence[RoomDate], words: str) -> Message:
    room = dates[0].room
    return Message(
        subject=_(
            "Gaat niet door in %(room)s (%(reference)s)",
            room=room.full_name,
            reference=booking.reference,
        ),
        paragraphs=(
            _("Dit kan niet meer in jullie ruimte. De organisatie kreeg ook een mail."),
            *((_("Erbij staat: %(words)s", words=words),) if words else ()),
        ),
        facts=(
            (_("Organisatie"), booking.organisation.name),
            (_("Waarvoor"), booking.purpose),
            (_("Gaat niet door"), when(list(dates))),
            (_("Contact"), f"{booking.contact_name} {booking.contact_phone}".strip()),
        ),
    )


def _changed_room(
    booking: RoomBooking, dates: Sequence[RoomDate], hit: Hit, words: str, own: str
) -> Message:
    room = dates[0].room
    return Message(
        subject=_(
            "Er is iets veranderd aan %(room)s (%(reference)s)",
            room=room.full_name,
            reference=booking.reference,
        ),
        paragraphs=(
            _("Jullie afspraak gaat door. Er veranderde wel iets aan de ruimte:"),
            *(phrase(finding) for finding in hit.findings),
            *((_("De beheerder zegt: %(words)s", words=words),) if words else ()),
            _("Past het zo niet? Bel de beheerder, of zoek een andere ruimte."),
        ),
        facts=(
            (_("Waarvoor"), booking.purpose),
            (_("Waar"), address_of(room)),
            (_("Wanneer"), when(list(dates))),
            (_("Mensen"), str(booking.people)),
        ),
        action=Action(_("Bekijk je reservering"), site().url(f"/reservering/{own}")),
        footnote=_phone(room),
    )


def _for_planner(stop: Stop, hit: Hit, words: str) -> Message:
    return Message(
        subject=_(
            "De kubus past niet meer in %(room)s op %(day)s",
            room=stop.room.full_name,
            day=long_date(stop.starts_at),
        ),
        paragraphs=(
            *(phrase(finding) for finding in hit.findings),
            *((_("De beheerder zegt: %(words)s", words=words),) if words else ()),
            _("De speelbeurt blijft staan. Bel de beheerder en spreek af wat jullie doen."),
        ),
        facts=(
            (_("Organisatie"), hit.who),
            (_("Verblijf"), day_and_span(hit.period)),
            (_("Telefoon van de plek"), stop.room.venue.phone or _("niet bekend")),
        ),
        action=Action(
            _("Bekijk de speelbeurt"),
            site().url(f"/planning/aanvragen/{stop.booking_request_id}"),
        ),
    )


def _for_host_to_look(room: Room, hits: Sequence[Hit]) -> Message:
    return Message(
        subject=_("Kijk deze afspraken na in %(room)s", room=room.full_name),
        paragraphs=(
            ngettext(
                "Er staat een afspraak die niet meer past. Wij veranderen niets: kijk wat er kan.",
                "Er staan %(num)d afspraken die niet meer passen. Wij veranderen niets: "
                "kijk wat er kan.",
                len(hits),
            ),
            _("Gaat het door? Dan hoef je niets te doen. Gaat het niet door? Bel de organisatie."),
        ),
        facts=tuple(
            (
                day_and_span(hit.period),
                " ".join([f"{hit.who}, {hit.what}.", *(phrase(each) for each in hit.findings)]),
            )
            for hit in hits
        ),
        action=Action(_("Bekijk je ruimte"), site().url(f"/mijn-ruimtes/ruimtes/{room.id}")),
    )


def _phone(room: Room) -> str:
    phone = room.venue.phone
    return _("Bel de beheerder op %(phone)s als je iets wilt vragen.", phone=phone) if phone else ""
