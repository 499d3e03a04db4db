"""What comes round by the clock: options that end, answers that are due, drafts nobody finished."""

from datetime import datetime, timedelta

from booking import services
from core.db import transact
from core.worker import periodic


def work_off(now: datetime) -> None:
    """Everything that is due. Running it twice, or in two places at once, does no harm."""
    transact(services.expire_options, now=now)
    transact(services.end_overtaken, now=now)
    transact(services.tell_ranks, now=now)
    transact(services.remind_of_options, now=now)
    transact(services.plan_missing, now=now)
    transact(services.remind_visitors, now=now)
    transact(services.ask_for_reports, now=now)
    transact(services.expire_consents, now=now)
    transact(services.remind_hosts, now=now)
    transact(services.remind_theatre, now=now)


def forget_drafts(now: datetime) -> None:
    transact(services.forget_drafts, now=now)


def forget_people(now: datetime) -> None:
    """As promised on the privacy page."""
    transact(services.forget_visitors, now=now)
    transact(services.close_links, now=now)
    transact(services.forget_contacts, now=now)


periodic(work_off)
periodic(forget_people, every=timedelta(hours=12))
periodic(forget_drafts, every=timedelta(hours=1))
