from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base


class RoomPhoto(Base):
    """A photo of a room, made small and stripped of everything but the picture itself."""

    __tablename__ = "room_photo"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0", name="size"),
        Index(None, "room_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    position: Mapped[int] = mapped_column(comment="1 is shown first")
    alternative_text: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(
        String(64), unique=True, comment="random; part of its address, with .webp behind it"
    )
    width: Mapped[int]
    height: Mapped[int]
    picture: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, comment="WebP")
    thumbnail: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, comment="WebP")
    created_at: Mapped[datetime]
