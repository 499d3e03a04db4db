"""photos of rooms, and places that are offered"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "room_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="1 is shown first"),
        sa.Column("alternative_text", sa.String(length=200), nullable=False),
        sa.Column(
            "name",
            sa.String(length=64),
            nullable=False,
            comment="random; part of its address, with .webp behind it",
        ),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False, comment="WebP"),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False, comment="WebP"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_room_photo_size")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_photo_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_photo")),
        sa.UniqueConstraint("name", name=op.f("uq_room_photo_name")),
    )
    with op.batch_alter_table("room_photo", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_room_photo_room_id_position"), ["room_id", "position"], unique=False
        )

    op.create_table(
        "place_offer",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False, comment="the name of the place"),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("house_number", sa.String(length=12), nullable=False),
        sa.Column(
            "postcode",
            sa.String(length=7),
            nullable=False,
            comment="whole, or its four digits",
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "used_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not used yet"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_place_offer")),
    )


def downgrade() -> None:
    op.drop_table("place_offer")
    with op.batch_alter_table("room_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_photo_room_id_position"))

    op.drop_table("room_photo")
