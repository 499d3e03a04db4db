"""What a room needs to go online, and how far its host is."""

from dataclasses import replace
from datetime import time

import pytest

from core.findings import Weight
from venues.rules.fit import Measures
from venues.rules.opening import WeeklyHours
from venues.rules.publishing import Offered, Status, Task, next_task, publish_findings, tasks
from venues.rules.terms import Terms
from venues.rules.values import RoomDetails, VenueDetails

VENUE = VenueDetails(
    name="De Ronde",
    postcode="3563 CB",
    street="Voorbeelddreef",
    phone="030 123 45 67",
    opened_by="De beheerder",
)
ROOM = RoomDetails(
    name="Zaal",
    measures=Measures(is_outdoors=False, is_step_free=False),
    people=30,
    terms=Terms(welcomes_meetings=True),
    opening_hours=(WeeklyHours(0, time(9), time(17)),),
)
WHOLE = Offered(VENUE, ROOM, photos=1, is_online=False)
FOR_THE_CUBE = replace(ROOM, terms=Terms(), people=None, opening_hours=())


def with_venue(**changes: object) -> Offered:
    return replace(WHOLE, venue=replace(VENUE, **changes))  # type: ignore[arg-type]


def with_room(room: RoomDetails = ROOM, **changes: object) -> Offered:
    return replace(WHOLE, room=replace(room, **changes))  # type: ignore[arg-type]


NEEDED = [
    pytest.param(with_venue(is_listed=False), "place_unlisted", Task.PLACE, id="unlisted"),
    pytest.param(with_venue(street=""), "street_unsaid", Task.PLACE, id="street"),
    pytest.param(
        with_room(FOR_THE_CUBE, welcomes_cube=False), "use_unsaid", Task.FACTS, id="for nobody"
    ),
    pytest.param(with_room(people=None), "people_unsaid", Task.FACTS, id="how many people"),
    pytest.param(with_room(opening_hours=()), "hours_unsaid", Task.TIMES, id="opening hours"),
]
HELPFUL = [
    pytest.param(with_venue(opened_by=""), "reception_unsaid", id="reception"),
    pytest.param(with_venue(phone=""), "phone_unsaid", id="telephone"),
    pytest.param(with_room(measures=Measures(False)), "steps_unsaid", id="steps"),
    pytest.param(replace(WHOLE, photos=0), "photos_missing", id="photos"),
]


def test_of_a_room_with_everything_there_is_nothing_to_say() -> None:
    assert publish_findings(WHOLE) == []
    assert next_task(WHOLE) is Task.ONLINE


@pytest.mark.parametrize(("offered", "code", "task"), NEEDED)
def test_what_is_needed_keeps_it_offline(offered: Offered, code: str, task: Task) -> None:
    [finding] = publish_findings(offered)
    assert (finding.code, finding.weight) == (code, Weight.BLOCKER)
    assert tasks(offered)[task] is Status.TODO
    assert next_task(offered) is task


@pytest.mark.parametrize(("offered", "code"), HELPFUL)
def test_what_would_help_keeps_nothing_back(offered: Offered, code: str) -> None:
    [finding] = publish_findings(offered)
    assert (finding.code, finding.weight) == (code, Weight.NOTE)
    assert next_task(offered) is Task.ONLINE


def test_a_room_for_the_cube_alone_needs_no_people_and_hours() -> None:
    assert publish_findings(with_room(FOR_THE_CUBE)) == []


def test_how_far_a_new_host_is() -> None:
    new = Offered(
        replace(VENUE, opened_by=""),
        replace(ROOM, opening_hours=()),
        photos=0,
        is_online=False,
    )
    assert tasks(new) == {
        Task.PLACE: Status.OPTIONAL,
        Task.FACTS: Status.DONE,
        Task.TIMES: Status.TODO,
        Task.PHOTOS: Status.OPTIONAL,
        Task.ONLINE: Status.TODO,
    }
    online = replace(WHOLE, is_online=True)
    assert set(tasks(online).values()) == {Status.DONE}
    assert next_task(online) is None
