"""What hosts read when who booked their room changes it. Written inside `speaking`."""

from booking.letters.room_asker import when
from booking.letters.room_changes_asker import changes, where
from booking.letters.room_moves import Moved
from booking.models import RoomBooking, RoomDate
from booking.rules.room_lifecycle import DateState
from core.filters import long_date
from core.language import gettext as _
from core.language import ngettext
from core.mail import Action, Message
from core.site import site

Facts = tuple[tuple[str, str], ...]


def cancelled(
    booking: RoomBooking, dates: list[RoomDate], late: list[RoomDate], why: str
) -> Message:
    is_late = any(date in late for date in dates)
    return Message(
        subject=_(
            "%(organisation)s annuleert: %(dates)s (%(reference)s)",
            dates=_days(dates),
            **_named(booking),
        ),
        paragraphs=(
            _("De ruimte is dan weer vrij. Je hoeft niets te doen.")
            if any(date.state is DateState.CANCELLED for date in dates)
            else _("Je hoeft hierop niet meer te antwoorden."),
            *((_("Dit is later dan jullie hadden afgesproken."),) if is_late else ()),
            *((_("De reden: %(words)s", words=why),) if why else ()),
        ),
        facts=((_("Gaat niet door"), when(dates)), *_about(booking, dates)),
    )


def moved(booking: RoomBooking, venue_id: int, what: Moved, address: str) -> Message:
    """`address`: where the host answers; empty when nothing waits for an answer there."""
    asks = bool(address) and what.waits
    subject = _("%(organisation)s verandert een reservering (%(reference)s)", **_named(booking))
    if asks:
        subject = _("%(organisation)s vraagt een andere tijd (%(reference)s)", **_named(booking))
    return Message(
        subject=subject,
        paragraphs=(*_gone_or_come(venue_id, what, asks), *_asked(booking, what, asks)),
        facts=(*changes(what), *_about(booking, [was.date for was in what.every])),
        action=Action(_("Geef antwoord"), site().url(address)) if asks else None,
        footnote=_("De link opent een pagina. Er verandert pas iets als je daar antwoordt.")
        if asks
        else "",
    )


def accepted(booking: RoomBooking, dates: list[RoomDate]) -> Message:
    return Message(
        subject=_("%(organisation)s neemt jullie voorstel aan (%(reference)s)", **_named(booking)),
        paragraphs=(_("De nieuwe tijd staat vast. De uitnodiging voor je agenda zit hierbij."),),
        facts=((_("Wanneer"), when(dates)), *_about(booking, dates)),
    )


def refused(booking: RoomBooking, dates: list[RoomDate], address: str) -> Message:
    stays = _("De tijd die vaststond, blijft staan. Je hoeft niets te doen.")
    asked = _("De eerste vraag staat nog open: kan het toch op de tijd die ze vroegen?")
    return Message(
        subject=_("%(organisation)s kan niet op de andere tijd (%(reference)s)", **_named(booking)),
        paragraphs=(asked if address else stays,),
        facts=((_("Wanneer"), when(dates)), *_about(booking, dates)),
        action=Action(_("Geef antwoord"), site().url(address)) if address else None,
    )


def taken_back(booking: RoomBooking, dates: list[RoomDate]) -> Message:
    return Message(
        subject=_("Toch geen andere tijd: %(organisation)s (%(reference)s)", **_named(booking)),
        paragraphs=(_("Je hoeft niet meer te antwoorden. Dit blijft zoals het was."),),
        facts=((_("Wanneer"), when(dates)), *_about(booking, dates)),
    )


def details(booking: RoomBooking, dates: list[RoomDate]) -> Message:
    return Message(
        subject=_("%(organisation)s past de reservering aan (%(reference)s)", **_named(booking)),
        paragraphs=(_("Tijd en plek blijven zoals ze waren. Zo is het nu:"),),
        facts=((_("Wanneer"), when(dates)), *_about(booking, dates)),
    )


def _gone_or_come(venue_id: int, what: Moved, asks: bool) -> tuple[str, ...]:
    gone = [was for was in what.every if was.date.room.venue_id != venue_id]
    come = [was for was in what.every if was.room.venue_id != venue_id]
    said = []
    if gone:
        said.append(
            ngettext(
                "%(num)d datum gaat naar een andere plek. Bij jullie is de ruimte dan weer vrij.",
                "%(num)d data gaan naar een andere plek. Bij jullie is de ruimte dan weer vrij.",
                len(gone),
            )
        )
    if come:
        said.append(
            ngettext(
                "%(num)d datum komt van een andere plek naar jullie.",
                "%(num)d data komen van een andere plek naar jullie.",
                len(come),
            )
        )
    if what.at_once and not asks:
        said.append(_("Dit staat meteen vast. Je hoeft niets te doen."))
    return tuple(said)


def _asked(booking: RoomBooking, what: Moved, asks: bool) -> tuple[str, ...]:
    if not asks:
        return ()
    stands = _("Zeg je nee of niets, dan blijft de oude tijd staan.")
    until = booking.answer_until
    return (
        _("Kan de nieuwe tijd?"),
        *((stands,) if what.proposed else ()),
        *((_("Antwoorden kan tot en met %(day)s.", day=long_date(until)),) if until else ()),
    )


def _about(booking: RoomBooking, dates: list[RoomDate]) -> Facts:
    return (
        (_("Waarvoor"), booking.purpose),
        (_("Waar"), where(dates)),
        (_("Mensen"), str(booking.people)),
        (_("Organisatie"), booking.organisation.name),
        (_("Contact"), f"{booking.contact_name} {booking.contact_phone}".strip()),
        (_("Nummer"), booking.reference),
    )


def _days(dates: list[RoomDate]) -> str:
    if len(dates) == 1:
        return long_date(dates[0].starts_at)
    return ngettext("%(num)d datum", "%(num)d data", len(dates))


def _named(booking: RoomBooking) -> dict[str, str]:
    return {"organisation": booking.organisation.name, "reference": booking.reference}
