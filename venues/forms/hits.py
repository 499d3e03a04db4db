"""Saying yes to a list of who is hit by a change."""

from typing import Any

from wtforms import HiddenField

from core.forms import Form, LongText
from core.language import lazy_gettext as _l
from venues.rules.hits import Agreed

LONGEST_LIST = 50_000


class HitsForm(Form):
    """Comes along with the form of the change itself; its names are used by no other."""

    hits_seen: Any = HiddenField()  # the keys of those on the list
    hits_words: Any = LongText(_l("Wil je er iets bij zeggen?"), max=500, required=False)

    def agreed(self) -> Agreed:
        """What was seen, and what is said; nothing as long as the words are too long."""
        if not self.validate():
            return Agreed()
        seen = str(self.hits_seen.data or "")[:LONGEST_LIST].split()
        return Agreed(frozenset(seen), self.hits_words.data)
