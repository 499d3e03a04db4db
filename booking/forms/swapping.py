"""Performers among each other: what is asked of a colleague, and the answer."""

from typing import Any

from wtforms import HiddenField

from core.forms import Choice, Choices, Form, FormToken, LongText
from core.language import lazy_gettext as _l

LONGEST_ACCEPTED = 500


class SwapForm(Form):
    encounters: Any = Choices(
        _l("Welke ontmoetingen?"),
        required=True,
        coerce=int,
        missing=_l("Kies minstens één ontmoeting."),
    )
    colleague = Choice(_l("Wie vraag je?"), coerce=int, missing=_l("Kies wie je vraagt."))
    words = LongText(_l("Wil je er iets bij zeggen?"), max=500, required=False)
    token: Any = FormToken()


class SwapAnswerForm(Form):
    """Two buttons."""

    answer = Choice(
        _l("Wat is je antwoord?"),
        [("yes", _l("Ja")), ("no", _l("Nee"))],
        missing=_l("Kies ja of nee."),
    )
    accepted: Any = HiddenField(default="")  # the concerns that stood on the page

    @property
    def says_yes(self) -> bool:
        return bool(self.answer.data == "yes")

    @property
    def accepted_keys(self) -> frozenset[str]:
        return frozenset(str(self.accepted.data or "")[:LONGEST_ACCEPTED].split())


class TakeBackForm(Form):
    """Only a button."""
