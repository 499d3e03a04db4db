"""who is invited to ask

Partners, letters that invite them, and mails that wait as a draft until somebody sends them.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES_BEFORE = "state IN ('pending', 'sent', 'withdrawn', 'dead')"
STATES = "state IN ('draft', 'pending', 'sent', 'withdrawn', 'dead')"
DRAFT = sa.text("sent_at IS NULL AND dropped_at IS NULL AND address <> ''")


def let_mails_be(states: str) -> None:
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_outbox_mail_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_outbox_mail_state"), states)


def upgrade() -> None:
    let_mails_be(STATES)
    op.create_table(
        "invite_refusal",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_invite_refusal")),
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "pc4",
            sa.String(length=4),
            nullable=False,
            comment="where it is, and so in which district",
        ),
        sa.Column("district_number", sa.String(length=2), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False, comment="empty: only by phone"),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False, comment="for planners only"),
        sa.Column(
            "source", sa.String(length=200), nullable=False, comment="where these details come from"
        ),
        sa.Column(
            "retired_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: may be invited"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "district_number BETWEEN '01' AND '10'", name=op.f("ck_partner_district_number")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_partner_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_partner_district_number"), ["district_number"], unique=False
        )

    op.create_table(
        "outreach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column(
            "invitee_id",
            sa.Integer(),
            nullable=False,
            comment="of the partner, organisation or person",
        ),
        sa.Column("district_number", sa.String(length=2), nullable=False),
        sa.Column(
            "name", sa.String(length=120), nullable=False, comment="of the organisation or host"
        ),
        sa.Column("greeted_as", sa.String(length=120), nullable=False),
        sa.Column(
            "address",
            sa.String(length=254),
            nullable=False,
            comment="empty: forgotten after a year",
        ),
        sa.Column(
            "asks_at",
            sa.String(length=200),
            nullable=False,
            comment="the page to ask for the cube, with place or postcode filled in",
        ),
        sa.Column("subject_line", sa.String(length=150), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "sent_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: nobody has sent it"
        ),
        sa.Column(
            "sent_by_id", sa.Integer(), nullable=True, comment="NULL: not sent, or by a command"
        ),
        sa.Column(
            "dropped_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not thrown away"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "district_number BETWEEN '01' AND '10'", name=op.f("ck_outreach_district_number")
        ),
        sa.CheckConstraint(
            "kind IN ('partner', 'organisation', 'host')", name=op.f("ck_outreach_kind")
        ),
        sa.CheckConstraint("address = lower(address)", name=op.f("ck_outreach_address_lower")),
        sa.CheckConstraint(
            "sent_at IS NULL OR dropped_at IS NULL", name=op.f("ck_outreach_sent_or_dropped")
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_outreach_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach")),
    )
    with op.batch_alter_table("outreach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_address"), ["address"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outreach_district_number_created_at"),
            ["district_number", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            "uq_outreach_draft",
            ["address"],
            unique=True,
            postgresql_where=DRAFT,
            sqlite_where=DRAFT,
        )


def downgrade() -> None:
    with op.batch_alter_table("outreach", schema=None) as batch_op:
        batch_op.drop_index("uq_outreach_draft", postgresql_where=DRAFT, sqlite_where=DRAFT)
        batch_op.drop_index(batch_op.f("ix_outreach_district_number_created_at"))
        batch_op.drop_index(batch_op.f("ix_outreach_address"))

    op.drop_table("outreach")
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_district_number"))

    op.drop_table("partner")
    op.drop_table("invite_refusal")
    op.execute("UPDATE outbox_mail SET state = 'withdrawn' WHERE state = 'draft'")
    let_mails_be(STATES_BEFORE)
