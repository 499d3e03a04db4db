"""Who is needed when: stretches hold exactly the encounters somebody plays."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking.rules.capacity import encounters_in
from booking.rules.norms import DayPart, Norms, Wish
from booking.rules.stretches import Stretch, needed, stretches, whole
from core.period import Period
from tests.tours import THURSDAY, between

NORMS = Norms()
E, R = "Elias", "Ricardo"
AFTERNOON = Wish(THURSDAY, DayPart.AFTERNOON).sessions(NORMS)[0]
SEVEN = encounters_in(AFTERNOON, NORMS)


def cast(*who: str) -> list[tuple[str, Stretch]]:
    return stretches([(AFTERNOON, "nobody")], zip(SEVEN, who, strict=True))


def spans(plays: list[tuple[str, Stretch]]) -> list[tuple[str, Period]]:
    return [(who, stretch.period) for who, stretch in plays]


def test_one_who_plays_it_all_is_there_for_the_whole_session() -> None:
    assert cast(*[E] * 7) == [(E, whole(AFTERNOON, NORMS))]


def test_two_share_a_session() -> None:
    """The first is free after the own last encounter; the second is there until the end."""
    [(first, one), (second, other)] = cast(E, E, E, E, R, R, R)
    assert (first, one) == (E, Stretch(between("13:00", "14:50"), tuple(SEVEN[:4])))
    assert (second, other) == (R, Stretch(between("15:20", "17:00"), tuple(SEVEN[4:])))


def test_a_session_without_encounters_is_for_its_own_performer() -> None:
    assert stretches([(AFTERNOON, E)], []) == [(E, Stretch(AFTERNOON))]


def test_who_is_called_again_before_the_last_is_over_stays() -> None:
    plays = cast(E, R, E, R, R, R, R)
    assert needed(plays, NORMS) == plays
    early = Norms(call_minutes=60)
    assert spans(needed(plays, early)) == [
        (E, between("13:00", "14:20")),
        (R, between("13:30", "17:00")),
    ]


casts = st.integers(1, 4).flatmap(
    lambda parts: st.tuples(
        st.just(Wish(THURSDAY, DayPart.MORNING, parts).sessions(NORMS)),
        st.lists(st.sampled_from("ABC"), min_size=32, max_size=32),
        st.integers(0, 90),
    )
)


@given(casts)
def test_stretches_hold_exactly_what_each_plays(
    drawn: tuple[tuple[Period, ...], list[str], int],
) -> None:
    sessions, letters, call = drawn
    periods = [period for session in sessions for period in encounters_in(session, NORMS)]
    played = list(zip(periods, letters, strict=False))
    alone = stretches([(session, "nobody") for session in sessions], played)
    together = needed(alone, Norms(call_minutes=call))
    assert {who for who, _stretch in alone} == {who for _period, who in played}
    for plays in (alone, together):
        for who in {who for who, _stretch in plays}:
            own = [stretch for each, stretch in plays if each == who]
            assert [period for each in own for period in each.own] == [
                period for period, each in played if each == who
            ]
            assert all(each.period.covers(period) for each in own for period in each.own)
    for who, stretch in alone:
        others = [period for period, each in played if each != who]
        assert not any(stretch.period.overlaps(period) for period in others)
    for who in {who for who, _stretch in together}:
        calls = [
            stretch.period.padded(timedelta(minutes=call), timedelta())
            for each, stretch in together
            if each == who
        ]
        assert not any(a.overlaps(b) for n, a in enumerate(calls) for b in calls[:n])
