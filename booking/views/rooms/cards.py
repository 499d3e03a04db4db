"""Found rooms as the finder shows them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from booking.phrases import finder as words
from booking.queries.finder import rooms_shown
from booking.rules.finder import Found, by_district, by_ring
from booking.rules.free import first_part
from booking.rules.sought import Sought
from booking.views.rooms import addresses
from core.period import Period
from venues.facts import districts
from venues.models import Room, RoomPhoto
from venues.queries.photos import photos_of
from venues.views.showing import features, people_in_words

FREE_SHOWN = 4  # times of one room


@dataclass(frozen=True, slots=True)
class Card:
    """One room that was found."""

    found: Found
    room: Room
    photo: RoomPhoto | None
    people: str  # for example "tot 30 mensen"
    features: list[str]  # only what is there
    room_url: str
    book_url: Callable[[Period], str]

    @property
    def free(self) -> tuple[Period, ...]:
        return self.found.free[:FREE_SHOWN]

    @property
    def more(self) -> int:
        """How many free times are not shown."""
        return len(self.found.free) - len(self.free)


@dataclass(frozen=True, slots=True)
class Section:
    """Rooms under one heading. `count`: how many there are in that district."""

    heading: str
    cards: list[Card]
    district: str = ""
    count: int = 0

    @property
    def has_more(self) -> bool:
        return self.count > len(self.cards)


class Cards:
    """What is shown of rooms: two queries for all of them together."""

    def __init__(self, shown: Iterable[Found], sought: Sought) -> None:
        self.rooms = rooms_shown(shown)
        self.photos = photos_of(self.rooms)
        self.sought = sought

    def of(self, each: Found) -> Card:
        room = self.rooms[each.place.room_id]
        return Card(
            found=each,
            room=room,
            photo=next(iter(self.photos[room.id]), None),
            people=people_in_words(room),
            features=[each.says for each in features(room) if each.is_there],
            room_url=self._room_url(each),
            book_url=lambda period: addresses.reserving(
                room.id, self._bookable(period, each), self.sought.people
            ),
        )

    def all(self, found: Iterable[Found]) -> list[Card]:
        return [self.of(each) for each in found]

    def sections(self, found: Iterable[Found], counts: Mapping[str, int]) -> list[Section]:
        """Per ring around the postcode; without one, per district."""
        if self.sought.origin:
            return [Section(words.ring(ring), self.all(here)) for ring, here in by_ring(found)]
        return [
            Section(districts()[number].name, self.all(here), number, counts[number])
            for number, here in by_district(found).items()
        ]

    def _room_url(self, each: Found) -> str:
        room_id, sought = each.place.room_id, self.sought
        if each.can_be_booked:
            first = self._bookable(each.free[0], each)
            return addresses.showing(room_id, None, first, sought.people)
        return addresses.showing(room_id, sought.days[0] if sought.days else None)

    def _bookable(self, period: Period, each: Found) -> Period:
        """Of a longer free time its first part, as long as was asked and as the terms allow."""
        if self.sought.length is None:
            return period
        return first_part(each.place.terms, period, self.sought.length)
