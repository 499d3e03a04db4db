"""The page of a partner: how it stands, another moment, calling it off. The address is a key."""

from flask import Blueprint, Response, abort, flash, url_for

from booking import services
from booking.forms.side import SideEndForm, SideMomentForm
from booking.models import SideItem
from booking.queries.side import side_item_by_id
from booking.rules.side import SideAction, may_act
from booking.views.planning.side import STALE, offer_rooms
from core import clock, history, links
from core.clock import local_date, to_local
from core.db import transact
from core.errors import sentences
from core.findings import Refused, blockers
from core.forms import Form
from core.language import gettext as _
from core.language import language
from core.pages import go_to, page
from people.access import by_link

bp = Blueprint("side", __name__)

KIND = "side_item"


@bp.get("/programma/<token>")
@by_link
def own(token: str) -> Response:
    item = _item_or_404(token)
    return _own_page(token, item, _choosing(item), _ending(item), 200)


@bp.post("/programma/<token>/moment")
@by_link
def choose(token: str) -> Response:
    item = _item_or_404(token)
    form = _choosing(item)
    if not form.validate_on_submit():
        return _own_page(token, item, form, _ending(item), 422)
    try:
        transact(
            services.choose_side_again,
            item.id,
            form.moment(),
            language=language(),
            version=form.version.data,
            by=history.PARTNER,
            now=clock.utcnow(),
        )
    except Refused as refusal:
        return _refused(token, form, refusal)
    flash(_("Bewaard. Het theater laat weten of het past."), "ok")
    return go_to(url_for("side.own", token=token))


@bp.post("/programma/<token>/afzeggen")
@by_link
def call_off(token: str) -> Response:
    item, form = _item_or_404(token), SideEndForm()
    if not form.validate_on_submit():
        return _own_page(token, item, _fresh(item), form, 422)
    try:
        transact(
            services.withdraw_side,
            item.id,
            words=form.words.data,
            version=form.version.data,
            by=history.PARTNER,
            now=clock.utcnow(),
        )
    except Refused as refusal:
        return _refused(token, form, refusal)
    flash(_("Afgezegd. Het theater weet het."), "ok")
    return go_to(url_for("side.own", token=token))


def _item_or_404(token: str) -> SideItem:
    """The same 404 for a key that never was, was altered, or does not work any more."""
    item_id = links.resolve(KIND, token, clock.utcnow())
    return (side_item_by_id(item_id) if item_id else None) or abort(404)


def _choosing(item: SideItem) -> SideMomentForm:
    form = SideMomentForm(data=_start(item))
    offer_rooms(form)
    return form


def _fresh(item: SideItem) -> SideMomentForm:
    """Beside another form that was sent."""
    form = SideMomentForm(formdata=None, data=_start(item))
    offer_rooms(form)
    return form


def _start(item: SideItem) -> dict[str, object]:
    return {
        "day": local_date(item.starts_at),
        "starts": to_local(item.starts_at).time(),
        "ends": to_local(item.ends_at).time(),
        "people": item.people,
        "place": item.place,
        "room": item.room_id,
        "where": item.words,
        "version": item.version,
    }


def _ending(item: SideItem) -> SideEndForm:
    return SideEndForm(formdata=None, data={"version": item.version})


def _refused(token: str, form: Form, refusal: Refused) -> Response:
    item = _item_or_404(token)
    form.refuse(sentences(blockers(refusal.findings)))
    form["version"].process_data(item.version)
    status = 409 if any(each.code in STALE for each in refusal.findings) else 422
    if isinstance(form, SideMomentForm):
        return _own_page(token, item, form, _ending(item), status)
    assert isinstance(form, SideEndForm)
    return _own_page(token, item, _fresh(item), form, status)


def _own_page(
    token: str, item: SideItem, choosing: SideMomentForm, ending: SideEndForm, status: int
) -> Response:
    return page(
        "booking/side/own.html",
        status,
        token=token,
        item=item,
        may_choose=not may_act(SideAction.CHOOSE, item.state),
        may_end=not may_act(SideAction.WITHDRAW, item.state),
        choosing=choosing,
        ending=ending,
    )
