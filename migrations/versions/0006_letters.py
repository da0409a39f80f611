"""Letters, their sealed files, and the senders' registers."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keyed_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("duplicate_of", sa.Uuid(), nullable=True),
        sa.Column("sealed_envelope", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_letters_mailbox_id")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["organisations.id"], name=op.f("fk_letters_sender_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "id", name=op.f("pk_letters")),
    )
    op.create_index(
        op.f("ix_letters_mailbox_id_keyed_fingerprint"),
        "letters",
        ["mailbox_id", "keyed_fingerprint"],
        unique=False,
    )
    protect("letters", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT")
    op.create_table(
        "letter_files",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id", "letter_id"],
            ["letters.mailbox_id", "letters.id"],
            name=op.f("fk_letter_files_mailbox_id_letter_id"),
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "letter_id", name=op.f("pk_letter_files")),
    )
    protect("letter_files", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT")
    op.create_table(
        "deliveries",
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("keyed_content", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("possible_duplicate_of", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailbox_id", "letter_id"],
            ["letters.mailbox_id", "letters.id"],
            name=op.f("fk_deliveries_mailbox_id_letter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["organisations.id"], name=op.f("fk_deliveries_sender_id")
        ),
        sa.PrimaryKeyConstraint("sender_id", "message_id", name=op.f("pk_deliveries")),
    )
    op.create_index(
        op.f("ix_deliveries_mailbox_id_letter_id"),
        "deliveries",
        ["mailbox_id", "letter_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_deliveries_sender_id_letter_id"),
        "deliveries",
        ["sender_id", "letter_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_deliveries_sender_id_sequence"),
        "deliveries",
        ["sender_id", "sequence"],
        unique=False,
    )
    op.create_index(
        "ix_deliveries_unsettled",
        "deliveries",
        ["mailbox_id"],
        unique=False,
        postgresql_where=sa.text("NOT settled"),
    )
    protect(
        "deliveries",
        by={"sender_id": "organisation", "mailbox_id": "mailbox"},
        may="SELECT, INSERT, UPDATE",
    )


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("letter_files")
    op.drop_table("letters")
