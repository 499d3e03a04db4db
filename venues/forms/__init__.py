"""What is typed about places, as values."""

from venues.forms.closure import ClosureForm
from venues.forms.host import HostForm
from venues.forms.offer import OfferForm
from venues.forms.outside import CalendarForm, ChangeCalendarForm
from venues.forms.photos import DescribeForm, PhotosForm
from venues.forms.room import FactsForm, RoomForm, RoomStateForm
from venues.forms.special import DayForm, HolidaysForm
from venues.forms.terms import TimesForm
from venues.forms.venue import HostVenueForm, VenueForm

__all__ = [
    "CalendarForm",
    "ChangeCalendarForm",
    "ClosureForm",
    "DayForm",
    "DescribeForm",
    "FactsForm",
    "HolidaysForm",
    "HostForm",
    "HostVenueForm",
    "OfferForm",
    "PhotosForm",
    "RoomForm",
    "RoomStateForm",
    "TimesForm",
    "VenueForm",
]
