"""The quick way to write a calendar gives what the library gives."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from booking.feed_lines import quick_agenda
from booking.invites import Entry, EntryStatus, agenda
from core.period import Period

ABOUT = {"name": "Kubus", "description": "Waar", "uid": "u@x", "url": "https://x.example/agenda"}
# Not "\N": the library takes it for the end of a line, though the standard does not.
LETTERS = "aé€😀 ;,:\\\"'^\r\n\t\x07=%<"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
TEXTS = st.text(LETTERS, max_size=300)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    start = draw(MOMENTS)
    return Entry(
        uid=f"speelbeurt-{draw(st.integers(1, 999))}-1@speelplek.example",
        sequence=draw(st.integers(0, 99)),
        created_at=draw(MOMENTS),
        modified_at=draw(MOMENTS),
        period=Period(start, start + timedelta(minutes=draw(st.integers(1, 3000)))),
        title=draw(TEXTS),
        place=draw(TEXTS),
        description=draw(TEXTS),
        url="https://speelplek.example/speelbeurten/" + draw(st.text("abc", max_size=90)),
        status=draw(st.sampled_from(EntryStatus)),
    )


def unfolded(calendar: bytes) -> list[str]:
    return calendar.decode().replace("\r\n ", "").split("\r\n")


@settings(deadline=None)
@given(st.lists(entries(), max_size=4, unique_by=lambda entry: entry.uid))
def test_quick_calendar_is_the_same_calendar(found: list[Entry]) -> None:
    quick = quick_agenda(found, **ABOUT)
    assert unfolded(quick) == unfolded(agenda(found, **ABOUT))
    for line in quick.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is cut in two
        assert b"\n" not in line


def test_a_name_cannot_start_the_events() -> None:
    about = {**ABOUT, "name": "BEGIN:VEVENT", "description": "x\r\nBEGIN:VEVENT\r\n"}
    assert quick_agenda([], **about) == agenda([], **about)


@settings(deadline=None)
@given(entries())
def test_a_name_cannot_hide_an_event(entry: Entry) -> None:
    about = {**ABOUT, "name": "BEGIN:VEVENT", "description": "x\r\nBEGIN:VEVENT\r\n"}
    assert unfolded(quick_agenda([entry], **about)) == unfolded(agenda([entry], **about))
