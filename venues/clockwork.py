"""What comes round by the clock: places that were offered and never begun, calendars elsewhere."""

from datetime import datetime, timedelta

from core.db import transact
from core.worker import periodic
from venues.refreshing import read_due
from venues.services.offers import forget_old_offers
from venues.services.outside_reading import forget_past
from venues.services.outside_warnings import warn_hosts


def forget_offers(now: datetime) -> None:
    transact(forget_old_offers, now)


def forget_busy_times(now: datetime) -> None:
    transact(forget_past, now)


def read_calendars(now: datetime) -> None:
    read_due(now)


def warn_of_calendars(now: datetime) -> None:
    transact(warn_hosts, now)


periodic(forget_offers, every=timedelta(hours=6))
periodic(forget_busy_times, every=timedelta(hours=6))
periodic(read_calendars, every=timedelta(seconds=5))
periodic(warn_of_calendars, every=timedelta(minutes=15))
