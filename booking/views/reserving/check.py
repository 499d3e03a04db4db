"""Page 3: all of it in words, and the button that sends it. Page 4: sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from flask import Response, session, url_for

from booking import services
from booking.forms.reserving import BookForm
from booking.models import RoomBooking
from booking.phrases import reserving as words
from booking.queries.asked_rooms import dates_now, rooms_asked
from booking.queries.norms import current_norms
from booking.queries.room_bookings import booking_sent_with, room_booking_by_id
from booking.queries.stops import request_by_id
from booking.rules.room_asked import RoomAsked, answer_due, is_usual
from booking.rules.rooms import JudgedDate
from booking.services import reserving
from booking.views.reserving.contact import kept_contact_page
from booking.views.reserving.dates import kept_dates_page
from booking.views.reserving.steps import STEPS, Visit, back_to_missing, bp, visit_or_404
from core import clock
from core.db import transact
from core.errors import sentences
from core.findings import Finding, Refused
from core.language import language
from core.pages import go_to, page
from core.security import client_address, keep_private
from people.access import public
from venues.durations import cancelling
from venues.models import Room

SENT = "room_sent"
STATUS = {"booked_too_often": 429}
ABOUT_ASKER = {"only_for_neighbours", "only_for_known"}
ABOUT_DATES = {"date_not_free", "no_date_chosen", "too_many_dates_ahead"}


@dataclass(frozen=True, slots=True)
class Summary:
    """What is about to be sent, judged now."""

    room: Room
    rooms: list[Room]  # of all dates
    usual: list[JudgedDate]
    apart: list[JudgedDate]  # at another time or in another room than the rest
    left_out: list[date]
    answer_until: datetime | None  # None: all of it is certain at once

    @property
    def answering(self) -> list[Room]:
        return [room for room in self.rooms if not room.confirms_at_once]

    @property
    def dates(self) -> list[JudgedDate]:
        return sorted([*self.usual, *self.apart], key=lambda found: found.day)

    @property
    def lost(self) -> list[JudgedDate]:
        """Taken since they were chosen."""
        return [found for found in self.dates if not found.is_free]


@bp.get("/ruimtes/<int:room_id>/reserveren/controleer")
@public
def check(room_id: int) -> Response:
    visit = visit_or_404(room_id)
    return back_to_missing(visit, None) or _page(visit, BookForm())


@bp.post("/ruimtes/<int:room_id>/reserveren/controleer")
@public
def send(room_id: int) -> Response:
    """The same form sent twice leads to the same thanks."""
    visit, form = visit_or_404(room_id), BookForm()
    asked = visit.answers.asked(language())
    if asked is None:
        return _thanks_again(room_id, form) or _from_the_start(visit)
    try:
        booking = transact(
            _booking_of(visit),
            asked,
            form_token=str(form.form_token.data),
            now=clock.utcnow(),
            client=client_address(),
            draft_token=visit.draft.token,
        )
    except Refused as refusal:
        return _refused(visit_or_404(room_id), form, refusal.findings)
    visit.draft.forget()
    return _thanks(room_id, booking)


@bp.get("/ruimtes/<int:room_id>/reserveren/verstuurd")
@public
def sent(room_id: int) -> Response:
    """Thanks: the number, and what happens next."""
    keep_private()
    booking_id = session.get(SENT)
    booking = room_booking_by_id(booking_id) if isinstance(booking_id, int) else None
    if booking is None:
        return go_to(url_for("reserving.start", room_id=room_id))
    return page("booking/reserving/sent.html", booking=booking, words=words)


def _booking_of(visit: Visit) -> Callable[..., RoomBooking]:
    """By itself, or with the visit of the cube after which it goes on."""
    request_id = visit.answers.continues
    return partial(services.book_what_continues, request_id) if request_id else reserving.book_room


def _thanks(room_id: int, booking: RoomBooking) -> Response:
    session[SENT] = booking.id
    return go_to(url_for("reserving.sent", room_id=room_id))


def _thanks_again(room_id: int, form: BookForm) -> Response | None:
    """The draft is gone because this very form was done before."""
    before = booking_sent_with(str(form.form_token.data))
    return _thanks(room_id, before) if before else None


def _from_the_start(visit: Visit) -> Response:
    return back_to_missing(visit, None) or go_to(visit.address("reserving.start"))


def _refused(visit: Visit, form: BookForm, findings: list[Finding]) -> Response:
    """Nothing is lost: the page where something can be done about it says what."""
    codes = {finding.code for finding in findings}
    if codes & ABOUT_DATES:
        return kept_dates_page(visit, findings, 409)
    if codes & ABOUT_ASKER:
        return kept_contact_page(visit, findings, 409)
    form.refuse(sentences(findings))
    status = next((STATUS[code] for code in codes if code in STATUS), 409)
    return _page(visit, form, status)


def _page(visit: Visit, form: BookForm, status: int = 200) -> Response:
    asked = visit.answers.asked(language())
    assert asked  # nobody comes here before all is filled in
    return page(
        "booking/reserving/check.html",
        status,
        form=form,
        visit=visit,
        asked=asked,
        summary=_summary(asked, visit.now),
        steps=STEPS,
        words=words,
        cancelling=cancelling,
        continues=request_by_id(visit.answers.continues) if visit.answers.continues else None,
    )


def _summary(asked: RoomAsked, now: datetime) -> Summary:
    rooms = rooms_asked(asked)
    dates = dates_now(asked, rooms, now)
    pairs = list(zip(asked.dates, dates, strict=True))
    first = min((each.period.start for each in dates if each.period), default=now)
    is_certain = all(rooms[room_id].confirms_at_once for room_id in asked.room_ids)
    due = None if is_certain else answer_due(first, now, current_norms().host_answer)
    return Summary(
        room=rooms[asked.room_id],
        rooms=[rooms[room_id] for room_id in asked.room_ids],
        usual=[found for slot, found in pairs if is_usual(slot, asked)],
        apart=[found for slot, found in pairs if not is_usual(slot, asked)],
        left_out=sorted(set(asked.days) - {each.day for each in dates}),
        answer_until=due,
    )
