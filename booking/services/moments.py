"""Planners keep the days around which requests are collected.

What was promised to who waits for these days follows each change: see `services/promises.py`.
"""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import select, update

from booking.letters import moments as letters
from booking.models import Moment, MomentState, YearlyAnswer
from booking.queries.moments import moment_for_update, moments_to_decide
from booking.rules.moments import MomentAsked, moment_findings
from booking.services.promises import follow_intakes
from core import history, submissions
from core.clock import local_date
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor


def add_moment(
    asked: MomentAsked,
    *,
    form_token: str,
    yearly: tuple[str, int] | None = None,
    by: Actor,
    now: datetime,
) -> Moment:
    """`yearly`: the proposal that it confirms, so that it is not proposed again."""
    content = {name: _plain(value) for name, value in asdict(asked).items()}
    if earlier := submissions.once(form_token, content):
        return session.get_one(Moment, int(earlier))
    refuse_if(moment_findings(asked))
    moment = Moment(**asdict(asked), created_at=now)
    session.add(moment)
    session.flush()
    if yearly:
        _answer(yearly, moment.id, now)
    history.record("moment added", moment.subject, by=by, at=now, name=asked.public_name)
    follow_intakes([moment.days], why=moment.public_name, by=by, now=now)
    submissions.remember(form_token, content, str(moment.id), now)
    return moment


def change_moment(
    moment_id: int, asked: MomentAsked, *, version: int, by: Actor, now: datetime
) -> Moment:
    moment = moment_for_update(moment_id, version)
    refuse_if(moment_findings(asked))
    days, changed = moment.days, {}
    for name, value in asdict(asked).items():
        before = getattr(moment, name)
        if before != value:
            changed[name] = [_plain(before), _plain(value)]
            setattr(moment, name, value)
    if changed:
        history.record("moment changed", moment.subject, by=by, at=now, changed=changed)
        follow_intakes([days, moment.days], why=moment.public_name, by=by, now=now)
    return moment


def dismiss_proposal(yearly: tuple[str, int], *, by: Actor, now: datetime) -> YearlyAnswer:
    """Not this year; next year it comes back."""
    answer = _answer(yearly, None, now)
    history.record("moment dismissed", ("yearly_answer", answer.id), by=by, at=now)
    return answer


def close_moment(moment_id: int, *, version: int, by: Actor, now: datetime) -> Moment:
    """Decided, or called off: who waits still is answered as anybody is."""
    moment = moment_for_update(moment_id, version)
    return _turn(moment, MomentState.CLOSED, "moment closed", by, now)


def reopen_moment(moment_id: int, *, version: int, by: Actor, now: datetime) -> Moment:
    moment = moment_for_update(moment_id, version, MomentState.CLOSED)
    if moment.last_day < local_date(now):
        raise Refused([blocker("moment_over")])
    return _turn(moment, MomentState.OPEN, "moment reopened", by, now)


def _turn(moment: Moment, state: MomentState, action: str, by: Actor, now: datetime) -> Moment:
    moment.state = state
    history.record(action, moment.subject, by=by, at=now)
    follow_intakes([moment.days], why=moment.public_name, by=by, now=now)
    return moment


def remind_to_choose(*, now: datetime) -> int:
    """Once, when the intake is over: the planners hear it. Returns of how many moments."""
    reminded = 0
    for due in moments_to_decide(local_date(now)):
        moment = moment_for_update(due.id, None)
        if moment.nudged_at is None:
            # Past the version that forms carry: nobody's form becomes out of date by it.
            noted = update(Moment).where(Moment.id == moment.id).values(nudged_at=now)
            session.execute(noted)
            letters.choose_now(moment, now=now)
            reminded += 1
    return reminded


def _answer(yearly: tuple[str, int], moment_id: int | None, now: datetime) -> YearlyAnswer:
    day, year = yearly
    known = select(YearlyAnswer.id).where(YearlyAnswer.yearly_day == day, YearlyAnswer.year == year)
    if session.scalar(known):
        raise Refused([blocker("moment_answered")])
    answer = YearlyAnswer(yearly_day=day, year=year, moment_id=moment_id, at=now)
    session.add(answer)
    session.flush()
    return answer


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
