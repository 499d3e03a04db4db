"""Planners set the numbers of the theatre. What was decided before stays as it was."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from booking.models import Setting, SettingChange
from booking.queries.settings import PREFIX, current_values, version_of
from booking.rules.audience import Weights
from booking.rules.norms import Norms
from booking.rules.settings import (
    NAMES,
    SettingTopic,
    differing,
    norms_findings,
    plain,
    weights_findings,
)
from booking.services import claims
from core.db import session
from core.findings import Finding, Refused, blocker, refuse_if
from core.history import Actor


def change_settings(
    topic: SettingTopic,
    values: dict[str, Any],
    *,
    why: str,
    version: int,
    by: Actor,
    now: datetime,
) -> SettingChange:
    """All settings of one topic at once. Holds for what is judged from now on.

    Takes its turn with all who plan, so that no decision is made by half of it.
    """
    claims.lock_tour()
    if version_of(topic) != version:
        raise Refused([blocker("settings_changed_meanwhile")])
    before = current_values(topic)
    after = replace(before, **{name: values[name] for name in NAMES[topic]})
    refuse_if(settings_findings(after))
    changed = differing(before, after, NAMES[topic])
    if not changed:
        raise Refused([blocker("nothing_changed")])
    _keep(topic, {name: getattr(after, name) for name in changed})
    change = SettingChange(
        topic=topic,
        number=version + 1,
        at=now,
        person_id=by.person_id,
        why=why,
        changed=changed,
    )
    session.add(change)
    session.flush()
    return change


def settings_findings(values: Weights | Norms) -> list[Finding]:
    return weights_findings(values) if isinstance(values, Weights) else norms_findings(values)


def _keep(topic: SettingTopic, values: dict[str, Any]) -> None:
    prefix = PREFIX if topic is SettingTopic.WEIGHTS else ""
    for name, value in values.items():
        session.merge(Setting(name=prefix + name, value=plain(value)))
