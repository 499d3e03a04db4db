"""when the tour stands still: blocks of a cube, a performer or the season"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True, comment="NULL: the whole season"),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ends_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: until further notice",
        ),
        sa.Column("reason", sa.String(length=200), nullable=False, comment="for the theatre only"),
        sa.Column("words", sa.String(length=1000), nullable=False, comment="what those hit read"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "person_id",
            sa.Integer(),
            nullable=True,
            comment="who made it; NULL: not a person with an account",
        ),
        sa.Column(
            "lifted_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: it stands"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('cube', 'performer', 'season')", name=op.f("ck_block_kind")),
        sa.CheckConstraint(
            "(resource_id IS NULL) = (kind = 'season')", name=op.f("ck_block_about")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_block_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_block_person_id")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_block_resource_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
    )
    op.create_index(
        op.f("ix_block_lifted_at_starts_at"), "block", ["lifted_at", "starts_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_block_lifted_at_starts_at"), table_name="block")
    op.drop_table("block")
