"""Another time, day or room: first a look at what would become of each date, then a button.

What to look at stands in the address, so looking changes nothing and works without JavaScript.
"""

from flask import Response, request, url_for

from booking.forms.finder import AT_TIMES
from booking.forms.own_booking import MoveForm, SendMoveForm, scopes
from booking.models import RoomBooking, RoomDate
from booking.phrases import own_booking as words
from booking.queries.alternatives import FreeMoment
from booking.rules.room_changes import Scope
from booking.services import reserving
from booking.views.own_booking.looking import Look, look_at, rooms_offered
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
from core.pages import page
from people.access import by_link

STAYS_IN_ITS_ROOM = 0


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
    return _page(visit, date, form, look=look_at(visit, date, form))


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
    look = look_at(fresh, date, form)
    if look.is_done:
        return to_own(token)
    return _page(fresh, date, form, 409, look=look, refused=refusal.findings)


def _offer(form: MoveForm, visit: Visit, date: RoomDate) -> None:
    labels = {scope: words.scope(scope) for scope in Scope}
    form.scope.offer(scopes(visit.has_several, labels))
    others = [
        (str(room.id), _("%(room)s, %(minutes)s minuten lopen", room=room.full_name, minutes=walk))
        for room, walk in rooms_offered(visit, date)
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
