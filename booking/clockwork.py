"""What comes round by the clock: options that end, answers that are due, drafts nobody finished."""

from datetime import datetime, timedelta

from booking import services
from booking.queries.host_answers import hosts_to_nudge, questions_too_late
from booking.queries.norms import current_norms
from booking.queries.seat_waiting import stops_with_a_line
from booking.services import reserving
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
    for stop_id in stops_with_a_line(now):
        transact(services.tend_line, stop_id, now=now)
    transact(services.ask_for_reports, now=now)
    transact(services.expire_consents, now=now)
    transact(services.remind_hosts, now=now)
    transact(services.remind_theatre, now=now)
    transact(services.remind_to_choose, now=now)
    for booking_id in hosts_to_nudge(now, current_norms()):
        transact(reserving.nudge_room_hosts, booking_id, now=now)
    for booking_id in questions_too_late(now):
        transact(reserving.expire_room_question, booking_id, now=now)
    transact(reserving.lapse_waiting, now=now)
    transact(reserving.take_back_offers, now=now)
    transact(reserving.offer_waiting, now=now)


def recheck_rooms(now: datetime) -> None:
    """Calendars kept elsewhere may have filled up under what is agreed."""
    transact(reserving.recheck, now=now)


def forget_drafts(now: datetime) -> None:
    transact(services.forget_drafts, now=now)


def forget_people(now: datetime) -> None:
    """As promised on the privacy page."""
    transact(services.forget_visitors, now=now)
    transact(services.forget_seat_line, now=now)
    transact(services.close_links, now=now)
    transact(services.forget_contacts, now=now)
    transact(services.forget_outreach, now=now)
    transact(services.forget_days, now=now)
    transact(services.forget_swap_words, now=now)
    transact(reserving.close_booking_links, now=now)
    transact(reserving.forget_bookers, now=now)
    transact(reserving.forget_waiting, now=now)


def warn_performers(now: datetime) -> None:
    transact(services.warn_performers, now=now)


periodic(work_off)
periodic(recheck_rooms, every=timedelta(hours=1))
periodic(warn_performers, every=timedelta(minutes=15))
periodic(forget_people, every=timedelta(hours=12))
periodic(forget_drafts, every=timedelta(hours=1))
