"""Adding and changing places, as services do it, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from core.db import session, transact
from core.fields import new_form_token
from core.findings import Refused
from core.history import Actor, story
from core.language import speaking
from core.outbox import OutboxMail
from core.period import Period
from people.models import Person, Role
from tests.builders import NOW, person
from tests.conftest import CountQueries
from venues import services
from venues.kinder import kinder_words
from venues.models import Closure, OpeningHours, Room, RoomState, Venue
from venues.queries import places
from venues.queries.stories import story_told
from venues.rules.fit import Ground, Measures
from venues.rules.opening import WeeklyHours
from venues.rules.own_place import OwnPlace
from venues.rules.values import ClosureDetails, HostDetails, RoomDetails, VenueDetails, plain
from venues.story_phrases import FIELDS
from venues.story_phrases import details as story_details

pytestmark = pytest.mark.usefixtures("app")

PLANNER = Actor("command")
BUURTHUIS = VenueDetails(
    name="Buurthuis De Ronde",
    postcode="3563 CB",
    street="Voorbeelddreef",
    house_number="12a",
    phone="030 123 45 67",
    arrival="Uitladen kan aan de achterkant.\nBel aan bij de keuken.",
)
OFFICE_HOURS = (
    WeeklyHours(0, time(9), time(12)),
    WeeklyHours(0, time(13), time(17)),
    WeeklyHours(4, time(19), time(23, 59)),
)
HALL = RoomDetails(
    name="Grote zaal",
    measures=Measures(is_outdoors=False, floor_length_cm=500, free_height_cm=280),
    people=40,
    has_accessible_toilet=True,
    opening_hours=OFFICE_HOURS,
)
CHRISTMAS = ClosureDetails(
    Period(datetime(2026, 12, 20, 23, tzinfo=UTC), datetime(2027, 1, 3, 23, tzinfo=UTC)),
    "kerstvakantie",
)


def add_venue(details: VenueDetails = BUURTHUIS, form_token: str = "") -> Venue:
    return transact(services.add_venue, details, by=PLANNER, now=NOW, form_token=form_token)


def add_room(details: RoomDetails = HALL, venue: Venue | None = None, form_token: str = "") -> Room:
    venue_id = (venue or add_venue()).id
    return transact(
        services.add_room, venue_id, details, by=PLANNER, now=NOW, form_token=form_token
    )


def change_room(room: Room, details: RoomDetails, version: int | None) -> Room:
    return transact(services.change_room, room.id, details, version=version, by=PLANNER, now=NOW)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def counted(model: type[Venue | Room | OpeningHours | Closure | Person | OutboxMail]) -> int | None:
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(
    ("postcode", "stored", "pc4", "district"),
    [
        pytest.param("3563 CB", "3563 CB", "3563", "Overvecht", id="whole"),
        pytest.param("3524", "", "3524", "Zuid", id="four digits"),
        pytest.param("3451 AB", "3451 AB", "3451", "Vleuten-De Meern", id="over the canal"),
    ],
)
def test_the_district_comes_from_the_postcode(
    postcode: str, stored: str, pc4: str, district: str
) -> None:
    venue = add_venue(replace(BUURTHUIS, postcode=postcode))
    assert (venue.postcode, venue.pc4, venue.district.name) == (stored, pc4, district)
    assert services.venue_details(venue) == replace(BUURTHUIS, postcode=postcode)


@pytest.mark.parametrize("postcode", ["1012 AB", "9999", "3400"])
def test_a_postcode_outside_utrecht_is_refused(postcode: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_venue(replace(BUURTHUIS, postcode=postcode))
    assert codes(refusal) == ["postcode_outside_utrecht"]
    assert counted(Venue) == 0


def test_moving_a_venue_changes_its_district() -> None:
    venue = add_venue()
    moved = replace(BUURTHUIS, postcode="3524 AB")
    transact(services.change_venue, venue.id, moved, version=1, by=PLANNER, now=NOW)
    assert venue.district.name == "Zuid"
    assert venue.version == 2


def test_every_change_is_written_down_with_what_it_was() -> None:
    venue = add_venue()
    louder = replace(BUURTHUIS, coffee="Ja, altijd")
    transact(services.change_venue, venue.id, louder, version=1, by=PLANNER, now=NOW)
    entries = story(("venue", venue.id))
    assert [entry.action for entry in entries] == ["venue added", "venue changed"]
    assert entries[1].facts == {"changed": {"coffee": ["", "Ja, altijd"]}}
    assert entries[1].actor == PLANNER


def test_saving_what_is_there_already_changes_nothing() -> None:
    room = add_room()
    change_room(room, HALL, version=1)
    assert room.version == 1
    assert len(story(("room", room.id))) == 1


def test_a_change_based_on_an_old_version_is_refused() -> None:
    venue = add_venue()
    first, second = replace(BUURTHUIS, coffee="Ja"), replace(BUURTHUIS, coffee="Nee")
    transact(services.change_venue, venue.id, first, version=1, by=PLANNER, now=NOW)
    with pytest.raises(Refused) as refusal:
        transact(services.change_venue, venue.id, second, version=1, by=PLANNER, now=NOW)
    assert codes(refusal) == ["place_changed_meanwhile"]
    assert venue.coffee == "Ja"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"opening_hours": OFFICE_HOURS[:1]}, id="only opening hours"),
        pytest.param({"opening_hours": ()}, id="no opening hours"),
        pytest.param({"people": None}, id="a number"),
        pytest.param(
            {"measures": Measures(is_outdoors=True, ground=Ground.SOFT)}, id="the measures"
        ),
    ],
)
def test_every_change_of_a_room_is_a_new_version(change: dict[str, object]) -> None:
    room = add_room()
    wanted = replace(HALL, **change)  # type: ignore[arg-type]
    change_room(room, wanted, version=1)
    assert room.version == 2
    assert services.room_details(room) == wanted
    with pytest.raises(Refused) as refusal:
        change_room(room, HALL, version=1)
    assert codes(refusal) == ["place_changed_meanwhile"]


def test_opening_hours_are_replaced_as_a_whole() -> None:
    room = add_room()
    one = (WeeklyHours(6, time(10), time(11)),)
    change_room(room, replace(HALL, opening_hours=one), version=1)
    assert counted(OpeningHours) == 1


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        pytest.param(
            (WeeklyHours(0, time(9), time(12)), WeeklyHours(0, time(11), time(13))),
            "opening_hours_overlap",
            id="overlap",
        ),
        pytest.param((WeeklyHours(0, time(12), time(9)),), "closes_before_opening", id="backwards"),
    ],
)
def test_impossible_opening_hours_are_refused(hours: tuple[WeeklyHours, ...], code: str) -> None:
    venue, impossible = add_venue(), replace(HALL, opening_hours=hours)
    with pytest.raises(Refused) as refusal:
        add_room(impossible, venue)
    assert codes(refusal) == [code]
    room = add_room(HALL, venue)
    with pytest.raises(Refused) as refusal:
        change_room(room, impossible, version=1)
    assert codes(refusal) == [code]
    assert services.room_details(room) == HALL


def test_the_same_form_twice_adds_one() -> None:
    venue_token, room_token = new_form_token(), new_form_token()
    venues = {add_venue(form_token=venue_token).id for _ in range(2)}
    rooms = {add_room(venue=session.get(Venue, *venues), form_token=room_token).id for _ in "12"}
    assert (len(venues), len(rooms)) == (1, 1)
    assert (counted(Venue), counted(Room)) == (1, 1)


def test_the_same_form_with_other_content_is_refused() -> None:
    token = new_form_token()
    add_venue(form_token=token)
    with pytest.raises(Refused) as refusal:
        add_venue(replace(BUURTHUIS, name="Iets anders"), form_token=token)
    assert codes(refusal) == ["same_form_other_content"]


def test_a_room_needs_a_venue() -> None:
    with pytest.raises(Refused) as refusal:
        transact(services.add_room, 999, HALL, by=PLANNER, now=NOW)
    assert codes(refusal) == ["no_such_place"]


def test_a_retired_room_can_come_back() -> None:
    room = add_room()
    for version, state in enumerate([RoomState.RETIRED, RoomState.PUBLISHED], start=1):
        transact(services.set_room_state, room.id, state, version=version, by=PLANNER, now=NOW)
        assert room.state is state
    assert story(("room", room.id))[-1].facts == {"changed": {"state": ["retired", "published"]}}


def test_closing_twice_for_the_same_time_is_one_closure() -> None:
    room = add_room()
    ids = {transact(services.close_room, room.id, CHRISTMAS, by=PLANNER, now=NOW).id for _ in "12"}
    assert len(ids) == 1
    assert [each.reason for each in places.closures_ahead(room.id, NOW)] == ["kerstvakantie"]
    assert places.closures_ahead(room.id, CHRISTMAS.period.end) == []


def test_a_closure_that_is_over_is_refused() -> None:
    room = add_room()
    over = ClosureDetails(Period(NOW - timedelta(days=2), NOW))
    with pytest.raises(Refused) as refusal:
        transact(services.close_room, room.id, over, by=PLANNER, now=NOW)
    assert codes(refusal) == ["closure_is_over"]


def test_reopening_takes_the_closure_away_and_may_be_done_twice() -> None:
    room = add_room()
    closure_id = transact(services.close_room, room.id, CHRISTMAS, by=PLANNER, now=NOW).id
    for _ in range(2):
        transact(services.reopen, room.id, closure_id, by=PLANNER, now=NOW)
    assert counted(Closure) == 0
    told = [entry.action for entry in story(("room", room.id))]
    assert told == ["room added", "room closed", "room reopened"]


def test_a_closure_of_another_room_stays() -> None:
    room, other = add_room(), add_room(replace(HALL, name="Kleine zaal"))
    closure_id = transact(services.close_room, room.id, CHRISTMAS, by=PLANNER, now=NOW).id
    transact(services.reopen, other.id, closure_id, by=PLANNER, now=NOW)
    assert counted(Closure) == 1


def test_a_new_host_is_added_once_with_the_role() -> None:
    venue, host = add_venue(), HostDetails("Fatma", "fatma@deronde.example")
    for _ in range(2):
        added = transact(services.make_host, venue.id, host, by=PLANNER, now=NOW)
        assert added.roles == {Role.HOST}
    found = places.find_venue(venue.id)
    assert found
    assert [each.email for each in found.hosts] == ["fatma@deronde.example"]
    assert counted(Person) == 1


def test_somebody_known_keeps_name_and_roles() -> None:
    venue = add_venue()
    known = person("Noor", Role.PLANNER)
    session.commit()
    host = HostDetails("Iemand anders", known.email)
    transact(services.make_host, venue.id, host, by=PLANNER, now=NOW)
    assert known.name == "Noor"
    assert known.roles == {Role.PLANNER, Role.HOST}


def test_somebody_who_may_not_sign_in_is_no_host() -> None:
    venue, gone = add_venue(), person("Noor")
    gone.disabled_at = NOW
    session.commit()
    with pytest.raises(Refused) as refusal:
        transact(services.make_host, venue.id, HostDetails("Noor", gone.email), by=PLANNER, now=NOW)
    assert codes(refusal) == ["host_is_disabled"]


def test_the_role_goes_with_the_last_venue() -> None:
    venues = [add_venue(), add_venue(replace(BUURTHUIS, name="De tweede"))]
    host = HostDetails("Fatma", "fatma@deronde.example")
    for venue in venues:
        added = transact(services.make_host, venue.id, host, by=PLANNER, now=NOW)
    transact(services.end_host, venues[0].id, added.id, by=PLANNER, now=NOW)
    assert added.roles == {Role.HOST}
    transact(services.end_host, venues[1].id, added.id, by=PLANNER, now=NOW)
    transact(services.end_host, venues[1].id, added.id, by=PLANNER, now=NOW)
    assert added.roles == frozenset()


def test_a_story_tells_who_did_it_newest_first() -> None:
    noor = person("Noor", Role.PLANNER)
    session.commit()
    by = Actor.person(noor.id)
    venue = transact(services.add_venue, BUURTHUIS, by=by, now=NOW)
    room = transact(services.add_room, venue.id, HALL, by=by, now=NOW)
    transact(services.close_room, room.id, CHRISTMAS, by=PLANNER, now=NOW)
    told = [(each.action, each.who, each.why) for each in story_told(("room", room.id))]
    assert told == [("room closed", "", "kerstvakantie"), ("room added", "Noor", "")]


def test_places_by_district_take_the_same_number_of_queries(count_queries: CountQueries) -> None:
    def look() -> int:
        session.expire_all()
        with count_queries() as seen:
            found = places.listed_by_district()
            names = [
                (room.full_name, room.venue.address, len(room.opening_hours))
                for venues in found.values()
                for venue in venues
                for room in venue.rooms
            ]
        assert len(found) == 10
        assert names
        return len(seen)

    add_room()
    few = look()
    for number in range(8):
        venue = add_venue(replace(BUURTHUIS, name=f"Plek {number}", postcode="3524 AB"))
        add_room(HALL, venue)
        add_room(replace(HALL, name="Tuin"), venue)
    assert look() == few


def test_only_rooms_that_may_be_chosen_are_offered(count_queries: CountQueries) -> None:
    venue = add_venue()
    add_room(HALL, venue)
    add_room(replace(HALL, name="Keuken", welcomes_cube=False), venue)
    paused = add_room(replace(HALL, name="Kelder"), venue)
    transact(services.set_room_state, paused.id, RoomState.PAUSED, version=1, by=PLANNER, now=NOW)
    own = OwnPlace("Thuis", "Laan", "1", "3563 CB", Measures(is_outdoors=False))
    transact(services.find_or_add_own_place, own, NOW)
    session.expire_all()
    with count_queries() as seen:
        offered = places.room_options()
    assert [name for _id, name in offered["Overvecht"]] == ["Buurthuis De Ronde, Grote zaal"]
    assert len([each for each in seen if each.startswith("SELECT")]) == 1
    assert len(places.room_options(for_cube=False)["Overvecht"]) == 2
    assert [each.name for each in places.newest_own_places()] == ["Thuis"]


def test_who_becomes_host_is_told_once_and_who_is_taken_away_too() -> None:
    def told() -> list[str]:
        return list(session.scalars(select(OutboxMail.subject).order_by(OutboxMail.id)))

    venue, fatma = add_venue(), HostDetails("Fatma", "fatma@deronde.example")
    for _ in range(2):
        host = transact(services.invite_host, venue.id, fatma, by=PLANNER, now=NOW)
    assert told() == ["Je bent beheerder van een plek op Speelplek"]
    for _ in range(2):
        transact(services.end_host, venue.id, host.id, by=PLANNER, now=NOW)
    assert told()[1:] == ["Je bent geen beheerder meer van een plek op Speelplek"]


def test_who_leaves_a_place_by_themselves_is_told_nothing() -> None:
    venue = add_venue()
    host = transact(services.make_host, venue.id, HostDetails("F", "f@x.nl"), by=PLANNER, now=NOW)
    transact(services.end_host, venue.id, host.id, by=Actor.person(host.id), now=NOW)
    assert counted(OutboxMail) == 0


def test_a_story_tells_from_what_to_what() -> None:
    venue = transact(services.add_venue, BUURTHUIS, by=PLANNER, now=NOW)
    room = transact(services.add_room, venue.id, HALL, by=PLANNER, now=NOW)
    other = replace(HALL, people=12, description="Voor eenzame ouderen.", opening_hours=())
    transact(services.change_room, room.id, other, version=None, by=PLANNER, now=NOW)
    transact(services.set_room_state, room.id, RoomState.PAUSED, version=None, by=PLANNER, now=NOW)
    paused, changed, _added = story_told(("room", room.id))
    with speaking("nl"):
        assert story_details(paused.facts) == ["Te boeken?: van te boeken naar even niet te boeken"]
        assert any(
            each.startswith("Hoeveel mensen mogen erin?") and each.endswith("naar 12")
            for each in story_details(changed.facts)
        )
        kinder = kinder_words(room)
    assert [(each.where, each.remark.word) for each in kinder] == [("Goed om te weten", "eenzame")]


def test_whatever_can_change_of_a_place_has_a_name() -> None:
    named = set(FIELDS)
    assert set(plain(HALL)) | set(plain(BUURTHUIS)) <= named
