"""Taking a confirmation back: who heard no because of it is named, and hears nothing by itself."""

from datetime import timedelta

import pytest

from booking import services
from booking.models import BookingRequest
from booking.rules.lifecycle import DeclineReason
from booking.rules.norms import DayPart, Wish
from core.db import transact
from people.models import Role
from tests.builders import NOW, PLANNER, THURSDAY, person, stage
from tests.conftest import SetClock, SignIn
from tests.integration.bookings import ask, confirm, mails

pytestmark = pytest.mark.usefixtures("app")

FRIDAY = Wish(THURSDAY + timedelta(days=1), DayPart.AFTERNOON)


def decline(request: BookingRequest, *offered: Wish) -> None:
    transact(
        services.decline,
        request.id,
        reason=DeclineReason.NO_TIME,
        words="",
        alternatives=offered,
        version=None,
        by=PLANNER,
        now=NOW + timedelta(minutes=1),
    )


def test_who_undoes_reads_who_heard_no_meanwhile(signed_in: SignIn, set_clock: SetClock) -> None:
    set_clock(NOW + timedelta(minutes=2))
    desk = signed_in(transact(person, "Pia", Role.PLANNER))
    hall = stage()
    chosen, same_time, without_offer = (
        ask(hall.id, organisation=name) for name in ("Buren", "Kookclub", "Leesclub")
    )
    other_day = ask(hall.id, FRIDAY, organisation="Zangclub")
    confirm(chosen, hall.id)
    decline(same_time, Wish(THURSDAY + timedelta(days=7), DayPart.AFTERNOON))
    decline(other_day, Wish(THURSDAY + timedelta(days=8), DayPart.AFTERNOON))
    decline(without_offer)
    told = len(mails(same_time))
    page = desk.visit(f"/planning/aanvragen/{chosen.id}").form("/terug").submit()
    assert "hoorden al nee en kunnen andere dagen kiezen: Kookclub. Kunnen zij nu" in page.text
    assert len(mails(same_time)) == told
    confirm(chosen, hall.id, FRIDAY, now=NOW + timedelta(minutes=2))
    page = desk.visit(f"/planning/aanvragen/{chosen.id}").form("/terug").submit()
    assert "Teruggedraaid. Niemand kreeg een mail." in page.text


def test_a_confirmation_says_how_many_can_come() -> None:
    hall = stage()
    request = ask(hall.id)
    stop = confirm(request, hall.id)
    [letter] = [each for each in mails(request) if each.calendar_method and "door" in each.subject]
    assert len(stop.encounters) == 7
    assert "14 bezoekers, steeds twee tegelijk" in letter.text
