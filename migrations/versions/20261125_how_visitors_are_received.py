"""a room in which people go on meeting; how visitors of a stop are received, and the talk"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AS_THE_PLACE = ("opened_by", "waiting_place", "coffee", "stays_after")


def upgrade() -> None:
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "room_booking_id",
                sa.Integer(),
                nullable=True,
                comment="in which people go on meeting; NULL: none was booked with it",
            )
        )
        batch_op.create_foreign_key(
            op.f("fk_follow_up_room_booking_id"), "room_booking", ["room_booking_id"], ["id"]
        )
        batch_op.create_unique_constraint(op.f("uq_follow_up_room_booking_id"), ["room_booking_id"])
    op.create_table(
        "stop_reception",
        sa.Column("stop_id", sa.Integer(), nullable=False),
        *(
            sa.Column(
                name, sa.String(length=200), nullable=False, comment="empty: as the place says"
            )
            for name in AS_THE_PLACE
        ),
        sa.Column("talk_after", sa.String(length=24), nullable=False),
        sa.Column("talk_minutes", sa.Integer(), nullable=True, comment="NULL: no talk"),
        sa.Column(
            "talk_led_by", sa.String(length=200), nullable=False, comment="empty: not agreed"
        ),
        sa.Column(
            "talk_questions", sa.String(length=1000), nullable=False, comment="to begin with"
        ),
        sa.CheckConstraint(
            "talk_after IN ('none', 'each', 'day_part', 'last')",
            name=op.f("ck_stop_reception_talk_after"),
        ),
        sa.CheckConstraint(
            "(talk_after = 'none') = (talk_minutes IS NULL)",
            name=op.f("ck_stop_reception_talk_minutes"),
        ),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_stop_reception_stop_id")),
        sa.PrimaryKeyConstraint("stop_id", name=op.f("pk_stop_reception")),
    )


def downgrade() -> None:
    op.drop_table("stop_reception")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_follow_up_room_booking_id"), type_="unique")
        batch_op.drop_constraint(op.f("fk_follow_up_room_booking_id"), type_="foreignkey")
        batch_op.drop_column("room_booking_id")
