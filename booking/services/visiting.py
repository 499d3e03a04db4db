"""What visitors ask without a name, a seat or a place in the line for one: once for each form, and
not without end from one connection."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from booking.letters.posting import own_link
from booking.models import SeatBooking, SeatWaiting
from core import rate_limit, submissions
from core.db import session
from core.findings import Finding, blocker, refuse_if

PER_CLIENT = 60  # a day; a community centre may do it for its visitors
Had = TypeVar("Had", SeatBooking, SeatWaiting)


def visitor_form(
    kind: type[Had],
    asked: object,
    act: Callable[[], Had],
    *,
    too_often: str,
    form_token: str,
    now: datetime,
    client: str,
) -> tuple[Had, str]:
    """What the visitor has, and the key to its page; the same form again gives the same.

    `too_often`: what is said to who comes too often.
    """
    content = {"asked": repr(asked)}
    earlier = submissions.once(form_token, content)
    if earlier is not None:
        had = session.get_one(kind, int(earlier))
        return had, own_link(had, now)
    refuse_if(_limit(kind.__tablename__, client, too_often, now))
    had = act()
    submissions.remember(form_token, content, str(had.id), now)
    return had, own_link(had, now)


def _limit(bucket: str, client: str, too_often: str, now: datetime) -> list[Finding]:
    if not client or rate_limit.allowed(bucket, client, PER_CLIENT, rate_limit.A_DAY, now):
        return []
    return [blocker(too_often)]
