"""/ruimtes/<id>/wachtlijst: stand in line for a time that is taken."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import Response, abort, request, session, url_for

from booking.forms.waiting import JoinForm, MomentForm
from booking.models import WaitingPlace
from booking.phrases.finder import walking
from booking.queries.alternatives import FreeMoment, free_instead
from booking.queries.rooms import is_bookable, load_rooms
from booking.queries.waiting import next_number, number_in_line, waiting_by_id
from booking.rules.asked import Contact
from booking.rules.rooms import Meeting, room_findings
from booking.rules.waiting import join_findings
from booking.services import reserving
from booking.views.rooms import addresses
from booking.views.waiting.blueprint import bp
from core import clock
from core.db import transact
from core.errors import sentences
from core.findings import Finding, Refused, blocker, blockers
from core.language import language
from core.pages import go_to, page
from core.period import Period
from core.security import client_address, keep_private
from people.access import public
from venues.models import Room
from venues.queries.places import find_room
from venues.rules.terms import BookableBy

SENT = "waiting"
STATUS = {"waited_too_often": 429, "free_already": 409}
# Another time, or fewer people, and it can be waited for: the form says where.
FIELDS = {
    "meeting_too_long": "ends",
    "meeting_too_short": "ends",
    "meeting_ends_early": "ends",
    "time_not_on_clock": "starts",
    "meeting_in_the_past": "day",
    "meeting_too_soon": "day",
    "meeting_too_far": "day",
    "too_near_to_wait": "day",
    "room_closed": "starts",
    "room_too_small": "people",
    "only_for_neighbours": "postcode",
}
MENDABLE = {"meeting_too_long", "meeting_too_short", "room_too_small"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The moment as far as it is known, and what the rules say of it now."""

    room: Room
    period: Period | None
    people: int
    findings: list[Finding]  # why nobody can wait for it
    why: list[Finding] = field(default_factory=list)  # why it is taken
    number: int = 0  # which one in the line it would be

    @property
    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings}

    @property
    def is_free(self) -> bool:
        return "free_already" in self.codes

    @property
    def can_be_mended(self) -> bool:
        """By another time or with fewer people."""
        return self.codes <= MENDABLE


@bp.get("/ruimtes/<int:room_id>/wachtlijst")
@public
def join(room_id: int) -> Response:
    """The address may say which time is wanted; the form lets it be changed."""
    found, asked = _room_or_404(room_id), MomentForm(formdata=request.args)
    asked.validate()
    form = JoinForm(
        data={
            "day": asked.day.data,
            "starts": asked.starts.data,
            "ends": asked.ends.data,
            "people": asked.people.data,
        }
    )
    return _join_page(form, found)


@bp.post("/ruimtes/<int:room_id>/wachtlijst")
@public
def do_join(room_id: int) -> Response:
    """The same form sent twice leads to the same thanks."""
    found, form = _room_or_404(room_id), JoinForm()
    if not form.validate():
        return _join_page(form, found, 422)
    asked = _asked(form, found)
    if asked is None:
        return _join_page(form, found, 422)
    try:
        place = transact(
            reserving.join,
            asked,
            form_token=str(form.form_token.data),
            now=clock.utcnow(),
            client=client_address(),
        )
    except Refused as refusal:
        return _refused(form, found, refusal)
    session[SENT] = place.id
    return go_to(url_for("waiting.sent", room_id=room_id))


@bp.get("/ruimtes/<int:room_id>/wachtlijst/verstuurd")
@public
def sent(room_id: int) -> Response:
    """Thanks: the number in line, and what happens next."""
    keep_private()
    place = _sent_place(room_id)
    if place is None:
        return go_to(url_for("waiting.join", room_id=room_id))
    return page("booking/waiting/sent.html", place=place, number=number_in_line(place))


def _sent_place(room_id: int) -> WaitingPlace | None:
    place_id = session.get(SENT)
    place = waiting_by_id(place_id) if isinstance(place_id, int) else None
    return place if place and place.room_id == room_id else None


def _room_or_404(room_id: int) -> Room:
    """Only what can be booked can be waited for."""
    found = find_room(room_id)
    if found is None or not is_bookable(found):
        abort(404)
    return found


def _asked(form: JoinForm, found: Room) -> reserving.WaitingAsked | None:
    """None when the clock does not show that time; the form then says so."""
    period = _period(form)
    if period is None:
        return None
    return reserving.WaitingAsked(
        room_id=found.id,
        period=period,
        people=form.people.data,
        purpose=form.purpose.data,
        contact=Contact(
            form.organisation.data,
            form.name.data,
            form.email.data,
            form.phone.data,
            language(),
        ),
        pc4=form.postcode.data[:4],
    )


def _period(form: JoinForm) -> Period | None:
    """What is filled in; what cannot be meant is said at its field when the form was sent."""
    times, day = form.times, form.day.data
    if times is None or day is None:
        return None
    if not times.are_in_order:
        _say(form, [blocker("meeting_ends_early")])
        return None
    period = times.on(day)
    if period is None:
        _say(form, [blocker("time_not_on_clock", day=day)])
    return period


def _refused(form: JoinForm, found: Room, refusal: Refused) -> Response:
    _say(form, refusal.findings)
    codes = {finding.code for finding in refusal.findings}
    status = next((STATUS[code] for code in codes if code in STATUS), 422)
    return _join_page(form, found, status)


def _say(form: JoinForm, findings: list[Finding]) -> None:
    for finding in findings:
        form.refuse(sentences([finding]), FIELDS.get(finding.code))


def _join_page(form: JoinForm, found: Room, status: int = 200) -> Response:
    now = clock.utcnow()
    wanted = _wanted(form, found, now)
    return page(
        "booking/waiting/join.html",
        status,
        form=form,
        wanted=wanted,
        room=found,
        instead=_instead(wanted, now),
        addresses=addresses,
        walking=walking,
        asks_postcode=found.bookable_by is BookableBy.NEIGHBOURS,
    )


def _wanted(form: JoinForm, found: Room, now: datetime) -> Wanted:
    times, day, people = form.times, form.day.data, form.people.data or 1
    period = times.on(day) if times and day and times.are_in_order else None
    if period is None:
        return Wanted(found, None, people, [])
    place, meeting = load_rooms(period, [found])[found.id], Meeting(period, people)
    against = join_findings(meeting, place, now)
    if against:
        return Wanted(found, period, people, against)
    why = blockers(room_findings(meeting, place, now))
    return Wanted(found, period, people, [], why, next_number(found, period))


def _instead(wanted: Wanted, now: datetime) -> list[FreeMoment]:
    """What need not be waited for."""
    if wanted.period is None or wanted.is_free:
        return []
    return free_instead(wanted.room, wanted.period, wanted.people, now)
