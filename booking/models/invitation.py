from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base
from core.site import site


class Invitation(Base):
    """One entry in other people's calendars, through its whole life.

    An option and the stop it becomes share one entry; after a cancellation a new one begins.
    """

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("sequence >= 0", name="sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    organizer: Mapped[str] = mapped_column(String(254), comment="never changes after creation")
    sequence: Mapped[int] = mapped_column(
        default=0, comment="rises with each change of time or place"
    )
    stamped_at: Mapped[datetime | None] = mapped_column(comment="DTSTAMP last sent; NULL: none yet")
    created_at: Mapped[datetime]

    @classmethod
    def begin(cls, now: datetime) -> Self:
        """An entry that nobody has yet."""
        uid = f"{uuid4()}@{site().domain}"
        return cls(uid=uid, organizer=site().mail_from, created_at=now)

    def revise(self) -> None:
        """Time, place or status changed: calendars must take the next mail for newer."""
        if self.stamped_at is not None:
            self.sequence += 1

    def next_stamp(self, now: datetime) -> datetime:
        """The DTSTAMP of the next mail: later than the last, to the second."""
        if self.stamped_at is not None:
            now = max(now, self.stamped_at + timedelta(seconds=1))
        self.stamped_at = now
        return now
