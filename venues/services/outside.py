"""A host or performer adds a calendar that is kept elsewhere, changes it, and takes it away."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select, update

from core.db import session
from core.findings import Refused, blocker
from core.history import Actor, record
from core.rate_limit import A_DAY, allowed
from core.resource import Resource
from core.sealing import seal
from core.submissions import once, remember
from venues.models import OutsideBusy, OutsideCalendar
from venues.outside.addresses import target
from venues.outside.found import Found
from venues.queries.outside import calendars_of
from venues.rules.outside import ADDRESSES_A_DAY, AT_REST, MOST_CALENDARS
from venues.services.outside_reading import keep


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose time it is, and under what their history is kept."""

    resource_id: int
    subject: tuple[str, int]


@dataclass(frozen=True, slots=True)
class NewCalendar:
    """An address, or a file: read already, or still to be read when there was no time for it."""

    name: str
    address: str = ""
    inside: tuple[str, ...] = ()
    found: Found | None = None
    file: bytes = b""

    @property
    def fingerprint(self) -> dict[str, str]:
        content = sha256(self.file or self.address.encode()).hexdigest()
        return {"name": self.name, "content": content}


def add_calendar(
    owner: Owner, new: NewCalendar, *, by: Actor, now: datetime, form_token: str = ""
) -> int:
    """Its id. The same form twice adds it once."""
    _hold(owner)
    content = {"calendar of": owner.resource_id, **new.fingerprint}
    before = once(form_token, content) if form_token else None
    if before:
        return int(before)
    if len(calendars_of(owner.resource_id)) >= MOST_CALENDARS:
        raise Refused([blocker("too_many_calendars", at_most=MOST_CALENDARS)])
    if new.address:
        _limit(owner, now)
    calendar = _add(owner, new, now)
    if form_token:
        remember(form_token, content, str(calendar.id), now)
    record("calendar added", owner.subject, by=by, at=now, why=new.name)
    return calendar.id


def change_calendar(
    owner: Owner,
    calendar_id: int,
    *,
    name: str,
    address: str = "",
    inside: tuple[str, ...] = (),
    by: Actor,
    now: datetime,
) -> None:
    """Another name; with an address also another place, and until that is read all stays known."""
    calendar = _to_change(owner, calendar_id)
    if address:
        _limit(owner, now)
        _seal(calendar, address, inside)
        calendar.etag = calendar.modified = calendar.failure = ""
        calendar.failures, calendar.warned_at, calendar.next_read_at = 0, None, now
    if calendar.name != name or address:
        before, calendar.name = calendar.name, name
        what = {"calendar": [before, name]} if before != name else {}
        record("calendar changed", owner.subject, by=by, at=now, why=name, changed=what)
    session.flush()


def read_again(owner: Owner, calendar_id: int, *, now: datetime) -> None:
    """As soon as the worker comes by. One that was tried a moment ago is left alone."""
    calendar = _to_change(owner, calendar_id)
    if calendar.next_read_at is None:
        raise Refused([blocker("calendar_is_file")])
    if calendar.tried_at is None or calendar.tried_at + AT_REST <= now:
        calendar.next_read_at = min(now, calendar.next_read_at)
        session.flush()


def remove_calendar(owner: Owner, calendar_id: int, *, by: Actor, now: datetime) -> None:
    """With all its busy times. One that is gone already is what was wanted."""
    _hold(owner)
    calendar = _locked(owner, calendar_id)
    if calendar is None:
        return
    session.execute(delete(OutsideBusy).where(OutsideBusy.outside_calendar_id == calendar_id))
    session.delete(calendar)
    session.flush()
    record("calendar removed", owner.subject, by=by, at=now, why=calendar.name)


def read_all_again(*, now: datetime) -> None:
    """Every calendar that is read again and again."""
    later = update(OutsideCalendar).where(OutsideCalendar.next_read_at > now)
    session.execute(later.values(next_read_at=now))


def _hold(owner: Owner) -> None:
    """The calendars of one owner are added and removed by one at a time."""
    its_resource = select(Resource.id).where(Resource.id == owner.resource_id)
    session.scalar(its_resource.with_for_update(key_share=True))


def _limit(owner: Owner, now: datetime) -> None:
    """Each new address makes our server ask another one for something: not without end."""
    if not allowed("calendar_address", str(owner.resource_id), ADDRESSES_A_DAY, A_DAY, now):
        raise Refused([blocker("too_many_addresses")])


def _to_change(owner: Owner, calendar_id: int) -> OutsideCalendar:
    calendar = _locked(owner, calendar_id)
    if calendar is None:
        raise Refused([blocker("no_such_calendar")])
    return calendar


def _locked(owner: Owner, calendar_id: int) -> OutsideCalendar | None:
    own = (
        select(OutsideCalendar)
        .where(OutsideCalendar.id == calendar_id, OutsideCalendar.resource_id == owner.resource_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalar(own)


def _add(owner: Owner, new: NewCalendar, now: datetime) -> OutsideCalendar:
    calendar = OutsideCalendar(
        resource_id=owner.resource_id, name=new.name, created_at=now, next_read_at=now
    )
    if new.address:
        _seal(calendar, new.address, new.inside)
    session.add(calendar)
    if new.found:
        calendar.next_read_at, calendar.tried_at = None, now
        session.flush()
        keep(calendar, new.found, now)
    elif new.file:
        calendar.upload = new.file
    session.flush()
    return calendar


def _seal(calendar: OutsideCalendar, address: str, inside: tuple[str, ...]) -> None:
    calendar.sealed_address = seal(address)
    calendar.shown_host = target(address, inside).host[:120]
