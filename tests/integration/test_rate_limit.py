"""Counting together: every process, thread and database transaction."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.db import Busy, session, transact
from core.rate_limit import RateCount, address_key, allowed, forget_old

HOUR = timedelta(hours=1)


def tried(app: Flask, key: str, now: datetime, bucket: str = "b", limit: int = 3) -> bool:
    return transact(allowed, bucket, key, limit, HOUR, now)


def test_no_more_than_the_limit(app: Flask, now: datetime) -> None:
    assert [tried(app, "anna", now) for _ in range(5)] == [True, True, True, False, False]


def test_keys_and_buckets_count_apart(app: Flask, now: datetime) -> None:
    for _ in range(4):
        tried(app, "anna", now)
    assert tried(app, "bob", now)
    assert tried(app, "anna", now, bucket="c")


def test_counting_starts_again_in_the_next_window(app: Flask, now: datetime) -> None:
    for _ in range(4):
        tried(app, "anna", now)
    assert tried(app, "anna", now + HOUR)


def test_two_hundred_at_once_count_exactly(app: Flask, now: datetime) -> None:
    threads = 8
    start = Barrier(threads)

    def twenty_five(_thread: int) -> int:
        with app.app_context():
            start.wait()
            return sum(_patiently(now) for _ in range(25))

    with ThreadPoolExecutor(threads) as pool:
        assert sum(pool.map(twenty_five, range(threads))) == 20


def _patiently(now: datetime) -> bool:
    while True:
        try:
            return transact(allowed, "b", "anna", 20, HOUR, now)
        except Busy:
            continue


def test_table_does_not_tell_who_came_by(app: Flask, now: datetime) -> None:
    tried(app, "anna@huis.example", now)
    (kept,) = session.scalars(select(RateCount)).all()
    assert "anna" not in kept.key_hash


def test_key_hash_needs_the_secret_of_this_app(
    app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried(app, "anna", now)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret")
    tried(app, "anna", now)
    assert session.scalar(select(func.count()).select_from(RateCount)) == 2


def test_counts_are_forgotten(app: Flask, now: datetime) -> None:
    tried(app, "anna", now - timedelta(hours=50))
    tried(app, "bob", now)
    transact(forget_old, now)
    assert session.scalar(select(func.count()).select_from(RateCount)) == 1


@pytest.mark.parametrize(
    "spelling",
    ["anna@huis.example", "Anna@Huis.Example", "an.na@huis.example", "anna+cube@huis.example"],
)
def test_spellings_of_one_mailbox_share_a_key(spelling: str) -> None:
    assert address_key(spelling) == "anna@huis.example"
