"""The organisations that connect, and their spent assertions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.row_security import APPLICATION

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("bsn_ground", sa.String(length=200), nullable=True),
        sa.Column("jwks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("number", name=op.f("uq_organisations_number")),
    )
    op.create_table(
        "used_assertions",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("jti", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_used_assertions_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "jti", name=op.f("pk_used_assertions")),
    )
    op.create_index(
        op.f("ix_used_assertions_expires_at"), "used_assertions", ["expires_at"], unique=False
    )
    # Registering an organisation is the operator's work, done as the owner.
    op.execute(f"GRANT SELECT ON organisations TO {APPLICATION}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON used_assertions TO {APPLICATION}")


def downgrade() -> None:
    op.drop_table("used_assertions")
    op.drop_table("organisations")
