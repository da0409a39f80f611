"""What citizens choose for their mailbox, what was mailed to them, and closing it for good."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.row_security import APPLICATION, protect

revision = "0012"
down_revision = "0011"

OF_MAILBOX = {"mailbox_id": "mailbox"}


def upgrade() -> None:
    _add_preferences()
    _add_sent_notices()
    # The daily round asks who wants notices, as the application, which may list nothing. It gets
    # ids, and from the owner, to whom the rows are shown for this only.
    op.execute("CREATE POLICY rounds ON preferences FOR SELECT TO CURRENT_USER USING (true)")
    op.execute(
        "CREATE FUNCTION mailboxes_that_want(kind text, after uuid, most integer) "
        "RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER "
        "SET search_path = pg_catalog, public, pg_temp AS $$ "
        "SELECT mailbox_id FROM preferences "
        "WHERE kind = ANY(notices) AND confirmed_at IS NOT NULL "
        "AND (after IS NULL OR mailbox_id > after) ORDER BY mailbox_id LIMIT most $$"
    )
    op.execute("REVOKE ALL ON FUNCTION mailboxes_that_want FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION mailboxes_that_want TO {APPLICATION}")
    # A scope of its own: in that of a mailbox, clearing up old visits would take these along.
    for policy, act in (("closing", "DELETE"), ("closing_seen", "SELECT")):
        op.execute(
            f"CREATE POLICY {policy} ON visits FOR {act} USING "
            "(mailbox_id = NULLIF(current_setting('letterbox.closing', true), '')::uuid)"
        )


def _add_preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("notices", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_code", sa.LargeBinary(), nullable=True),
        sa.Column("code_made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("calendar_hash", sa.String(length=64), nullable=True),
        sa.Column("calendar_names", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_preferences_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", name=op.f("pk_preferences")),
        sa.UniqueConstraint("calendar_hash", name=op.f("uq_preferences_calendar_hash")),
    )
    protect("preferences", by=OF_MAILBOX, may="SELECT, INSERT, UPDATE, DELETE")
    op.execute(
        "CREATE POLICY calendar ON preferences FOR SELECT USING "
        "(calendar_hash = NULLIF(current_setting('letterbox.calendar', true), ''))"
    )


def _add_sent_notices() -> None:
    op.create_table(
        "sent_notices",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("occasion", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_sent_notices_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "id", name=op.f("pk_sent_notices")),
        sa.UniqueConstraint(
            "mailbox_id", "kind", "occasion", name=op.f("uq_sent_notices_mailbox_id_kind_occasion")
        ),
    )
    protect("sent_notices", by=OF_MAILBOX, may="SELECT, INSERT, UPDATE, DELETE")


def downgrade() -> None:
    op.execute("DROP POLICY closing ON visits")
    op.execute("DROP POLICY closing_seen ON visits")
    op.execute("DROP FUNCTION mailboxes_that_want")
    op.drop_table("sent_notices")
    op.drop_table("preferences")
