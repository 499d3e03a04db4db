"""Two hosts of one place who do at the same moment what only one of them may.

The twin has the guards taken away, and then both do it.
"""

from functools import partial

import pytest
from sqlalchemy import func, select

from core.db import session, transact
from core.history import Actor
from people.models import Role
from tests import builders as b
from tests.pictures import photo
from tests.racing import Action, Outcome, race
from venues import services
from venues.models import Room, RoomPhoto, VenueHost
from venues.pictures import read_picture
from venues.services.photos import MOST_PHOTOS

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]
THREE = [services.NewPhoto(read_picture(photo()), f"Foto {n}") for n in "123"]


def stage() -> tuple[Room, list[int]]:
    """A room with three photos, and the ids of its two hosts."""
    hosts = [b.person(name, Role.HOST) for name in ("Fatma", "Kees")]
    room = b.meeting_room(host=hosts[0])
    session.add(VenueHost(venue_id=room.venue_id, person_id=hosts[1].id))
    services.add_photos(room.id, THREE, by=b.PLANNER, now=b.NOW)
    return room, [each.id for each in hosts]


def rounds() -> list[list[Action]]:
    """Both add three photos where five more fit; then each takes the other away as a host."""
    room, (fatma, kees) = transact(stage)
    ends = partial(services.end_host, room.venue_id, now=b.NOW, keep_one=True)
    add = partial(services.add_photos, room.id, THREE, now=b.NOW)
    return [
        [partial(add, by=Actor.person(each)) for each in (fatma, kees)],
        [partial(ends, kees, by=Actor.person(fatma)), partial(ends, fatma, by=Actor.person(kees))],
    ]


def refusals(outcomes: list[Outcome]) -> list[str]:
    assert not [each.error for each in outcomes if each.error]
    return [code for each in outcomes for code in each.codes]


def counted(kind: type[RoomPhoto | VenueHost]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_one_adds_the_last_photos_and_one_host_stays(database_url: str) -> None:
    photos, hosts = race(database_url, rounds())
    assert refusals(photos) == ["too_many_photos"]
    assert refusals(hosts) == ["last_host"]
    assert (counted(RoomPhoto), counted(VenueHost)) == (6, 1)


def test_without_the_lock_on_the_place_there_are_too_many_photos_and_no_host(
    database_url: str,
) -> None:
    race(database_url, rounds(), careless=True)
    assert counted(RoomPhoto) > MOST_PHOTOS
    assert counted(VenueHost) == 0
