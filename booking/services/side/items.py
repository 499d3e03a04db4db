"""One item of the side programme: locked, judged, written down in the story of its request."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select, update

from booking.models import BookingRequest, SideItem, Stop
from booking.queries.requests import request_for_update
from booking.queries.rooms import load_rooms
from booking.queries.side import side_item_by_id
from booking.rules.rooms import Meeting, room_findings
from booking.rules.side import SideMoment, SideOffer, moment_findings
from booking.services import claims
from core import history
from core.db import session
from core.findings import Finding, Refused, blocker, concern, heaviest_first
from core.history import Actor
from venues.models import Room


def judge_side(wanted: SideMoment, stop: Stop, now: datetime) -> list[Finding]:
    """All there is to say about this moment at this place."""
    found = moment_findings(wanted, stop.stay, now)
    if wanted.room_id is not None:
        found += _room_findings(wanted, wanted.room_id, now)
    return heaviest_first(found)


def item_for_update(item_id: int, version: int | None, *, with_room: bool = False) -> SideItem:
    """Raises Refused when it is no longer the version somebody looked at. `with_room`: its room is
    locked too."""
    found = side_item_by_id(item_id)
    if found is None:
        raise Refused([blocker("side_changed_meanwhile")])
    request_for_update(found.stop.booking_request_id)
    session.refresh(found, ["room_id"])
    if with_room and found.room_id:
        claims.lock_rooms([found.room_id])
    item = lock_item(found)
    if version is not None and item.version != version:
        raise Refused([blocker("side_changed_meanwhile")])
    return item


def lock_item(item: SideItem) -> SideItem:
    """As it stands now. The stop first: in that order a stop that moves writes both."""
    stop = select(Stop.id).where(Stop.id == item.stop_id)
    session.execute(stop.with_for_update(key_share=True))
    locked = (
        select(SideItem)
        .where(SideItem.id == item.id)
        .with_for_update(key_share=True, of=SideItem)
        .execution_options(populate_existing=True)
    )
    return session.scalars(locked).unique().one()


def going_stop(request: BookingRequest) -> Stop:
    if request.stop is None or not request.stop.is_confirmed:
        raise Refused([blocker("no_stop")])
    return request.stop


def claim_room(item: SideItem) -> None:
    if item.room:
        claims.claim_side(item.stop_id, item.room, item.period)


def release_room(item: SideItem, now: datetime) -> None:
    """What everybody reads of the stop changes with it."""
    claims.release_side(item.stop_id, item.room, item.period, now)
    changed(item.stop_id, now)


def changed(stop_id: int, now: datetime) -> None:
    """For calendars. Not a new version of the stop: who moves it just now need not look again."""
    table = cast(Table, Stop.__table__)
    session.execute(update(table).where(table.c.id == stop_id).values(changed_at=now))
    session.expire(session.get_one(Stop, stop_id), ["changed_at"])


def record(
    action: str,
    item: SideItem,
    by: Actor,
    now: datetime,
    why: str = "",
    was: SideOffer | None = None,
) -> None:
    """`was`: how it was offered before, when that changed."""
    request = item.stop.booking_request
    changed = _changed(was, item.offer) if was else {}
    history.record(action, request.subject, by=by, at=now, why=why, place=item.title, **changed)


def _changed(was: SideOffer, offer: SideOffer) -> dict[str, Any]:
    """Only what reads otherwise now, as plain values. Who does it is erased earlier than history:
    only that it is somebody else is kept."""
    before, after = _plain(was), _plain(offer)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    return {**changed, "partner": "other"} if was.email != offer.email else changed


def _plain(offer: SideOffer) -> dict[str, str]:
    period = offer.moment.period
    return {
        "titles": offer.title,
        "texts": offer.text,
        "times": f"{period.start.isoformat()}/{period.end.isoformat()}",
        "places": _where(offer.moment),
        "people": str(offer.moment.people),
    }


def _where(moment: SideMoment) -> str:
    room = session.get_one(Room, moment.room_id).full_name if moment.room_id else ""
    return room or moment.words


def _room_findings(wanted: SideMoment, room_id: int, now: datetime) -> list[Finding]:
    room = session.get(Room, room_id)
    if room is None:
        return [blocker("no_such_room")]
    place = load_rooms(wanted.period, [room])[room_id]
    found = room_findings(Meeting(wanted.period, wanted.people), place, now)
    if not room.terms.confirms_at_once:
        found.append(concern("side_room_asks_host", place=room.full_name))
    return found
