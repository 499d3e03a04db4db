"""What an asker reads of a host's answer, or of none. Written inside `speaking`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from booking import phrases
from booking.letters.entries import address_of
from booking.letters.room_asker import when
from booking.models import RoomBooking, RoomDate
from booking.queries.alternatives import FreeMoment
from booking.rules.host_answers import NoReason
from core.clock import local_date, to_local
from core.filters import day_and_span, time_span
from core.language import gettext as _
from core.language import ngettext, speaking
from core.mail import Action, Message
from core.site import site
from venues.models import Room

Free = Sequence[FreeMoment]


@dataclass(slots=True)
class Said:
    """What a host said at once, by what became of the dates."""

    agreed: list[RoomDate] = field(default_factory=list)
    changed: list[RoomDate] = field(default_factory=list)  # certain, and now at another time
    refused: list[RoomDate] = field(default_factory=list)
    kept: list[RoomDate] = field(default_factory=list)  # another time was refused: the old stays
    offered: list[RoomDate] = field(default_factory=list)
    reason: NoReason | None = None
    why: str = ""  # in words, as the asker reads it

    @property
    def dates(self) -> list[RoomDate]:
        return [*self.agreed, *self.changed, *self.refused, *self.kept, *self.offered]

    @property
    def kinds(self) -> list[str]:
        names = ("agreed", "changed", "refused", "kept", "offered")
        return [name for name in names if getattr(self, name)]


def why_written(booking: RoomBooking, reason: NoReason | None, words: str) -> str:
    """The reason and what the host adds, as the asker will read it."""
    with speaking(booking.language):
        return " ".join(said for said in (phrases.no_reason(reason), words) if said)


def answered(booking: RoomBooking, said: Said, free: Free, link: str) -> Message:
    return Message(
        subject=f"{_headline(said)} ({booking.reference})",
        paragraphs=(*_lines(said), *((said.why,) if said.why else ()), *_ways_on(free)),
        facts=(
            (_("Waar"), _places(said.dates)),
            *_answer_facts(said),
            *(_welcome(said.agreed[0].room) if said.agreed else ()),
            *free_facts(free, booking.people),
            (_("Nummer"), booking.reference),
        ),
        action=_own_page(link, _("Zeg of de andere tijd past") if said.offered else ""),
        footnote=_host(booking),
    )


def given_away(booking: RoomBooking, dates: list[RoomDate], free: Free, link: str) -> Message:
    return Message(
        subject=_("Deze tijd ging naar een ander (%(reference)s)", reference=booking.reference),
        paragraphs=(
            given_away_line(),
            *((_still_asked(booking),) if booking.live_dates else ()),
            *_ways_on(free),
        ),
        facts=(
            (_("Waar"), _places(dates)),
            (_("Dit kan niet"), when(dates)),
            *free_facts(free, booking.people),
            (_("Nummer"), booking.reference),
        ),
        action=_own_page(link),
        footnote=_host(booking),
    )


def given_away_line() -> str:
    """Also shown to the host, before the answer."""
    return _(
        "Een andere organisatie vroeg dezelfde tijd en krijgt de ruimte."
        " Twee groepen tegelijk gaat niet."
    )


def expired(booking: RoomBooking, dates: list[RoomDate], free: Free, link: str) -> Message:
    return Message(
        subject=_("Geen antwoord gekregen (%(reference)s)", reference=booking.reference),
        paragraphs=(
            _("De beheerder antwoordde niet op tijd. Dat spijt ons."),
            _("Deze vraag is daarom verlopen: ga er niet van uit dat het kan."),
            *((_still_asked(booking),) if booking.live_dates else ()),
            *_ways_on(free),
        ),
        facts=(
            (_("Waar"), _places(dates)),
            (_("Verlopen"), when(dates)),
            *free_facts(free, booking.people),
            (_("Nummer"), booking.reference),
        ),
        action=_own_page(link),
        footnote=_host(booking),
    )


def offer_lapsed(booking: RoomBooking, dates: list[RoomDate], link: str) -> Message:
    """A proposal for a date that is certain: the old time simply stays."""
    return Message(
        subject=_("De oude tijd blijft staan (%(reference)s)", reference=booking.reference),
        paragraphs=(_("Er kwam geen antwoord op de andere tijd. De oude tijd geldt dus nog."),),
        facts=(
            (_("Waar"), _places(dates)),
            (_("Gaat door"), when(dates)),
            (_("Nummer"), booking.reference),
        ),
        action=_own_page(link),
    )


def free_facts(free: Free, people: int) -> tuple[tuple[str, str], ...]:
    """What is free instead, each with the address at which it is asked for."""
    return tuple((_free_where(each), _free_when(each, people)) for each in free)


def _headline(said: Said) -> str:
    room = said.dates[0].room.full_name
    if len(said.kinds) > 1:
        return _("Antwoord over %(room)s", room=room)
    return {
        "agreed": _("Het kan: %(room)s is voor jullie", room=room),
        "changed": _("De nieuwe tijd kan: %(room)s", room=room),
        "refused": _("Het kan niet: %(room)s", room=room),
        "kept": _("De oude tijd blijft staan: %(room)s", room=room),
        "offered": _("%(room)s kan wel op een andere tijd", room=room),
    }[said.kinds[0]]


def _lines(said: Said) -> tuple[str, ...]:
    lines = {
        "agreed": ngettext(
            "De beheerder zegt ja. Deze datum staat vast.",
            "De beheerder zegt ja. Deze %(num)d data staan vast.",
            len(said.agreed),
        ),
        "changed": _("De nieuwe tijd is goed en staat vast."),
        "refused": ngettext(
            "Voor deze datum zegt de beheerder nee.",
            "Voor %(num)d data zegt de beheerder nee.",
            len(said.refused),
        ),
        "kept": _("De andere tijd kan niet. De oude tijd blijft gewoon staan."),
        "offered": _("De beheerder stelt een andere tijd voor. Laat weten of die past."),
    }
    return tuple(lines[kind] for kind in said.kinds)


def _answer_facts(said: Said) -> tuple[tuple[str, str], ...]:
    certain = sorted([*said.agreed, *said.changed], key=lambda date: date.starts_at)
    facts = [
        (_("Gaat door"), when(certain)),
        (_("Dit kan niet"), when(said.refused)),
        (_("Blijft zoals het was"), when(said.kept)),
        (_("Voorstel"), _offers(said.offered)),
    ]
    return tuple((term, value) for term, value in facts if value)


def _welcome(room: Room) -> tuple[tuple[str, str], ...]:
    venue = room.venue
    known = [
        (_("Hoe kom je er"), venue.arrival),
        (_("Wie doet open"), venue.opened_by),
        (_("Waar wacht je"), venue.waiting_place),
    ]
    return tuple((term, value) for term, value in known if value)


def _offers(dates: list[RoomDate]) -> str:
    return "\n".join(
        _(
            "%(new)s (je vroeg %(old)s)",
            new=day_and_span(date.proposed),
            old=time_span(date),
        )
        for date in dates
        if date.proposed
    )


def _places(dates: list[RoomDate]) -> str:
    return "\n".join(dict.fromkeys(address_of(date.room) for date in dates))


def _ways_on(free: Free) -> tuple[str, ...]:
    if free:
        return (_("Dit is nu wel vrij. Met de link vraag je het meteen."),)
    return ()


def _free_where(free: FreeMoment) -> str:
    if not free.walking:
        return _("Wel vrij: %(room)s", room=free.room.full_name)
    return ngettext(
        "Wel vrij: %(room)s (%(num)d minuut lopen verderop)",
        "Wel vrij: %(room)s (%(num)d minuten lopen verderop)",
        free.walking,
        room=free.room.full_name,
    )


def _free_when(free: FreeMoment, people: int) -> str:
    return f"{day_and_span(free.period)}\n{_address_to_book(free, people)}"


def _address_to_book(free: FreeMoment, people: int) -> str:
    day, room = local_date(free.period.start), free.room
    start, end = to_local(free.period.start), to_local(free.period.end)
    asked = f"datum={day}&van={start:%H:%M}&tot={end:%H:%M}&mensen={people}"
    return site().url(f"/ruimtes/{room.id}/reserveren?{asked}")


def _still_asked(booking: RoomBooking) -> str:
    return ngettext(
        "Met %(num)d andere datum van je reservering verandert niets.",
        "Met %(num)d andere data van je reservering verandert niets.",
        len(booking.live_dates),
    )


def _host(booking: RoomBooking) -> str:
    return call(booking.room)


def call(room: Room) -> str:
    phone = room.venue.phone
    return _("Bel de beheerder op %(phone)s als er iets is.", phone=phone) if phone else ""


def _own_page(link: str, label: str = "") -> Action:
    return Action(label or _("Bekijk je reservering"), site().url(f"/reservering/{link}"))
