"""A room as it is stored, laid out for the fields of a form."""

from dataclasses import asdict
from typing import Any

from venues.rules.fit import Measures
from venues.rules.values import RoomDetails

NEW_ROOM = RoomDetails(name="", measures=Measures(is_outdoors=False))


def stored_values(details: RoomDetails, version: int) -> dict[str, Any]:
    """By the name of the field; measures and terms stand beside the rest."""
    return {
        **asdict(details),
        **asdict(details.measures),
        **asdict(details.terms),
        "version": version,
    }
