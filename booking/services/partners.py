"""The list of partners that planners keep."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from booking.models import Partner
from booking.rules.outreach import PartnerDetails
from core import history, submissions
from core.db import session
from core.findings import Refused, blocker
from core.history import Actor
from people.models import name_key
from venues.facts import Postcode, find_postcode

# Who somebody is and how to reach them stands in the row alone, where it can be erased.
NOT_IN_HISTORY = frozenset({"contact_name", "email", "phone"})


def add_partner(
    details: PartnerDetails, *, by: Actor, now: datetime, form_token: str = ""
) -> Partner:
    """The same form twice adds one partner."""
    content = asdict(details)
    earlier = submissions.once(form_token, content) if form_token else None
    if earlier is not None:
        return session.get_one(Partner, int(earlier))
    partner = Partner(created_at=now)
    _set(partner, details)
    session.add(partner)
    session.flush()
    if form_token:
        submissions.remember(form_token, content, str(partner.id), now)
    history.record("partner added", partner.subject, by=by, at=now)
    return partner


def change_partner(
    partner_id: int, details: PartnerDetails, *, version: int | None, by: Actor, now: datetime
) -> Partner:
    partner = _to_change(partner_id, version)
    what = _changed(partner_details(partner), details)
    if what:
        _set(partner, details)
        session.flush()
        history.record("partner changed", partner.subject, by=by, at=now, changed=what)
    return partner


def retire_partner(
    partner_id: int, *, why: str, version: int | None, by: Actor, now: datetime
) -> Partner:
    """Nobody is invited any more by way of this line; it stays for its history."""
    partner = _to_change(partner_id, version)
    if partner.retired_at is None:
        partner.retired_at = now
        session.flush()
        history.record("partner retired", partner.subject, by=by, at=now, why=why)
    return partner


def bring_back(partner_id: int, *, version: int | None, by: Actor, now: datetime) -> Partner:
    partner = _to_change(partner_id, version)
    if partner.retired_at is not None:
        _refuse_double(partner.name, partner.district_number, partner.id)
        partner.retired_at = None
        session.flush()
        history.record("partner back", partner.subject, by=by, at=now)
    return partner


def partner_details(partner: Partner) -> PartnerDetails:
    """As it is stored now, to fill in a form or to compare with."""
    return PartnerDetails(
        name=partner.name,
        postcode=partner.pc4,
        contact_name=partner.contact_name,
        email=partner.email,
        phone=partner.phone,
        note=partner.note,
        source=partner.source,
    )


def _set(partner: Partner, details: PartnerDetails) -> None:
    area = _area(details.postcode)
    _refuse_double(details.name, area.district.number, partner.id)
    for name, value in asdict(details).items():
        if name != "postcode":
            setattr(partner, name, value)
    partner.pc4, partner.district_number = area.pc4, area.district.number


def _area(postcode: str) -> Postcode:
    area = find_postcode(postcode)
    if area is None:
        raise Refused([blocker("postcode_outside_utrecht")])
    return area


def _refuse_double(name: str, district_number: str, own_id: int | None) -> None:
    with session.no_autoflush:
        others = session.execute(
            select(Partner.id, Partner.name).where(
                Partner.district_number == district_number, Partner.retired_at.is_(None)
            )
        ).tuples()
    if any(name_key(other) == name_key(name) and each != own_id for each, other in others):
        raise Refused([blocker("partner_known", name=name)])


def _changed(before: PartnerDetails, after: PartnerDetails) -> dict[str, list[Any]]:
    old, new = asdict(before), asdict(after)
    return {
        name: ["", ""] if name in NOT_IN_HISTORY else [old[name], new[name]]
        for name in old
        if old[name] != new[name]
    }


def _to_change(partner_id: int, version: int | None) -> Partner:
    locked = (
        select(Partner)
        .where(Partner.id == partner_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    partner = session.scalars(locked).one_or_none()
    if partner is None:
        raise Refused([blocker("no_such_partner")])
    if version is not None and partner.version != version:
        raise Refused([blocker("partner_changed_meanwhile")])
    return partner
