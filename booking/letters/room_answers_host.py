"""What hosts read of a question that waits, is answered or has lapsed. Inside `speaking`."""

from booking import phrases
from booking.letters.entries import address_of
from booking.letters.room_asker import when
from booking.models import RoomBooking, RoomDate
from booking.queries.host_answers import question_of
from booking.rules.host_answers import Question
from core.filters import clock_time, day_and_span, long_date, time_span
from core.language import gettext as _
from core.language import ngettext
from core.mail import Action, Message
from core.site import site

Dates = list[RoomDate]


def asked(booking: RoomBooking, dates: Dates, address: str) -> Message:
    """`dates`: those in this host's place; `address`: where the answer is given."""
    return Message(
        subject=_("%(organisation)s vraagt %(room)s (%(reference)s)", **_named(booking, dates[0])),
        paragraphs=(
            _("Kan het? Met één klik open je de vraag, met nog één klik geef je antwoord."),
            *_term(booking),
            *_certain(dates),
        ),
        facts=host_facts(booking, dates),
        action=_answer(address),
        footnote=_("De link opent een pagina. Er verandert pas iets als je daar antwoordt."),
    )


def reminded(booking: RoomBooking, dates: Dates, address: str) -> Message:
    return Message(
        subject=_(
            "Nog even: %(organisation)s wacht op antwoord over %(room)s (%(reference)s)",
            **_named(booking, dates[0]),
        ),
        paragraphs=(_("We hebben nog geen antwoord van jullie."), *_term(booking)),
        facts=host_facts(booking, dates),
        action=_answer(address),
    )


def agreed(booking: RoomBooking, dates: Dates) -> Message:
    return Message(
        subject=_(
            "Staat vast: %(organisation)s in %(room)s (%(reference)s)", **_named(booking, dates[0])
        ),
        paragraphs=(
            _("Jullie zeiden ja. De uitnodiging voor je agenda zit hierbij."),
            *_welcome(dates[0]),
        ),
        facts=host_facts(booking, dates),
    )


def expired(booking: RoomBooking, dates: Dates) -> Message:
    return Message(
        subject=_(
            "Verlopen: de vraag van %(organisation)s over %(room)s (%(reference)s)",
            **_named(booking, dates[0]),
        ),
        paragraphs=(
            _("Er kwam geen antwoord op tijd. De organisatie heeft dat gehoord."),
            _("Kan het toch? Bel de organisatie: dan vragen ze het opnieuw."),
        ),
        facts=host_facts(booking, dates),
    )


def host_facts(booking: RoomBooking, dates: Dates) -> tuple[tuple[str, str], ...]:
    waiting = [(date, question) for date in dates if (question := question_of(date))]
    return (
        (_("Organisatie"), booking.organisation.name),
        (_("Waarvoor"), booking.purpose),
        (_("Waar"), "\n".join(dict.fromkeys(address_of(date.room) for date in dates))),
        (_("Wanneer"), _moved(waiting) or when(dates)),
        *(((_("Hoe vaak"), phrases.frequency(booking.frequency)),) if booking.is_series else ()),
        (_("Mensen"), str(booking.people)),
        (_("Contact"), f"{booking.contact_name} {booking.contact_phone}".strip()),
        (_("Nummer"), booking.reference),
    )


def _moved(waiting: list[tuple[RoomDate, Question]]) -> str:
    """The old time and the new one, where a certain date is asked to move."""
    return "\n".join(
        _("%(new)s (nu %(old)s)", new=day_and_span(question.wanted), old=time_span(date))
        for date, question in waiting
        if question.stands
    )


def _term(booking: RoomBooking) -> tuple[str, ...]:
    until = booking.answer_until
    if until is None:
        return ()
    day, time = long_date(until), clock_time(until)
    return (_("Antwoorden kan tot %(day)s, %(time)s uur.", day=day, time=time),)


def _certain(dates: Dates) -> tuple[str, ...]:
    certain = sum(date.is_confirmed for date in dates)
    if not certain:
        return ()
    return (ngettext("%(num)d datum staat al vast.", "%(num)d data staan al vast.", certain),)


def _welcome(date: RoomDate) -> tuple[str, ...]:
    opened_by = date.room.venue.opened_by
    return (_("Wie opendoet: %(who)s", who=opened_by),) if opened_by else ()


def _named(booking: RoomBooking, date: RoomDate) -> dict[str, str]:
    return {
        "organisation": booking.organisation.name,
        "room": date.room.full_name,
        "reference": booking.reference,
    }


def _answer(address: str) -> Action:
    return Action(_("Geef antwoord"), site().url(address))
