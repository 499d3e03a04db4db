"""Performers and hosts see their own stops, and nobody else's."""

from datetime import date

import pytest

from booking.rules.recurrence import Frequency, Recurrence
from core.db import transact
from people.models import Person, Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from venues.models import Room

pytestmark = pytest.mark.on("sqlite")


def test_a_performer_sees_own_stops_only(signed_in: SignIn, set_clock: SetClock) -> None:
    def stage() -> tuple[Person, Person, Room]:
        b.cube()
        plays, rests = b.person("Elias", Role.PERFORMER), b.person("Ricardo", Role.PERFORMER)
        b.performer("Elias", plays)
        b.performer("Ricardo", rests)
        return plays, rests, b.room()

    plays, rests, room = transact(stage)
    b.confirmed(b.submitted(b.asked(room.id)), room.id)
    set_clock(b.NOW)
    mine = signed_in(plays).visit("/mijn-speelbeurten")
    assert "donderdag 4 februari 2027" in mine.text
    assert "Sam de Vries 030 123 45 67" in mine.text
    others = signed_in(rests).visit("/mijn-speelbeurten")
    assert "Je speelt voorlopig niet." in others.text
    assert "De Huiskamer" not in others.text


def test_a_host_sees_stops_at_own_venues_only(signed_in: SignIn, set_clock: SetClock) -> None:
    def stage() -> tuple[Person, Person, Room]:
        b.cube()
        b.performer("Elias")
        here, there = b.person("Bea", Role.HOST), b.person("Kees", Role.HOST)
        b.room("De Musketon", b.LUNETTEN, host=there)
        return here, there, b.room(host=here)

    here, there, room = transact(stage)
    request = b.submitted(b.asked(room.id))
    b.host_says_yes(request)
    b.confirmed(request, room.id)
    set_clock(b.NOW)
    assert "De Huiskamer" in signed_in(here).visit("/mijn-ruimtes").text
    assert "De Huiskamer" not in signed_in(there).visit("/mijn-ruimtes").text


def test_a_performer_does_not_enter_the_page_of_hosts(signed_in: SignIn) -> None:
    performer = transact(b.person, "Elias", Role.PERFORMER)
    signed_in(performer).visit("/mijn-ruimtes", status=403)


def test_a_host_sees_who_meets_soon_in_own_rooms_only(
    signed_in: SignIn, set_clock: SetClock
) -> None:
    def stage() -> tuple[Person, Room, Room]:
        host = b.person("Bea", Role.HOST)
        theirs = b.meeting_room("Elders", host=b.person("Kees", Role.HOST))
        return host, b.meeting_room("De Kamer", host=host), theirs

    host, mine, theirs = transact(stage)
    tomorrow = date(2026, 11, 25)
    weekly = Recurrence(Frequency.WEEKLY, count=4)
    b.booked(b.room_asked(mine, tomorrow, weekly, organisation="Kookclub Zuilen"))
    b.booked(b.room_asked(theirs, tomorrow, organisation="Naaiatelier"))
    visitor = signed_in(host)
    set_clock(b.NOW)
    page = visitor.visit("/mijn-ruimtes")
    assert "woensdag 25 november 2026, 19.00 – 21.00 uur, De Kamer, Zaal" in page.text
    assert page.text.count("Kookclub Zuilen, 12 mensen: Taalcafé") == 2, "two weeks, not four"
    assert "Noor Bakker, 030 123 45 67" in page.text
    assert "Naaiatelier" not in page.text
