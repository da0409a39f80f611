"""What was read in each letter."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id", "letter_id"],
            ["letters.mailbox_id", "letters.id"],
            name=op.f("fk_readings_mailbox_id_letter_id"),
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "letter_id", name=op.f("pk_readings")),
    )
    protect("readings", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.drop_table("readings")
