"""What somebody asks, before it is a request."""

from dataclasses import dataclass

from booking.rules.audience import Audience
from booking.rules.norms import Wish
from booking.rules.tour import Place, Spot
from venues.facts import Postcode
from venues.rules.fit import CubeNeeds, cube_fit
from venues.rules.own_place import OwnPlace

CHOICES_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Where:
    """One of three: a known room, a place of their own, or nothing yet near a postcode."""

    postcode: Postcode
    room_id: int | None = None
    own_place: OwnPlace | None = None

    def place(self) -> Place:
        """The place for the rules, where it is not a known room. Nothing of it is claimed yet."""
        district = self.postcode.district
        own = self.own_place
        return Place(
            resource_id=0,
            name=own.name if own else district.name,
            spot=Spot(self.postcode.centre, district.name, district.is_over_the_canal),
            hours=None,
            fit=tuple(cube_fit(own.measures, CubeNeeds())) if own else (),
            is_own=True,
        )


@dataclass(frozen=True, slots=True)
class Contact:
    organisation: str
    name: str
    email: str
    phone: str = ""
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Asked:
    where: Where
    wishes: tuple[Wish, ...]
    is_closed: bool
    audience: Audience
    contact: Contact
    hope: str = ""
