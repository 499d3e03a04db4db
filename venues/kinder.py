"""Words in public texts of places that could be kinder; a suggestion to whoever wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass

from core import tone
from core.tone import Remark
from venues import story_phrases
from venues.models import Room
from venues.queries.public_texts import PublicText, all_texts, texts_of


@dataclass(frozen=True, slots=True)
class Kinder:
    """`where`: the name of the field, as on the page it is typed on."""

    where: str
    remark: Remark


def kinder_words(room: Room) -> list[Kinder]:
    return _heard(texts_of(room))


def rooms_to_word_kinder() -> list[tuple[Room, list[Kinder]]]:
    """Of what is online; only rooms with something to suggest."""
    heard = ((room, _heard(texts)) for room, texts in all_texts())
    return [(room, found) for room, found in heard if found]


def _heard(texts: Iterable[PublicText]) -> list[Kinder]:
    return [
        Kinder(story_phrases.FIELDS[each.field](), remark)
        for each in texts
        for remark in tone.remarks(each.text)
    ]
