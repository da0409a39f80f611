"""Mailboxes, how they are found, and who is logged in."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("logbook_lines", sa.Integer(), nullable=False),
        sa.Column("logbook_head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailboxes")),
    )
    protect("mailboxes", by={"id": "mailbox"}, may="SELECT, INSERT, UPDATE")
    op.create_table(
        "recipients",
        sa.Column("keyed_hash", sa.String(length=64), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_number", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_recipients_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("keyed_hash", name=op.f("pk_recipients")),
    )
    op.create_index(op.f("ix_recipients_mailbox_id"), "recipients", ["mailbox_id"], unique=False)
    protect(
        "recipients",
        by={"keyed_hash": "recipient", "mailbox_id": "mailbox"},
        may="SELECT, INSERT, DELETE",
    )
    op.create_table(
        "visits",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("wrong_code_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_visits_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_visits")),
    )
    op.create_index(op.f("ix_visits_mailbox_id"), "visits", ["mailbox_id"], unique=False)
    protect("visits", by={"token_hash": "visit"}, may="SELECT, INSERT, UPDATE, DELETE")
    # The operator's rounds (rotating keys, verifying logbooks) go from mailbox to mailbox: the
    # owner sees that they exist, and enters the scope of each like everyone else.
    op.execute("CREATE POLICY rounds ON mailboxes FOR SELECT TO CURRENT_USER USING (true)")


def downgrade() -> None:
    op.drop_table("visits")
    op.drop_table("recipients")
    op.drop_table("mailboxes")
