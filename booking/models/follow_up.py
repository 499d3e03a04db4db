from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.models.room_booking import RoomBooking
from booking.models.stop import Stop
from booking.rules.follow_up import Continues, ReportMoment
from core.orm import Base, ShortEnum, one_of


class FollowUp(Base):
    """What is agreed to continue after a visit of the cube: who, where, when. Or nothing yet."""

    __tablename__ = "follow_up"

    booking_request_id: Mapped[int] = mapped_column(
        ForeignKey("booking_request.id"), primary_key=True
    )
    plan: Mapped[str] = mapped_column(String(1000), comment="empty: nothing yet")
    changed_at: Mapped[datetime]
    room_booking_id: Mapped[int | None] = mapped_column(
        ForeignKey("room_booking.id"),
        unique=True,
        comment="in which people go on meeting; NULL: none was booked with it",
    )

    room_booking: Mapped[RoomBooking | None] = relationship()


class StopReport(Base):
    """How it was, by whoever received the cube: asked the next day and after four weeks."""

    __tablename__ = "stop_report"
    __table_args__ = (
        UniqueConstraint("stop_id", "moment"),
        CheckConstraint(one_of("moment", ReportMoment), name="moment"),
        CheckConstraint("continues IS NULL OR " + one_of("continues", Continues), name="continues"),
        CheckConstraint(
            "visitors >= 0 AND first_time >= 0 AND from_neighbourhood >= 0"
            " AND first_time <= visitors AND from_neighbourhood <= visitors",
            name="counts",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    moment: Mapped[ReportMoment] = mapped_column(ShortEnum(ReportMoment))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(comment="NULL: not yet")
    visitors: Mapped[int | None] = mapped_column(comment="NULL: not said")
    first_time: Mapped[int | None] = mapped_column(
        comment="of the visitors, never in a theatre before; NULL: not said"
    )
    from_neighbourhood: Mapped[int | None] = mapped_column(
        comment="of the visitors; NULL: not said"
    )
    continues: Mapped[Continues | None] = mapped_column(
        ShortEnum(Continues), comment="NULL: not said"
    )
    words: Mapped[str] = mapped_column(String(1000), default="", comment="what continues")

    stop: Mapped[Stop] = relationship(lazy="joined", innerjoin=True)
