"""Another time, day or room: first a look at what would become of each date, then a button.

What to look at stands in the address, so looking changes nothing and works without JavaScript.
"""

from dataclasses import dataclass

from flask import Response, request, url_for

from booking.forms.finder import AT_TIMES
from booking.forms.own_booking import MoveForm, SendMoveForm, scopes
from booking.models import RoomBooking, RoomDate
from booking.phrases import own_booking as words
from booking.queries.alternatives import FreeMoment, free_instead
from booking.queries.own_booking import against_asker, judge_dates, rooms_instead
from booking.rules.room_changes import JudgedChange, Scope, Way
from booking.services import reserving
from booking.views.own_booking.page import own_page
from booking.views.own_booking.visit import (
    Visit,
    bp,
    date_or_404,
    done,
    only_if_open,
    to_own,
    visit_or_404,
)
from core import history
from core.clock import local_date, to_local
from core.db import transact
from core.findings import Finding, Refused
from core.language import gettext as _
from core.language import ngettext
from core.pages import page
from people.access import by_link
from venues.models import Room

STAYS_IN_ITS_ROOM = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What would become of each date that is meant, and of who comes from elsewhere."""

    rows: list[tuple[RoomDate, JudgedChange]]
    room: Room | None
    against: list[Finding]  # what the other room says of who comes
    instead: list[FreeMoment]

    @property
    def moving(self) -> list[tuple[RoomDate, JudgedChange]]:
        if self.against:
            return []
        return [each for each in self.rows if each[1].is_possible and each[1].changes]

    @property
    def is_done(self) -> bool:
        """All of it is so already, or asked: the button was pressed twice."""
        return all(not found.changes or date.proposed == found.period for date, found in self.rows)

    @property
    def staying(self) -> list[int]:
        """Dates that cannot go there."""
        return [date.id for date, found in self.rows if not found.is_possible]

    @property
    def asks(self) -> bool:
        """Something of it needs a host's yes."""
        return any(found.way is Way.ASKED for _date, found in self.moving)

    @property
    def at_once(self) -> bool:
        return any(found.way is Way.AT_ONCE for _date, found in self.moving)

    @property
    def button(self) -> str:
        number = len(self.moving)
        if self.asks and not self.at_once:
            return ngettext(
                "Vraag het de beheerder", "Vraag het de beheerder voor %(num)d data", number
            )
        return ngettext("Ja, verzet deze datum", "Ja, verzet %(num)d data", number)


@bp.get("/reservering/<token>/data/<int:date_id>/verzet")
@by_link
def move(token: str, date_id: int) -> Response:
    visit = visit_or_404(token)
    date = date_or_404(visit, date_id)
    if answer := only_if_open(visit, date):
        return answer
    if "van" not in request.args:
        form = MoveForm(data=_now_at(date))
        _offer(form, visit, date)
        return _page(visit, date, form)
    form = MoveForm(formdata=request.args)
    _offer(form, visit, date)
    if not form.validate():
        return _page(visit, date, form, 422)
    return _page(visit, date, form, look=_look(visit, date, form))


@bp.post("/reservering/<token>/data/<int:date_id>/verzet")
@by_link
def do_move(token: str, date_id: int) -> Response:
    visit, form = visit_or_404(token), SendMoveForm()
    date = date_or_404(visit, date_id)
    if answer := only_if_open(visit, date):
        return answer
    _offer(form, visit, date)
    form.staying.offer((str(each.id), "") for each in visit.coming)
    if not form.validate_on_submit():
        return _page(visit, date, form, 422)
    wanted = reserving.Wanted(
        date_id,
        form.scope.data,
        form.change_from(local_date(date.starts_at)),
        form.room.data or None,
        tuple(form.staying.data),
    )
    version = form.version.data
    ids = {each.id for each in visit.meant(date, form.scope.data)} - set(form.staying.data)
    try:
        booking = transact(
            reserving.move_dates,
            visit.booking.id,
            wanted,
            version=version,
            by=history.ASKER,
            now=visit.now,
        )
    except Refused as refusal:
        return _refused(token, date_id, form, refusal)
    return done(token, _said(booking, ids))


def _said(booking: RoomBooking, date_ids: set[int]) -> str:
    changed = [date for date in booking.dates if date.id in date_ids]
    if any(date.proposed_by or not date.is_confirmed for date in changed):
        return _("Gevraagd. Zodra de beheerder antwoordt, krijg je een mail.")
    return _("Verzet. De nieuwe tijd staat vast en komt in je agenda.")


def _refused(token: str, date_id: int, form: SendMoveForm, refusal: Refused) -> Response:
    """What was chosen is kept, and judged anew: it may be sent again."""
    fresh = visit_or_404(token)
    date = date_or_404(fresh, date_id)
    if only_if_open(fresh, date):
        return own_page(fresh, 409, refusal.findings)
    _offer(form, fresh, date)
    look = _look(fresh, date, form)
    if look.is_done:
        return to_own(token)
    return _page(fresh, date, form, 409, look=look, refused=refusal.findings)


def _look(visit: Visit, date: RoomDate, form: MoveForm) -> Look:
    booking, now = visit.booking, visit.now
    dates = visit.meant(date, form.scope.data)
    offered = {room.id: room for room, _minutes in _rooms(visit, date)}
    room = offered.get(form.room.data)
    change = form.change_from(local_date(date.starts_at))
    judged = judge_dates(booking, dates, change, room, now)
    against = against_asker(booking, dates, room, now) if room else []
    instead: list[FreeMoment] = []
    (first, *others) = judged
    if not others and first.period and not first.is_possible:
        target = room or date.room
        found = free_instead(target, first.period, booking.people, now, at_most=6)
        instead = [each for each in found if each.room in (date.room, *offered.values())][:3]
    return Look(list(zip(dates, judged, strict=True)), room, against, instead)


def _rooms(visit: Visit, date: RoomDate) -> list[tuple[Room, int]]:
    """For what is certain only rooms where no host has to answer first: see decision 0018."""
    found = rooms_instead(date.room, visit.booking.people)
    if any(each.is_confirmed for each in visit.coming):
        return [each for each in found if each[0].confirms_at_once]
    return found


def _offer(form: MoveForm, visit: Visit, date: RoomDate) -> None:
    labels = {scope: words.scope(scope) for scope in Scope}
    form.scope.offer(scopes(visit.has_several, labels))
    others = [
        (str(room.id), _("%(room)s, %(minutes)s minuten lopen", room=room.full_name, minutes=walk))
        for room, walk in _rooms(visit, date)
    ]
    form.room.offer([(str(STAYS_IN_ITS_ROOM), _("Dezelfde ruimte")), *others])


def _now_at(date: RoomDate) -> dict[str, object]:
    start, end = to_local(date.starts_at), to_local(date.ends_at)
    return {
        "scope": Scope.THIS,
        "day": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "room": STAYS_IN_ITS_ROOM,
    }


def _page(
    visit: Visit,
    date: RoomDate,
    form: MoveForm,
    status: int = 200,
    look: Look | None = None,
    refused: list[Finding] | None = None,
) -> Response:
    return page(
        "booking/own_booking/move.html",
        status,
        visit=visit,
        booking=visit.booking,
        date=date,
        form=form,
        look=look,
        refused=refused or [],
        address_of=lambda free: _address(visit, date, free),
        finder_url=_finder(visit, date),
    )


def _finder(visit: Visit, date: RoomDate) -> str:
    """To all rooms nearby that are free at that time."""
    start, end = to_local(date.starts_at), to_local(date.ends_at)
    return url_for(
        "rooms.find",
        postcode=date.room.venue.pc4,
        wanneer=AT_TIMES,
        datum=start.date().isoformat(),
        van=f"{start:%H:%M}",
        tot=f"{end:%H:%M}",
        mensen=visit.booking.people,
    )


def _address(visit: Visit, date: RoomDate, free: FreeMoment) -> str:
    """To look at a time that can be had instead."""
    start, end = to_local(free.period.start), to_local(free.period.end)
    return url_for(
        "own_booking.move",
        token=visit.token,
        date_id=date.id,
        voor=Scope.THIS.value,
        datum=start.date().isoformat(),
        van=f"{start:%H:%M}",
        tot=f"{end:%H:%M}",
        ruimte=STAYS_IN_ITS_ROOM if free.room is date.room else free.room.id,
    )
