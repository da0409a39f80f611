"""People who work for organisations, what they looked at, and sweeping visits that are over."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0011"
down_revision = "0010"

VISITS = ("visits", "staff_visits")


def upgrade() -> None:
    op.create_table(
        "employees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_employees_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employees")),
        sa.UniqueConstraint(
            "organisation_id", "subject", name=op.f("uq_employees_organisation_id_subject")
        ),
    )
    protect("employees", by={"organisation_id": "organisation"}, may="SELECT, INSERT, UPDATE")
    op.create_table(
        "staff_visits",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_staff_visits_employee_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_staff_visits_organisation_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_visits")),
    )
    for column in ("employee_id", "organisation_id"):
        op.create_index(op.f(f"ix_staff_visits_{column}"), "staff_visits", [column], unique=False)
    protect("staff_visits", by={"token_hash": "visit"}, may="SELECT, INSERT, UPDATE, DELETE")
    for table in VISITS:
        op.create_index(op.f(f"ix_{table}_seen_at"), table, ["seen_at"], unique=False)
        # What is over may be deleted by everyone who enters, and seen by nobody.
        op.execute(
            f"CREATE POLICY over ON {table} FOR DELETE USING "
            "(seen_at <= NULLIF(current_setting('letterbox.over', true), '')::timestamptz)"
        )
    _remember_what_was_seen()
    op.add_column("logbook_lines", sa.Column("person_id", sa.Uuid(), nullable=True))
    # A citizen may know who looked: the logbook is under the scope of their mailbox itself.
    op.execute(
        "CREATE POLICY looked ON employees FOR SELECT "
        "USING (id IN (SELECT person_id FROM logbook_lines))"
    )


def _remember_what_was_seen() -> None:
    op.create_table(
        "seen_overviews",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id", "consent_id"],
            ["consents.mailbox_id", "consents.id"],
            name=op.f("fk_seen_overviews_mailbox_id_consent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_seen_overviews_employee_id")
        ),
        sa.PrimaryKeyConstraint(
            "mailbox_id", "consent_id", "employee_id", name=op.f("pk_seen_overviews")
        ),
    )
    protect("seen_overviews", by={"mailbox_id": "mailbox"}, may="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.execute("DROP POLICY looked ON employees")
    op.drop_column("logbook_lines", "person_id")
    op.execute("DROP POLICY over ON visits")
    op.drop_index(op.f("ix_visits_seen_at"), table_name="visits")
    op.drop_table("seen_overviews")
    op.drop_table("staff_visits")
    op.drop_table("employees")
