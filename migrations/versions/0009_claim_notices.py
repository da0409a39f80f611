"""News without a letter, what citizens say, and by which rules debts were settled."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "claim_notices",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keyed_content", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_claim_notices_mailbox_id")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["organisations.id"], name=op.f("fk_claim_notices_sender_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "id", name=op.f("pk_claim_notices")),
        sa.UniqueConstraint(
            "sender_id", "message_id", name=op.f("uq_claim_notices_sender_id_message_id")
        ),
    )
    protect(
        "claim_notices",
        by={"mailbox_id": "mailbox", "sender_id": "organisation"},
        may="SELECT, INSERT",
    )
    op.create_table(
        "corrections",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_corrections_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "id", name=op.f("pk_corrections")),
    )
    protect("corrections", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT, UPDATE")
    # What was settled before rules had a number is older than the first of them.
    op.add_column(
        "snapshots", sa.Column("rules_version", sa.Integer(), server_default="0", nullable=False)
    )
    op.alter_column("snapshots", "rules_version", server_default=None)
    # Whether a mailbox waits to be settled already is asked with every letter that is read.
    op.execute("CREATE INDEX ix_jobs_waiting ON procrastinate_jobs (lock) WHERE status = 'todo'")


def downgrade() -> None:
    op.execute("DROP INDEX ix_jobs_waiting")
    op.drop_column("snapshots", "rules_version")
    op.drop_table("corrections")
    op.drop_table("claim_notices")
