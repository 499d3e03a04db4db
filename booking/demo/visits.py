"""Who came, and who will: seats taken at open stops, and what organisations told afterwards.
Counts and made-up plans; no visitor has a name here either."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain, cycle, repeat

from sqlalchemy import select

from booking import services
from booking.models import Stop, StopReport
from booking.queries.encounters import encounters_of
from booking.queries.follow_up import reports_of
from booking.rules.encounters import SEATS, Company
from booking.rules.follow_up import Continues, ReportMoment
from booking.rules.lifecycle import StopState
from booking.rules.reception import Reception, Talk, TalkAfter, Welcome
from booking.services.follow_up import Told
from booking.services.seat_waiting import SeatWanted
from booking.services.seats import Visit
from core.db import session
from core.fields import new_form_token
from core.history import ASKER

PLANS = (
    "Elke dinsdag samen soep koken in de keuken van de buurt.",
    "",
    "Een wandeling op zondag, met wie elkaar in de kubus sprak.",
)
TOLD = (
    Told(12, 7, 10, Continues.YES, "Elke dinsdag soep, met tien mensen."),
    Told(9, 4, 8, Continues.NOT_YET, "We zoeken nog een vaste avond."),
    Told(14, 5, 9, Continues.YES, "Buren gaan samen wandelen."),
    Told(8, 6, 8, Continues.NO, ""),
)
RECEPTION = Reception(
    Welcome(opened_by="De buurtwerker, vanaf 11.00 uur", stays_after="Twee vrijwilligers"),
    Talk(
        TalkAfter.LAST,
        20,
        "De buurtwerker",
        "Wat neem je mee naar huis? Wie zou je nog eens willen spreken?",
    ),
)
RECEIVED = 2
TAKEN_TO_COME = (Company.ALONE, Company.TOGETHER, None, Company.ALONE, None)
PHONE = "06 00 00 00 00"
WHICH_IS_FULL = 2  # of the open stops to come


def visit(now: datetime) -> None:
    """Fill the stops there are."""
    confirmed = select(Stop).where(Stop.state == StopState.CONFIRMED).order_by(Stop.starts_at)
    stops = list(session.scalars(confirmed).unique())
    for stop, plan in zip(stops, cycle(PLANS), strict=False):
        _agree(stop, plan, now)
    _receive(stops, now)
    for stop, told in zip((s for s in stops if s.ends_at <= now), cycle(TOLD), strict=False):
        _came(stop, told)
    services.ask_for_reports(now=now)
    _tell_about_the_past(stops, now)
    to_come = [s for s in stops if s.starts_at > now and not s.is_closed and s.undo_until <= now]
    for number, stop in enumerate(to_come):
        _will_come(stop, TAKEN_TO_COME if number != WHICH_IS_FULL else (Company.TOGETHER,), now)
    for stop in to_come[WHICH_IS_FULL:][:1]:
        _wait(stop, now)


def _agree(stop: Stop, plan: str, now: datetime) -> None:
    if plan:
        services.agree_follow_up(
            stop.booking_request_id, plan=plan, version=None, by=ASKER, now=_before(stop, now)
        )


def _receive(stops: list[Stop], now: datetime) -> None:
    """The next stops have somebody who opens, and a talk."""
    coming = [stop for stop in stops if stop.starts_at > now][:RECEIVED]
    for stop in coming:
        request_id = stop.booking_request_id
        services.agree_reception(request_id, RECEPTION, version=None, by=ASKER, now=now)


def _came(stop: Stop, told: Told) -> None:
    """So many came as was told, the first encounters full."""
    left = told.visitors or 0
    for encounter in encounters_of(stop.id):
        encounter.came = min(SEATS, left)
        left -= encounter.came
    session.flush()


def _tell_about_the_past(stops: list[Stop], now: datetime) -> None:
    """As if the mails of those days had been answered."""
    played = [stop for stop in stops if stop.ends_at <= now - timedelta(days=2)]
    for stop, told in zip(played, cycle(TOLD), strict=False):
        reports = reports_of(stop.booking_request_id) or [_asked(stop)]
        services.report(reports[0].id, told, by=ASKER, now=stop.ends_at + timedelta(days=2))


def _asked(stop: Stop) -> StopReport:
    asked = StopReport(
        stop_id=stop.id,
        moment=ReportMoment.NEXT_DAY,
        asked_at=stop.ends_at + timedelta(days=1),
    )
    session.add(asked)
    session.flush()
    return asked


def _will_come(stop: Stop, companies: Sequence[Company | None], now: datetime) -> None:
    """The first left a number, to be called when something changes."""
    phones = chain([PHONE], repeat(""))
    for encounter, company in zip(encounters_of(stop.id), cycle(companies), strict=False):
        if company:
            visit = Visit(encounter.id, company, phone=next(phones))
            services.take_seats(visit, form_token=new_form_token(), now=now)


def _wait(stop: Stop, now: datetime) -> None:
    """Two in line at a stop that is full."""
    for company in Company:
        wanted = SeatWanted(stop.id, None, company)
        services.wait_for_seat(wanted, form_token=new_form_token(), now=now)


def _before(stop: Stop, now: datetime) -> datetime:
    return min(now, stop.starts_at - timedelta(days=5))
