"""waiting for a seat"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LIVE = "released_at IS NULL"
HOLDER = "ck_seat_holder"
BEFORE = "holder IN ('visitor', 'organisation')"
AFTER = "holder IN ('visitor', 'organisation', 'line')"


def upgrade() -> None:
    _hold_by(BEFORE, AFTER)
    op.create_table(
        "seat_waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column(
            "encounter_id",
            sa.Integer(),
            nullable=True,
            comment="NULL: any encounter of the stop",
        ),
        sa.Column("company", sa.String(length=24), nullable=False),
        sa.Column(
            "email",
            sa.String(length=254),
            nullable=False,
            comment="only to be told; empty: none, or erased",
        ),
        sa.Column(
            "phone",
            sa.String(length=20),
            nullable=False,
            comment="only to be told; empty: none, or erased",
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column(
            "offered_id",
            sa.Integer(),
            nullable=True,
            comment="the encounter offered; NULL: nothing now",
        ),
        sa.Column(
            "offered_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: nothing is offered now",
        ),
        sa.Column(
            "seat_booking_id",
            sa.Integer(),
            nullable=True,
            comment="what it became; NULL: nothing",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "company IN ('alone', 'together')", name=op.f("ck_seat_waiting_company")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'taken', 'lapsed', 'left')",
            name=op.f("ck_seat_waiting_state"),
        ),
        sa.CheckConstraint(
            "(offered_until IS NULL) = (state <> 'offered')", name=op.f("ck_seat_waiting_offered")
        ),
        sa.CheckConstraint(
            "(offered_id IS NULL) = (state <> 'offered')",
            name=op.f("ck_seat_waiting_offered_what"),
        ),
        sa.CheckConstraint(
            "(seat_booking_id IS NULL) = (state <> 'taken')", name=op.f("ck_seat_waiting_taken")
        ),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_seat_waiting_stop_id")),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_seat_waiting_encounter_id")
        ),
        sa.ForeignKeyConstraint(
            ["offered_id"], ["encounter.id"], name=op.f("fk_seat_waiting_offered_id")
        ),
        sa.ForeignKeyConstraint(
            ["seat_booking_id"], ["seat_booking.id"], name=op.f("fk_seat_waiting_seat_booking_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_waiting")),
    )
    op.create_index(op.f("ix_seat_waiting_stop_id_state"), "seat_waiting", ["stop_id", "state"])
    op.create_index(
        op.f("ix_seat_waiting_state_offered_until"), "seat_waiting", ["state", "offered_until"]
    )


def downgrade() -> None:
    op.drop_table("seat_waiting")
    op.execute("DELETE FROM seat WHERE holder = 'line'")
    _hold_by(AFTER, BEFORE)


def _hold_by(now: str, then: str) -> None:
    """SQLite makes the table anew. It does not tell its CHECKs and where its index holds, so both
    are said here."""
    with op.batch_alter_table("seat", copy_from=_seat(now)) as batch:
        batch.drop_constraint(op.f(HOLDER), type_="check")
        batch.create_check_constraint(op.f(HOLDER), then)


def _seat(held_by: str) -> sa.Table:
    return sa.Table(
        "seat",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=24), nullable=False),
        sa.Column("seat_booking_id", sa.Integer(), nullable=True, comment="NULL: not of a visitor"),
        sa.Column(
            "released_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: it is taken"
        ),
        sa.CheckConstraint("number BETWEEN 1 AND 2", name=op.f("ck_seat_number")),
        sa.CheckConstraint(held_by, name=op.f(HOLDER)),
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
        sa.Index(op.f("ix_seat_seat_booking_id"), "seat_booking_id"),
        sa.Index(
            "uq_seat_live",
            "encounter_id",
            "number",
            unique=True,
            sqlite_where=sa.text(LIVE),
            postgresql_where=sa.text(LIVE),
        ),
    )
