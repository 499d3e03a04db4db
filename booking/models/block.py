from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from booking.rules.blocks import BlockDetails, BlockKind
from core.orm import Base, ShortEnum, one_of


class Block(Base):
    """A time in which a cube, a performer or the whole tour is not to be had. Not a claim."""

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint(one_of("kind", BlockKind), name="kind"),
        CheckConstraint("(resource_id IS NULL) = (kind = 'season')", name="about"),
        CheckConstraint("starts_at < ends_at", name="order"),
        Index(None, "lifted_at", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[BlockKind] = mapped_column(ShortEnum(BlockKind))
    resource_id: Mapped[int | None] = mapped_column(
        ForeignKey("resource.id"), comment="NULL: the whole season"
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None] = mapped_column(comment="NULL: until further notice")
    reason: Mapped[str] = mapped_column(String(200), comment="for the theatre only")
    words: Mapped[str] = mapped_column(String(1000), comment="what those hit read")
    made_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="who made it; NULL: not a person with an account"
    )
    lifted_at: Mapped[datetime | None] = mapped_column(comment="NULL: it stands")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        return ("block", self.id)

    @property
    def details(self) -> BlockDetails:
        return BlockDetails(
            self.kind, self.resource_id, self.starts_at, self.ends_at, self.reason, self.words
        )
