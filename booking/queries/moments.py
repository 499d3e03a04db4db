"""Moments, and what the calendar proposes."""

from datetime import date, timedelta

from sqlalchemy import select

from booking.models import Moment, MomentState, YearlyAnswer
from booking.rules.norms import Wish
from booking.rules.yearly import Proposal, proposals
from core.db import session
from core.findings import Refused, blocker

AHEAD = timedelta(days=365)


def all_moments() -> list[Moment]:
    """Those to come first, in order; closed ones last."""
    found = select(Moment).order_by(Moment.state.desc(), Moment.first_day, Moment.id)
    return list(session.scalars(found))


def open_moments(today: date) -> list[Moment]:
    """Those that are still to come, soonest first."""
    found = (
        select(Moment)
        .where(Moment.state == MomentState.OPEN, Moment.last_day >= today)
        .order_by(Moment.first_day, Moment.id)
    )
    return list(session.scalars(found))


def moments_to_decide(today: date) -> list[Moment]:
    """The intake is over, and nobody has planned them yet."""
    return [moment for moment in open_moments(today) if moment.intake_until < today]


def moments_collecting(today: date) -> list[Moment]:
    """Those for which requests are collected now."""
    return [m for m in open_moments(today) if m.intake_from <= today <= m.intake_until]


def moments_on(first: date, last: date, today: date) -> list[Moment]:
    """Those on these days for which requests are collected now."""
    return [moment for moment in moments_collecting(today) if moment.touches(first, last)]


def collected_until(wish: Wish, today: date) -> date | None:
    """Until when others may ask for the days of this wish; None: that is over, or no moment."""
    until = [each.intake_until for each in open_moments(today) if each.touches(*wish.days)]
    return max((day for day in until if today <= day), default=None)


def moment_for_update(moment_id: int, version: int | None) -> Moment:
    """The open moment, locked until the transaction ends; Refused when it changed meanwhile."""
    locked = (
        select(Moment)
        .where(Moment.id == moment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    moment = session.scalars(locked).one_or_none()
    if moment is None or (version is not None and moment.version != version):
        raise Refused([blocker("moment_changed_meanwhile")])
    if not moment.is_open:
        raise Refused([blocker("moment_closed")])
    return moment


def proposed(today: date) -> list[Proposal]:
    answered = session.execute(select(YearlyAnswer.yearly_day, YearlyAnswer.year)).tuples()
    return proposals(today, until=today + AHEAD, answered=answered)
