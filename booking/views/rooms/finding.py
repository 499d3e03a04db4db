"""/ruimtes: which rooms are free when you want to meet, near to where you are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request, url_for

from booking.forms.finder import FinderForm
from booking.phrases import finder as words
from booking.queries.finder import rooms_shown, search
from booking.rules.finder import Found, Sought, by_district, by_ring
from booking.rules.free import first_part
from booking.views.rooms import addresses
from booking.views.rooms.blueprint import bp
from booking.views.rooms.sought import offer_choices, sought_in
from core import clock
from core.clock import local_date
from core.pages import asked_page, page_or_fragment
from core.period import Period
from people.access import public
from venues.facts import districts
from venues.models import Room, RoomPhoto
from venues.queries.photos import photos_of
from venues.views.showing import features, size_in_words

AT_ONCE = 24
NEAR_MISSES = 8
PER_DISTRICT = 6
FREE_SHOWN = 4  # times of one room


@dataclass(frozen=True, slots=True)
class Card:
    """A room as the finder shows it."""

    found: Found
    room: Room
    photo: RoomPhoto | None
    size: list[str]  # for example "tot 30 mensen"
    features: list[str]  # only what is there
    book_url: Callable[[Period | None], str]

    @property
    def free(self) -> tuple[Period, ...]:
        return self.found.free[:FREE_SHOWN]

    @property
    def week(self) -> str | None:
        """In which to look at the page of the room: when it is free first."""
        return local_date(self.found.free[0].start).isoformat() if self.found.free else None

    @property
    def more(self) -> int:
        """How many free times are not shown."""
        return len(self.found.free) - len(self.free)


@dataclass(frozen=True, slots=True)
class Section:
    """Rooms under one heading; `url` leads to all of them when they are not all shown."""

    heading: str
    cards: list[Card]
    url: str = ""
    count: int = 0


@bp.get("/ruimtes")
@public
def find() -> Response:
    """The form and what it finds; htmx gets only what is found."""
    form, now = FinderForm(formdata=request.args), clock.utcnow()
    offer_choices(form)
    sought = sought_in(form, now)
    shown = _results(form, sought, now) if sought else {}
    return page_or_fragment(
        "booking/rooms/find.html",
        "booking/rooms/_results.html",
        status=200 if sought else 422,
        form=form,
        sought=sought,
        nothing=Sought(),
        words=words,
        **shown,
    )


def _results(form: FinderForm, sought: Sought, now: datetime) -> dict[str, Any]:
    results, nearly = search(sought, now)
    chosen = form.district.data or None
    here = [each for each in results if chosen in (None, each.place.district_number)]
    near = [each for each in nearly if chosen in (None, each.place.district_number)]
    is_overview = not sought.origin and not chosen and not sought.days
    number = asked_page()
    shown = [] if is_overview else here[(number - 1) * AT_ONCE : number * AT_ONCE]
    missed = near[:NEAR_MISSES] if number == 1 else []
    overview = _firsts(here) if is_overview else []
    cards = _Cards([*shown, *missed, *overview], sought)
    return {
        "sections": _overview(here, cards) if is_overview else _sections(shown, sought, cards),
        "near_misses": [cards.of(each) for each in missed],
        "count": len(here),
        "counts": {n: len(found) for n, found in by_district(results).items()},
        "district": districts().get(chosen or ""),
        "is_overview": is_overview,
        "district_url": lambda number: _address(wijk=number),
        "everywhere_url": _address(wijk=None),
        "previous_url": _address(pagina=number - 1) if number > 1 else None,
        "next_url": _address(pagina=number + 1) if number * AT_ONCE < len(here) else None,
    }


class _Cards:
    """What is shown of rooms: two queries for all of them together."""

    def __init__(self, shown: list[Found], sought: Sought) -> None:
        self.rooms = rooms_shown(shown)
        self.photos = photos_of(self.rooms)
        self.people = sought.people
        self.stretch = sought.length

    def of(self, each: Found) -> Card:
        room_id = each.place.room_id
        return Card(
            found=each,
            room=self.rooms[room_id],
            photo=next(iter(self.photos[room_id]), None),
            size=size_in_words(self.rooms[room_id]),
            features=[each.says for each in features(self.rooms[room_id]) if each.is_there],
            book_url=lambda period: addresses.reserving(
                room_id, self._bookable(period, each), self.people
            ),
        )

    def _bookable(self, period: Period | None, each: Found) -> Period | None:
        """Of a longer free time its first part, as long as was asked and as the terms allow."""
        if period is None or self.stretch is None:
            return period
        return first_part(each.place.terms, period, self.stretch)


def _sections(shown: list[Found], sought: Sought, cards: _Cards) -> list[Section]:
    """Per ring around the postcode; without one, per district."""
    if sought.origin:
        return [
            Section(words.ring(minutes), [cards.of(each) for each in found])
            for minutes, found in by_ring(shown)
        ]
    return [
        Section(districts()[number].name, [cards.of(each) for each in found])
        for number, found in by_district(shown).items()
    ]


def _firsts(results: Iterable[Found]) -> list[Found]:
    return [each for found in by_district(results).values() for each in found[:PER_DISTRICT]]


def _overview(results: list[Found], cards: _Cards) -> list[Section]:
    """Some of each district, and the way to the rest."""
    return [
        Section(
            districts()[number].name,
            [cards.of(each) for each in found[:PER_DISTRICT]],
            _address(wijk=number) if len(found) > PER_DISTRICT else "",
            len(found),
        )
        for number, found in by_district(results).items()
    ]


def _address(**changed: str | int | None) -> str:
    """This search with something else in it, from its first page on."""
    kept: dict[str, Any] = {name: values for name, values in request.args.lists() if any(values)}
    kept.pop("pagina", None)
    return url_for("rooms.find", **{**kept, **changed})
