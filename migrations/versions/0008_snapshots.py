"""The debts of each mailbox."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "snapshots",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_snapshots_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", name=op.f("pk_snapshots")),
    )
    protect("snapshots", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.drop_table("snapshots")
