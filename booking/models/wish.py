from datetime import date

from sqlalchemy import CheckConstraint, Date
from sqlalchemy.orm import Mapped, mapped_column

from booking.rules.norms import DayPart, Wish
from core.orm import ShortEnum, one_of


class WishColumns:
    """A number of day-parts in a row, as columns."""

    day_on: Mapped[date] = mapped_column(Date)
    day_part: Mapped[DayPart] = mapped_column(ShortEnum(DayPart))
    day_parts: Mapped[int] = mapped_column(default=1)

    @property
    def wish(self) -> Wish:
        return Wish(self.day_on, self.day_part, self.day_parts)


def wish_checks() -> list[CheckConstraint]:
    """New ones for each table: a constraint belongs to one."""
    return [
        CheckConstraint("day_parts > 0", name="day_parts"),
        CheckConstraint(one_of("day_part", DayPart), name="day_part"),
    ]
