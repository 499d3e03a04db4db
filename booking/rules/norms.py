"""The numbers the theatre tours by. All of them are settings; these are the defaults."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from core.clock import local_days, to_utc
from core.period import Period


class DayPart(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Norms:
    """Whole minutes, hours or days, as the name says."""

    encounter_minutes: int = 20
    changeover_minutes: int = 10
    pause_minutes: int = 30
    encounters_before_pause: int = 4
    encounters_a_day: int = 8  # of one performer
    audience_per_encounter: int = 2
    rest_hours: int = 11  # of a performer, between days
    call_minutes: int = 30  # a performer is there this long before playing
    get_in_minutes: int = 90
    get_out_minutes: int = 60
    speed_kmh: int = 20
    loading_minutes: int = 15
    detour: float = 1.3  # road over great circle
    detour_over_canal: float = 1.6
    home_after_hours: int = 24  # with more time than this between stops, the cube goes to its depot
    option_days: int = 14
    options_hide: bool = True  # whoever asks does not see a moment that another has in option
    challenge_days: int = 2  # working days to decide, when somebody waits behind an option
    offer_days: int = 5  # moments offered with a decline are kept this long
    notice_days: int = 10
    horizon_days: int = 270
    undo_minutes: int = 10
    theatre_answer_days: int = 7  # "binnen een week"
    theatre_nudge_hours: int = 48  # planners are reminded this long before that is over
    host_answer_days: int = 7  # for a room, and for the cube in a room
    nudge_hours: int = 48  # a host is reminded this long before the answer is due
    invite_weeks: int = 8  # between two invitations to ask for the cube, to one address
    waiting_offer_hours: int = 24  # whoever waited has this long to take what came free
    seat_offer_hours: int = 12  # whoever waited for a seat; shorter when the stop is near
    day_parts_at_most: int = 4  # of one request
    morning: tuple[time, time] = (time(9), time(12, 30))
    afternoon: tuple[time, time] = (time(13), time(17))
    evening: tuple[time, time] = (time(19), time(22))

    def hours_of(self, part: DayPart) -> tuple[time, time]:
        return {
            DayPart.MORNING: self.morning,
            DayPart.AFTERNOON: self.afternoon,
            DayPart.EVENING: self.evening,
        }[part]

    def playing_time(self, day: date, part: DayPart) -> Period:
        starts_at, ends_at = self.hours_of(part)
        return Period(to_utc(day, starts_at), to_utc(day, ends_at))

    @property
    def get_in(self) -> timedelta:
        return timedelta(minutes=self.get_in_minutes)

    @property
    def get_out(self) -> timedelta:
        return timedelta(minutes=self.get_out_minutes)

    @property
    def call(self) -> timedelta:
        return timedelta(minutes=self.call_minutes)

    @property
    def theatre_answer(self) -> timedelta:
        return timedelta(days=self.theatre_answer_days)

    @property
    def theatre_nudge(self) -> timedelta:
        return timedelta(hours=self.theatre_nudge_hours)

    @property
    def host_answer(self) -> timedelta:
        return timedelta(days=self.host_answer_days)

    @property
    def nudge(self) -> timedelta:
        return timedelta(hours=self.nudge_hours)

    @property
    def waiting_offer(self) -> timedelta:
        return timedelta(hours=self.waiting_offer_hours)

    @property
    def invite_apart(self) -> timedelta:
        return timedelta(weeks=self.invite_weeks)

    @property
    def seat_offer(self) -> timedelta:
        return timedelta(hours=self.seat_offer_hours)

    @property
    def undo(self) -> timedelta:
        return timedelta(minutes=self.undo_minutes)


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """A number of day-parts in a row, from `part` of `day` on."""

    day: date
    part: DayPart
    day_parts: int = 1

    def sessions(self, norms: Norms) -> tuple[Period, ...]:
        """The playing times, in order."""
        parts = list(DayPart)
        first = parts.index(self.part)
        slots = [divmod(first + n, len(parts)) for n in range(self.day_parts)]
        return tuple(
            norms.playing_time(self.day + timedelta(days=days), parts[index])
            for days, index in slots
        )

    @property
    def window(self) -> Period:
        """The days it can touch."""
        return local_days(self.day, self.day + timedelta(days=self.day_parts // len(DayPart) + 1))

    @property
    def key(self) -> str:
        """How a form names it: 2027-02-04.afternoon.1"""
        return f"{self.day.isoformat()}.{self.part}.{self.day_parts}"


def parse_wish(key: str) -> Wish | None:
    """The wish a form names; None when it names nothing."""
    try:
        day, part, day_parts = key.split(".")
        wish = Wish(date.fromisoformat(day), DayPart(part), int(day_parts))
    except ValueError:
        return None
    return wish if wish.key == key and wish.day_parts > 0 else None
