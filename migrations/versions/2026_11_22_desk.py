"""The desk: accounts, proposals, checks of sources, kept files, tasks, campaigns; versions of a petition's columns.

Revision ID: a1d17c4a1005
Revises: a1d17c4a1004
"""

import sqlalchemy as sa
from alembic import op

revision = "a1d17c4a1005"
down_revision = "a1d17c4a1004"
branch_labels = None
depends_on = None

# The columns as they were called when this was written, whatever the portal calls its own today: a migration stands
# alone, or an old database could no longer be brought up to date.
PLAIN = (
    "jurisdiction",
    "platform",
    "platform_confirmed",
    "official_uuid",
    "official_number",
    "official_url",
    "level",
    "region_code",
    "original_language",
    "author_kind",
    "author_digest",
    "author_source_id",
    "threshold",
    "threshold_level",
    "threshold_edition",
    "threshold_population",
)
JSON = ("label", "author_role", "notes", "summary", "positions_note", "related")
DATES = ("threshold_population_on",)
RECORDED = (
    "title",
    "addressee",
    "demand",
    "count_report",
    "event",
    "working_group",
    "position",
    "group_view",
    "decision",
)


def upgrade() -> None:
    """Make the tables, and keep what each petition says now as its first version."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("roles", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("invitation_digest", sa.String(length=64), nullable=True),
        sa.Column("invitation_ends_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(invitation_digest IS NULL) = (invitation_ends_at IS NULL)", name=op.f("ck_account_invitation_ends")
        ),
        sa.CheckConstraint(
            "(password_hash IS NULL) = (totp_secret IS NULL)", name=op.f("ck_account_both_factors_or_none")
        ),
        sa.CheckConstraint("closed_at IS NULL OR password_hash IS NULL", name=op.f("ck_account_closed_cannot_sign_in")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("code", name=op.f("uq_account_code")),
        sa.UniqueConstraint("invitation_digest", name=op.f("uq_account_invitation_digest")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("times >= 1", name=op.f("ck_attempt_times_are_positive")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_ends_at"), "attempt", ["ends_at"])

    op.create_table(
        "campaign_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=120), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_campaign_version_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_campaign_version_retired_in_audit_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_version")),
    )
    op.create_index(
        "uq_campaign_version_current",
        "campaign_version",
        ["campaign", "is_public"],
        unique=True,
        sqlite_where=sa.text("retired_in IS NULL"),
        postgresql_where=sa.text("retired_in IS NULL"),
    )

    op.create_table(
        "desk_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_desk_session_account_id_account")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_desk_session")),
    )
    op.create_index(op.f("ix_desk_session_account_id"), "desk_session", ["account_id"])

    op.create_table(
        "kept_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("kept_in", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("size >= 1", name=op.f("ck_kept_file_size_is_positive")),
        sa.ForeignKeyConstraint(["kept_in"], ["audit_entry.sequence"], name=op.f("fk_kept_file_kept_in_audit_entry")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_kept_file")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])

    op.create_table(
        "task_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=200), nullable=False),
        sa.Column("matter", sa.String(length=16), nullable=False),
        sa.Column("assigned_to", sa.String(length=80), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("noted_by", sa.String(length=80), nullable=False),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
        sa.Column("noted_in", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["noted_in"], ["audit_entry.sequence"], name=op.f("fk_task_note_noted_in_audit_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_note")),
    )
    op.create_index("ix_task_note_by_task", "task_note", ["task", "noted_in"])

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_in", sa.BigInteger(), nullable=False),
        sa.Column("settled_by", sa.String(length=80), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_in", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (settled_by IS NULL)", name=op.f("ck_proposal_settled_by_somebody")),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR settled_by = proposed_by", name=op.f("ck_proposal_withdrawn_by_its_author")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'confirmed', 'declined', 'withdrawn')", name=op.f("ck_proposal_state_is_known")
        ),
        sa.CheckConstraint(
            "state NOT IN ('confirmed', 'declined') OR settled_by <> proposed_by", name=op.f("ck_proposal_two_people")
        ),
        sa.CheckConstraint(
            "(settled_by IS NULL) = (settled_in IS NULL)", name=op.f("ck_proposal_settled_in_the_chain")
        ),
        sa.ForeignKeyConstraint(
            ["content_digest"], ["personal_value.digest"], name=op.f("fk_proposal_content_digest_personal_value")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_in"], ["audit_entry.sequence"], name=op.f("fk_proposal_proposed_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["settled_in"], ["audit_entry.sequence"], name=op.f("fk_proposal_settled_in_audit_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("content_digest", name=op.f("uq_proposal_content_digest")),
    )
    op.create_index("ix_proposal_by_state", "proposal", ["state", "subject"])

    op.create_table(
        "source_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.String(length=80), nullable=False),
        sa.Column("checked_in", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('works', 'dead', 'changed')", name=op.f("ck_source_check_state_is_known")),
        sa.ForeignKeyConstraint(
            ["checked_in"], ["audit_entry.sequence"], name=op.f("fk_source_check_checked_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_check_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_check")),
    )
    op.create_index("ix_source_check_by_source", "source_check", ["source_id", "checked_in"])

    op.create_table(
        "petition_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_version_petition_id_petition")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_petition_version_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_petition_version_retired_in_audit_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_version")),
    )
    op.create_index(op.f("ix_petition_version_petition_id"), "petition_version", ["petition_id"])
    op.create_index(
        "uq_petition_version_current",
        "petition_version",
        ["petition_id"],
        unique=True,
        sqlite_where=sa.text("retired_in IS NULL"),
        postgresql_where=sa.text("retired_in IS NULL"),
    )
    _keep_versions()
    op.create_index(op.f("ix_audit_entry_at_audit_entry_sequence"), "audit_entry", ["at", "sequence"])
    gone = sa.text("retired_in IS NOT NULL")
    for table in RECORDED:
        op.create_index(f"ix_{table}_retired", table, ["retired_in"], sqlite_where=gone, postgresql_where=gone)


def _keep_versions() -> None:
    petition = sa.table(
        "petition",
        sa.column("id", sa.Integer()),
        sa.column("changed_in", sa.BigInteger()),
        *(sa.column(name, sa.Boolean() if name == "platform_confirmed" else None) for name in PLAIN),
        *(sa.column(name, sa.JSON()) for name in JSON),
        *(sa.column(name, sa.Date()) for name in DATES),
    )
    version = sa.table(
        "petition_version",
        sa.column("petition_id", sa.Integer()),
        sa.column("origin", sa.String()),
        sa.column("values", sa.JSON()),
        sa.column("recorded_in", sa.BigInteger()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(petition)).mappings().all():
        values = {name: row[name] for name in (*PLAIN, *JSON)}
        values |= {name: row[name].isoformat() if row[name] else None for name in DATES}
        connection.execute(
            sa.insert(version).values(
                petition_id=row["id"], origin="register", recorded_in=row["changed_in"], values=values
            )
        )


def downgrade() -> None:
    """Drop the tables; what was recorded at the desk stays in the record and in the audit chain."""
    for table in RECORDED:
        op.drop_index(f"ix_{table}_retired", table)
    op.drop_index(op.f("ix_audit_entry_at_audit_entry_sequence"), "audit_entry")
    op.drop_table("petition_version")
    op.drop_table("source_check")
    op.drop_table("proposal")
    op.drop_table("task_note")
    op.drop_table("recovery_code")
    op.drop_table("kept_file")
    op.drop_table("desk_session")
    op.drop_table("campaign_version")
    op.drop_table("attempt")
    op.drop_table("account")
