"""what partners offer around a stop"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = "'proposed', 'agreed', 'declined', 'withdrawn', 'again', 'cancelled'"


def upgrade() -> None:
    op.create_table(
        "side_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False, comment="everybody reads it"),
        sa.Column(
            "partner",
            sa.String(length=120),
            nullable=False,
            comment="who does it; for the theatre only",
        ),
        sa.Column("email", sa.String(length=254), nullable=False, comment="empty: erased"),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=24), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True, comment="NULL: no room"),
        sa.Column(
            "words", sa.String(length=200), nullable=False, comment="where, outdoors; else empty"
        ),
        sa.Column("people", sa.Integer(), nullable=False, comment="how many are expected"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_side_item_state")),
        sa.CheckConstraint(
            "place IN ('here', 'room', 'outdoors')", name=op.f("ck_side_item_place")
        ),
        sa.CheckConstraint("(room_id IS NULL) = (place <> 'room')", name=op.f("ck_side_item_room")),
        sa.CheckConstraint("(words = '') = (place <> 'outdoors')", name=op.f("ck_side_item_words")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_side_item_order")),
        sa.CheckConstraint("people > 0", name=op.f("ck_side_item_people")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_side_item_stop_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_side_item_invitation_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_side_item_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side_item")),
    )
    op.create_index(
        op.f("ix_side_item_stop_id_starts_at"), "side_item", ["stop_id", "starts_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_side_item_stop_id_starts_at"), table_name="side_item")
    op.drop_table("side_item")
