"""What is typed about places, as values."""

from venues.forms.closure import ClosureForm
from venues.forms.host import HostForm
from venues.forms.room import RoomForm, RoomStateForm
from venues.forms.venue import VenueForm

__all__ = ["ClosureForm", "HostForm", "RoomForm", "RoomStateForm", "VenueForm"]
