"""What an asker does: submit, change, take an alternative, withdraw."""

from datetime import datetime

from booking import letters
from booking.models import BookingRequest, RequestChoice
from booking.queries.asking import check_alternatives, check_wishes
from booking.queries.requests import request_for_update
from booking.rules.asked import Asked
from booking.rules.audience import Audience
from booking.rules.lifecycle import Action, RequestState, may
from booking.rules.norms import Wish
from booking.services.consenting import drop_consent, need_consent
from booking.services.drafts import drop_draft
from booking.services.promises import promise_answer
from booking.services.references import new_reference
from core import history, rate_limit, submissions
from core.db import session
from core.findings import Finding, Refused, blocker, blockers, refuse_if
from core.history import Actor
from people.services import find_or_add_organisation
from venues.services import find_or_add_own_place

REQUESTS_PER_ADDRESS = 20
REQUESTS_PER_CLIENT = 60


def submit(
    asked: Asked,
    *,
    form_token: str,
    now: datetime,
    by: Actor = history.ASKER,
    client: str = "",
    draft_token: str | None = None,
) -> BookingRequest:
    """Take a request in; the same form sent again leads to the same request.

    A host who is signed in and asks for an own room has said yes with it. `client`: from where it
    comes, to be counted. The draft it was filled in with is not kept.
    """
    content = {"asked": repr(asked)}
    earlier = submissions.once(form_token, content)
    if earlier is not None:
        return session.get_one(BookingRequest, int(earlier))
    refuse_if(_too_often(asked.contact.email, client, now))
    refuse_if(_against(asked, now))
    if draft_token:
        drop_draft(draft_token)
    request = _new_request(asked, now)
    session.add(request)
    session.flush()
    submissions.remember(form_token, content, str(request.id), now)
    history.record("submitted", request.subject, by=by, at=now)
    need_consent(request, request.room, by=by, now=now)
    letters.submitted(request, now=now)
    return request


def change_details(
    request_id: int,
    *,
    audience: Audience,
    hope: str,
    phone: str,
    version: int,
    now: datetime,
) -> BookingRequest:
    """The asker corrects numbers, wish or phone before the theatre decides."""
    request = request_for_update(request_id, version)
    refuse_if(may(Action.CHANGE, request.state))
    before = request.visitors
    set_audience(request, audience)
    request.hope, request.contact_phone = hope, phone
    session.flush()
    history.record(
        "changed", request.subject, by=history.ASKER, at=now, before=before, after=request.visitors
    )
    return request


def choose_alternative(
    request_id: int, *, position: int, version: int, now: datetime
) -> BookingRequest:
    """Take a moment the theatre offered with its decline; the request waits again."""
    request = request_for_update(request_id, version)
    refuse_if(may(Action.REOPEN, request.state))
    chosen = next((a for a in request.alternatives if a.position == position), None)
    if chosen is None:
        raise Refused([blocker("no_such_alternative")])
    wish = chosen.wish
    refuse_if(_against_alternative(request, wish, now))
    request.choices = []
    request.alternatives = []
    session.flush()
    request.choices = [new_choice(1, wish)]
    request.state, request.decline_reason, request.decline_words = RequestState.SUBMITTED, None, ""
    request.decided_at = None
    promise_answer(request, now)
    session.flush()
    history.record("reopened", request.subject, by=history.ASKER, at=now, moment=wish.key)
    letters.reopened(request, now=now)
    need_consent(request, request.room, by=history.ASKER, now=now)
    return request


def withdraw(request_id: int, *, version: int, by: Actor, now: datetime) -> BookingRequest:
    request = request_for_update(request_id, version)
    refuse_if(may(Action.WITHDRAW, request.state))
    option = request.option
    if option:
        option.released_at = now
    request.state, request.decided_at = RequestState.WITHDRAWN, now
    session.flush()
    history.record("withdrawn", request.subject, by=by, at=now)
    letters.withdrawn(request, option, now=now)
    drop_consent(request, by=by, now=now)
    return request


def new_choice(position: int, wish: Wish) -> RequestChoice:
    return RequestChoice(
        position=position, day_on=wish.day, day_part=wish.part, day_parts=wish.day_parts
    )


def set_audience(request: BookingRequest, audience: Audience) -> None:
    request.visitors_live_here = audience.live_here
    request.visitors_by_key_figure = audience.by_key_figure
    request.visitors_walk_in = audience.walk_in
    request.visitors_from_city = audience.from_city


def _against(asked: Asked, now: datetime) -> list[Finding]:
    """The choices that can no longer be served, each followed by the reason."""
    if not asked.wishes:
        return [blocker("no_choice")]
    findings = []
    for wish, said in check_wishes(asked.where, asked.wishes, asked.audience.total, now):
        if blockers(said):
            findings += [blocker("choice_not_free", wish=wish), *blockers(said)]
    return findings


def _against_alternative(request: BookingRequest, wish: Wish, now: datetime) -> list[Finding]:
    said = next(said for offered, said in check_alternatives(request, now) if offered == wish)
    return [blocker("choice_not_free", wish=wish), *blockers(said)] if blockers(said) else []


def _too_often(email: str, client: str, now: datetime) -> list[Finding]:
    within = rate_limit.allowed_today(
        "asking",
        email,
        client,
        per_address=REQUESTS_PER_ADDRESS,
        per_client=REQUESTS_PER_CLIENT,
        now=now,
    )
    return [] if within else [blocker("asked_too_often")]


def _new_request(asked: Asked, now: datetime) -> BookingRequest:
    where, contact = asked.where, asked.contact
    room_id = where.room_id
    if where.own_place:
        room_id = find_or_add_own_place(where.own_place, now).id
    request = BookingRequest(
        reference=new_reference("K"),
        organisation=find_or_add_organisation(contact.organisation, now=now),
        contact_name=contact.name,
        contact_email=contact.email,
        contact_phone=contact.phone,
        language=contact.language,
        room_id=room_id,
        district_number=where.postcode.district.number,
        is_closed=asked.is_closed,
        hope=asked.hope,
        submitted_at=now,
        choices=[new_choice(n, wish) for n, wish in enumerate(asked.wishes, 1)],
    )
    set_audience(request, asked.audience)
    promise_answer(request, now)
    return request
