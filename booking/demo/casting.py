"""At one stop two performers share the encounters; at the next, one has asked a colleague."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from booking import services
from booking.models import Performer, Stop
from booking.queries.casting import cast_now, see_cast
from booking.queries.stops import playing_performers
from booking.rules.lifecycle import StopState
from core.db import session
from core.fields import new_form_token
from core.history import COMMAND

LAST = 3  # encounters that go to somebody else


def share(now: datetime) -> None:
    acts = [_share, _ask]
    for stop in _coming(now):
        numbers = [each.number for each in stop.played][-LAST:]
        colleague = _who_can(stop, numbers, now) if acts else None
        if colleague:
            acts.pop(0)(stop, numbers, colleague, now)


def _share(stop: Stop, numbers: Sequence[int], colleague: Performer, now: datetime) -> None:
    cast = _with(stop, numbers, colleague)
    services.cast_encounters(
        stop.id,
        cast,
        accepted=see_cast(stop, cast, now).concerns,
        why="Zo speelt niemand de hele middag.",
        version=None,
        by=COMMAND,
        now=now,
    )


def _ask(stop: Stop, numbers: Sequence[int], colleague: Performer, now: datetime) -> None:
    services.ask_swap(
        stop.id,
        numbers,
        asker_id=stop.played[-1].performer_id,
        colleague_id=colleague.id,
        words="Ik wil graag naar een verjaardag.",
        form_token=new_form_token(),
        now=now,
    )


def _coming(now: datetime) -> list[Stop]:
    found = select(Stop).where(Stop.state == StopState.CONFIRMED, Stop.starts_at > now)
    return list(session.scalars(found.order_by(Stop.starts_at, Stop.id)).unique())


def _who_can(stop: Stop, numbers: Sequence[int], now: datetime) -> Performer | None:
    others = [each for each in playing_performers() if each not in stop.performers]
    for each in others:
        if see_cast(stop, _with(stop, numbers, each), now).is_possible:
            return each
    return None


def _with(stop: Stop, numbers: Sequence[int], who: Performer) -> Mapping[int, int]:
    return {**cast_now(stop), **dict.fromkeys(numbers, who.resource_id)}
