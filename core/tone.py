"""A gentle look at words that everybody will read: the feeling, not the label.

It suggests and never refuses. Whoever writes decides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.language import gettext as _


@dataclass(frozen=True, slots=True)
class Remark:
    """`word` as it was written, and what could stand there."""

    word: str
    instead: str


_LABELS: tuple[tuple[str, Callable[[], str]], ...] = (
    (r"eenza\w*|lonel\w*", lambda: _("zeg wat er te doen is: elkaar ontmoeten, even praten")),
    (r"isolement|ge[iï]soleerd\w*|isolated", lambda: _("zeg wie je uitnodigt: buren, iedereen")),
    (
        r"kwetsba\w*|vulnerable",
        lambda: _("zeg wie je bedoelt: bezoekers van de opvang"),
    ),
    (r"doelgroep\w*|target groups?", lambda: _("zeg voor wie het is: buren, ouders, iedereen")),
    (r"cli[eë]nt\w*|clients?", lambda: _("zeg: bezoekers, of mensen")),
    (r"probleem(?:wijk|gezin|jongere)\w*", lambda: _("noem de wijk of de mensen bij hun naam")),
    (r"achterstand\w*|deprived", lambda: _("noem de wijk bij haar naam")),
    (r"hulpbehoev\w*|needy", lambda: _("zeg wat iemand komt doen, niet wat iemand mist")),
    (r"zielig\w*|pitiful", lambda: _("zeg wat er mooi aan is")),
    (r"bejaard\w*|elderly", lambda: _("zeg: ouderen, of een leeftijd")),
    (r"allochto\w*", lambda: _("zeg: Utrechters, of waar iemand vandaan komt als dat ertoe doet")),
    (r"verwarde (?:man|vrouw|mensen|personen)", lambda: _("zeg: mensen")),
)
_PATTERNS = [(re.compile(rf"\b(?:{words})", re.IGNORECASE), say) for words, say in _LABELS]


def remarks(text: str) -> list[Remark]:
    """Words that label people, in order, each once; in the language being spoken."""
    found = {
        match.group().casefold(): (match.start(), Remark(match.group(), say()))
        for pattern, say in _PATTERNS
        for match in reversed(list(pattern.finditer(text)))
    }
    return [remark for _at, remark in sorted(found.values(), key=lambda each: each[0])]
