"""What can happen to a request in which state."""

import pytest

from booking.rules.lifecycle import ALLOWED, WAITING, Action, RequestState, may

TABLE = {
    Action.OPTION: {"submitted", "optioned"},
    Action.RELEASE: {"optioned"},
    Action.CONFIRM: {"submitted", "optioned"},
    Action.UNDO: {"confirmed"},
    Action.DECLINE: {"submitted", "optioned"},
    Action.REOPEN: {"declined", "cancelled"},
    Action.CHANGE: {"submitted", "optioned"},
    Action.WITHDRAW: {"submitted", "optioned"},
    Action.CANCEL: {"confirmed"},
    Action.MOVE: {"confirmed"},
    Action.EXPIRE: {"optioned"},
}


@pytest.mark.parametrize("state", RequestState, ids=str)
@pytest.mark.parametrize("action", Action, ids=str)
def test_what_may_be_done(action: Action, state: RequestState) -> None:
    findings = may(action, state)
    if state in TABLE[action]:
        assert findings == []
    else:
        [finding] = findings
        assert finding.code == "not_in_this_state"
        assert (finding.data["state"], finding.data["action"]) == (state, action)


def test_every_action_has_states() -> None:
    assert set(ALLOWED) == set(Action)


@pytest.mark.parametrize("state", ["withdrawn", "expired"])
def test_what_has_ended_stays_ended(state: str) -> None:
    assert not [action for action in Action if not may(action, RequestState(state))]


def test_waiting_is_for_the_theatre() -> None:
    assert {state.value for state in WAITING} == {"submitted", "optioned"}
