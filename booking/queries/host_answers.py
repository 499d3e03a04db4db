"""What hosts are asked about their rooms, judged as it is now. Always as many queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from booking.models import RoomBooking, RoomDate
from booking.queries.rooms import load_rooms
from booking.rules.host_answers import ASKING, Question, answer_findings, compete
from booking.rules.norms import Norms
from booking.rules.room_lifecycle import DateState, Side
from booking.rules.rooms import Meeting, RoomPlace
from core.db import session
from core.findings import Finding, Weight, blockers
from core.history import HistoryEntry
from core.period import hull
from core.submissions import Submission
from people.models import Person
from venues.models import Room, VenueHost

AROUND = timedelta(days=1)
LOOKED_BACK = timedelta(days=60)  # keeps the past out of what comes by each minute
Venues = Collection[int] | None  # ids of the venues somebody speaks for; None: of all


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """`rivals`: dates of other bookings that a yes would take the room from."""

    date: RoomDate
    question: Question
    findings: tuple[Finding, ...]
    rivals: tuple[RoomDate, ...]

    @property
    def can_be(self) -> bool:
        return not blockers(self.findings)

    @property
    def concerns(self) -> list[Finding]:
        return [each for each in self.findings if each.weight is Weight.CONCERN]


def question_of(date: RoomDate) -> Question | None:
    """What is asked about this date, if anything."""
    if date.state is DateState.ASKED:
        offered = date.proposed if date.proposed_by is Side.HOST else None
        return Question(date.id, date.room_id, date.period, offered=offered)
    if date.is_confirmed and date.proposed:
        if date.proposed_by is Side.ASKER:
            return Question(date.id, date.room_id, date.proposed, stands=date.period)
        return Question(
            date.id, date.room_id, date.period, stands=date.period, offered=date.proposed
        )
    return None


def questions_of(booking: RoomBooking, venues: Venues = None) -> dict[int, Question]:
    """By id of the date, in order; only of rooms in these venues."""
    found = {date.id: question_of(date) for date in dates_at(booking, venues)}
    return {date_id: question for date_id, question in found.items() if question}


def dates_at(booking: RoomBooking, venues: Venues) -> list[RoomDate]:
    return [date for date in booking.dates if venues is None or date.room.venue_id in venues]


def judged_questions(
    booking: RoomBooking, venues: Venues, now: datetime
) -> dict[int, JudgedQuestion]:
    """Everything that can be answered now, by id of the date, in order."""
    asked = questions_of(booking, venues)
    questions = {date_id: each for date_id, each in asked.items() if each.is_answerable}
    if not questions:
        return {}
    dates = {date.id: date for date in booking.dates if date.id in questions}
    places = places_of(list(dates.values()), list(questions.values()))
    rivals = _rivals(booking, list(questions.values()), places)
    return {
        date_id: JudgedQuestion(
            dates[date_id],
            question,
            tuple(
                answer_findings(
                    Meeting(question.wanted, booking.people), places[question.room_id], now
                )
            ),
            tuple(rivals[date_id]),
        )
        for date_id, question in questions.items()
    }


def places_of(dates: Sequence[RoomDate], questions: Sequence[Question]) -> dict[int, RoomPlace]:
    """Their rooms around those times, by room id; no date stands in its own way."""
    window = hull(question.at_stake for question in questions)
    window = hull([window, *(question.wanted for question in questions)])
    rooms = {date.room_id: date.room for date in dates}
    return load_rooms(window, rooms.values(), without_dates=[date.id for date in dates])


def _rivals(
    booking: RoomBooking, questions: Sequence[Question], places: dict[int, RoomPlace]
) -> dict[int, list[RoomDate]]:
    """By id of our own date, in the order in which they were asked."""
    window = hull(question.wanted for question in questions).padded(AROUND, AROUND)
    asked = (
        select(RoomDate)
        .join(RoomDate.room_booking)
        .where(
            RoomDate.room_id.in_(places),
            RoomDate.state == DateState.ASKED,
            RoomDate.room_booking_id != booking.id,
            or_(
                and_(RoomDate.starts_at < window.end, RoomDate.starts_at > window.start),
                and_(
                    RoomDate.proposed_starts_at < window.end,
                    RoomDate.proposed_starts_at > window.start,
                ),
            ),
        )
        .order_by(RoomBooking.submitted_at, RoomDate.id)
        .options(joinedload(RoomDate.room_booking, innerjoin=True))
    )
    found: dict[int, list[RoomDate]] = defaultdict(list)
    for date in session.scalars(asked).unique():
        other, terms = question_of(date), places[date.room_id].terms
        assert other is not None
        for question in questions:
            same_room = question.room_id == date.room_id
            if same_room and compete(question.wanted, other.at_stake, terms):
                found[question.date_id].append(date)
    return found


def is_said_with(form_token: str, booking_id: int) -> bool:
    """Whether the form with this token was done before."""
    sent = session.get(Submission, form_token)
    return sent is not None and sent.outcome == str(booking_id)


# ---- Lists ----


def waits_for_host() -> ColumnElement[bool]:
    """Of a date, in a query."""
    return or_(
        and_(RoomDate.state == DateState.ASKED, RoomDate.proposed_by.is_(None)),
        and_(RoomDate.state == DateState.CONFIRMED, RoomDate.proposed_by == Side.ASKER),
    )


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What one host can answer about one booking."""

    booking: RoomBooking
    questions: tuple[Question, ...]  # that wait for the host, in order; at least one

    @property
    def room(self) -> Room:
        """That of the first question; the booking may begin elsewhere."""
        first = self.questions[0].date_id
        return next(date.room for date in self.booking.dates if date.id == first)


def open_questions_of(person: Person, now: datetime) -> list[OpenQuestion]:
    """What waits for this host, the first to end first."""
    venues = set(
        session.scalars(select(VenueHost.venue_id).where(VenueHost.person_id == person.id))
    )
    waiting = (
        select(RoomDate.room_booking_id)
        .join(Room, Room.id == RoomDate.room_id)
        .where(Room.venue_id.in_(venues), waits_for_host(), RoomDate.starts_at > now)
    )
    bookings = (
        select(RoomBooking)
        .where(RoomBooking.id.in_(waiting))
        .order_by(RoomBooking.answer_until, RoomBooking.id)
    )
    return [
        OpenQuestion(booking, tuple(waiting_questions(booking, venues)))
        for booking in session.scalars(bookings)
    ]


def waiting_questions(booking: RoomBooking, venues: Venues) -> list[Question]:
    return [each for each in questions_of(booking, venues).values() if each.waits_for_host]


def venues_hosted_by(person: Person, booking: RoomBooking) -> frozenset[int]:
    """Which of the venues of this booking the person speaks for."""
    venue_ids = {date.room.venue_id for date in booking.dates}
    spoken_for = select(VenueHost.venue_id).where(
        VenueHost.person_id == person.id, VenueHost.venue_id.in_(venue_ids)
    )
    return frozenset(session.scalars(spoken_for))


def bookings_of_rooms(*, only_waiting: bool, limit: int, offset: int = 0) -> list[RoomBooking]:
    """For planners: what waits by its term, or everything with the newest first."""
    found = select(RoomBooking).limit(limit).offset(offset)
    if only_waiting:
        found = found.where(RoomBooking.answer_until.is_not(None))
        found = found.order_by(RoomBooking.answer_until, RoomBooking.id)
    else:
        found = found.order_by(RoomBooking.submitted_at.desc(), RoomBooking.id.desc())
    return list(session.scalars(found))


# ---- By the clock ----


def asked_at(booking: RoomBooking) -> datetime:
    """When the host was asked last: at first, or when the asker changed the question."""
    latest = select(func.max(HistoryEntry.at)).where(_asking(booking.id))
    return session.scalar(latest) or booking.submitted_at


def hosts_to_nudge(now: datetime, norms: Norms) -> list[int]:
    """Bookings whose host has not answered and was not reminded, shortly before the end.

    Who was asked a moment ago is not reminded, however short the term.
    """
    just_asked = exists().where(_asking(RoomBooking.id), HistoryEntry.at >= now - norms.nudge)
    due = select(RoomBooking.id).where(
        RoomBooking.nudged_at.is_(None),
        RoomBooking.answer_until > now,
        RoomBooking.answer_until <= now + norms.nudge,
        ~just_asked,
    )
    return list(session.scalars(due.order_by(RoomBooking.id)))


def _asking(booking_id: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return and_(
        HistoryEntry.subject_kind == "room_booking",
        HistoryEntry.subject_id == booking_id,
        HistoryEntry.action.in_(ASKING),
    )


def questions_too_late(now: datetime) -> list[int]:
    """Bookings with a question that nobody answered in time."""
    begun = select(RoomDate.room_booking_id).where(
        RoomDate.state == DateState.ASKED,
        func.coalesce(RoomDate.proposed_starts_at, RoomDate.starts_at) <= now,
    )
    stale = select(RoomDate.room_booking_id).where(
        RoomDate.state == DateState.CONFIRMED,
        RoomDate.proposed_starts_at.is_not(None),
        RoomDate.starts_at <= now,
        RoomDate.starts_at > now - LOOKED_BACK,
    )
    due = select(RoomBooking.id).where(
        or_(
            RoomBooking.answer_until <= now,
            RoomBooking.id.in_(begun),
            RoomBooking.id.in_(stale),
        )
    )
    return list(session.scalars(due.order_by(RoomBooking.id)))
