"""what continues after the cube, and how it was"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("booking_request_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=1000), nullable=False, comment="empty: nothing yet"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_request_id"],
            ["booking_request.id"],
            name=op.f("fk_follow_up_booking_request_id"),
        ),
        sa.PrimaryKeyConstraint("booking_request_id", name=op.f("pk_follow_up")),
    )
    op.create_table(
        "stop_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answered_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not yet"
        ),
        sa.Column("visitors", sa.Integer(), nullable=True, comment="NULL: not said"),
        sa.Column(
            "first_time",
            sa.Integer(),
            nullable=True,
            comment="of the visitors, never in a theatre before; NULL: not said",
        ),
        sa.Column(
            "from_neighbourhood",
            sa.Integer(),
            nullable=True,
            comment="of the visitors; NULL: not said",
        ),
        sa.Column("continues", sa.String(length=24), nullable=True, comment="NULL: not said"),
        sa.Column("words", sa.String(length=1000), nullable=False, comment="what continues"),
        sa.CheckConstraint(
            "moment IN ('next_day', 'four_weeks')", name=op.f("ck_stop_report_moment")
        ),
        sa.CheckConstraint(
            "continues IS NULL OR continues IN ('yes', 'not_yet', 'no')",
            name=op.f("ck_stop_report_continues"),
        ),
        sa.CheckConstraint(
            "visitors >= 0 AND first_time >= 0 AND from_neighbourhood >= 0"
            " AND first_time <= visitors AND from_neighbourhood <= visitors",
            name=op.f("ck_stop_report_counts"),
        ),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_stop_report_stop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_report")),
        sa.UniqueConstraint("stop_id", "moment", name=op.f("uq_stop_report_stop_id_moment")),
    )


def downgrade() -> None:
    op.drop_table("stop_report")
    op.drop_table("follow_up")
