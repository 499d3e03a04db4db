"""What partners offer around a stop, at the desk: propose it, say yes or no."""

from collections.abc import Callable
from functools import partial

from flask import Response, abort, flash, url_for

from booking import services
from booking.forms.side import SideAgreeForm, SideChangeForm, SideForm, SideNoForm
from booking.models import SideItem
from booking.queries.side import lent_rooms, side_item_by_id
from booking.rules.side import SideAction, may_act
from booking.services.side import judge_side
from booking.views.planning.desk import bp, request_or_404
from core import clock, tone
from core.clock import local_date
from core.db import transact
from core.errors import sentences
from core.findings import Refused, blockers, concerns
from core.forms import Form
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only

STALE = frozenset({"side_changed_meanwhile", "side_is_settled"})


@bp.route("/aanvragen/<int:request_id>/programma", methods=["GET", "POST"])
@planner_only
def new_side(request_id: int) -> Response:
    """Words with a label get a suggestion first; sent again as they are, they are kept."""
    found = request_or_404(request_id)
    if found.stop is None or not found.stop.is_confirmed:
        abort(404)
    form = SideForm(data={"day": local_date(found.stop.starts_at)})
    offer_rooms(form)
    status = 422 if form.is_submitted() else 200
    remarks = tone.remarks(form.public_words)
    if form.validate_on_submit() and (not remarks or form.is_meant):
        try:
            item = transact(
                services.propose_side,
                request_id,
                form.offer(),
                form_token=str(form.token.data),
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            form.refuse(sentences(blockers(refusal.findings)))
        else:
            flash(_("Voorgesteld. Kijk of het past en zeg ja of nee."), "ok")
            return go_to(url_for("planning.side_item", item_id=item.id))
    form.read_as.process_data(form.public_words)
    return page("booking/side/new.html", status, form=form, request_=found, remarks=remarks)


@bp.get("/programma/<int:item_id>")
@planner_only
def side_item(item_id: int) -> Response:
    return _item_page(_item_or_404(item_id))


@bp.post("/programma/<int:item_id>/ja")
@planner_only
def agree_side(item_id: int) -> Response:
    form = SideAgreeForm()
    act = partial(services.agree_side, accepted=form.accepted_codes)
    said = _("Afgesproken. De partner krijgt een uitnodiging.")
    return _answered(item_id, form, act, said, partial(_item_page, yes=form))


@bp.post("/programma/<int:item_id>/nee")
@planner_only
def decline_side(item_id: int) -> Response:
    """A no to what is proposed; what was agreed is called off."""
    item, form = _item_or_404(item_id), SideNoForm()
    is_proposed = not may_act(SideAction.ANSWER, item.state)
    service = services.decline_side if is_proposed else services.withdraw_side
    act = partial(service, words=form.words.data)
    said = _("Wie het moet weten krijgt een mail met de reden.")
    return _answered(item_id, form, act, said, partial(_item_page, no=form))


@bp.post("/programma/<int:item_id>/anders")
@planner_only
def ask_side_change(item_id: int) -> Response:
    form = SideChangeForm()
    act = partial(services.ask_side_change, words=form.wanted.data)
    said = _("Gevraagd. Zodra het voorstel anders is, krijg je een mail.")
    return _answered(item_id, form, act, said, partial(_item_page, otherwise=form))


def _answered(
    item_id: int,
    form: SideAgreeForm | SideNoForm | SideChangeForm,
    act: Callable[..., SideItem],
    said: str,
    show: Callable[[SideItem, int], Response],
) -> Response:
    """`show`: the page of the item, with this form in it when it is refused."""
    item = _item_or_404(item_id)
    if not form.validate_on_submit():
        return show(item, 422)
    try:
        transact(act, item_id, version=form.version.data, by=current_actor(), now=clock.utcnow())
    except Refused as refusal:
        return show(_item_or_404(item_id), _refuse(form, refusal))
    flash(said, "ok")
    return go_to(url_for("planning.side_item", item_id=item_id))


def offer_rooms(form: Form) -> None:
    rooms = [(str(room.id), room.full_name) for room in lent_rooms()]
    form["room"].offer([("", _("Kies een ruimte")), *rooms])


def _item_or_404(item_id: int) -> SideItem:
    return side_item_by_id(item_id) or abort(404)


def _refuse(form: Form, refusal: Refused) -> int:
    form.refuse(sentences(refusal.findings))
    return 409 if any(each.code in STALE for each in refusal.findings) else 422


def _item_page(
    item: SideItem,
    status: int = 200,
    *,
    yes: SideAgreeForm | None = None,
    no: SideNoForm | None = None,
    otherwise: SideChangeForm | None = None,
) -> Response:
    """With the one form that was sent; the others are fresh."""
    yes = yes or SideAgreeForm(formdata=None)
    no, otherwise = no or SideNoForm(formdata=None), otherwise or SideChangeForm(formdata=None)
    may_answer = not may_act(SideAction.ANSWER, item.state)
    findings = judge_side(item.moment, item.stop, clock.utcnow()) if may_answer else []
    yes.accepted.process_data(" ".join(each.code for each in concerns(findings)))
    for form in (yes, no, otherwise):
        form.version.process_data(item.version)
    return page(
        "booking/side/item.html",
        status,
        item=item,
        findings=findings,
        is_possible=not blockers(findings),
        has_concerns=bool(concerns(findings)),
        remarks=tone.remarks(f"{item.title} {item.text}"),
        may_answer=may_answer,
        may_end=not may_act(SideAction.WITHDRAW, item.state),
        yes=yes,
        no=no,
        otherwise=otherwise,
    )
