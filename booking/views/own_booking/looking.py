"""What would become of each date, before anything changes."""

from dataclasses import dataclass

from booking.forms.own_booking import MoveForm
from booking.models import RoomDate
from booking.queries.alternatives import FreeMoment, free_instead
from booking.queries.own_booking import against_asker, judge_dates, rooms_instead
from booking.rules.room_changes import JudgedChange, Way
from booking.views.own_booking.visit import Visit
from core.clock import local_date
from core.findings import Finding
from core.language import ngettext
from venues.models import Room


@dataclass(frozen=True, slots=True)
class Look:
    """What would become of each date that is meant, and of who comes from elsewhere."""

    rows: list[tuple[RoomDate, JudgedChange]]
    room: Room | None
    against: list[Finding]  # what the other room says of who comes
    instead: list[FreeMoment]

    @property
    def moving(self) -> list[tuple[RoomDate, JudgedChange]]:
        if self.against:
            return []
        return [each for each in self.rows if each[1].is_possible and each[1].changes]

    @property
    def is_done(self) -> bool:
        """All of it is so already, or asked: the button was pressed twice."""
        return all(not found.changes or date.proposed == found.period for date, found in self.rows)

    @property
    def staying(self) -> list[int]:
        """Dates that cannot go there."""
        return [date.id for date, found in self.rows if not found.is_possible]

    @property
    def asks(self) -> bool:
        """Something of it needs a host's yes."""
        return any(found.way is Way.ASKED for _date, found in self.moving)

    @property
    def at_once(self) -> bool:
        return any(found.way is Way.AT_ONCE for _date, found in self.moving)

    @property
    def button(self) -> str:
        number = len(self.moving)
        if self.asks and not self.at_once:
            return ngettext(
                "Vraag het de beheerder", "Vraag het de beheerder voor %(num)d data", number
            )
        return ngettext("Ja, verzet deze datum", "Ja, verzet %(num)d data", number)


def look_at(visit: Visit, date: RoomDate, form: MoveForm) -> Look:
    booking, now = visit.booking, visit.now
    dates = visit.meant(date, form.scope.data)
    offered = {room.id: room for room, _minutes in rooms_offered(visit, date)}
    room = offered.get(form.room.data)
    change = form.change_from(local_date(date.starts_at))
    judged = judge_dates(booking, dates, change, room, now)
    against = against_asker(booking, dates, room, now) if room else []
    instead: list[FreeMoment] = []
    (first, *others) = judged
    if not others and first.period and not first.is_possible:
        target = room or date.room
        found = free_instead(target, first.period, booking.people, now, at_most=6)
        instead = [each for each in found if each.room in (date.room, *offered.values())][:3]
    return Look(list(zip(dates, judged, strict=True)), room, against, instead)


def rooms_offered(visit: Visit, date: RoomDate) -> list[tuple[Room, int]]:
    """For what is certain only rooms where no host has to answer first: see decision 0018."""
    found = rooms_instead(date.room, visit.booking.people)
    if any(each.is_confirmed for each in visit.coming):
        return [each for each in found if each[0].confirms_at_once]
    return found
