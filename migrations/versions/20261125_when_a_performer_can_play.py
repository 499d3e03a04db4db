"""when a performer can play: weekly times, other days, and where not"""

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
        sa.Column("performer_id", sa.Integer(), nullable=False),
        sa.Column(
            "at_most", sa.Integer(), nullable=True, comment="encounters a day; NULL: the norm"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("at_most > 0", name=op.f("ck_performer_availability_at_most")),
        sa.ForeignKeyConstraint(
            ["performer_id"],
            ["performer.id"],
            name=op.f("fk_performer_availability_performer_id"),
        ),
        sa.PrimaryKeyConstraint("performer_id", name=op.f("pk_performer_availability")),
    )
    op.create_table(
        "performer_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("performer_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False, comment="0 = Monday"),
        sa.Column("day_part", sa.String(length=24), nullable=True, comment="NULL: hours"),
        sa.Column("starts_at", sa.Time(), nullable=True, comment="NULL: a part of the day"),
        sa.Column("ends_at", sa.Time(), nullable=True, comment="23:59 means until midnight"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_performer_time_weekday")),
        sa.CheckConstraint(
            "day_part IS NULL OR day_part IN ('morning', 'afternoon', 'evening')",
            name=op.f("ck_performer_time_day_part"),
        ),
        sa.CheckConstraint(
            "(day_part IS NULL) = (starts_at IS NOT NULL)"
            " AND (starts_at IS NULL) = (ends_at IS NULL)",
            name=op.f("ck_performer_time_part_or_hours"),
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_performer_time_order")),
        sa.ForeignKeyConstraint(
            ["performer_id"],
            ["performer_availability.performer_id"],
            name=op.f("fk_performer_time_performer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performer_time")),
    )
    op.create_index(op.f("ix_performer_time_performer_id"), "performer_time", ["performer_id"])
    op.create_table(
        "performer_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("performer_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("is_extra", sa.Boolean(), nullable=False, comment="false: cannot play"),
        sa.Column(
            "words", sa.String(length=80), nullable=False, comment="only the theatre reads it"
        ),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_performer_days_order")),
        sa.ForeignKeyConstraint(
            ["performer_id"],
            ["performer_availability.performer_id"],
            name=op.f("fk_performer_days_performer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performer_days")),
    )
    op.create_index(op.f("ix_performer_days_last_on"), "performer_days", ["last_on"])
    op.create_index(op.f("ix_performer_days_performer_id"), "performer_days", ["performer_id"])
    op.create_table(
        "avoided_place",
        sa.Column("performer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("objection", sa.String(length=24), nullable=False),
        sa.CheckConstraint(
            "kind IN ('outdoors', 'no_shelter', 'steps', 'no_toilet', 'noisy', 'over_canal')",
            name=op.f("ck_avoided_place_kind"),
        ),
        sa.CheckConstraint(
            "objection IN ('rather_not', 'cannot')", name=op.f("ck_avoided_place_objection")
        ),
        sa.ForeignKeyConstraint(
            ["performer_id"],
            ["performer_availability.performer_id"],
            name=op.f("fk_avoided_place_performer_id"),
        ),
        sa.PrimaryKeyConstraint("performer_id", "kind", name=op.f("pk_avoided_place")),
    )


def downgrade() -> None:
    op.drop_table("avoided_place")
    op.drop_table("performer_days")
    op.drop_table("performer_time")
    op.drop_table("performer_availability")
