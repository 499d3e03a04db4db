"""What an asker can do: ask, change, take an alternative, withdraw."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from booking import services
from booking.models import BookingRequest
from booking.rules.asked import Asked
from booking.rules.audience import Audience
from booking.rules.lifecycle import DeclineReason, RequestState
from booking.rules.norms import DayPart, Wish
from core.db import session, transact
from core.fields import new_form_token
from core.history import ASKER, story
from people.models import Role
from tests.builders import (
    AFTERNOON,
    NOW,
    PLANNER,
    THURSDAY,
    asked,
    person,
    stage,
    submitted,
)
from tests.integration.bookings import (
    ask,
    confirm,
    done_to,
    mails,
    option,
    refused,
    row_counts,
    sent,
    told,
)
from venues.rules.fit import Measures
from venues.rules.own_place import OwnPlace

pytestmark = pytest.mark.usefixtures("app")

FRIDAY_EVENING = Wish(date(2027, 2, 5), DayPart.EVENING)
MORNING = Wish(THURSDAY, DayPart.MORNING)


def decline(request: BookingRequest, *alternatives: Wish) -> BookingRequest:
    return transact(
        services.decline,
        request.id,
        reason=DeclineReason.NO_TIME,
        words="Dan zijn we in Lunetten.",
        alternatives=alternatives,
        version=None,
        by=PLANNER,
        now=NOW,
    )


def choose(
    request: BookingRequest, position: int = 1, version: int | None = None
) -> BookingRequest:
    return transact(
        services.choose_alternative,
        request.id,
        position=position,
        version=request.version if version is None else version,
        now=NOW,
    )


def withdraw(request: BookingRequest, version: int | None = None) -> BookingRequest:
    return transact(
        services.withdraw,
        request.id,
        version=request.version if version is None else version,
        by=ASKER,
        now=NOW,
    )


def count_requests() -> int:
    return session.scalar(select(func.count()).select_from(BookingRequest)) or 0


def test_a_request_keeps_what_was_asked() -> None:
    room = stage()
    audience = Audience(live_here=5, by_key_figure=4, walk_in=3, from_city=2)
    what = asked(room.id, AFTERNOON, FRIDAY_EVENING, audience=audience, hope="Elkaar groeten")
    request = submitted(what)
    assert request.state is RequestState.SUBMITTED
    assert [choice.wish for choice in request.choices] == [AFTERNOON, FRIDAY_EVENING]
    assert (request.audience, request.hope) == (audience, "Elkaar groeten")
    assert (request.room_id, request.district.name) == (room.id, "Overvecht")
    assert request.organisation.name == "Burennetwerk Zuilen"
    assert request.submitted_at == NOW
    assert request.reference.startswith("K-")


def test_a_request_is_told_to_the_asker_and_the_planners() -> None:
    room = stage()
    transact(person, "Noor", Role.PLANNER)
    transact(person, "Mo", Role.PLANNER)
    transact(person, "Elias", Role.PERFORMER)
    request = ask(room.id)
    assert told(request) == {("sam", ""): 1, ("noor", ""): 1, ("mo", ""): 1}
    assert {mail.due_at for mail in mails(request)} == {NOW}
    [entry] = story(request.subject)
    assert (entry.action, entry.actor, entry.at) == ("submitted", ASKER, NOW)


def test_the_same_form_twice_is_one_request() -> None:
    room = stage()
    token = new_form_token()
    first, second = (
        transact(services.submit, asked(room.id), form_token=token, now=NOW).id for _ in range(2)
    )
    assert first == second
    assert count_requests() == 1


def test_the_same_form_with_other_content_is_refused() -> None:
    room = stage()
    token = new_form_token()
    transact(services.submit, asked(room.id), form_token=token, now=NOW)
    other = asked(room.id, hope="Iets anders")
    with refused("same_form_other_content"):
        transact(services.submit, other, form_token=token, now=NOW)


def test_a_refusal_does_not_use_up_the_form() -> None:
    room = stage()
    token = new_form_token()
    too_soon = asked(room.id, Wish(date(2026, 11, 25), DayPart.MORNING))
    before = row_counts()
    with refused("choice_not_free", "too_soon"):
        transact(services.submit, too_soon, form_token=token, now=NOW)
    assert row_counts() == before
    transact(services.submit, asked(room.id), form_token=token, now=NOW)
    assert count_requests() == 1


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(date(2026, 11, 1), DayPart.MORNING), "too_soon"),
        (Wish(date(2029, 1, 1), DayPart.MORNING), "too_far"),
        (Wish(date(9999, 12, 31), DayPart.EVENING), "too_far"),
        (Wish(date(1, 1, 1), DayPart.MORNING), "too_soon"),
        (Wish(THURSDAY, DayPart.MORNING, 5), "too_many_day_parts"),
        (Wish(THURSDAY, DayPart.MORNING, 0), "too_many_day_parts"),
    ],
    ids=["past", "far", "end_of_time", "start_of_time", "many_day_parts", "no_day_parts"],
)
def test_moments_that_are_not_offered_are_refused(wish: Wish, code: str) -> None:
    room = stage()
    with refused("choice_not_free", code):
        ask(room.id, wish)


def test_a_moment_that_is_taken_is_refused_with_the_reason() -> None:
    room = stage()
    confirm(ask(room.id, who="first"), room.id)
    with refused("choice_not_free", "cube_taken", "place_taken"):
        ask(room.id)


def test_one_choice_that_cannot_be_refuses_the_whole() -> None:
    room = stage()
    confirm(ask(room.id, who="first"), room.id)
    before = row_counts()
    with refused("choice_not_free", "cube_taken", "place_taken"):
        submitted(asked(room.id, FRIDAY_EVENING, AFTERNOON))
    assert row_counts() == before


def test_a_moment_held_for_another_is_refused() -> None:
    room = stage()
    option(ask(room.id, who="first"), room.id)
    with refused("choice_not_free", "held_by_option"):
        ask(room.id)


def test_too_many_visitors_is_no_reason_to_refuse() -> None:
    room = stage()
    assert ask(room.id, audience=Audience(live_here=100)).visitors == 100


def test_asking_for_nothing_is_refused() -> None:
    room = stage()
    with refused("no_choice"):
        submitted(replace(asked(room.id), wishes=()))


def test_a_room_that_does_not_exist_is_refused() -> None:
    stage()
    with refused("no_such_room"):
        ask(12345)


def own_place(name: str = "Het Hofje") -> OwnPlace:
    return OwnPlace(name, "Hofstraat", "4", "3563 CB", Measures(is_outdoors=True))


def with_own_place(what: Asked, place: OwnPlace) -> Asked:
    return replace(what, where=replace(what.where, own_place=place))


def test_a_place_of_their_own_becomes_an_unlisted_room() -> None:
    stage()
    first = submitted(with_own_place(asked(), own_place()))
    assert first.room
    assert not first.room.venue.is_listed
    assert first.room.is_outdoors
    again = submitted(with_own_place(asked(None, FRIDAY_EVENING), own_place("het hofje")))
    assert again.room_id == first.room_id


def test_no_place_yet_is_fine() -> None:
    stage()
    request = submitted(asked())
    assert (request.room_id, request.district_number) == (None, "03")


def test_the_same_organisation_is_one() -> None:
    room = stage()
    one = submitted(asked(room.id, organisation="Buren  Zuilen"))
    other = submitted(asked(room.id, FRIDAY_EVENING, organisation="buren zuilen"))
    assert one.organisation_id == other.organisation_id


def test_details_can_be_changed() -> None:
    room = stage()
    request = ask(room.id)
    change: dict[str, Any] = {
        "audience": Audience(walk_in=9),
        "hope": "Meer buren",
        "phone": "030 1",
    }
    transact(services.change_details, request.id, version=request.version, now=NOW, **change)
    assert (request.visitors, request.hope, request.contact_phone) == (9, "Meer buren", "030 1")
    assert story(request.subject)[-1].facts == {"before": 12, "after": 9}


def test_details_seen_too_long_ago_are_refused() -> None:
    room = stage()
    request = ask(room.id)
    seen = request.version
    change: dict[str, Any] = {"audience": Audience(walk_in=9), "hope": "", "phone": ""}
    transact(services.change_details, request.id, version=seen, now=NOW, **change)
    with refused("changed_meanwhile"):
        transact(services.change_details, request.id, version=seen, now=NOW, **change)


def test_an_alternative_makes_the_request_wait_again() -> None:
    room = stage()
    transact(person, "Noor", Role.PLANNER)
    request = decline(ask(room.id), MORNING, FRIDAY_EVENING)
    choose(request, 2)
    assert request.state is RequestState.SUBMITTED
    assert [choice.wish for choice in request.choices] == [FRIDAY_EVENING]
    assert (request.alternatives, request.decline_reason) == ([], None)
    assert (request.decline_words, request.decided_at) == ("", None)
    assert done_to(request) == ["submitted", "declined", "reopened"]
    assert told(request)["noor", ""] == 2


@pytest.mark.parametrize("position", [0, 3, -1])
def test_an_alternative_that_was_not_offered_is_refused(position: int) -> None:
    room = stage()
    request = decline(ask(room.id), MORNING, FRIDAY_EVENING)
    with refused("no_such_alternative"):
        choose(request, position)


def test_an_alternative_that_was_taken_meanwhile_is_refused() -> None:
    room = stage()
    request = decline(ask(room.id), FRIDAY_EVENING)
    other = ask(room.id, who="other", audience=Audience(live_here=8))
    with refused("offered_to_another"):
        confirm(other, room.id, FRIDAY_EVENING)
    confirm(other, room.id, FRIDAY_EVENING, accepted=["offered_to_another"])
    with refused("choice_not_free", "cube_taken", "place_taken"):
        choose(request)


def test_an_offered_moment_is_kept_for_its_asker_for_some_days() -> None:
    room, neighbours = stage(), Audience(live_here=8)
    request = decline(ask(room.id), FRIDAY_EVENING)
    [offered] = request.alternatives
    assert offered.kept_until == datetime(2026, 11, 29, 23, tzinfo=UTC)  # Monday's midnight
    with refused("choice_not_free", "offered_to_another"):
        ask(room.id, FRIDAY_EVENING, who="other", audience=neighbours)
    later = asked(room.id, FRIDAY_EVENING, audience=neighbours)
    submitted(later, now=offered.kept_until)
    assert choose(request).state is RequestState.SUBMITTED


def test_only_a_moment_that_can_be_is_offered() -> None:
    room = stage()
    confirm(ask(room.id), room.id)
    request = ask(room.id, MORNING.__class__(FRIDAY_EVENING.day, DayPart.MORNING), who="other")
    before = row_counts()
    with refused("choice_not_free", "cube_taken", "place_taken"):
        decline(request, AFTERNOON)
    assert row_counts() == before


def test_withdrawing_ends_a_request() -> None:
    room = stage()
    request = withdraw(ask(room.id))
    assert (request.state, request.decided_at) == (RequestState.WITHDRAWN, NOW)
    assert told(request) == {("sam", ""): 2}
    assert done_to(request) == ["submitted", "withdrawn"]


def test_withdrawing_gives_the_option_free() -> None:
    room = stage()
    request = ask(room.id)
    option(request, room.id)
    sent(request, NOW)
    withdraw(request)
    assert request.option is None
    assert told(request) == {("sam", ""): 1, ("sam", "REQUEST"): 1, ("sam", "CANCEL"): 1}
    ask(room.id, who="other")


def test_withdrawing_an_older_version_is_refused() -> None:
    room = stage()
    request = ask(room.id)
    seen = request.version
    option(request, room.id)
    with refused("changed_meanwhile"):
        withdraw(request, seen)
