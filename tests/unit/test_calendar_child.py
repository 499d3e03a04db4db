"""The process that reads a calendar: what it is kept from, and what ends it."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from core.period import Period
from tests.unit.test_calendar_reading import AN_HOUR, calendar
from venues.outside import child
from venues.outside.child import ROOT, busy_in
from venues.outside.failures import Failure, Unread
from venues.outside.found import Busy, Found

WINDOW = Period(datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2027, 12, 29, 23, tzinfo=UTC))
NEVER = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"  # looked for until the year 9999
HEAVY = calendar(*[(f"UID:{n}", *AN_HOUR, NEVER) for n in range(50)])


def test_a_calendar_is_read_elsewhere() -> None:
    times = (
        Busy(datetime(2027, 3, 1, 10, tzinfo=UTC), datetime(2027, 3, 1, 11, tzinfo=UTC)),
        Busy(datetime(2027, 3, 2, 10, tzinfo=UTC), datetime(2027, 3, 2, 11, tzinfo=UTC), True),
    )
    second = ("UID:2", "DTSTART:20270302T100000Z", "DURATION:PT1H", "STATUS:TENTATIVE")
    broken = ("UID:3", "DTSTART:once")
    ours = ("UID:4@speelplek.example", "DTSTART:20270303T100000Z", "DURATION:PT1H")
    content = calendar(("UID:1", *AN_HOUR), second, broken, ours)
    assert busy_in(content, WINDOW, "speelplek.example") == Found(times, 1)


def test_a_calendar_that_takes_too_long_is_ended() -> None:
    started = time.monotonic()
    with pytest.raises(Unread) as ended:
        busy_in(HEAVY, WINDOW, "", patience=0.5)
    assert ended.value.failure is Failure.TOO_HEAVY
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "limit",
    ["reading.SECONDS = 1", "reading.MEMORY = 32 * 1024 * 1024"],
    ids=["processor", "memory"],
)
def test_the_machine_ends_it_too(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a smaller limit than the real one, so that it does not take as long."""
    program = (
        f"from venues.outside import reading; {limit}; reading.limit(); "
        "import sys; reading.answer(sys.stdin.buffer.read(), *sys.argv[1:])"
    )
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", program))
    many = calendar(*[(f"UID:{n}", *AN_HOUR, "DESCRIPTION:" + "x" * 500) for n in range(3000)])
    with pytest.raises(Unread) as ended:
        busy_in(many if "MEMORY" in limit else HEAVY, WINDOW, "")
    assert ended.value.failure is Failure.TOO_HEAVY


def test_it_knows_nothing_of_this_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings in its environment, and neither Flask nor the database in its memory."""
    monkeypatch.setenv("SPEELPLEK_SECRET_KEY", "not for a calendar")
    program = "import os, sys, venues.outside.reading; print(dict(os.environ), *sys.modules)"
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", program))
    with pytest.raises(ValueError, match=r"Expecting|Extra") as spoken:
        busy_in(calendar(), WINDOW, "")
    said = str(getattr(spoken.value, "doc", ""))
    assert "not for a calendar" not in said
    modules = said.split()
    assert "venues.outside.reading" in modules
    assert not {"flask", "sqlalchemy", "core.db"} & set(modules)


def test_the_real_limits_are_set() -> None:
    program = (
        "import resource; from venues.outside import reading; reading.limit(); "
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit("
        "resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"536870912", b"12", b"0"]
