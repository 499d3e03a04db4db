"""What comes round by the clock: forgetting places that were offered and never begun."""

from datetime import datetime, timedelta

from core.db import transact
from core.worker import periodic
from venues.services.offers import forget_old_offers


def forget_offers(now: datetime) -> None:
    transact(forget_old_offers, now)


periodic(forget_offers, every=timedelta(hours=6))
