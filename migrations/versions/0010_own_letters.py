"""Letters that citizens add themselves, and pictures of pages."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.alter_column("letters", "sender_id", nullable=True)
    op.create_table(
        "own_letters",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id", "letter_id"],
            ["letters.mailbox_id", "letters.id"],
            name=op.f("fk_own_letters_mailbox_id_letter_id"),
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "letter_id", name=op.f("pk_own_letters")),
    )
    op.create_index(
        "ix_own_letters_unsettled",
        "own_letters",
        ["mailbox_id"],
        unique=False,
        postgresql_where=sa.text("NOT settled"),
    )
    protect("own_letters", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT, UPDATE")
    op.create_table(
        "page_pictures",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id", "letter_id"],
            ["letters.mailbox_id", "letters.id"],
            name=op.f("fk_page_pictures_mailbox_id_letter_id"),
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "letter_id", "page", name=op.f("pk_page_pictures")),
    )
    protect("page_pictures", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT")


def downgrade() -> None:
    op.drop_table("page_pictures")
    op.drop_table("own_letters")
    # Fails while there are letters without a sender: nobody but their citizen may throw those away.
    op.alter_column("letters", "sender_id", nullable=False)
