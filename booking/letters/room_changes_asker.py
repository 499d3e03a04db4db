"""What reads who changed a booking of a room. Written inside `speaking`."""

from booking.letters.entries import address_of
from booking.letters.room_asker import SHOWN, facts, when
from booking.letters.room_moves import Moved, Was
from booking.models import RoomBooking, RoomDate
from core.filters import day_and_span, long_date, time_span
from core.language import gettext as _
from core.language import ngettext
from core.mail import Action, Message
from core.period import Period
from core.site import site


def cancelled(
    booking: RoomBooking, dates: list[RoomDate], left: list[RoomDate], link: str
) -> Message:
    """`left`: dates still to come."""
    goes_on = _("De andere data blijven staan.") if left else _("Er staat niets meer gepland.")
    return Message(
        subject=_(
            "Geannuleerd: %(what)s (%(reference)s)", what=_what(booking, dates), **_ref(booking)
        ),
        paragraphs=(_("Bedankt voor het doorgeven. De ruimte is dan weer vrij."), goes_on),
        facts=(
            (_("Gaat niet door"), when(dates)),
            (_("Waar"), where(dates)),
            *(((_("Blijft staan"), when(left)),) if left else ()),
        ),
        action=own_page(link),
    )


def moved(booking: RoomBooking, what: Moved, link: str) -> Message:
    said = []
    if what.at_once:
        said.append(_("Je wijziging staat meteen vast, en komt in je agenda."))
    if what.asked:
        said.append(_("De beheerder kijkt of de nieuwe tijd kan. Nog niets staat vast."))
    if what.proposed:
        said.append(
            _("De beheerder kijkt of de nieuwe tijd kan. Tot die ja zegt, blijft de oude staan.")
        )
    if what.waits and booking.answer_until:
        said.append(_("Uiterlijk %(day)s hoor je meer.", day=long_date(booking.answer_until)))
    subject = _("Je reservering is veranderd (%(reference)s)", **_ref(booking))
    if not what.at_once:
        subject = _("Je vraagt een andere tijd (%(reference)s)", **_ref(booking))
    return Message(
        subject=subject, paragraphs=tuple(said), facts=changes(what), action=own_page(link)
    )


def accepted(booking: RoomBooking, dates: list[RoomDate], link: str) -> Message:
    return Message(
        subject=_("De nieuwe tijd staat vast (%(reference)s)", **_ref(booking)),
        paragraphs=(_("Je nam de tijd die de beheerder voorstelde. Hij staat nu in je agenda."),),
        facts=((_("Wanneer"), when(dates)), (_("Waar"), where(dates))),
        action=own_page(link),
    )


def details(booking: RoomBooking, link: str) -> Message:
    return Message(
        subject=_("Je reservering heeft een andere naam (%(reference)s)", **_ref(booking)),
        paragraphs=(_("Je agenda krijgt de nieuwe naam. Tijd en plek blijven zoals ze waren."),),
        facts=facts(booking),
        action=own_page(link),
    )


def changes(what: Moved) -> tuple[tuple[str, str], ...]:
    """From what to what, for each kind of change."""
    every = (
        (_("Verandert"), what.at_once),
        (_("Gevraagd"), what.asked),
        (_("Voorgesteld"), what.proposed),
    )
    return tuple((term, _lines(changed)) for term, changed in every if changed)


def where(dates: list[RoomDate]) -> str:
    """Each place once."""
    return "; ".join(dict.fromkeys(address_of(date.room) for date in dates))


def own_page(link: str) -> Action:
    return Action(_("Bekijk je reservering"), site().url(f"/reservering/{link}"))


def _lines(changed: list[Was]) -> str:
    shown = "; ".join(_line(was) for was in changed[:SHOWN])
    more = len(changed) - SHOWN
    if more <= 0:
        return shown
    return ngettext("%(dates)s; en nog %(num)d", "%(dates)s; en nog %(num)d", more, dates=shown)


def _line(was: Was) -> str:
    """Where it goes first, then where it comes from, or still is."""
    if _is_open(was):
        becomes = was.date.proposed or was.period
        return _("%(new)s (nu %(old)s)", new=day_and_span(becomes), old=_old(was.period, becomes))
    old, new = _old(was.period, was.date.period), day_and_span(was.date.period)
    if was.date.room is not was.room:
        new, old = f"{new}, {was.date.room.full_name}", f"{old}, {was.room.full_name}"
    return _("%(new)s (was %(old)s)", new=new, old=old)


def _is_open(was: Was) -> bool:
    """Only proposed: the date itself is as it was."""
    return was.date.period == was.period and was.date.proposed is not None


def _old(old: Period, new: Period) -> str:
    return time_span(old) if long_date(old.start) == long_date(new.start) else day_and_span(old)


def _what(booking: RoomBooking, dates: list[RoomDate]) -> str:
    if len(dates) == 1:
        return _(
            "%(purpose)s op %(day)s", purpose=booking.purpose, day=long_date(dates[0].starts_at)
        )
    return ngettext(
        "%(purpose)s, %(num)d datum",
        "%(purpose)s, %(num)d data",
        len(dates),
        purpose=booking.purpose,
    )


def _ref(booking: RoomBooking) -> dict[str, str]:
    return {"reference": booking.reference}
