"""Watching the official portal: series of counts, readings, versions, back-fills, words, and the runs of jobs.

Revision ID: a1d17c4a1006
Revises: a1d17c4a1005
"""

import sqlalchemy as sa
from alembic import op

revision = "a1d17c4a1006"
down_revision = "a1d17c4a1005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the one row of the poll's own state."""
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("claimed_by", sa.String(length=40), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("job", "slot", name=op.f("pk_job_run")),
    )
    op.create_index("ix_job_run_by_end", "job_run", ["finished_at"])

    op.create_table(
        "watch_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.Column("stopped_why", sa.String(length=40), nullable=True),
        sa.Column("back_test", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("back_tested_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_watch_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_state")),
    )
    op.create_table(
        "poll_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("petitions", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("founded", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("troubles", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("skew", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("recorded_in", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_poll_run_recorded_in_audit_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_run")),
    )
    op.create_index("ix_poll_run_by_end", "poll_run", ["job", "finished_at"])

    op.create_table(
        "portal_word",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("meaning", sa.String(length=40), nullable=True),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_by", sa.String(length=80), nullable=True),
        sa.Column("settled_in", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('state', 'field')", name=op.f("ck_portal_word_kind_is_known")),
        sa.ForeignKeyConstraint(
            ["settled_in"], ["audit_entry.sequence"], name=op.f("fk_portal_word_settled_in_audit_entry")
        ),
        sa.PrimaryKeyConstraint("kind", "word", name=op.f("pk_portal_word")),
    )
    op.create_table(
        "backfill",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("next_page", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("broken", sa.Integer(), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("boundary", sa.BigInteger(), nullable=True),
        sa.Column("at_boundary", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'stopped', 'done')", name=op.f("ck_backfill_state_is_known")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_backfill_petition_id_petition")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_backfill")),
    )
    op.create_index(
        "ix_backfill_open",
        "backfill",
        ["state"],
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )

    op.create_table(
        "count_observation",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_count_observation_votes_are_not_negative")),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_count_observation_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("petition_id", "at", name=op.f("pk_count_observation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "official_reading",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=80), nullable=True),
        sa.Column("is_decided", sa.Boolean(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_official_reading_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("petition_id", "at", name=op.f("pk_official_reading")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "official_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("changed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("hidden", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("url", sa.String(length=600), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("evidence", sa.String(length=64), nullable=True),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence"], ["kept_file.sha256"], name=op.f("fk_official_version_evidence_kept_file")
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_official_version_petition_id_petition")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_in"],
            ["audit_entry.sequence"],
            name=op.f("fk_official_version_recorded_in_audit_entry"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_version")),
    )
    op.create_index("ix_official_version_by_petition", "official_version", ["petition_id", "read_at"])

    op.create_table(
        "series_summary",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("through", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_series_summary_petition_id_petition")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_series_summary")),
    )
    op.create_table(
        "signed_hour",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.CheckConstraint("votes >= 1", name=op.f("ck_signed_hour_votes_are_positive")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_signed_hour_petition_id_petition")),
        sa.PrimaryKeyConstraint("petition_id", "hour", name=op.f("pk_signed_hour")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "watched",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("found_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("counted_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("span_since", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("read_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("tried_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("etag", sa.String(length=200), nullable=True),
        sa.Column("required", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=80), nullable=True),
        sa.Column("gone_since", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gone_looks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_watched_petition_id_petition")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_watched")),
    )
    op.create_index("ix_watched_by_reading", "watched", ["read_at"])

    op.create_table(
        "watched_span",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("since <= until", name=op.f("ck_watched_span_span_is_in_order")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_watched_span_petition_id_petition")),
        sa.PrimaryKeyConstraint("petition_id", "since", name=op.f("pk_watched_span")),
        sqlite_with_rowid=False,
    )
    state = sa.table("watch_state", sa.column("id", sa.Integer()), sa.column("revision", sa.Integer()))
    op.bulk_insert(state, [{"id": 1, "revision": 0}])


def downgrade() -> None:
    """Drop the tables: series and readings go with them, what the poll recorded of petitions stays in the record."""
    op.drop_table("watched_span")
    op.drop_index("ix_watched_by_reading", "watched")

    op.drop_table("watched")
    op.drop_table("signed_hour")
    op.drop_table("series_summary")
    op.drop_index("ix_official_version_by_petition", "official_version")

    op.drop_table("official_version")
    op.drop_table("official_reading")
    op.drop_table("count_observation")
    op.drop_index("ix_backfill_open", "backfill")

    op.drop_table("backfill")
    op.drop_table("portal_word")
    op.drop_index("ix_poll_run_by_end", "poll_run")

    op.drop_table("poll_run")
    op.drop_table("watch_state")
    op.drop_index("ix_job_run_by_end", "job_run")

    op.drop_table("job_run")
