"""whether the cube is welcome

A host answers whether the cube may come, and the theatre keeps until when it has promised an answer.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LIVE = "state IN ('asked', 'yes', 'expired')"


def upgrade() -> None:
    op.create_table(
        "host_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_request_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "nudged_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not reminded"
        ),
        sa.Column(
            "answered_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: no answer"
        ),
        sa.Column(
            "person_id",
            sa.Integer(),
            nullable=True,
            comment="who answered; NULL: nobody, or by a private link",
        ),
        sa.Column("reason", sa.String(length=24), nullable=True, comment="NULL: not a no"),
        sa.Column(
            "words", sa.String(length=1000), nullable=False, comment="why not, or what to mind"
        ),
        sa.Column(
            "moments",
            sa.JSON(),
            nullable=False,
            comment="with a yes, the keys of the choices that suit",
        ),
        sa.Column(
            "dropped_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: it still counts",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'yes', 'no', 'expired', 'dropped')",
            name=op.f("ck_host_consent_state"),
        ),
        sa.CheckConstraint(
            "reason IS NULL OR reason IN ('in_use', 'does_not_fit', 'nobody_there', 'other')",
            name=op.f("ck_host_consent_reason"),
        ),
        sa.CheckConstraint(
            "(reason IS NULL) = (state <> 'no')", name=op.f("ck_host_consent_refused_why")
        ),
        sa.CheckConstraint(
            "state NOT IN ('yes', 'no') OR answered_at IS NOT NULL",
            name=op.f("ck_host_consent_answered"),
        ),
        sa.CheckConstraint(
            "(dropped_at IS NULL) = (state <> 'dropped')", name=op.f("ck_host_consent_dropped")
        ),
        sa.ForeignKeyConstraint(
            ["booking_request_id"],
            ["booking_request.id"],
            name=op.f("fk_host_consent_booking_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_host_consent_person_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_host_consent_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_consent")),
    )
    with op.batch_alter_table("host_consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_host_consent_booking_request_id"), ["booking_request_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_host_consent_room_id"), ["room_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_host_consent_state_answer_until"),
            ["state", "answer_until"],
            unique=False,
        )
        batch_op.create_index(
            "uq_host_consent_live",
            ["booking_request_id"],
            unique=True,
            sqlite_where=sa.text(LIVE),
            postgresql_where=sa.text(LIVE),
        )
    op.add_column(
        "booking_request",
        sa.Column(
            "answer_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the theatre has promised an answer; NULL: asked before this was kept",
        ),
    )
    op.add_column(
        "booking_request",
        sa.Column(
            "nudged_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: the planners were not reminded",
        ),
    )
    op.create_index(
        op.f("ix_booking_request_state_answer_until"), "booking_request", ["state", "answer_until"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_booking_request_state_answer_until"), table_name="booking_request")
    op.drop_column("booking_request", "nudged_at")
    op.drop_column("booking_request", "answer_until")
    op.drop_index("uq_host_consent_live", table_name="host_consent")
    op.drop_index(op.f("ix_host_consent_state_answer_until"), table_name="host_consent")
    op.drop_index(op.f("ix_host_consent_room_id"), table_name="host_consent")
    op.drop_index(op.f("ix_host_consent_booking_request_id"), table_name="host_consent")
    op.drop_table("host_consent")
