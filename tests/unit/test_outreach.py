"""Who may be invited: never who said no to it, one draft at a time, not again too soon."""

from datetime import timedelta

import pytest

from booking.phrases.outreach import partner_changes
from booking.rules.norms import Norms
from booking.rules.outreach import Approached, invite_findings, is_lately
from core.findings import Weight
from core.language import speaking
from tests.builders import NOW

APART = Norms().invite_apart
LATELY, LONG_AGO = NOW - APART + timedelta(seconds=1), NOW - APART


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        (Approached(), []),
        (Approached(last_sent_at=LONG_AGO), []),
        (Approached(last_sent_at=LATELY), [("invited_lately", Weight.CONCERN)]),
        (Approached(LATELY, has_draft=True), [("invitee_has_draft", Weight.BLOCKER)]),
        (Approached(has_draft=True, has_refused=True), [("invitee_refused", Weight.BLOCKER)]),
    ],
    ids=["never", "long_ago", "lately", "draft", "refused"],
)
def test_what_there_is_to_say(earlier: Approached, said: list[tuple[str, Weight]]) -> None:
    found = invite_findings("De Dreef", earlier, NOW, APART)
    assert [(each.code, each.weight) for each in found] == said


def test_nobody_was_invited_lately_who_never_was() -> None:
    assert not is_lately(None, NOW, APART)


def test_contact_details_are_only_named_in_a_story() -> None:
    with speaking("nl"):
        said = partner_changes({"name": ["Buren", "De buren"], "email": ["", ""]})
    assert said == "naam van “Buren” naar “De buren”, e-mailadres"
