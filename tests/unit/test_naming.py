"""A time in an address, by the clock in Utrecht."""

from datetime import UTC, datetime, timedelta

from booking.rules.naming import time_in_address, with_time
from core.period import Period

STARTS_AT = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight, the next day in summer
NIGHT = Period(STARTS_AT, STARTS_AT + timedelta(hours=2))


def test_the_day_is_the_one_in_utrecht() -> None:
    assert time_in_address(NIGHT) == {"datum": "2027-07-02", "van": "00:30", "tot": "02:30"}


def test_what_else_is_given_comes_after_it() -> None:
    found = with_time("/ruimtes", NIGHT, mensen=12, postcode="3563")
    assert found == "/ruimtes?datum=2027-07-02&van=00:30&tot=02:30&mensen=12&postcode=3563"
