"""claims never overlap

Two live claims on one resource never overlap, whatever code runs above the database.

SQLite: because live claims never overlap, only the neighbour has to be looked at: the last live
claim that starts before the new one ends. That is one step in an index, at any number of rows.
A later migration that rebuilds this table (batch mode does) has to make the triggers again.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

EXCLUSION = """
ALTER TABLE claim ADD CONSTRAINT ex_claim_no_overlap EXCLUDE USING gist (
    int4range(resource_id, resource_id, '[]') WITH &&,
    tstzrange(starts_at, ends_at, '[)') WITH &&
) WHERE (released_at IS NULL)
"""

TRIGGER = """
CREATE TRIGGER tr_claim_no_overlap_{when} BEFORE {event} ON claim
WHEN NEW.released_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'ex_claim_no_overlap') WHERE NEW.starts_at < (
        SELECT ends_at FROM claim
        WHERE resource_id = NEW.resource_id AND released_at IS NULL
            AND starts_at < NEW.ends_at AND id <> {own_id}
        ORDER BY starts_at DESC LIMIT 1
    );
END
"""
EVENTS = {
    "insert": ("INSERT", "-1"),
    "update": ("UPDATE OF resource_id, starts_at, ends_at, released_at", "OLD.id"),
}


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(EXCLUSION)
        return
    for when, (event, own_id) in EVENTS.items():
        op.execute(TRIGGER.format(when=when, event=event, own_id=own_id))


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE claim DROP CONSTRAINT ex_claim_no_overlap")
        return
    for when in EVENTS:
        op.execute(f"DROP TRIGGER tr_claim_no_overlap_{when}")
