"""How dates that were booked to go on meeting stand, and when others may be booked with a visit."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.rules.follow_up import MeetingsState, meetings, series_findings
from booking.rules.room_lifecycle import DateState

NOW = datetime(2027, 3, 1, tzinfo=UTC)
HELD = (DateState.CONFIRMED, NOW)
AHEAD = (DateState.CONFIRMED, NOW + timedelta(seconds=1))
ASKED = (DateState.ASKED, NOW + timedelta(days=7))
UNHEARD = (DateState.EXPIRED, NOW)
CANCELLED = (DateState.CANCELLED, NOW + timedelta(days=14))
DECLINED = (DateState.DECLINED, NOW - timedelta(days=7))


@pytest.mark.parametrize(
    ("dates", "held", "ahead", "state"),
    [
        ([ASKED], 0, 1, MeetingsState.WAITING),
        ([HELD, ASKED], 1, 1, MeetingsState.WAITING),
        ([AHEAD, ASKED], 0, 2, MeetingsState.GOES_ON),
        ([HELD, AHEAD, CANCELLED], 1, 1, MeetingsState.GOES_ON),
        ([HELD, HELD], 2, 0, MeetingsState.OVER),
        ([HELD, CANCELLED], 1, 0, MeetingsState.STOPPED),
        ([CANCELLED, DECLINED, UNHEARD], 0, 0, MeetingsState.CANCELLED),
        ([], 0, 0, MeetingsState.CANCELLED),
    ],
)
def test_meetings(
    dates: list[tuple[DateState, datetime]], held: int, ahead: int, state: MeetingsState
) -> None:
    found = meetings(dates, NOW)
    assert (found.held, found.ahead, found.state) == (held, ahead, state)


@pytest.mark.parametrize("state", DateState)
def test_only_when_nothing_holds_others_may_be_booked(state: DateState) -> None:
    holds = state in {DateState.ASKED, DateState.CONFIRMED}
    codes = [finding.code for finding in series_findings([DateState.CANCELLED, state])]
    assert codes == (["continues_already"] if holds else [])
