"""What a visitor has filled in so far, per journey: the cube, and each room they book.

A GET only reads. What is typed is kept on the server; the cookie holds nothing but the tokens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import session

from booking import services
from booking.queries.drafts import find_draft
from core import clock
from core.db import transact

DRAFTS_AT_MOST = 10  # a cookie has room for so many; the one that was kept longest ago goes
_DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """One journey of this visitor. They may be on several at once."""

    journey: str

    @property
    def token(self) -> str | None:
        return next((token for journey, token in _kept() if journey == self.journey), None)

    @property
    def answers(self) -> dict[str, Any]:
        draft = find_draft(self.token) if self.token else None
        return dict(draft.answers) if draft else {}

    def keep(self, step: str, given: Mapping[str, Any]) -> None:
        answers = {step: dict(given)}
        token = transact(services.keep_draft, self.token, answers, now=clock.utcnow())
        _keep([*self._others, (self.journey, token)])

    def forget(self) -> None:
        """It has become what was asked."""
        _keep(self._others)

    @property
    def _others(self) -> list[tuple[str, str]]:
        return [(journey, token) for journey, token in _kept() if journey != self.journey]


def _kept() -> list[tuple[str, str]]:
    return [(journey, token) for journey, token in session.get(_DRAFTS, [])]


def _keep(drafts: list[tuple[str, str]]) -> None:
    if drafts:
        session[_DRAFTS] = drafts[-DRAFTS_AT_MOST:]
    else:
        session.pop(_DRAFTS, None)
