"""Calendars kept elsewhere, as their owners, planners and the worker see them."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from core.db import session
from venues.models import OutsideCalendar
from venues.rules.outside import WARN_AFTER


def calendars_of(resource_id: int) -> list[OutsideCalendar]:
    """In the order in which they were added."""
    kept = select(OutsideCalendar).where(OutsideCalendar.resource_id == resource_id)
    return list(session.scalars(kept.order_by(OutsideCalendar.id)))


def calendar_of(resource_id: int, calendar_id: int) -> OutsideCalendar | None:
    kept = session.get(OutsideCalendar, calendar_id)
    return kept if kept and kept.resource_id == resource_id else None


def is_due(now: datetime) -> ColumnElement[bool]:
    return OutsideCalendar.next_read_at <= now


def anything_due(now: datetime) -> bool:
    """A look without a lock, so that an idle worker leaves the database alone."""
    return session.scalar(select(OutsideCalendar.id).where(is_due(now)).limit(1)) is not None


def silent(now: datetime) -> Select[tuple[OutsideCalendar]]:
    """Those that could not be read for a day, of which the owner has not been told."""
    last_good = func.coalesce(OutsideCalendar.read_at, OutsideCalendar.created_at)
    return (
        select(OutsideCalendar)
        .where(
            OutsideCalendar.failure != "",
            OutsideCalendar.warned_at.is_(None),
            last_good <= now - WARN_AFTER,
        )
        .order_by(OutsideCalendar.id)
        .with_for_update(of=OutsideCalendar, skip_locked=True)
    )
