"""What a room has, in a few words; what nobody has said is left out."""

from core.language import gettext as _
from venues.models import Room

CM2_IN_M2 = 10_000


def features_of(room: Room) -> list[str]:
    """Only what is there."""
    known = [
        (room.is_outdoors, _("Buiten")),
        (room.is_step_free, _("Zonder drempels")),
        (room.has_lift, _("Lift")),
        (room.has_accessible_toilet, _("Toegankelijk toilet")),
        (room.has_kitchen, _("Keuken")),
        (room.has_screen, _("Scherm")),
        (room.has_garden and not room.is_outdoors, _("Tuin")),
        (room.is_quiet, _("Stil")),
        (room.has_power, _("Stopcontact")),
    ]
    return [word for is_there, word in known if is_there]


def square_metres(room: Room) -> int | None:
    """Whole square metres; None when a side is unknown."""
    if room.floor_length_cm is None or room.floor_width_cm is None:
        return None
    return room.floor_length_cm * room.floor_width_cm // CM2_IN_M2
