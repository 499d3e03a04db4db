"""Private links, and forms that are sent twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core import links, submissions
from core.clock import utcnow
from core.db import Busy, session, transact
from core.findings import Refused
from core.history import Actor, record, story
from core.links import PrivateLink

KIND = "request"
CONTENT: dict[str, object] = {"name": "Anna", "visitors": 12}


def issue(now: datetime, subject_id: int = 7, expires_at: datetime | None = None) -> str:
    return transact(links.issue, KIND, subject_id, now=now, expires_at=expires_at)


def test_link_opens_the_thing_it_was_made_for(app: Flask, now: datetime) -> None:
    assert links.resolve(KIND, issue(now), now) == 7


def test_link_opens_nothing_of_another_kind(app: Flask, now: datetime) -> None:
    assert links.resolve("feed", issue(now), now) is None


@pytest.mark.parametrize(
    "odd", ["", "7", "x" * 43, "x" * 5000, "a\x00b", "\ud800", "é", "' OR 1=1"]
)
def test_invented_link_opens_nothing(app: Flask, now: datetime, odd: str) -> None:
    issue(now)
    assert links.resolve(KIND, odd, now) is None


def test_altered_link_opens_nothing(app: Flask, now: datetime) -> None:
    token = issue(now)
    for altered in (token[:-1], token + "x", token.swapcase(), links.token_hash(token)):
        assert links.resolve(KIND, altered, now) is None


def test_link_works_until_it_expires(app: Flask, now: datetime) -> None:
    end = now + timedelta(days=30)
    token = issue(now, expires_at=end)
    assert links.resolve(KIND, token, end - timedelta(seconds=1)) == 7
    assert links.resolve(KIND, token, end) is None


def test_revoking_ends_all_links_to_one_thing_at_once(app: Flask, now: datetime) -> None:
    first, second, other = issue(now), issue(now), issue(now, subject_id=8)
    transact(links.revoke, KIND, 7, now)
    assert links.resolve(KIND, first, now) is None
    assert links.resolve(KIND, second, now) is None
    assert links.resolve(KIND, other, now) == 8


def test_only_hashes_of_links_are_kept(app: Flask, now: datetime) -> None:
    token = issue(now)
    (kept,) = session.scalars(select(PrivateLink)).all()
    assert kept.token_hash == links.token_hash(token)
    assert token not in str(vars(kept))


def test_links_cannot_be_guessed() -> None:
    tokens = {links.new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {43}  # 256 bits


def submit(token: str, content: dict[str, object], done: Callable[[], str]) -> str:
    """A service as they all are: look whether it was done, do it, remember it."""
    if before := submissions.once(token, content):
        return before
    outcome = done()
    submissions.remember(token, content, outcome, utcnow())
    return outcome


def test_same_form_twice_has_the_first_outcome(app: Flask) -> None:
    assert transact(submit, "t", CONTENT, lambda: "request 1") == "request 1"
    assert transact(submit, "t", dict(reversed(CONTENT.items())), lambda: "2") == "request 1"


def test_other_content_under_the_same_token_is_refused(app: Flask) -> None:
    transact(submit, "t", CONTENT, lambda: "request 1")
    with pytest.raises(Refused, match="same_form_other_content"):
        transact(submit, "t", {**CONTENT, "visitors": 13}, lambda: "request 2")


def test_refused_form_may_be_sent_again_after_changing_it(app: Flask) -> None:
    def refuse() -> str:
        raise Refused([])

    with pytest.raises(Refused):
        transact(submit, "t", CONTENT, refuse)
    assert transact(submit, "t", {**CONTENT, "visitors": 8}, lambda: "done") == "done"


def at_once(app: Flask, times: int, service: Callable[[int], str]) -> list[str | None]:
    """The outcome of each of so many simultaneous tries; None where it failed."""
    start = Barrier(times)

    def one(number: int) -> str | None:
        with app.app_context():
            start.wait()
            try:
                return transact(service, number)
            except (IntegrityError, Busy):
                return None

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_form_sent_eight_times_at_once_is_done_once(app: Flask) -> None:
    outcomes = at_once(app, 8, lambda number: submit("t", CONTENT, lambda: f"request {number}"))
    assert len(set(outcomes)) == 1
    assert outcomes[0]


def test_without_looking_first_the_same_form_would_fail(app: Flask) -> None:
    """The twin of the test above: it shows that the race is really there."""

    def careless(number: int) -> str:
        submissions.remember("t", CONTENT, str(number), utcnow())
        return str(number)

    assert None in at_once(app, 8, careless)


def test_old_forms_are_forgotten(app: Flask, now: datetime) -> None:
    for age in (8, 1):
        transact(submissions.remember, f"t{age}", CONTENT, "x", now - timedelta(days=age))
    transact(submissions.forget_old, now)
    assert submissions.once("t8", CONTENT) is None
    assert submissions.once("t1", CONTENT) == "x"


def test_history_tells_what_happened_in_order(app: Flask, now: datetime) -> None:
    request = ("request", 7)
    transact(record, "submitted", request, by=Actor("asker"), at=now)
    transact(record, "moved", request, by=Actor("person", 3), at=now, why="ziek", to=[1, 2])
    transact(record, "submitted", ("request", 8), by=Actor("clock"), at=now)
    first, second = story(request)
    assert (first.action, first.actor, first.why) == ("submitted", Actor("asker"), "")
    assert (second.actor, second.why, second.facts) == (Actor("person", 3), "ziek", {"to": [1, 2]})
