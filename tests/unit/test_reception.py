"""What a stop leaves open its place says; a talk needs to last."""

import pytest

from booking.rules.reception import Reception, Talk, TalkAfter, Welcome, talk_findings

PLACE = Welcome("Jo", "In de hal", "Ja", "")


def test_what_is_not_agreed_is_as_the_place_says() -> None:
    agreed = Reception(Welcome(opened_by="Samira", stays_after="Kim"), Talk(TalkAfter.LAST, 20))
    here = agreed.at(PLACE)
    assert here.welcome == Welcome("Samira", "In de hal", "Ja", "Kim")
    assert here.talk == agreed.talk


@pytest.mark.parametrize("after", TalkAfter)
def test_only_a_talk_needs_minutes(after: TalkAfter) -> None:
    is_held = after is not TalkAfter.NONE
    codes = [finding.code for finding in talk_findings(Talk(after))]
    assert codes == (["talk_needs_minutes"] if is_held else [])
    assert talk_findings(Talk(after, 15)) == []
    assert Talk(after, 15).sound.minutes == (15 if is_held else None)
