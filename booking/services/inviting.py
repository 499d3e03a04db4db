"""Inviting somebody to ask for the cube: written as a draft, sent by a person, refused for good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from booking.letters import outreach as letters
from booking.models import InviteRefusal, Outreach
from booking.queries.inviting import (
    Invitee,
    address_hash,
    fitting_rooms,
    has_refused,
    invitees_in,
)
from booking.queries.norms import current_norms
from booking.rules.outreach import InviteeKind, invite_findings
from core import history, links, outbox, submissions
from core.db import session, violated
from core.findings import Finding, Refused, blocker, blockers
from core.history import Actor
from core.outbox import drafts

KEPT = timedelta(days=365)  # of whom somebody was invited
ONE_DRAFT = "uq_outreach_draft"
ON_SQLITE = "outreach.address"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a planner wrote."""

    subject_line: str
    words: str


def draft_invitations(
    district_number: str,
    chosen: Collection[str],
    letter: Letter,
    *,
    accepted: Collection[str] = (),
    form_token: str,
    by: Actor,
    now: datetime,
) -> int:
    """A draft for each of the chosen, by key; of `accepted` it is known that it is soon again.

    Returns how many; the same form again writes nothing more.
    """
    content = {"who": sorted(chosen), "words": repr(letter), "district": district_number}
    earlier = submissions.once(form_token, content)
    if earlier is not None:
        return int(earlier)
    invitees = _chosen(district_number, chosen, now)
    _refuse_unless_accepted(findings_about(invitees, now), accepted)
    for invitee in invitees:
        _draft(invitee, district_number, letter, by, now)
    submissions.remember(form_token, content, str(len(invitees)), now)
    return len(invitees)


def findings_about(invitees: Collection[Invitee], now: datetime) -> dict[str, list[Finding]]:
    """What there is to say against inviting each of them now, by key."""
    apart = current_norms().invite_apart
    return {each.key: invite_findings(each.name, each.earlier, now, apart) for each in invitees}


def rewrite_invitation(
    outreach_id: int, letter: Letter, *, version: int | None, by: Actor, now: datetime
) -> Outreach:
    outreach = _draft_to_change(outreach_id, version)
    _rewrite(outreach, letter, by, now)
    return outreach


def send_invitation(
    outreach_id: int, letter: Letter, *, version: int | None, by: Actor, now: datetime
) -> Outreach:
    """As it stands on the page now; from here on the mail leaves by itself."""
    outreach = _draft_to_change(outreach_id, version)
    if has_refused(outreach.address):
        raise Refused([blocker("invitee_refused", name=outreach.name)])
    _rewrite(outreach, letter, by, now)
    drafts.send(drafts.draft_about(outreach.subject), now)
    outreach.sent_at, outreach.sent_by_id = now, by.person_id
    session.flush()
    history.record("invitation sent", outreach.subject, by=by, at=now)
    if outreach.kind is InviteeKind.PARTNER:
        history.record("invitation sent", ("partner", outreach.invitee_id), by=by, at=now)
    return outreach


def drop_invitation(outreach_id: int, *, version: int | None, by: Actor, now: datetime) -> Outreach:
    outreach = _draft_to_change(outreach_id, version)
    _drop(outreach, by, now)
    return outreach


def refuse_invitations(outreach_id: int, *, by: Actor, now: datetime) -> None:
    """Who was invited wants no more of it: drafts that wait for the same address go too."""
    outreach = _known(outreach_id)
    if not outreach.address or has_refused(outreach.address):
        return
    session.add(InviteRefusal(address_hash=address_hash(outreach.address), at=now))
    session.flush()
    history.record("no invitations wanted", outreach.subject, by=by, at=now)
    for waiting in _drafts_to(outreach.address):
        _drop(waiting, by, now)


def welcome_invitations(outreach_id: int, *, by: Actor, now: datetime) -> None:
    """After all."""
    outreach = _known(outreach_id)
    refusal = session.get(InviteRefusal, address_hash(outreach.address))
    if refusal:
        session.delete(refusal)
        session.flush()
        history.record("invitations welcome", outreach.subject, by=by, at=now)


def forget_outreach(*, now: datetime) -> int:
    """Erase to whom it went, a year later; that a district was invited stays. Returns how many."""
    old = select(Outreach).where(Outreach.created_at < now - KEPT, Outreach.address != "")
    found = list(session.scalars(old.order_by(Outreach.id)))
    for outreach in found:
        if outreach.is_draft:
            _drop(outreach, history.CLOCK, now)
        outreach.greeted_as = outreach.address = outreach.words = ""
        outbox.forget_people(outreach.subject)
        links.revoke(*outreach.subject, now)
    session.flush()
    return len(found)


def _chosen(district_number: str, chosen: Collection[str], now: datetime) -> list[Invitee]:
    there = invitees_in(district_number, fitting_rooms(district_number), now)
    found = [each for each in there if each.key in chosen and each.address]
    if not found or len(found) < len(set(chosen)):
        raise Refused([blocker("invitee_gone")])
    return found


def _refuse_unless_accepted(findings: dict[str, list[Finding]], accepted: Collection[str]) -> None:
    against = [
        said
        for key, each in findings.items()
        for said in (blockers(each) if key in accepted else each)
    ]
    if against:
        raise Refused(against)


def _draft(
    invitee: Invitee, district_number: str, letter: Letter, by: Actor, now: datetime
) -> None:
    outreach = Outreach(
        kind=invitee.kind,
        invitee_id=invitee.id,
        district_number=district_number,
        name=invitee.name,
        greeted_as=invitee.contact,
        address=invitee.address,
        asks_at=invitee.asks_at,
        subject_line=letter.subject_line,
        words=letter.words,
        created_at=now,
    )
    session.add(outreach)
    _flush(outreach.name)
    letters.drafted(outreach, now=now)
    history.record("invitation drafted", outreach.subject, by=by, at=now)


def _rewrite(outreach: Outreach, letter: Letter, by: Actor, now: datetime) -> None:
    """The mail is written anew with a fresh key; it is the one that leaves."""
    if letter == Letter(outreach.subject_line, outreach.words):
        return
    before = outreach.subject_line
    outreach.subject_line, outreach.words = letter.subject_line, letter.words
    session.flush()
    letters.rewritten(outreach, now=now)
    history.record(
        "invitation rewritten",
        outreach.subject,
        by=by,
        at=now,
        before=before,
        after=outreach.subject_line,
    )


def _drop(outreach: Outreach, by: Actor, now: datetime) -> None:
    drafts.drop(drafts.draft_about(outreach.subject))
    outreach.dropped_at = now
    session.flush()
    links.revoke(*outreach.subject, now)
    history.record("invitation dropped", outreach.subject, by=by, at=now)


def _drafts_to(address: str) -> list[Outreach]:
    waiting = select(Outreach).where(
        Outreach.address == address, Outreach.sent_at.is_(None), Outreach.dropped_at.is_(None)
    )
    return list(session.scalars(waiting.with_for_update()))


def _known(outreach_id: int) -> Outreach:
    """Locked, as it is now."""
    locked = (
        select(Outreach)
        .where(Outreach.id == outreach_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    outreach = session.scalars(locked).one_or_none()
    if outreach is None:
        raise Refused([blocker("no_such_invitation")])
    return outreach


def _draft_to_change(outreach_id: int, version: int | None) -> Outreach:
    outreach = _known(outreach_id)
    if not outreach.is_draft:
        raise Refused([blocker("invitation_no_draft")])
    if version is not None and outreach.version != version:
        raise Refused([blocker("invitation_changed_meanwhile")])
    return outreach


def _flush(name: str) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if ONE_DRAFT in violated(error) or ON_SQLITE in violated(error):
            raise Refused([blocker("invitee_has_draft", name=name)]) from error
        raise
