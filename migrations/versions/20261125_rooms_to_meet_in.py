"""rooms to meet in

Hosts lend rooms, organisations book them once or in a series, calendars kept elsewhere count.

The tables `claim` and `room` change. On SQLite that means building them anew, and the guards of the
claims go with the old table: they are made again.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROOM_STATE_BEFORE = {"state": "state IN ('published', 'paused', 'retired')"}
ROOM_STATE = {"state": "state IN ('draft', 'published', 'paused', 'retired')"}
TERMS = {
    "bookable_by": "bookable_by IN ('anybody', 'neighbours', 'known')",
    "terms": (
        "notice_hours >= 0 AND before_minutes >= 0 AND after_minutes >= 0 AND cancel_hours >= 0"
    ),
    "meeting_length": (
        "0 < shortest_minutes AND shortest_minutes <= longest_minutes AND longest_minutes <= 1440"
    ),
    "dates_ahead": "dates_ahead > 0",
}
PURPOSE_BEFORE = {"purpose": "purpose IN ('travel', 'stand', 'play')"}
PURPOSE = {"purpose": "purpose IN ('travel', 'stand', 'play', 'meet')"}
OWNER = {"owner": "(stop_id IS NULL) <> (room_date_id IS NULL)"}

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


def room_columns() -> list[sa.Column[Any]]:
    """Rooms that are there already are lent to the cube only, until a host says otherwise."""
    return [
        sa.Column("has_kitchen", sa.Boolean(), nullable=True, comment="NULL: nobody has said"),
        sa.Column("has_screen", sa.Boolean(), nullable=True, comment="NULL: nobody has said"),
        sa.Column("has_garden", sa.Boolean(), nullable=True, comment="NULL: nobody has said"),
        sa.Column(
            "description",
            sa.String(length=1000),
            nullable=False,
            server_default="",
            comment="what somebody should know before booking",
        ),
        sa.Column(
            "welcomes_meetings",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="the host lends it for meetings",
        ),
        sa.Column("bookable_by", sa.String(length=24), nullable=False, server_default="anybody"),
        sa.Column(
            "confirms_at_once",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="false: a host answers each booking",
        ),
        sa.Column("notice_hours", sa.Integer(), nullable=False, server_default="24"),
        sa.Column("shortest_minutes", sa.Integer(), nullable=False, server_default="30"),
        sa.Column("longest_minutes", sa.Integer(), nullable=False, server_default="240"),
        sa.Column(
            "before_minutes",
            sa.Integer(),
            nullable=False,
            server_default="0",
            comment="kept free before each meeting",
        ),
        sa.Column(
            "after_minutes",
            sa.Integer(),
            nullable=False,
            server_default="15",
            comment="kept free after each meeting",
        ),
        sa.Column(
            "dates_ahead",
            sa.Integer(),
            nullable=True,
            server_default="20",
            comment="of one organisation at a time; NULL: no limit",
        ),
        sa.Column(
            "cancel_hours",
            sa.Integer(),
            nullable=False,
            server_default="24",
            comment="until when an organisation can cancel by itself",
        ),
    ]


def replace_checks(
    batch_op: BatchOperations, table: str, *, gone: dict[str, str], new: dict[str, str]
) -> None:
    for name in gone:
        batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
    for name, condition in new.items():
        batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), condition)


def guard_claims() -> None:
    if op.get_context().dialect.name == "sqlite":
        for when, (event, own_id) in EVENTS.items():
            op.execute(TRIGGER.format(when=when, event=event, own_id=own_id))


def change_claims() -> None:
    with op.batch_alter_table("claim") as batch_op:
        batch_op.add_column(
            sa.Column("room_date_id", sa.Integer(), nullable=True, comment="NULL: it is for a stop")
        )
        batch_op.alter_column(
            "stop_id",
            existing_type=sa.INTEGER(),
            nullable=True,
            comment="NULL: it is for a date of a room booking",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_claim_room_date_id"), "room_date", ["room_date_id"], ["id"]
        )
        batch_op.create_index("ix_claim_room_date_id", ["room_date_id"])
        replace_checks(batch_op, "claim", gone=PURPOSE_BEFORE, new={**PURPOSE, **OWNER})
    guard_claims()


def change_claims_back() -> None:
    with op.batch_alter_table("claim") as batch_op:
        replace_checks(batch_op, "claim", gone={**PURPOSE, **OWNER}, new=PURPOSE_BEFORE)
        batch_op.drop_constraint(batch_op.f("fk_claim_room_date_id"), type_="foreignkey")
        batch_op.drop_index("ix_claim_room_date_id")
        batch_op.alter_column("stop_id", existing_type=sa.INTEGER(), nullable=False, comment=None)
        batch_op.drop_column("room_date_id")
    guard_claims()


def change_rooms() -> None:
    with op.batch_alter_table("room") as batch_op:
        for column in room_columns():
            batch_op.add_column(column)
        replace_checks(batch_op, "room", gone=ROOM_STATE_BEFORE, new={**ROOM_STATE, **TERMS})


def change_rooms_back() -> None:
    with op.batch_alter_table("room") as batch_op:
        replace_checks(batch_op, "room", gone={**ROOM_STATE, **TERMS}, new=ROOM_STATE_BEFORE)
        for column in room_columns():
            batch_op.drop_column(column.name)


def upgrade() -> None:
    op.create_table(
        "outside_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False, comment="what its owner calls it"),
        sa.Column(
            "sealed_address",
            sa.Text(),
            nullable=True,
            comment="encrypted, as whoever knows it can read along; NULL: it is a file",
        ),
        sa.Column(
            "shown_host",
            sa.String(length=120),
            nullable=False,
            comment="the only part of the address that is shown",
        ),
        sa.Column(
            "upload",
            sa.LargeBinary(),
            nullable=True,
            comment="a file that waits to be read; NULL: none",
        ),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("modified", sa.String(length=60), nullable=False, comment="Last-Modified"),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not yet"),
        sa.Column(
            "read_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it was last read well; NULL: never",
        ),
        sa.Column(
            "next_read_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: a file, read once",
        ),
        sa.Column(
            "failure",
            sa.String(length=40),
            nullable=False,
            comment="why the last try went wrong; empty: it did not",
        ),
        sa.Column("failures", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column(
            "warned_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when its owner was told that it cannot be read; NULL: not since it could",
        ),
        sa.Column("events", sa.Integer(), nullable=False, comment="how many busy times it gave"),
        sa.Column(
            "skipped", sa.Integer(), nullable=False, comment="how many events could not be read"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "failures >= 0 AND events >= 0 AND skipped >= 0",
            name=op.f("ck_outside_calendar_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_outside_calendar_resource_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_calendar")),
    )
    with op.batch_alter_table("outside_calendar", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outside_calendar_next_read_at"), ["next_read_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outside_calendar_resource_id"), ["resource_id"], unique=False
        )

    op.create_table(
        "outside_busy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outside_calendar_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_tentative", sa.Boolean(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_outside_busy_order")),
        sa.ForeignKeyConstraint(
            ["outside_calendar_id"],
            ["outside_calendar.id"],
            name=op.f("fk_outside_busy_outside_calendar_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_outside_busy_resource_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_busy")),
    )
    with op.batch_alter_table("outside_busy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outside_busy_outside_calendar_id"), ["outside_calendar_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outside_busy_resource_id_starts_at_ends_at"),
            ["resource_id", "starts_at", "ends_at"],
            unique=False,
        )

    op.create_table(
        "room_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column(
            "room_id",
            sa.Integer(),
            nullable=False,
            comment="that was asked for; a date may be elsewhere",
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "pc4",
            sa.String(length=4),
            nullable=False,
            comment="of the organisation; empty: not said",
        ),
        sa.Column("purpose", sa.String(length=200), nullable=False, comment="what they meet for"),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.String(length=24), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False, comment="of the series as it was asked"),
        sa.Column(
            "until_on",
            sa.Date(),
            nullable=True,
            comment="the last day of the series as it was asked; NULL: once",
        ),
        sa.Column("starts", sa.Time(), nullable=False, comment="wall clock in Utrecht"),
        sa.Column(
            "ends", sa.Time(), nullable=False, comment="wall clock in Utrecht; 00:00 is midnight"
        ),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="until when the host can answer; NULL: nothing waits for the host",
        ),
        sa.Column(
            "nudged_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: the host was not reminded",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(until_on IS NULL) = (frequency = 'once')", name=op.f("ck_room_booking_until")
        ),
        sa.CheckConstraint(
            "frequency IN ('once', 'weekly', 'fortnightly', 'monthly')",
            name=op.f("ck_room_booking_frequency"),
        ),
        sa.CheckConstraint("people > 0", name=op.f("ck_room_booking_people")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_room_booking_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_room_booking_organisation_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_booking_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_booking")),
        sa.UniqueConstraint("reference", name=op.f("uq_room_booking_reference")),
    )
    with op.batch_alter_table("room_booking", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_room_booking_answer_until"), ["answer_until"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_room_booking_contact_email_room_id"),
            ["contact_email", "room_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_room_booking_organisation_id_room_id"),
            ["organisation_id", "room_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_room_booking_room_id"), ["room_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_room_booking_submitted_at"), ["submitted_at"], unique=False
        )

    op.create_table(
        "special_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False, comment="23:59 means until midnight"),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_special_hours_order")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_special_hours_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_hours")),
    )
    with op.batch_alter_table("special_hours", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_special_hours_room_id_day_on"), ["room_id", "day_on"], unique=False
        )

    op.create_table(
        "waiting_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "pc4",
            sa.String(length=4),
            nullable=False,
            comment="of the organisation; empty: not said",
        ),
        sa.Column("purpose", sa.String(length=200), nullable=False, comment="what they meet for"),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column(
            "offered_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: nothing is offered now",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(offered_until IS NULL) = (state <> 'offered')", name=op.f("ck_waiting_place_offered")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'taken', 'lapsed', 'left')",
            name=op.f("ck_waiting_place_state"),
        ),
        sa.CheckConstraint("people > 0", name=op.f("ck_waiting_place_people")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_waiting_place_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_waiting_place_organisation_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_waiting_place_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_place")),
        sa.UniqueConstraint("reference", name=op.f("uq_waiting_place_reference")),
    )
    with op.batch_alter_table("waiting_place", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_waiting_place_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_waiting_place_room_id_state_starts_at"),
            ["room_id", "state", "starts_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_waiting_place_state_offered_until"),
            ["state", "offered_until"],
            unique=False,
        )

    op.create_table(
        "room_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_booking_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False, comment="the day by the rule of the series"),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column(
            "is_apart",
            sa.Boolean(),
            nullable=False,
            comment="other time or room than the series: an entry of its own in calendars",
        ),
        sa.Column(
            "invitation_id",
            sa.Integer(),
            nullable=True,
            comment="its own entry in calendars; NULL: the one of the series",
        ),
        sa.Column(
            "proposed_starts_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: nothing proposed",
        ),
        sa.Column(
            "proposed_ends_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: nothing proposed",
        ),
        sa.Column(
            "proposed_by", sa.String(length=24), nullable=True, comment="NULL: nothing proposed"
        ),
        sa.Column(
            "words",
            sa.String(length=1000),
            nullable=False,
            comment="why it was declined, cancelled or proposed otherwise",
        ),
        sa.Column(
            "decided_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: waits for the host",
        ),
        sa.CheckConstraint(
            "proposed_by IS NULL OR proposed_by IN ('asker', 'host')",
            name=op.f("ck_room_date_proposed_by"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'confirmed', 'declined', 'withdrawn', 'cancelled', 'expired')",
            name=op.f("ck_room_date_state"),
        ),
        sa.CheckConstraint(
            "(proposed_by IS NULL) = (proposed_starts_at IS NULL) AND (proposed_by IS NULL) = (proposed_ends_at IS NULL)",
            name=op.f("ck_room_date_proposal"),
        ),
        sa.CheckConstraint(
            "proposed_starts_at < proposed_ends_at", name=op.f("ck_room_date_proposed_order")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_room_date_order")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_room_date_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["room_booking_id"], ["room_booking.id"], name=op.f("fk_room_date_room_booking_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_date_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_date")),
        sa.UniqueConstraint(
            "room_booking_id", "day_on", name=op.f("uq_room_date_room_booking_id_day_on")
        ),
    )
    with op.batch_alter_table("room_date", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_room_date_room_id_starts_at"), ["room_id", "starts_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_room_date_state_starts_at"), ["state", "starts_at"], unique=False
        )

    change_claims()
    change_rooms()


def downgrade() -> None:
    op.execute("DELETE FROM claim WHERE room_date_id IS NOT NULL")
    op.execute("UPDATE room SET state = 'paused' WHERE state = 'draft'")
    change_rooms_back()
    change_claims_back()
    with op.batch_alter_table("room_date", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_date_state_starts_at"))
        batch_op.drop_index(batch_op.f("ix_room_date_room_id_starts_at"))

    op.drop_table("room_date")
    with op.batch_alter_table("waiting_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_place_state_offered_until"))
        batch_op.drop_index(batch_op.f("ix_waiting_place_room_id_state_starts_at"))
        batch_op.drop_index(batch_op.f("ix_waiting_place_organisation_id"))

    op.drop_table("waiting_place")
    with op.batch_alter_table("special_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_special_hours_room_id_day_on"))

    op.drop_table("special_hours")
    with op.batch_alter_table("room_booking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_booking_submitted_at"))
        batch_op.drop_index(batch_op.f("ix_room_booking_room_id"))
        batch_op.drop_index(batch_op.f("ix_room_booking_organisation_id_room_id"))
        batch_op.drop_index(batch_op.f("ix_room_booking_contact_email_room_id"))
        batch_op.drop_index(batch_op.f("ix_room_booking_answer_until"))

    op.drop_table("room_booking")
    with op.batch_alter_table("outside_busy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_busy_resource_id_starts_at_ends_at"))
        batch_op.drop_index(batch_op.f("ix_outside_busy_outside_calendar_id"))

    op.drop_table("outside_busy")
    with op.batch_alter_table("outside_calendar", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_calendar_resource_id"))
        batch_op.drop_index(batch_op.f("ix_outside_calendar_next_read_at"))

    op.drop_table("outside_calendar")
