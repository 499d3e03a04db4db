"""The asker gives back dates of a booking, and corrects what is known of it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.models import Claim, RoomBooking
from booking.rules.room_changes import Scope
from booking.rules.room_lifecycle import DateState
from booking.services import reserving
from core import history
from core.db import session, transact
from core.findings import Refused
from core.history import story
from tests.builders import NOW, booked, room_asked
from tests.integration.room_changes import (
    ASKER,
    HOST,
    asked,
    calendar,
    cancel,
    everybody_sees_what_is_held,
    fresh,
    held,
    lent,
    mails,
    sent,
    series,
)

pytestmark = pytest.mark.usefixtures("app")
GOES, STAYS = DateState.CANCELLED, DateState.CONFIRMED


def states(booking: RoomBooking) -> list[DateState]:
    return [date.state for date in fresh(booking).dates]


def live_claims() -> int:
    return (
        session.scalar(select(func.count()).select_from(Claim).where(Claim.released_at.is_(None)))
        or 0
    )


@pytest.mark.parametrize(
    ("scope", "becomes"),
    [
        (Scope.THIS, [STAYS, GOES, STAYS, STAYS]),
        (Scope.FOLLOWING, [STAYS, GOES, GOES, GOES]),
        (Scope.ALL, [GOES] * 4),
    ],
)
def test_cancelling_frees_the_time_and_empties_calendars(
    scope: Scope, becomes: list[DateState]
) -> None:
    booking = series()
    cancel(booking, 1, scope, why="Ziek")
    assert states(booking) == becomes
    assert live_claims() == becomes.count(STAYS)
    assert everybody_sees_what_is_held(booking)
    assert calendar(booking, ASKER).live == (0 if scope is Scope.ALL else 1)
    (entry,) = [each for each in story(booking.subject) if each.action == "dates cancelled"]
    assert (entry.why, len(entry.facts["dates"])) == ("Ziek", becomes.count(GOES))
    to_host = mails(booking, HOST)[-1]
    assert "Taalcafé Overvecht annuleert" in to_host.subject
    assert "De reden: Ziek" in to_host.text
    assert "later dan" not in to_host.text
    assert "/reservering/" in mails(booking, ASKER)[-1].text


def test_a_cancelled_date_never_comes_back() -> None:
    booking = series()
    room, gone = booking.room, booking.dates[1].day_on
    cancel(booking, 1)
    booked(room_asked(room, gone, email="a@b.example"))
    with pytest.raises(Refused) as refused:
        cancel(fresh(booking), 1)
    assert [each.code for each in refused.value.findings] == ["date_not_in_this_state"]
    cancel(fresh(booking), 2)
    assert states(booking) == [STAYS, GOES, GOES, STAYS]
    assert everybody_sees_what_is_held(booking)


def test_what_waits_is_withdrawn_and_nobody_had_it_in_a_calendar() -> None:
    booking = sent(asked())
    cancel(booking, 2, Scope.FOLLOWING)
    assert states(booking) == [DateState.ASKED] * 2 + [DateState.WITHDRAWN] * 2
    assert fresh(booking).answer_until
    cancel(fresh(booking), 0, Scope.ALL)
    assert fresh(booking).answer_until is None, "nothing waits for the host any more"
    assert all(mail.calendar is None for mail in mails(booking, HOST))


def test_the_host_reads_that_it_is_late() -> None:
    """After the moment until which the host wants to hear it; a second before is the twin."""
    booking = series(cancel_hours=48)
    deadline = booking.dates[0].starts_at - timedelta(hours=48)
    cancel(booking, 1, now=deadline)
    assert "later dan" not in mails(booking, HOST)[-1].text
    cancel(fresh(booking), 0, now=deadline + timedelta(seconds=1))
    assert "Dit is later dan jullie hadden afgesproken." in mails(booking, HOST)[-1].text
    assert states(booking)[:2] == [GOES, GOES]


def test_what_has_begun_stays_as_it_was() -> None:
    booking = series()
    begun = booking.dates[1].starts_at
    with pytest.raises(Refused) as refused:
        cancel(booking, 1, now=begun)
    assert [each.code for each in refused.value.findings] == ["meeting_has_begun"]
    cancel(fresh(booking), 1, Scope.ALL, now=begun)
    assert states(booking) == [STAYS, STAYS, GOES, GOES]
    assert everybody_sees_what_is_held(booking)


def test_from_an_old_page_nothing_is_cancelled() -> None:
    booking = series()
    version = booking.version
    cancel(booking, 0)
    assert fresh(booking).version > version
    with pytest.raises(Refused) as refused:
        transact(
            reserving.cancel_dates,
            booking.id,
            booking.dates[1].id,
            Scope.THIS,
            why="",
            version=version,
            by=history.ASKER,
            now=NOW,
        )
    assert [each.code for each in refused.value.findings] == ["booking_changed_meanwhile"]


# ---- What is known of it ----


def details(booking: RoomBooking, **changed: object) -> RoomBooking:
    known = {"people": booking.people, "purpose": booking.purpose, "phone": booking.contact_phone}
    return transact(
        reserving.change_details,
        booking.id,
        **{**known, **changed},  # type: ignore[arg-type]
        version=booking.version,
        by=history.ASKER,
        now=NOW,
    )


def test_more_people_than_fit_are_refused() -> None:
    booking = series(people=14)
    with pytest.raises(Refused) as refused:
        details(booking, people=15)
    assert [each.code for each in refused.value.findings] == ["place_too_small"]
    details(fresh(booking), people=14)
    assert fresh(booking).people == 14


def test_the_host_reads_what_is_different_and_calendars_stay() -> None:
    booking = series()
    before = held(booking), [len(mails(booking, who)) for who in (ASKER, HOST)]
    details(booking, people=20, phone="030 765 43 21")
    newest = mails(booking, HOST)[-1]
    assert newest.calendar is None
    assert "20" in newest.text
    assert "030 765 43 21" in newest.text
    after = held(booking), [len(mails(booking, who)) for who in (ASKER, HOST)]
    assert (before[0], [before[1][0], before[1][1] + 1]) == after
    details(fresh(booking))
    assert len(mails(booking, HOST)) == after[1][1], "nothing changed, nobody is told"


def test_another_purpose_is_another_title_without_a_new_answer() -> None:
    booking = series()
    details(booking, purpose="Leeskring")
    for who in (ASKER, HOST):
        (event,) = calendar(booking, who).entries.values()
        assert str(event["SUMMARY"]) == "Leeskring in De Buurtkamer, Zaal"
        assert int(event["SEQUENCE"]) == 0


def test_after_the_last_date_there_is_nothing_to_change() -> None:
    booking = series(lent())
    session.rollback()
    with pytest.raises(Refused) as refused:
        transact(
            reserving.change_details,
            booking.id,
            people=3,
            purpose="x",
            phone="",
            version=None,
            by=history.ASKER,
            now=booking.dates[-1].ends_at,
        )
    assert [each.code for each in refused.value.findings] == ["nothing_to_change"]
