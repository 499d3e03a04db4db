"""what organisations propose around a stop; who holds which link, in the history"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = "'proposed', 'agreed', 'declined', 'withdrawn', 'again', 'cancelled'"
AFTER = "'proposed', 'agreed', 'to_change', 'declined', 'withdrawn', 'again', 'cancelled'"
ACTORS_BEFORE = "'person', 'asker', 'clock', 'command'"
ACTORS_AFTER = "'person', 'asker', 'host', 'partner', 'invited', 'clock', 'command'"


def upgrade() -> None:
    with op.batch_alter_table("side_item") as table:
        table.add_column(
            sa.Column("proposed_by", sa.String(length=24), nullable=False, server_default="theatre")
        )
        table.add_column(
            sa.Column(
                "language",
                sa.String(length=2),
                nullable=False,
                server_default="nl",
                comment="in which the partner is written to",
            )
        )
        table.add_column(
            sa.Column(
                "reply",
                sa.String(length=1000),
                nullable=False,
                server_default="",
                comment="what the theatre said last: why not, or what else",
            )
        )
        table.drop_constraint(op.f("ck_side_item_state"), type_="check")
        table.create_check_constraint(op.f("ck_side_item_state"), f"state IN ({AFTER})")
        table.create_check_constraint(
            op.f("ck_side_item_proposed_by"), "proposed_by IN ('theatre', 'asker')"
        )
    with op.batch_alter_table("side_item") as table:
        table.alter_column("proposed_by", server_default=None)
        table.alter_column("language", server_default=None)
        table.alter_column("reply", server_default=None)
    _actors(ACTORS_AFTER)
    # Until now a host with a link was a person without an account, and all others an asker.
    op.execute(
        "UPDATE history_entry SET actor_kind = 'host'"
        " WHERE actor_kind = 'person' AND person_id IS NULL"
    )
    op.execute(
        "UPDATE history_entry SET actor_kind = 'host' WHERE actor_kind = 'asker'"
        " AND action IN ('host agreed', 'host refused', 'host answers later')"
    )
    op.execute(
        "UPDATE history_entry SET actor_kind = 'invited'"
        " WHERE actor_kind = 'asker' AND subject_kind = 'outreach'"
    )
    op.execute(
        "UPDATE history_entry SET actor_kind = 'partner'"
        " WHERE actor_kind = 'asker' AND action LIKE 'side %'"
    )


def downgrade() -> None:
    op.execute(
        "UPDATE history_entry SET actor_kind = 'person'"
        " WHERE actor_kind = 'host' AND subject_kind = 'room_booking'"
    )
    op.execute(
        "UPDATE history_entry SET actor_kind = 'asker'"
        " WHERE actor_kind IN ('host', 'partner', 'invited')"
    )
    _actors(ACTORS_BEFORE)
    op.execute("UPDATE side_item SET state = 'proposed' WHERE state = 'to_change'")
    with op.batch_alter_table("side_item") as table:
        table.drop_constraint(op.f("ck_side_item_proposed_by"), type_="check")
        table.drop_constraint(op.f("ck_side_item_state"), type_="check")
        table.create_check_constraint(op.f("ck_side_item_state"), f"state IN ({BEFORE})")
        table.drop_column("reply")
        table.drop_column("language")
        table.drop_column("proposed_by")


def _actors(kinds: str) -> None:
    with op.batch_alter_table("history_entry") as table:
        table.drop_constraint(op.f("ck_history_entry_actor_kind"), type_="check")
        table.create_check_constraint(
            op.f("ck_history_entry_actor_kind"), f"actor_kind IN ({kinds})"
        )
