"""What an organisation proposes around the visit of the cube: soup, music, a walk."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from flask import Response, abort, flash, url_for

from booking import services
from booking.forms.own_side import Doer, OwnSideForm
from booking.forms.side import SideEndForm
from booking.models import SideItem, Stop
from booking.queries.lent_rooms import LentRoom, lent_rooms_near
from booking.queries.side import busy_rooms, side_item_by_id
from booking.rules.rooms import Meeting
from booking.rules.side import ProposedBy, SideAction, SideOffer, SideState, may_act
from booking.rules.side_when import said_of
from booking.views.asking.own import Visit, visit_or_404
from booking.views.asking.steps import bp
from booking.views.planning.side import STALE
from core import history, tone
from core.clock import local_date, to_local
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.forms import Form
from core.language import gettext as _
from core.language import ngettext
from core.pages import go_to, page
from people.access import by_link
from venues.models import Room

NEAR = 20  # rooms to choose from


@bp.route("/aanvraag/<token>/programma", methods=["GET", "POST"])
@by_link
def propose(token: str) -> Response:
    """Words with a label get a suggestion first; sent again as they are, they are kept."""
    visit = visit_or_404(token)
    if visit.stop is None or visit.is_over or visit.is_fresh:
        return go_to(url_for("asking.own", token=token))
    form = OwnSideForm(visit.stop.period)
    rooms = _offer_rooms(form, visit.stop)
    if not _is_ready(form):
        return _form_page(visit, form, rooms)
    send = partial(
        services.propose_side,
        visit.asked.id,
        _offer(form, visit),
        proposed_by=ProposedBy.ASKER,
        form_token=str(form.token.data),
        by=history.ASKER,
        now=visit.now,
    )
    try:
        item = transact(send)
    except Refused as refusal:
        return _form_page(visit, form, rooms, _refuse(form, refusal))
    flash(_("Voorgesteld. Het theater laat weten of het past."), "ok")
    return go_to(url_for("asking.side_item", token=token, item_id=item.id))


@bp.get("/aanvraag/<token>/programma/<int:item_id>")
@by_link
def side_item(token: str, item_id: int) -> Response:
    visit = visit_or_404(token)
    return _item_page(visit, _item_or_404(visit, item_id), SideEndForm(formdata=None))


@bp.route("/aanvraag/<token>/programma/<int:item_id>/wijzig", methods=["GET", "POST"])
@by_link
def change_side(token: str, item_id: int) -> Response:
    visit = visit_or_404(token)
    item = _item_or_404(visit, item_id)
    here = url_for("asking.side_item", token=token, item_id=item_id)
    form = OwnSideForm(item.stop.period, data=_start(item))
    if may_act(SideAction.CHOOSE, item.state) and not form.is_submitted():
        return go_to(here)
    rooms = _offer_rooms(form, item.stop, item.room)
    if not _is_ready(form):
        return _form_page(visit, form, rooms, item=item)
    try:
        transact(
            services.change_side,
            item_id,
            _offer(form, visit),
            version=form.version.data,
            by=history.ASKER,
            now=visit.now,
        )
    except Refused as refusal:
        status, now_there = _refuse(form, refusal), _item_or_404(visit_or_404(token), item_id)
        form.version.process_data(now_there.version)
        return _form_page(visit, form, rooms, status, item=now_there)
    flash(_("Bewaard. Het theater kijkt of het zo past."), "ok")
    return go_to(here)


@bp.post("/aanvraag/<token>/programma/<int:item_id>/intrekken")
@by_link
def withdraw_side(token: str, item_id: int) -> Response:
    visit, form = visit_or_404(token), SideEndForm()
    item = _item_or_404(visit, item_id)
    if not form.validate_on_submit():
        return _item_page(visit, item, form, 422)
    try:
        transact(
            services.withdraw_side,
            item_id,
            words=form.words.data,
            version=form.version.data,
            by=history.ASKER,
            now=visit.now,
        )
    except Refused as refusal:
        status = _refuse(form, refusal)
        return _item_page(visit, _item_or_404(visit_or_404(token), item_id), form, status)
    flash(_("Ingetrokken. Wie het moet weten krijgt een mail."), "ok")
    return go_to(url_for("asking.side_item", token=token, item_id=item_id))


def _item_or_404(visit: Visit, item_id: int) -> SideItem:
    """Only what this organisation proposed itself."""
    item = side_item_by_id(item_id)
    is_own = item and item.is_from_asker and item.stop.booking_request_id == visit.asked.id
    return item if item and is_own else abort(404)


def _is_ready(form: OwnSideForm) -> bool:
    """Complete, and the words are meant."""
    return form.validate_on_submit() and (form.is_meant or not tone.remarks(form.public_words))


def _offer(form: OwnSideForm, visit: Visit) -> SideOffer:
    """Who does it themselves is reached as with the request."""
    asked, offer = visit.asked, form.offer()
    if not form.is_ours:
        return offer
    return replace(
        offer,
        partner=asked.organisation.name,
        email=asked.contact_email,
        phone=asked.contact_phone,
        language=asked.language,
    )


def _start(item: SideItem) -> dict[str, object]:
    """What stands; after the stop moved, when it is has to be said anew."""
    when, minutes = said_of(item.period, item.stop.period)
    is_ours = item.email == item.stop.booking_request.contact_email
    doer = {"doer": Doer.US} if is_ours else {"doer": Doer.OTHER, "partner": item.partner}
    reached = {} if is_ours else {"email": item.email, "phone": item.phone}
    return {
        "title": item.title,
        "text": item.text,
        "when": None if item.state is SideState.AGAIN else when,
        "minutes": minutes,
        "day": local_date(item.starts_at),
        "starts": to_local(item.starts_at).time(),
        "ends": to_local(item.ends_at).time(),
        "people": item.people,
        "place": item.place,
        "room": item.room_id,
        "where": item.words,
        "language": item.language,
        "version": item.version,
        **doer,
        **reached,
    }


def _offer_rooms(form: OwnSideForm, stop: Stop, chosen: Room | None = None) -> list[LentRoom]:
    rooms = lent_rooms_near(stop.room.venue.point, NEAR)
    if chosen and all(each.room.id != chosen.id for each in rooms):
        rooms = [*rooms, LentRoom(chosen, 0)]
    form.room.offer(_options(rooms))
    return rooms


def _options(rooms: Sequence[LentRoom], busy: Collection[int] = ()) -> list[tuple[str, str]]:
    shown = [(str(each.room.id), _named(each, each.room.id in busy)) for each in rooms]
    return [("", _("Kies een ruimte")), *shown]


def _named(each: LentRoom, is_busy: bool) -> str:
    walking = ngettext("%(num)d minuut lopen", "%(num)d minuten lopen", each.walking)
    said = _("%(walking)s, dan niet vrij", walking=walking) if is_busy else walking
    return f"{each.room.full_name} ({said})"


def _refuse(form: Form, refusal: Refused) -> int:
    """Nothing that was typed is lost."""
    form.refuse(sentences(refusal.findings))
    codes = {each.code for each in refusal.findings}
    return 409 if codes & STALE or "same_form_other_content" in codes else 422


def _form_page(
    visit: Visit,
    form: OwnSideForm,
    rooms: Sequence[LentRoom],
    status: int | None = None,
    item: SideItem | None = None,
) -> Response:
    """`status`: None while nothing was refused by the rules. Once it is known when it is, the list
    says which rooms are free."""
    form.read_as.process_data(form.public_words)
    if form.is_submitted() and not any(field.errors for field in form):
        meeting = Meeting(form.period, form.people.data)
        form.room.offer(_options(rooms, busy_rooms([r.room for r in rooms], meeting, visit.now)))
    return page(
        "booking/asking/own_side_form.html",
        status or (422 if form.is_submitted() else 200),
        visit=visit,
        form=form,
        item=item,
        remarks=tone.remarks(form.public_words),
        stop=item.stop if item else visit.stop,
    )


def _item_page(visit: Visit, item: SideItem, ending: SideEndForm, status: int = 200) -> Response:
    ending.version.process_data(item.version)
    return page(
        "booking/asking/own_side.html",
        status,
        visit=visit,
        item=item,
        ending=ending,
        may_choose=not visit.is_over and not may_act(SideAction.CHOOSE, item.state),
        may_end=not visit.is_over and not may_act(SideAction.WITHDRAW, item.state),
    )
