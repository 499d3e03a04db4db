"""Performers among each other: ask a colleague to play some of your encounters, and answer.

The colleague has a key by mail, or is signed in; both see one page. Opening it changes nothing.
"""

from collections.abc import Sequence

from flask import Response, abort, flash, url_for

from booking import services
from booking.forms.swapping import SwapAnswerForm, SwapForm, TakeBackForm
from booking.models import Performer, Stop, SwapRequest
from booking.queries.mine import performer_of
from booking.queries.stops import stop_by_id
from booking.queries.swapping import colleagues_of, find_swap, own_encounters, see_swap
from booking.rules.swapping import SwapState
from booking.views.performers.blueprint import bp
from core import clock, links
from core.db import transact
from core.errors import sentences
from core.filters import told_apart
from core.findings import Finding, Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import by_link, current_person, performer_only

KIND = "swap_request"
OWN = "/mijn-speelbeurten"


@bp.route(f"{OWN}/<int:stop_id>/ruil", methods=["GET", "POST"])
@performer_only
def ask_swap(stop_id: int) -> Response:
    performer, now = _performer_or_404(), clock.utcnow()
    stop = _own_stop_or_404(stop_id, performer)
    if stop.starts_at <= now:
        return go_to(url_for("mine.as_performer"))
    form = _form(stop, performer)
    if not form.validate_on_submit():
        return _ask_page(form, stop, 422 if form.is_submitted() else 200)
    try:
        swap = transact(
            services.ask_swap,
            stop_id,
            form.encounters.data,
            asker_id=performer.id,
            colleague_id=form.colleague.data,
            words=form.words.data,
            form_token=str(form.token.data),
            now=now,
        )
    except Refused as refusal:
        form.refuse(sentences(refusal.findings))
        return _ask_page(form, stop_by_id(stop_id) or abort(404), 409)
    flash(_("Gevraagd. %(name)s krijgt een mail.", name=swap.colleague.name), "ok")
    return go_to(url_for("mine.as_performer"))


@bp.post(f"{OWN}/ruil/<int:swap_id>/terug")
@performer_only
def take_swap_back(swap_id: int) -> Response:
    swap, performer = _swap_or_404(swap_id), _performer_or_404()
    if swap.asker_id != performer.id:
        abort(404)
    if TakeBackForm().validate_on_submit():
        transact(services.take_swap_back, swap_id, asker_id=performer.id, now=clock.utcnow())
        flash(_("Je vraagt het niet meer. Jij speelt."), "ok")
    return go_to(url_for("mine.as_performer"))


@bp.route(f"{OWN}/ruil/<int:swap_id>", methods=["GET", "POST"])
@performer_only
def answer_own_swap(swap_id: int) -> Response:
    """For a colleague who is signed in."""
    swap = _swap_or_404(swap_id)
    if swap.colleague_id != _performer_or_404().id:
        abort(404)
    return _answer(swap, url_for("performers.answer_own_swap", swap_id=swap_id))


@bp.route("/ruil/<token>", methods=["GET", "POST"])
@by_link
def answer_swap(token: str) -> Response:
    swap_id = links.resolve(KIND, token, clock.utcnow())
    swap = _swap_or_404(swap_id) if swap_id else abort(404)
    return _answer(swap, url_for("performers.answer_swap", token=token))


def _answer(swap: SwapRequest, here: str) -> Response:
    form, swap_id, now = SwapAnswerForm(), swap.id, clock.utcnow()
    if not form.validate_on_submit():
        return _answer_page(swap, form, here, 422 if form.is_submitted() else 200)
    try:
        transact(
            services.answer_swap,
            swap_id,
            says_yes=form.says_yes,
            accepted=form.accepted_keys,
            now=now,
        )
    except Refused as refusal:
        return _answer_page(_swap_or_404(swap_id), form, here, 409, refusal.findings)
    flash(
        _("Bedankt. Het staat zo op het rooster.")
        if form.says_yes
        else _("Dank je. Er verandert niets."),
        "ok",
    )
    return go_to(here)


def _answer_page(
    swap: SwapRequest,
    form: SwapAnswerForm,
    here: str,
    status: int,
    refused: Sequence[Finding] = (),
) -> Response:
    """As it is now, also after a refusal: whatever changed meanwhile is shown."""
    now = clock.utcnow()
    state = swap.state_at(now)
    seen = see_swap(swap, now) if state is SwapState.OPEN else None
    form.accepted.process_data(" ".join(seen.concerns) if seen else "")
    form.refuse(sentences(refused))
    return page(
        "booking/performers/swap_answer.html",
        status,
        swap=swap,
        state=state,
        seen=seen,
        own=seen.of(swap.colleague.resource_id) if seen else None,
        form=form,
        here=here,
    )


def _ask_page(form: SwapForm, stop: Stop, status: int) -> Response:
    return page("booking/performers/swap.html", status, form=form, stop=stop)


def _form(stop: Stop, performer: Performer) -> SwapForm:
    own = own_encounters(stop, performer)
    form = SwapForm()
    numbers = [str(each.number) for each in own]
    times = told_apart([each.period for each in own])
    form.encounters.offer(list(zip(numbers, times, strict=True)))
    form.colleague.offer([(str(each.id), each.name) for each in colleagues_of(performer)])
    return form


def _performer_or_404() -> Performer:
    person = current_person()
    return (performer_of(person) if person else None) or abort(404)


def _own_stop_or_404(stop_id: int, performer: Performer) -> Stop:
    stop = stop_by_id(stop_id)
    if stop is None or not stop.is_confirmed or performer not in stop.performers:
        abort(404)
    return stop


def _swap_or_404(swap_id: int) -> SwapRequest:
    return find_swap(swap_id) or abort(404)
