"""Page 5: all answers together, and the button that sends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, session, url_for

from booking import services
from booking.forms.asking import SendForm
from booking.models import BookingRequest
from booking.phrases import when_heard
from booking.queries.asking import check_wishes
from booking.queries.consents import has_host
from booking.queries.moments import intakes_for
from booking.queries.norms import current_norms
from booking.queries.requests import request_sent_with
from booking.queries.scoring import Fitting, fitting_of
from booking.queries.stops import request_by_id
from booking.rules.answers import Answers
from booking.rules.asked import Asked
from booking.rules.norms import Norms, Wish
from booking.rules.offer import seats_for
from booking.rules.promises import promise
from booking.views.asking.steps import DRAFT, back_to_missing, bp, kept_answers
from core import clock
from core.clock import local_date
from core.db import transact
from core.errors import sentences
from core.findings import Finding, Refused
from core.language import language
from core.pages import go_to, page
from core.security import client_address, keep_private
from people.access import current_actor, public
from venues.fitting import fit_of
from venues.queries.places import find_room

START, SENT = "asking.start", "sent"
UNKNOWN = {"fit_unknown", "hours_unknown"}  # for the theatre to find out, not for the asker
ABOUT_PLACE = {"no_power", "not_quiet", "steps_on_route", "soft_ground", "no_shelter", *UNKNOWN}
STATUS = {"asked_too_often": 429}


@dataclass(frozen=True, slots=True)
class Choice:
    """One moment, with what the rules say of it now."""

    wish: Wish
    findings: list[Finding]


@bp.get("/kubus/aanvragen/controleer")
@public
def check() -> Response:
    answers = kept_answers()
    return back_to_missing(answers, None) or _page(SendForm(), answers)


@bp.post("/kubus/aanvragen/controleer")
@public
def send() -> Response:
    """The same form sent twice leads to the same thanks."""
    answers, form = kept_answers(), SendForm()
    asked = answers.asked(language())
    if asked is None:
        return _thanks_again(form) or back_to_missing(answers, None) or go_to(url_for(START))
    try:
        sent = transact(
            services.submit,
            asked,
            form_token=str(form.form_token.data),
            now=clock.utcnow(),
            by=current_actor(),
            client=client_address(),
            draft_token=DRAFT.token,
        )
    except Refused as refusal:
        return _refused(form, answers, refusal)
    return _thanks(sent)


@bp.get("/kubus/aanvragen/verstuurd")
@public
def sent() -> Response:
    """Thanks: the number, and what happens next."""
    keep_private()
    request_id = session.get(SENT)
    found = request_by_id(request_id) if isinstance(request_id, int) else None
    if found is None:
        return go_to(url_for(START))
    return page("booking/asking/sent.html", asked=found, heard=_heard(found))


def _thanks(sent: BookingRequest) -> Response:
    DRAFT.forget()
    session[SENT] = sent.id
    return go_to(url_for("asking.sent"))


def _thanks_again(form: SendForm) -> Response | None:
    """The draft is gone because this very form was done before."""
    before = request_sent_with(str(form.form_token.data))
    return _thanks(before) if before else None


def _refused(form: SendForm, answers: Answers, refusal: Refused) -> Response:
    """Nothing is lost: the same page says why, with links to choose again."""
    codes = {finding.code for finding in refusal.findings}
    form.refuse(sentences(refusal.findings))
    status = next((STATUS[code] for code in codes if code in STATUS), 409)
    return _page(form, answers, status)


def _page(form: SendForm, answers: Answers, status: int = 200) -> Response:
    where, now, norms = answers.where, clock.utcnow(), current_norms()
    judged = check_wishes(where, answers.wishes, answers.visitors, now) if where else []
    room = find_room(where.room_id) if where and where.room_id else None
    seats = [seats_for(answers.visitors or 0, wish, norms) for wish in answers.wishes]
    asked = answers.asked(language())
    return page(
        "booking/asking/check.html",
        status,
        form=form,
        asked=asked,
        fitting=_fitting(asked, now) if asked else None,
        room=room,
        fit=fit_of(room) if room else None,
        has_host=has_host(room),
        choices=[Choice(wish, _about_moment(findings)) for wish, findings in judged],
        about_place=_about_place(judged),
        heard=_hears(answers.wishes, norms, now),
        needed=max((each.needed for each in seats if not each.are_enough), default=None),
        day_parts_at_most=norms.day_parts_at_most,
    )


def _heard(sent: BookingRequest) -> list[str]:
    """When the answer comes, in sentences."""
    wishes = [choice.wish for choice in sent.choices]
    return when_heard(sent.answer_until, intakes_for(wishes, local_date(sent.submitted_at)))


def _hears(wishes: Sequence[Wish], norms: Norms, now: datetime) -> list[str]:
    """The same, before it is sent."""
    today = local_date(now)
    intakes = intakes_for(wishes, today)
    until = promise(wishes, intakes, term=norms.theatre_answer, today=today, now=now)
    return when_heard(until, intakes)


def _fitting(asked: Asked, now: datetime) -> Fitting:
    number = asked.where.postcode.district.number
    return fitting_of(asked.audience, number, asked.is_closed, now)


def _about_moment(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code not in ABOUT_PLACE]


def _about_place(judged: list[tuple[Wish, list[Finding]]]) -> list[Finding]:
    """The same for every moment, so said once."""
    said = judged[0][1] if judged else []
    return [f for f in said if f.code in ABOUT_PLACE and f.code not in UNKNOWN]
