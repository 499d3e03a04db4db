"""The page between a change of a room and its being done: who is hit by it.

It sends the form of the change again, word for word, with what was seen on the list.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, request

from core.errors import sentences
from core.fields import Label
from core.findings import Refused
from core.language import lazy_gettext as _l
from core.pages import page
from venues.forms.hits import HitsForm
from venues.models import Room, RoomState
from venues.rules.hits import Agreed, Hit

CODES = {"hits_agreed": 200, "hits_changed_meanwhile": 409}
SAVE = _l("Bewaar en stel hen op de hoogte")
CLOSE = _l("Sluit en stel hen op de hoogte")
PAUSE = _l("Zet op pauze en stel hen op de hoogte")
STOP = _l("Stop en stel hen op de hoogte")
TO_STATE = {RoomState.PAUSED: PAUSE, RoomState.RETIRED: STOP, RoomState.PUBLISHED: SAVE}


@dataclass(frozen=True, slots=True)
class Group:
    """What one organisation does in the room."""

    who: str
    what: str
    hits: list[Hit]


def agreed() -> Agreed:
    """What was seen and agreed to, in the request at hand."""
    return HitsForm().agreed()


def is_hit(refusal: Refused) -> bool:
    return refusal.findings[0].code in CODES


def hits_page(
    refusal: Refused, room: Room, *, back: str, does: Label = SAVE, words: str = ""
) -> Response:
    """`does`: what the button says; `words`: what the host probably wants to say."""
    (finding,) = refusal.findings
    hits: tuple[Hit, ...] = finding.data["hits"]
    form = HitsForm()
    status = CODES[finding.code]
    if not form.validate():
        status = 422
    elif status == 409:
        form.refuse(sentences([finding]))
    elif not form.hits_words.typed:
        form.hits_words.process_data(words)
    form.hits_seen.data = " ".join(hit.key for hit in hits)
    return page(
        "venues/hits.html",
        status,
        room=room,
        form=form,
        total=len(hits),
        ending=_groups(hit for hit in hits if hit.ends),
        staying=_groups(hit for hit in hits if not hit.ends),
        again=[(name, one) for name, one in request.form.items(multi=True) if _is_of_change(name)],
        back=back,
        does=does,
    )


def _groups(hits: Iterable[Hit]) -> list[Group]:
    """In the order in which each of them is hit first."""
    groups: dict[tuple[str, str], list[Hit]] = defaultdict(list)
    for hit in hits:
        groups[hit.who, hit.what].append(hit)
    return [Group(*about, found) for about, found in groups.items()]


def _is_of_change(name: str) -> bool:
    return name not in {"csrf_token", "hits_seen", "hits_words"}
