"""when a performer can play: weekly hours, other days, and what he would rather not"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "performer_availability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("performer_id", sa.Integer(), nullable=False),
        sa.Column(
            "at_most", sa.Integer(), nullable=True, comment="encounters a day; NULL: the norm"
        ),
        sa.Column("avoids_outdoors", sa.Boolean(), nullable=False),
        sa.Column("avoids_steps", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("at_most > 0", name=op.f("ck_performer_availability_at_most")),
        sa.ForeignKeyConstraint(
            ["performer_id"],
            ["performer.id"],
            name=op.f("fk_performer_availability_performer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performer_availability")),
        sa.UniqueConstraint("performer_id", name=op.f("uq_performer_availability_performer_id")),
    )
    op.create_table(
        "performer_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("availability_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False, comment="0 = Monday"),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False, comment="23:59 means until midnight"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_performer_hours_weekday")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_performer_hours_order")),
        sa.ForeignKeyConstraint(
            ["availability_id"],
            ["performer_availability.id"],
            name=op.f("fk_performer_hours_availability_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performer_hours")),
    )
    op.create_index(
        op.f("ix_performer_hours_availability_id"), "performer_hours", ["availability_id"]
    )
    op.create_table(
        "performer_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("availability_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("is_extra", sa.Boolean(), nullable=False, comment="false: cannot play"),
        sa.Column(
            "words", sa.String(length=80), nullable=False, comment="only the theatre reads it"
        ),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_performer_days_order")),
        sa.ForeignKeyConstraint(
            ["availability_id"],
            ["performer_availability.id"],
            name=op.f("fk_performer_days_availability_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performer_days")),
    )
    op.create_index(
        op.f("ix_performer_days_availability_id"), "performer_days", ["availability_id"]
    )


def downgrade() -> None:
    op.drop_table("performer_days")
    op.drop_table("performer_hours")
    op.drop_table("performer_availability")
