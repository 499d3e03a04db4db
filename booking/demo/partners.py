"""Partners to invite: names of organisations in Utrecht, every contact made up. One was invited and
one letter waits as a draft."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from booking import services
from booking.letters.outreach import proposal
from booking.models import Outreach
from booking.queries.inviting import fitting_rooms, invitees_in
from booking.rules.outreach import InviteeKind, PartnerDetails
from booking.services.inviting import Letter
from core.db import session
from core.fields import new_form_token
from core.history import COMMAND
from venues.facts import districts

ROWS = Path(__file__).with_name("partners.csv")
BINNENSTAD = "06"


def keep_partners(now: datetime) -> None:
    with ROWS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _add(row["name"], row["pc4"], row["note"], now - timedelta(days=100))


def invite(now: datetime) -> None:
    """Two from the district where the cube never was: one a while ago, one not sent yet."""
    there = invitees_in(BINNENSTAD, fitting_rooms(BINNENSTAD), now)
    first, second, *_ = [each.key for each in there if each.kind is InviteeKind.PARTNER]
    invited = _draft(first, now - timedelta(days=70))
    services.send_invitation(
        invited.id, _letter(), version=None, by=COMMAND, now=now - timedelta(days=70)
    )
    _draft(second, now - timedelta(hours=2))


def _draft(key: str, at: datetime) -> Outreach:
    services.draft_invitations(
        BINNENSTAD, [key], _letter(), form_token=new_form_token(), by=COMMAND, now=at
    )
    return session.scalars(select(Outreach).order_by(Outreach.id.desc()).limit(1)).one()


def _letter() -> Letter:
    begin = proposal(districts()[BINNENSTAD].name, None)
    return Letter(begin.subject_line, begin.words)


def _add(name: str, pc4: str, note: str, now: datetime) -> None:
    details = PartnerDetails(
        name=name,
        postcode=pc4,
        contact_name="De coördinator",
        email=address_of(name),
        phone="030 000 00 02",
        note=note,
        source="Voorbeeld",
    )
    services.add_partner(details, by=COMMAND, now=now)


def address_of(name: str) -> str:
    """Under an ending that no mail server has."""
    letters = "".join(each for each in name.lower() if each.isascii() and each.isalnum())
    return f"contact@{letters[:40]}.example"
