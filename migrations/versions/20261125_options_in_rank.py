"""options in rank, and moments that are kept for who they were offered to"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEPT = (
    "(kept_until IS NULL) = (stay_starts_at IS NULL)"
    " AND (kept_until IS NULL) = (stay_ends_at IS NULL)"
    " AND (kept_until IS NULL) = (installation_id IS NULL)"
    " AND (kept_until IS NULL) = (performer_id IS NULL)"
)


def upgrade() -> None:
    with op.batch_alter_table("option", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "position",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment="in line, over all options; by arrival, unless a planner moves it",
            )
        )
        batch_op.add_column(
            sa.Column(
                "challenged_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when its asker was asked to decide; NULL: not",
            )
        )
        batch_op.add_column(
            sa.Column(
                "decide_until",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="it lapses then, unless its asker wants it; NULL: not asked to decide",
            )
        )
        batch_op.add_column(
            sa.Column(
                "wanted_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when its asker said to want it for certain; NULL: not",
            )
        )
        batch_op.create_check_constraint(
            op.f("ck_option_challenged"), "(challenged_at IS NULL) = (decide_until IS NULL)"
        )
        batch_op.create_check_constraint(
            op.f("ck_option_decide_until"), "decide_until <= expires_at"
        )
    op.execute('UPDATE "option" SET position = id')
    with op.batch_alter_table("option", schema=None) as batch_op:
        batch_op.alter_column("position", existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column(
            "rank",
            existing_type=sa.Integer(),
            existing_nullable=False,
            comment="among those that collide with it, as its asker was last told",
        )
    with op.batch_alter_table("alternative", schema=None) as batch_op:
        for name in ("stay_starts_at", "stay_ends_at"):
            batch_op.add_column(
                sa.Column(name, sa.DateTime(timezone=True), nullable=True, comment="NULL: not kept")
            )
        batch_op.add_column(
            sa.Column("installation_id", sa.Integer(), nullable=True, comment="NULL: not kept")
        )
        batch_op.add_column(
            sa.Column(
                "performer_id",
                sa.Integer(),
                nullable=True,
                comment="of the first session; NULL: not kept",
            )
        )
        batch_op.add_column(
            sa.Column(
                "kept_until",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="for who it was offered to; NULL: not kept",
            )
        )
        batch_op.create_foreign_key(
            op.f("fk_alternative_installation_id"), "installation", ["installation_id"], ["id"]
        )
        batch_op.create_foreign_key(
            op.f("fk_alternative_performer_id"), "performer", ["performer_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_alternative_stay"), "stay_starts_at < stay_ends_at"
        )
        batch_op.create_check_constraint(op.f("ck_alternative_kept"), KEPT)
        batch_op.create_index(batch_op.f("ix_alternative_kept_until"), ["kept_until"])


def downgrade() -> None:
    with op.batch_alter_table("alternative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alternative_kept_until"))
        batch_op.drop_constraint(op.f("ck_alternative_kept"), type_="check")
        batch_op.drop_constraint(op.f("ck_alternative_stay"), type_="check")
        batch_op.drop_constraint(op.f("fk_alternative_performer_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_alternative_installation_id"), type_="foreignkey")
        for name in (
            "kept_until",
            "performer_id",
            "installation_id",
            "stay_ends_at",
            "stay_starts_at",
        ):
            batch_op.drop_column(name)
    with op.batch_alter_table("option", schema=None) as batch_op:
        batch_op.alter_column(
            "rank", existing_type=sa.Integer(), existing_nullable=False, comment=None
        )
        batch_op.drop_constraint(op.f("ck_option_decide_until"), type_="check")
        batch_op.drop_constraint(op.f("ck_option_challenged"), type_="check")
        for name in ("wanted_at", "decide_until", "challenged_at", "position"):
            batch_op.drop_column(name)
