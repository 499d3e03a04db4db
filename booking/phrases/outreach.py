"""Of partners and of invitations to ask for the cube."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.outreach import InviteeKind
from core.filters import long_date
from core.language import gettext as _

Data = Mapping[str, Any]


def invitee_kind(kind: InviteeKind) -> str:
    return {
        InviteeKind.PARTNER: _("partner"),
        InviteeKind.ORGANISATION: _("vroeg eerder"),
        InviteeKind.HOST: _("beheerder"),
    }[kind]


def partner_changes(changed: Mapping[str, Any]) -> str:
    """`changed`: field -> [before, after]; of contact details only that they changed."""
    known = {
        "name": _("naam"),
        "postcode": _("postcode"),
        "contact_name": _("contactpersoon"),
        "email": _("e-mailadres"),
        "phone": _("telefoon"),
        "note": _("notitie"),
        "source": _("bron"),
    }
    return ", ".join(
        _("%(what)s van “%(before)s” naar “%(after)s”", what=known[name], before=old, after=new)
        if old or new
        else known[name]  # of contact details only that they changed
        for name, (old, new) in changed.items()
        if name in known
    )


PHRASES: dict[str, Callable[[Data], str]] = {
    "partner_known": lambda d: _(
        "%(name)s staat al op de lijst. Wijzig die regel.", name=d["name"]
    ),
    "no_such_partner": lambda _d: _("Deze partner staat niet op de lijst."),
    "partner_changed_meanwhile": lambda _d: _(
        "Iemand anders wijzigde deze partner net. Kijk wat er nu staat en bewaar opnieuw."
    ),
    "invitee_gone": lambda _d: _(
        "Iemand die je koos staat niet meer op de lijst. Kies opnieuw wie je uitnodigt."
    ),
    "invitee_refused": lambda d: _(
        "%(name)s vroeg om geen uitnodigingen meer. Gooi dit concept weg.", name=d["name"]
    ),
    "invitee_has_draft": lambda d: _(
        "Voor %(name)s staat al een concept klaar in de post.", name=d["name"]
    ),
    "invited_lately": lambda d: _(
        "%(name)s kreeg op %(day)s al een uitnodiging.", name=d["name"], day=long_date(d["at"])
    ),
    "no_such_invitation": lambda _d: _("Deze uitnodiging is er niet meer."),
    "invitation_no_draft": lambda _d: _("Deze uitnodiging is al verstuurd of weggegooid."),
    "invitation_changed_meanwhile": lambda _d: _(
        "Iemand anders wijzigde dit concept net. Kijk wat je wilt versturen en probeer opnieuw."
    ),
}
