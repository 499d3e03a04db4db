"""moments to plan together"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "moment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_name", sa.String(length=120), nullable=False),
        sa.Column(
            "internal_subject",
            sa.String(length=120),
            nullable=False,
            comment="for the theatre's own eyes",
        ),
        sa.Column("public_text", sa.String(length=1000), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("intake_from", sa.Date(), nullable=False),
        sa.Column(
            "intake_until",
            sa.Date(),
            nullable=False,
            comment="the last day on which requests count",
        ),
        sa.Column(
            "nearby_days",
            sa.Integer(),
            nullable=False,
            comment="how far before and after the rest is offered something",
        ),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_moment_state")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_moment_days")),
        sa.CheckConstraint(
            "intake_from <= intake_until AND intake_until < first_day",
            name=op.f("ck_moment_intake"),
        ),
        sa.CheckConstraint("nearby_days BETWEEN 1 AND 28", name=op.f("ck_moment_nearby_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment")),
    )
    op.create_index(op.f("ix_moment_state_first_day"), "moment", ["state", "first_day"])
    op.create_table(
        "yearly_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("yearly_day", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Integer(), nullable=True, comment="NULL: dismissed"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["moment.id"], name=op.f("fk_yearly_answer_moment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_answer")),
        sa.UniqueConstraint("yearly_day", "year", name=op.f("uq_yearly_answer_yearly_day_year")),
    )
    op.create_index(op.f("ix_yearly_answer_moment_id"), "yearly_answer", ["moment_id"])


def downgrade() -> None:
    op.drop_table("yearly_answer")
    op.drop_table("moment")
