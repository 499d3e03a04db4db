"""Calendars kept elsewhere, from their address to the bookings they stand in the way of."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from booking import clockwork as booking_clockwork
from booking.models import Performer
from booking.queries.rooms import load_rooms
from booking.queries.tour import load_tour
from booking.rules.placement import Wanted, best
from booking.rules.recurrence import Times
from booking.rules.rooms import Meeting, room_findings
from core.db import session, transact
from core.findings import Refused
from core.outbox import OutboxMail
from core.period import Period
from core.sealing import Unopenable, seal, unseal
from people.models import Role
from tests.builders import (
    AFTERNOON,
    NOW,
    PLANNER,
    THURSDAY,
    booked,
    cube,
    meeting_room,
    performer,
    person,
    room_asked,
)
from tests.calendar_server import CalendarServer, calendar_server, serve, unless_known
from tests.conftest import CountQueries, SetClock
from tests.racing import RACERS, race
from tests.unit.test_calendar_reading import calendar
from venues import clockwork, services
from venues.models import OutsideBusy, OutsideCalendar, Room
from venues.outside.failures import Failure
from venues.outside.found import Busy, Found
from venues.refreshing import read_due
from venues.rules.outside import ADDRESSES_A_DAY, AT_REST, LEASE, LONGEST_PAUSE, REGULARLY
from venues.services.outside import NewCalendar, Owner
from venues.services.outside_reading import Read, claim_calendar, settle_calendar

ReadAt = Callable[[datetime], list[Read]]

EVENING = Period(datetime(2027, 2, 4, 18, tzinfo=UTC), datetime(2027, 2, 4, 20, tzinfo=UTC))
CHOIR = ("UID:1", "DTSTART:20270204T180000Z", "DTEND:20270204T190000Z")
PERHAPS = ("UID:2", "DTSTART:20270204T190000Z", "DTEND:20270204T200000Z", "STATUS:TENTATIVE")
SECRET = "/private-5f2b/agenda.ics"


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[CalendarServer]:
    """A server that this installation may read although it is on the inside."""
    with calendar_server() as running:
        chosen = replace(app.extensions["settings"], inside_calendars=(running.listed,))
        monkeypatch.setitem(app.extensions, "settings", chosen)
        yield running


@pytest.fixture
def read(set_clock: SetClock) -> ReadAt:
    """What the worker does at a certain moment."""

    def read_at(now: datetime) -> list[Read]:
        set_clock(now)
        return read_due(now)

    return read_at


@pytest.fixture
def owner(app: Flask) -> Owner:
    """Of a room that is lent for meetings, with a host."""
    host = person("Mila", Role.HOST)
    room = meeting_room(host=host)
    session.commit()
    return Owner(room.resource_id, ("room", room.id))


def added(owner: Owner, server: CalendarServer, path: str = SECRET, now: datetime = NOW) -> int:
    new = NewCalendar("Zaalrooster", server.url(path), (server.listed,))
    return transact(services.add_calendar, owner, new, by=PLANNER, now=now)


def kept(calendar_id: int) -> OutsideCalendar:
    session.rollback()
    return session.get_one(OutsideCalendar, calendar_id)


def busy(calendar_id: int) -> dict[int, tuple[datetime, bool]]:
    rows = session.scalars(
        select(OutsideBusy).where(OutsideBusy.outside_calendar_id == calendar_id)
    )
    return {row.id: (row.starts_at, row.is_tentative) for row in rows}


def test_an_address_is_read_and_kept_secret(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    server.keeps(calendar(CHOIR, PERHAPS), SECRET)
    calendar_id = added(owner, server)
    assert [each.failure for each in read(NOW)] == [None]
    found = kept(calendar_id)
    assert (found.events, found.skipped, found.read_at is not None) == (2, 0, True)
    assert sorted(busy(calendar_id).values()) == [
        (EVENING.start, False),
        (EVENING.start + timedelta(hours=1), True),
    ]
    assert found.sealed_address
    assert "private" not in found.sealed_address + found.shown_host + found.name
    assert unseal(found.sealed_address) == server.url(SECRET)


def test_a_new_secret_key_still_opens_what_the_last_one_sealed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, old = seal("https://agenda.example/"), app.secret_key
    monkeypatch.setitem(app.config, "SECRET_KEY", "another-key-another-key-another-key")
    with pytest.raises(Unopenable):
        unseal(sealed)
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [old])
    assert unseal(sealed) == "https://agenda.example/"
    assert unseal(seal("x")) == "x"


def test_an_address_that_cannot_be_opened_is_asked_again(
    app: Flask, owner: Owner, server: CalendarServer, monkeypatch: pytest.MonkeyPatch, read: ReadAt
) -> None:
    server.keeps(calendar(CHOIR), SECRET)
    calendar_id = added(owner, server)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another-key-another-key-another-key")
    assert [each.failure for each in read(NOW)] == [Failure.ADDRESS_LOST]
    change = partial(services.change_calendar, owner, calendar_id, name="Zaal", by=PLANNER)
    transact(change, address=server.url(SECRET), inside=(server.listed,), now=NOW)
    assert [each.failure for each in read(NOW)] == [None]
    assert kept(calendar_id).failure == ""


def test_reading_again_changes_only_what_changed(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    server.keeps(calendar(CHOIR, PERHAPS), SECRET)
    calendar_id = added(owner, server)
    read(NOW)
    before = busy(calendar_id)
    moved = ("UID:2", "DTSTART:20270205T190000Z", "DTEND:20270205T200000Z")
    server.keeps(calendar(CHOIR, moved), SECRET)
    read(NOW + REGULARLY)
    after = busy(calendar_id)
    assert len(after) == 2
    assert len(before.items() & after.items()) == 1


def test_what_did_not_change_is_asked_whole_once_a_day(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    """The window moves on, so that a series goes on being busy."""
    server.answers[SECRET] = unless_known(calendar(CHOIR), '"v1"')
    calendar_id = added(owner, server)
    for now in (NOW, NOW + timedelta(hours=2), NOW + timedelta(days=1)):
        read(now)
        assert len(busy(calendar_id)) == 1
    known = [headers.get("if-none-match") for _path, headers in server.asked]
    assert known == [None, '"v1"', None]


def test_a_failure_frees_no_time(owner: Owner, server: CalendarServer, read: ReadAt) -> None:
    server.keeps(calendar(CHOIR), SECRET)
    calendar_id = added(owner, server)
    read(NOW)
    server.keeps(b"<html>Log in</html>", SECRET)
    [failed] = read(NOW + REGULARLY)
    found = kept(calendar_id)
    assert (failed.failure, found.failure) == (Failure.IS_PAGE, "is_page")
    assert len(busy(calendar_id)) == found.events == 1
    server.keeps(calendar(), SECRET)
    read(NOW + timedelta(days=1))
    assert (kept(calendar_id).failure, busy(calendar_id)) == ("", {})


def test_failing_is_tried_less_and_less_often(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    calendar_id = added(owner, server)
    now, pauses = NOW, []
    for _each in range(8):
        assert len(read(now)) == 1
        due = kept(calendar_id).next_read_at
        assert due
        pauses.append(due - now)
        now = due
    assert pauses[0] < timedelta(minutes=16)
    assert LONGEST_PAUSE * 0.79 < pauses[-1] <= LONGEST_PAUSE


def silent_for(days: int, read: ReadAt) -> list[str]:
    """Whom the clock has told after this many days of silence, read twice a day."""
    for hours in range(0, 24 * days + 1, 12):
        now = NOW + timedelta(hours=hours)
        read(now)
        clockwork.warn_of_calendars(now)
        booking_clockwork.warn_performers(now)
    told = select(OutboxMail.to_address).where(OutboxMail.about_kind == "outside_calendar")
    return sorted(session.scalars(told))


def test_owners_are_told_once_after_a_day(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    elias = performer(of=person("Elias", Role.PERFORMER))
    session.commit()
    added(owner, server)
    added(Owner(elias.resource_id, ("performer", elias.id)), server)
    assert silent_for(0, read) == []
    assert silent_for(3, read) == ["elias@stut.example", "mila@stut.example"]
    text = session.scalars(select(OutboxMail.text)).first()
    assert text
    assert "Op dit adres staat geen agenda meer" in text
    assert SECRET not in text
    server.keeps(calendar(CHOIR), SECRET)
    later = NOW + timedelta(days=4)
    read(later)
    assert {each.warned_at for each in session.scalars(select(OutsideCalendar))} == {None}


def test_a_file_is_read_once_and_thrown_away(owner: Owner, read: ReadAt) -> None:
    new = NewCalendar("Rooster", file=calendar(CHOIR))
    calendar_id = transact(services.add_calendar, owner, new, by=PLANNER, now=NOW)
    assert len(read(NOW)) == 1
    found = kept(calendar_id)
    assert (found.upload, found.next_read_at, found.events) == (None, None, 1)
    assert read(NOW + timedelta(days=9)) == []
    with pytest.raises(Refused, match="calendar_is_file"):
        transact(services.read_again, owner, calendar_id, now=NOW)


def test_a_file_that_is_no_calendar_is_not_tried_again(owner: Owner, read: ReadAt) -> None:
    new = NewCalendar("Rooster", file=b"<html>")
    calendar_id = transact(services.add_calendar, owner, new, by=PLANNER, now=NOW)
    assert [each.failure for each in read(NOW)] == [Failure.IS_PAGE]
    found = kept(calendar_id)
    assert (found.upload, found.next_read_at, found.failure) == (None, None, "is_page")


def test_when_somebody_was_busy_is_forgotten(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    server.keeps(calendar(CHOIR), SECRET)
    calendar_id = added(owner, server)
    read(NOW)
    clockwork.forget_busy_times(EVENING.start + timedelta(days=2))
    assert len(busy(calendar_id)) == 1
    clockwork.forget_busy_times(EVENING.start + timedelta(days=2, hours=1))
    assert busy(calendar_id) == {}


def test_who_reads_longer_than_the_lease_has_lost_it(owner: Owner, server: CalendarServer) -> None:
    calendar_id = added(owner, server)
    slow = transact(claim_calendar, NOW)
    assert slow
    assert transact(claim_calendar, NOW + LEASE / 2) is None
    quick = transact(claim_calendar, NOW + timedelta(hours=1))
    assert quick
    assert kept(calendar_id).failure == Failure.UNFINISHED
    found = Read(found=Found((Busy(EVENING.start, EVENING.end),)))
    assert transact(settle_calendar, quick, found, NOW)
    assert not transact(settle_calendar, slow, Read(found=Found(())), NOW)
    assert len(busy(calendar_id)) == 1


def test_what_was_removed_meanwhile_stays_away(owner: Owner, server: CalendarServer) -> None:
    calendar_id = added(owner, server)
    claimed = transact(claim_calendar, NOW)
    assert claimed
    transact(services.remove_calendar, owner, calendar_id, by=PLANNER, now=NOW)
    found = Read(found=Found((Busy(EVENING.start, EVENING.end),)))
    assert not transact(settle_calendar, claimed, found, NOW)
    assert session.scalar(select(func.count()).select_from(OutsideBusy)) == 0


def test_asking_again_is_heard_but_not_at_once_twice(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    server.keeps(calendar(CHOIR), SECRET)
    calendar_id = added(owner, server)
    read(NOW)
    soon, later = NOW + AT_REST / 2, NOW + AT_REST
    transact(services.read_again, owner, calendar_id, now=soon)
    assert read(soon) == []
    transact(services.read_again, owner, calendar_id, now=later)
    assert len(read(later)) == 1


def test_an_owner_has_five_calendars_at_most(owner: Owner, server: CalendarServer) -> None:
    for n in range(5):
        added(owner, server, f"/{n}.ics")
    with pytest.raises(Refused, match="too_many_calendars"):
        added(owner, server, "/6.ics")


def findings(owner: Owner, period: Period) -> list[str]:
    room = session.get_one(Room, owner.subject[1])
    place = load_rooms(period, [room])[room.id]
    return [each.code for each in room_findings(Meeting(period, 10), place, NOW)]


def test_our_server_is_not_sent_about_without_end(owner: Owner, server: CalendarServer) -> None:
    calendar_id = added(owner, server)
    change = partial(
        services.change_calendar, owner, calendar_id, name="Zaal", inside=(server.listed,)
    )
    for n in range(ADDRESSES_A_DAY - 1):
        transact(change, address=server.url(f"/{n}"), by=PLANNER, now=NOW)
    with pytest.raises(Refused, match="too_many_addresses"):
        transact(change, address=server.url("/more"), by=PLANNER, now=NOW)
    transact(change, by=PLANNER, now=NOW)
    transact(change, address=server.url("/x"), by=PLANNER, now=NOW + timedelta(days=1))


def test_busy_elsewhere_is_not_free_here(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    server.keeps(calendar(CHOIR, PERHAPS), SECRET)
    added(owner, server)
    read(NOW)
    first, second = (
        Period(EVENING.start, EVENING.start + timedelta(hours=1)),
        Period(EVENING.start + timedelta(hours=1), EVENING.end),
    )
    assert findings(owner, first) == ["room_busy_outside"]
    assert findings(owner, second) == ["room_perhaps_busy"]
    assert findings(owner, second.shifted(timedelta(hours=1))) == []


def test_what_is_booked_stays_booked(owner: Owner, server: CalendarServer, read: ReadAt) -> None:
    """A calendar that turns out to be busy cancels nothing; `flask bookings recheck` tells."""
    found = session.get_one(Room, owner.subject[1])
    booking = booked(room_asked(found, THURSDAY, times=Times(time(19), time(21))))
    server.keeps(calendar(CHOIR), SECRET)
    added(owner, server)
    read(NOW)
    session.refresh(booking)
    assert [date.state.value for date in booking.dates] == ["confirmed"]


def test_a_performer_who_is_busy_elsewhere_is_not_cast(
    owner: Owner, server: CalendarServer, read: ReadAt
) -> None:
    cube()
    players = [performer(name) for name in ("Christiaan", "Ricardo")]
    session.commit()
    afternoon = ("UID:1", "DTSTART:20270204T120000Z", "DTEND:20270204T123000Z")
    server.keeps(calendar(afternoon), "/1.ics")
    of_first = Owner(players[0].resource_id, ("performer", players[0].id))
    added(of_first, server, "/1.ics")
    assert cast(owner, players) == ["Christiaan"]
    read(NOW)
    assert cast(owner, players) == ["Ricardo"]


def cast(owner: Owner, players: list[Performer]) -> list[str]:
    session.rollback()
    room_id = owner.subject[1]
    tour = load_tour(NOW, AFTERNOON.window, [room_id])
    placement = best(Wanted(tour.places[room_id], AFTERNOON), tour)
    assert placement
    assert len(tour.players) == len(players)
    return placement.player_names


def test_a_tour_costs_the_same_with_calendars(owner: Owner, count_queries: CountQueries) -> None:
    room_id = owner.subject[1]
    load_tour(NOW, AFTERNOON.window, [room_id])
    with count_queries() as none:
        load_tour(NOW, AFTERNOON.window, [room_id])
    file = NewCalendar("Rooster", found=Found((Busy(EVENING.start, EVENING.end),)))
    for _each in range(5):
        transact(services.add_calendar, owner, file, by=PLANNER, now=NOW)
    load_tour(NOW, AFTERNOON.window, [room_id])
    with count_queries() as five:
        load_tour(NOW, AFTERNOON.window, [room_id])
    assert len(five) == len(none)


def test_the_command_reads_what_is_due_or_all(
    app: Flask, owner: Owner, server: CalendarServer
) -> None:
    server.keeps(calendar(CHOIR), SECRET)
    added(owner, server)
    added(owner, server, "/gone.ics")
    session.commit()
    run = app.test_cli_runner().invoke
    assert run(args=["calendars", "read"]).stdout == "Calendars read: 1. Failed: 1.\n"
    assert run(args=["calendars", "read"]).stdout == "Calendars read: 0. Failed: 0.\n"
    assert run(args=["calendars", "read", "--all"]).stdout == "Calendars read: 1. Failed: 1.\n"


@pytest.mark.race
def test_one_of_eight_workers_reads_a_calendar(
    database_url: str, owner: Owner, server: CalendarServer
) -> None:
    added(owner, server)
    rounds = [[partial(claim_calendar, NOW)] * RACERS]
    (outcomes,) = race(database_url, rounds)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    assert sum(outcome.answer is not None for outcome in outcomes) == 1


@pytest.mark.race
def test_without_locks_several_workers_would_read_it(
    database_url: str, owner: Owner, server: CalendarServer
) -> None:
    added(owner, server)
    (outcomes,) = race(database_url, [[partial(claim_calendar, NOW)] * RACERS], careless=True)
    assert sum(outcome.answer is not None for outcome in outcomes) > 1


def test_an_idle_worker_leaves_the_database_alone(
    app: Flask, count_queries: CountQueries, read: ReadAt
) -> None:
    with count_queries() as seen:
        assert read(NOW) == []
    assert len([each for each in seen if each.startswith("SELECT")]) == 1


def test_the_log_tells_no_address(
    owner: Owner, server: CalendarServer, capsys: pytest.CaptureFixture[str], read: ReadAt
) -> None:
    server.answers[SECRET] = serve(b"", "403 Forbidden")
    added(owner, server)
    read(NOW)
    told = capsys.readouterr().err
    assert '"failure": "no_entry"' in told
    assert "private" not in told
    assert server.host not in told
