from dataclasses import dataclass

from venues.rules.fit import Measures


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of the asker's own, as far as they know it."""

    name: str
    street: str
    house_number: str
    postcode: str  # "3563 CB"
    measures: Measures
