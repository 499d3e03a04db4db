"""who plays which encounter: performers may ask each other to swap"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "swap_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sa.Integer(), nullable=False),
        sa.Column(
            "words",
            sa.String(length=500),
            nullable=False,
            comment="only for the colleague; erased with the answer",
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answered_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: open, or lapsed",
        ),
        sa.Column("answer", sa.String(length=24), nullable=True, comment="NULL: open, or lapsed"),
        sa.CheckConstraint("answer IN ('yes', 'no', 'back')", name=op.f("ck_swap_request_answer")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_swap_request_answered")
        ),
        sa.CheckConstraint("asker_id <> colleague_id", name=op.f("ck_swap_request_two")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_swap_request_stop_id")),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["performer.id"], name=op.f("fk_swap_request_asker_id")
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"], ["performer.id"], name=op.f("fk_swap_request_colleague_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_request")),
    )
    for columns in (["stop_id"], ["asker_id", "answered_at"], ["colleague_id", "answered_at"]):
        name = op.f("ix_swap_request_" + "_".join(columns))
        op.create_index(name, "swap_request", columns, unique=False)
    op.create_table(
        "swap_encounter",
        sa.Column("swap_request_id", sa.Integer(), nullable=False),
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column(
            "starts_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="as it was offered",
        ),
        sa.ForeignKeyConstraint(
            ["swap_request_id"],
            ["swap_request.id"],
            name=op.f("fk_swap_encounter_swap_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_swap_encounter_encounter_id")
        ),
        sa.PrimaryKeyConstraint("swap_request_id", "encounter_id", name=op.f("pk_swap_encounter")),
    )


def downgrade() -> None:
    op.drop_table("swap_encounter")
    for columns in (["stop_id"], ["asker_id", "answered_at"], ["colleague_id", "answered_at"]):
        op.drop_index(op.f("ix_swap_request_" + "_".join(columns)), table_name="swap_request")
    op.drop_table("swap_request")
