"""Moments, what waits for them, and what the calendar proposes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from booking.models import BookingRequest, Moment, MomentState, Option, RequestChoice, YearlyAnswer
from booking.rules.lifecycle import WAITING, RequestState
from booking.rules.norms import Wish
from booking.rules.promises import Intake, running
from booking.rules.yearly import Proposal, proposals
from core.db import session
from core.findings import Refused, blocker

AHEAD = timedelta(days=365)
LONGEST_WISH = timedelta(days=14)  # what begins earlier does not reach the days that are looked at

Days = tuple[date, date]  # the first and the last


def all_moments() -> list[Moment]:
    """Those to come first, in order; closed ones last."""
    found = select(Moment).order_by(Moment.state.desc(), Moment.first_day, Moment.id)
    return list(session.scalars(found))


def moments_to_decide(today: date) -> list[Moment]:
    """The intake is over, and nobody has planned them yet."""
    return list(session.scalars(_open(today).where(Moment.intake_until < today)))


def moments_collecting(today: date) -> list[Moment]:
    """Those for which requests are collected now."""
    began = Moment.intake_from <= today
    return list(session.scalars(_open(today).where(began, Moment.intake_until >= today)))


def moments_on(first: date, last: date, today: date, *, locked: bool = False) -> list[Moment]:
    """Those on these days of which the intake is not over; who asks for them hears after it.

    `locked`: they stay as they are until the transaction ends.
    """
    found = _open(today).where(
        Moment.intake_until >= today, Moment.first_day <= last, Moment.last_day >= first
    )
    return list(session.scalars(found.with_for_update(read=True) if locked else found))


def moments_for(wishes: Sequence[Wish], today: date, *, locked: bool = False) -> list[Moment]:
    """Those of which the intake holds up the answer to these wishes."""
    if not wishes:
        return []
    first = min(wish.days[0] for wish in wishes)
    last = max(wish.days[1] for wish in wishes)
    return [
        moment
        for moment in moments_on(first, last, today, locked=locked)
        if running(wishes, [moment.intake], today)
    ]


def intakes_for(wishes: Sequence[Wish], today: date, *, locked: bool = False) -> list[Intake]:
    """What holds up the answer to these wishes, the first to end first."""
    found = [moment.intake for moment in moments_for(wishes, today, locked=locked)]
    return running(wishes, found, today)


def collected_until(wish: Wish, today: date) -> date | None:
    """Until when others may ask for the days of this wish; None: that is over, or no moment."""
    return max((intake.until for intake in intakes_for([wish], today)), default=None)


def moment_for_update(
    moment_id: int, version: int | None, state: MomentState = MomentState.OPEN
) -> Moment:
    """Locked until the transaction ends; Refused when it changed meanwhile, or is in another
    state."""
    locked = (
        select(Moment)
        .where(Moment.id == moment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    moment = session.scalars(locked).one_or_none()
    if moment is None or (version is not None and moment.version != version):
        raise Refused([blocker("moment_changed_meanwhile")])
    if moment.state is not state:
        raise Refused([blocker("moment_is_open" if moment.is_open else "moment_closed")])
    return moment


def requests_for(moment: Moment) -> list[BookingRequest]:
    """What waits with a wish on its days, or with an option there, the longest first."""
    found = (
        select(BookingRequest)
        .where(
            BookingRequest.state.in_(list(WAITING)), _asks_for(moment.first_day, moment.last_day)
        )
        .order_by(BookingRequest.submitted_at, BookingRequest.id)
    )
    return [each for each in session.scalars(found) if wishes_on(each, moment)]


def wishes_on(request: BookingRequest, moment: Moment) -> tuple[Wish, ...]:
    """What it asks of the moment, in its own order."""
    wishes = [request.option.wish] if request.option else [c.wish for c in request.choices]
    return tuple(wish for wish in wishes if moment.touches(*wish.days))


def undecided_on(stretches: Iterable[Days]) -> list[int]:
    """Requests that wait for an answer and ask for these days, perhaps a few more; by id."""
    asked = [_asks_for(*days) for days in stretches]
    found = select(BookingRequest.id).where(
        BookingRequest.state == RequestState.SUBMITTED, or_(*asked)
    )
    return list(session.scalars(found.order_by(BookingRequest.id)))


def proposed(today: date) -> list[Proposal]:
    answered = session.execute(select(YearlyAnswer.yearly_day, YearlyAnswer.year)).tuples()
    return proposals(today, until=today + AHEAD, answered=answered)


def _open(today: date) -> Select[tuple[Moment]]:
    """Those that are still to come, soonest first."""
    return (
        select(Moment)
        .where(Moment.state == MomentState.OPEN, Moment.last_day >= today)
        .order_by(Moment.first_day, Moment.id)
    )


def _asks_for(first: date, last: date) -> ColumnElement[bool]:
    """By the day on which a wish begins; the rules say which of them reach these days."""
    earliest = first - LONGEST_WISH
    return or_(
        BookingRequest.choices.any(RequestChoice.day_on.between(earliest, last)),
        BookingRequest.options.any(
            Option.released_at.is_(None) & Option.day_on.between(earliest, last)
        ),
    )
