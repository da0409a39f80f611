"""Requests for consent, and consents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.row_security import protect

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "consent_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=280), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("counsellor_name", sa.String(length=120), nullable=False),
        sa.Column("counsellor_role", sa.String(length=120), nullable=False),
        sa.Column("client_reference", sa.String(length=100), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_consent_requests_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_requests")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_consent_requests_code_hash")),
    )
    op.create_index(
        op.f("ix_consent_requests_organisation_id"),
        "consent_requests",
        ["organisation_id"],
        unique=False,
    )
    protect(
        "consent_requests",
        by={"organisation_id": "organisation", "code_hash": "code"},
        may="SELECT, INSERT, UPDATE",
    )
    op.create_table(
        "consents",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("counsellor_name", sa.String(length=120), nullable=False),
        sa.Column("counsellor_role", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=280), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("letters_from", sa.Date(), nullable=True),
        sa.Column("sealed_left_out", sa.LargeBinary(), nullable=True),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=20), nullable=True),
        sa.Column("end_reason", sa.String(length=280), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "valid_until > valid_from", name=op.f("ck_consents_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_consents_mailbox_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_consents_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["consent_requests.id"], name=op.f("fk_consents_request_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "id", name=op.f("pk_consents")),
        sa.UniqueConstraint("request_id", name=op.f("uq_consents_request_id")),
    )
    op.create_index(
        op.f("ix_consents_organisation_id_id"), "consents", ["organisation_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_consents_organisation_id_sequence"),
        "consents",
        ["organisation_id", "sequence"],
        unique=False,
    )
    protect(
        "consents",
        by={"mailbox_id": "mailbox", "organisation_id": "organisation"},
        may="SELECT, INSERT, UPDATE",
    )


def downgrade() -> None:
    op.drop_table("consents")
    op.drop_table("consent_requests")
