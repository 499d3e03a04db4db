"""The settings as they are, and how they came to be so."""

from dataclasses import fields, replace

from sqlalchemy import func, select

from booking.models import Setting, SettingChange
from booking.queries.norms import current_norms
from booking.rules.audience import Weights
from booking.rules.norms import Norms
from booking.rules.settings import Scored, SettingTopic
from core.db import session

PREFIX = "weight."  # before the names of the weights in the table
WEIGHTS = {PREFIX + field.name for field in fields(Weights)}


def current_weights() -> Weights:
    return current_scoring().weights


def current_scoring() -> Scored:
    """The weights, and which change made them."""
    version = version_of(SettingTopic.WEIGHTS)
    rows = session.execute(
        select(Setting.name, Setting.value).where(Setting.name.in_(WEIGHTS))
    ).tuples()
    set_by_hand = {name.removeprefix(PREFIX): value for name, value in rows}
    return Scored(replace(Weights(), **set_by_hand), version)


def current_values(topic: SettingTopic) -> Weights | Norms:
    return current_weights() if topic is SettingTopic.WEIGHTS else current_norms()


def version_of(topic: SettingTopic) -> int:
    """The number of its latest change; 0 when it is as it came."""
    latest = select(func.max(SettingChange.number)).where(SettingChange.topic == topic)
    return session.scalar(latest) or 0


def setting_changes(topic: SettingTopic | None = None) -> list[SettingChange]:
    """The latest first."""
    found = select(SettingChange).order_by(SettingChange.id.desc())
    return list(session.scalars(found.where(SettingChange.topic == topic) if topic else found))
