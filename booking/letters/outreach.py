"""The letter that invites to ask for the cube: what planners begin with, and how it reads."""

from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from booking.letters.posting import own_link, post
from booking.models import Outreach
from core.filters import long_date
from core.language import gettext as _
from core.language import speaking
from core.mail import Action, Message, Recipient
from core.outbox import drafts
from core.site import site


class Proposal(NamedTuple):
    subject_line: str
    words: str


def proposal(district: str, last_visit_on: date | None) -> Proposal:
    """What a planner can begin with, in the language being spoken."""
    return Proposal(
        _("Komt de kubus ook naar jullie wijk?"),
        "\n\n".join(
            [
                _(
                    "De kubus van %(theatre)s reist door Utrecht. Er passen twee bezoekers in, en"
                    " één speler. In twintig minuten hoor je een verhaal en raak je met elkaar in"
                    " gesprek.",
                    theatre=site().theatre,
                ),
                " ".join(
                    [
                        _been_there(district, last_visit_on),
                        _("We komen er graag, en jullie kennen de buurt."),
                    ]
                ),
                _(
                    "Willen jullie de kubus een dagdeel ontvangen, met mensen uit de wijk?"
                    " Aanvragen duurt een paar minuten. Kies een moment dat jullie past."
                ),
            ]
        ),
    )


def _been_there(district: str, last_visit_on: date | None) -> str:
    if last_visit_on is None:
        return _("In de wijk %(district)s waren we nog niet.", district=district)
    return _(
        "In de wijk %(district)s waren we voor het laatst op %(day)s.",
        district=district,
        day=long_date(last_visit_on),
    )


def addressee(outreach: Outreach) -> Recipient:
    return Recipient(outreach.greeted_as, outreach.address)


def drafted(outreach: Outreach, *, now: datetime) -> None:
    """It waits in the outbox for whoever sends it."""
    post(
        partial(invitation, outreach, own_link(outreach, now)),
        addressee(outreach),
        outreach,
        event="invitation",
        now=now,
        as_draft=True,
    )


def rewritten(outreach: Outreach, *, now: datetime) -> None:
    to = addressee(outreach)
    with speaking(to.language):
        message = invitation(outreach, own_link(outreach, now))
    drafts.rewrite(drafts.draft_about(outreach.subject), message, to)


def invitation(outreach: Outreach, link: str) -> Message:
    return Message(
        subject=outreach.subject_line,
        paragraphs=tuple(part.strip() for part in outreach.words.split("\n\n") if part.strip()),
        action=Action(_("Vraag de kubus aan"), site().url(outreach.asks_at)),
        way_out=Action(_("Nodig ons niet meer uit"), site().url(f"/uitnodiging/{link}")),
    )
