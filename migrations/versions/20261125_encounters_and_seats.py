"""encounters of two and their seats"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LIVE = "released_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "encounter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="in order of time; stays when the stop moves",
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("performer_id", sa.Integer(), nullable=False),
        sa.Column(
            "came",
            sa.Integer(),
            nullable=True,
            comment="audience members; NULL: not counted",
        ),
        sa.Column(
            "dropped_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: it is played",
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_encounter_order")),
        sa.CheckConstraint("number > 0", name=op.f("ck_encounter_number")),
        sa.CheckConstraint("came BETWEEN 0 AND 2", name=op.f("ck_encounter_came")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_encounter_stop_id")),
        sa.ForeignKeyConstraint(
            ["performer_id"], ["performer.id"], name=op.f("fk_encounter_performer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encounter")),
        sa.UniqueConstraint("stop_id", "number", name=op.f("uq_encounter_stop_id_number")),
    )
    op.create_index(op.f("ix_encounter_starts_at"), "encounter", ["starts_at"])
    op.create_table(
        "seat_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=24), nullable=False),
        sa.Column(
            "email",
            sa.String(length=254),
            nullable=False,
            comment="only for a reminder; empty: none, or erased",
        ),
        sa.Column(
            "phone",
            sa.String(length=20),
            nullable=False,
            comment="only for a call; empty: none, or erased",
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "reminded_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not reminded"
        ),
        sa.Column(
            "cancelled_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: it stands"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "company IN ('alone', 'together')", name=op.f("ck_seat_booking_company")
        ),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_seat_booking_encounter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_booking")),
    )
    op.create_index(op.f("ix_seat_booking_encounter_id"), "seat_booking", ["encounter_id"])
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=24), nullable=False),
        sa.Column("seat_booking_id", sa.Integer(), nullable=True, comment="NULL: not of a visitor"),
        sa.Column(
            "released_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: it is taken"
        ),
        sa.CheckConstraint("number BETWEEN 1 AND 2", name=op.f("ck_seat_number")),
        sa.CheckConstraint("holder IN ('visitor', 'organisation')", name=op.f("ck_seat_holder")),
        sa.CheckConstraint(
            "(seat_booking_id IS NULL) = (holder <> 'visitor')", name=op.f("ck_seat_whose")
        ),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_seat_encounter_id")
        ),
        sa.ForeignKeyConstraint(
            ["seat_booking_id"], ["seat_booking.id"], name=op.f("fk_seat_seat_booking_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_seat_booking_id"), "seat", ["seat_booking_id"])
    op.create_index(
        "uq_seat_live",
        "seat",
        ["encounter_id", "number"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )


def downgrade() -> None:
    op.drop_table("seat")
    op.drop_table("seat_booking")
    op.drop_table("encounter")
