"""What comes round by the clock: forgetting what is no longer needed."""

from datetime import datetime, timedelta

from core import history, rate_limit, submissions
from core.db import transact
from core.worker import periodic
from people import services


def forget_what_is_old(now: datetime) -> None:
    """Old sign-in links, form tokens and counters."""
    transact(_forget, now)


def _forget(now: datetime) -> None:
    services.forget_old_links(now)
    rate_limit.forget_old(now)
    submissions.forget_old(now)
    history.forget_old(now)


periodic(forget_what_is_old, every=timedelta(hours=6))
