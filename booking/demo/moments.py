"""Days that neighbourhoods ask for together."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking import services
from booking.demo.partners import address_of
from booking.rules.asked import Asked, Contact, Where
from booking.rules.audience import Audience
from booking.rules.moments import MomentAsked
from booking.rules.norms import DayPart, Wish
from core.clock import local_date
from core.fields import new_form_token
from core.history import COMMAND
from venues.facts import find_postcode
from venues.models import Room

SATURDAY = 5
WEEKS_AHEAD, COLLECTED_FOR = 11, 5
MORNING, AFTERNOON, EVENING = DayPart


@dataclass(frozen=True, slots=True)
class Hopeful:
    """Who would like the cube on these days. `parts`: of the Saturday, the favourite first."""

    organisation: str
    place: str
    parts: tuple[DayPart, ...]
    audience: Audience
    also_sunday: bool = False
    or_later: bool = False  # a week later would do as well


HOPEFUL = (
    Hopeful("Burennetwerk Hoograven", "Hart van Hoograven", (AFTERNOON,), Audience(10, 4)),
    Hopeful("Buren van Zuilen", "Buurtcentrum De Speler", (AFTERNOON, MORNING), Audience(8, 4)),
    Hopeful("Bewoners Overvecht", "De Dreef", (AFTERNOON,), Audience(10, 4)),
    Hopeful(
        "Wijkraad Zuidwest",
        "Speeltuin De Boog",
        (AFTERNOON,),
        Audience(2, 0, 6, 4),
        also_sunday=True,
    ),
    Hopeful("Buurtkeuken Zuid", "De Musketon", (AFTERNOON,), Audience(4, 4), or_later=True),
    Hopeful("Straatfeest Wittevrouwen", "Buurtcentrum Sterrenzicht", (EVENING,), Audience(6, 2)),
)


def collect(rooms: dict[str, Room], now: datetime) -> None:
    """Requests are collected for a weekend; some came in."""
    today = local_date(now)
    first = today + timedelta(weeks=WEEKS_AHEAD, days=(SATURDAY - today.weekday()) % 7)
    asked = MomentAsked(
        public_name="Weekend van de buren",
        first_day=first,
        last_day=first + timedelta(days=1),
        intake_from=today - timedelta(days=7),
        intake_until=today + timedelta(weeks=COLLECTED_FOR),
        internal_subject="Samen met de wijkraden",
        public_text="Twee dagen waarop buren elkaar ontmoeten. De kubus doet graag mee.",
    )
    began = now - timedelta(days=7)
    services.add_moment(asked, form_token=new_form_token(), by=COMMAND, now=began)
    for number, each in enumerate(HOPEFUL):
        _ask(each, rooms[each.place], first, began + timedelta(hours=26 * number))


def _ask(who: Hopeful, room: Room, saturday: date, at: datetime) -> None:
    postcode = find_postcode(room.venue.pc4)
    assert postcode
    sunday, later = saturday + timedelta(days=1), saturday + timedelta(days=7)
    wishes = [Wish(saturday, part) for part in who.parts]
    wishes += [Wish(sunday, AFTERNOON)] * who.also_sunday + [Wish(later, AFTERNOON)] * who.or_later
    asked = Asked(
        where=Where(postcode, room.id),
        wishes=tuple(wishes),
        is_closed=False,
        audience=who.audience,
        contact=Contact(who.organisation, "De coördinator", address_of(who.organisation)),
    )
    services.submit(asked, form_token=new_form_token(), now=at)
