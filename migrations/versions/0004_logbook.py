"""The logbook: added to, never changed."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "logbook_lines",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_logbook_lines_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "number", name=op.f("pk_logbook_lines")),
    )
    protect("logbook_lines", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT")


def downgrade() -> None:
    op.drop_table("logbook_lines")
