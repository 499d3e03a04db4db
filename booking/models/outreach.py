from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from booking.rules.outreach import InviteeKind
from core.orm import Base, ShortEnum, one_of
from people.models import LONGEST_NAME
from venues.facts import District, districts

_DRAFT = text("sent_at IS NULL AND dropped_at IS NULL AND address <> ''")


class Partner(Base):
    """An organisation that planners may invite to ask for the cube. Retired, never deleted."""

    __tablename__ = "partner"
    __table_args__ = (
        CheckConstraint("district_number BETWEEN '01' AND '10'", name="district_number"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        Index(None, "district_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    pc4: Mapped[str] = mapped_column(String(4), comment="where it is, and so in which district")
    district_number: Mapped[str] = mapped_column(String(2))
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="", comment="empty: only by phone")
    phone: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(1000), default="", comment="for planners only")
    source: Mapped[str] = mapped_column(
        String(200), default="", comment="where these details come from"
    )
    retired_at: Mapped[datetime | None] = mapped_column(comment="NULL: may be invited")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        return ("partner", self.id)

    @property
    def district(self) -> District:
        return districts()[self.district_number]


class Outreach(Base):
    """One letter that invites somebody to ask for the cube: a draft until a planner sends it.

    The database keeps one draft for each address.
    """

    __tablename__ = "outreach"
    __table_args__ = (
        CheckConstraint(one_of("kind", InviteeKind), name="kind"),
        CheckConstraint("district_number BETWEEN '01' AND '10'", name="district_number"),
        CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name="sent_or_dropped"),
        CheckConstraint("address = lower(address)", name="address_lower"),
        Index(
            "uq_outreach_draft",
            "address",
            unique=True,
            postgresql_where=_DRAFT,
            sqlite_where=_DRAFT,
        ),
        Index(None, "address"),
        Index(None, "district_number", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[InviteeKind] = mapped_column(ShortEnum(InviteeKind))
    invitee_id: Mapped[int] = mapped_column(comment="of the partner, organisation or person")
    district_number: Mapped[str] = mapped_column(String(2))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), comment="of the organisation or host")
    greeted_as: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(254), comment="empty: forgotten after a year")
    asks_at: Mapped[str] = mapped_column(
        String(200), comment="the page to ask for the cube, with place or postcode filled in"
    )
    subject_line: Mapped[str] = mapped_column(String(150))
    words: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(comment="NULL: nobody has sent it")
    sent_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="NULL: not sent, or by a command"
    )
    dropped_at: Mapped[datetime | None] = mapped_column(comment="NULL: not thrown away")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        """What its history and its mail are about."""
        return ("outreach", self.id)

    @property
    def district(self) -> District:
        return districts()[self.district_number]

    @property
    def is_draft(self) -> bool:
        return self.sent_at is None and self.dropped_at is None


class InviteRefusal(Base):
    """Somebody asked not to be invited. Only a hash of the address: enough to know it again."""

    __tablename__ = "invite_refusal"

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
