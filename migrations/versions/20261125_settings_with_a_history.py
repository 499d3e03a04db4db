"""settings with a history"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True, comment="NULL: by a command"),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.Column(
            "changed", sa.JSON(), nullable=False, comment="of each setting: from what, to what"
        ),
        sa.CheckConstraint(
            "topic IN ('weights', 'playing', 'touring', 'answering', 'day_parts')",
            name=op.f("ck_setting_change_topic"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_setting_change_number")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_setting_change_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
        sa.UniqueConstraint("topic", "number", name=op.f("uq_setting_change_topic_number")),
    )


def downgrade() -> None:
    op.drop_table("setting_change")
