"""Performers say when and where they can play; what that hits is seen first, and then told."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete

from booking.letters import availability as letters
from booking.models import Performer, PerformerAvailability, PerformerDays
from booking.queries.availability import availability_of, newly_against
from booking.queries.norms import current_norms
from booking.queries.performers import performer_for_update
from booking.rules.availability import (
    Availability,
    OtherDays,
    availability_findings,
    changes,
    days_findings,
)
from booking.services import claims
from core import history, submissions
from core.clock import local_date
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor

DAYS_KEPT = timedelta(days=30)  # after the last of them: so long a planner may wonder why


def say_availability(
    performer_id: int,
    said: Availability,
    *,
    version: int,
    seen: Collection[str] = (),
    by: Actor,
    now: datetime,
) -> PerformerAvailability:
    """The week, the places and the number; the other days stay.

    Refused when it hits stops that are not among `seen`: those are shown first.
    """
    row = _to_change(performer_id)
    if (row.version or 0) != version:
        raise Refused([blocker("availability_changed_meanwhile")])
    after = replace(said, days=row.said.days)

    def write() -> None:
        row.say(after)

    _change(row, after, write, "availability said", seen=seen, by=by, now=now)
    return row


def add_days(
    performer_id: int,
    days: OtherDays,
    *,
    form_token: str,
    seen: Collection[str] = (),
    by: Actor,
    now: datetime,
) -> None:
    """The same form twice adds them once."""
    content = {"performer": performer_id, "days": repr(days)}
    if submissions.once(form_token, content) is not None:
        return
    refuse_if(days_findings(days, local_date(now)))
    row = _to_change(performer_id)
    after = replace(row.said, days=(*row.said.days, days))

    def write() -> None:
        row.days.append(
            PerformerDays(
                first_on=days.first_on,
                last_on=days.last_on,
                is_extra=days.is_extra,
                words=days.words,
            )
        )

    _change(row, after, write, "days said", seen=seen, by=by, now=now)
    submissions.remember(form_token, content, str(performer_id), now)


def remove_days(
    performer_id: int, days_id: int, *, seen: Collection[str] = (), by: Actor, now: datetime
) -> None:
    """What is gone already stays so."""
    row = _to_change(performer_id)
    found = next((each for each in row.days if each.id == days_id), None)
    if found is None:
        return
    after = replace(row.said, days=tuple(e.value for e in row.days if e is not found))

    def write() -> None:
        row.days.remove(found)

    _change(row, after, write, "days taken back", seen=seen, by=by, now=now)


def forget_days(*, now: datetime) -> None:
    """Why somebody could not play is nobody's business afterwards."""
    last = local_date(now) - DAYS_KEPT
    session.execute(delete(PerformerDays).where(PerformerDays.last_on < last))


def _to_change(performer_id: int) -> PerformerAvailability:
    """Under the tour lock: nobody is cast by half of what is said."""
    claims.lock_tour()
    performer = performer_for_update(performer_id)
    if performer is None or performer.retired_at is not None:
        raise Refused([blocker("performer_does_not_play")])
    return availability_of(performer_id) or PerformerAvailability(performer_id=performer_id)


def _change(
    row: PerformerAvailability,
    after: Availability,
    write: Callable[[], None],
    action: str,
    *,
    seen: Collection[str],
    by: Actor,
    now: datetime,
) -> None:
    before, norms = row.said, current_norms()
    refuse_if(availability_findings(after, norms))
    if after == before:
        return
    performer = session.get_one(Performer, row.performer_id)
    hits = newly_against(performer, before, after, norms, now)
    if any(each.key not in seen for each in hits):
        raise Refused([blocker("availability_hits", hits=tuple(hits))])
    session.add(row)
    write()
    if row.version is not None:
        row.touch()
    session.flush()
    said = changes(before, after)
    history.record(action, performer.subject, by=by, at=now, said=said, hits=len(hits))
    letters.said(performer, row.version, hits, by=by, now=now)
