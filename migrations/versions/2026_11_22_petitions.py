"""Petitions, their events and claims, and what happens while they are considered.

Revision ID: a1d17c4a1003
Revises: a1d17c4a1002
"""

import sqlalchemy as sa
from alembic import op

revision = "a1d17c4a1003"
down_revision = "a1d17c4a1002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "petition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.String(length=120), nullable=True),
        sa.Column("jurisdiction", sa.String(length=40), nullable=False),
        sa.Column("platform", sa.String(length=120), nullable=True),
        sa.Column("platform_confirmed", sa.Boolean(), nullable=False),
        sa.Column("official_uuid", sa.String(length=36), nullable=True),
        sa.Column("official_number", sa.String(length=60), nullable=True),
        sa.Column("official_url", sa.String(length=600), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("region_code", sa.String(length=8), nullable=True),
        sa.Column("original_language", sa.String(length=8), nullable=True),
        sa.Column("label", sa.JSON(), nullable=True),
        sa.Column("author_kind", sa.String(length=40), nullable=True),
        sa.Column("author_role", sa.JSON(), nullable=True),
        sa.Column("author_digest", sa.String(length=64), nullable=True),
        sa.Column("author_source_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=True),
        sa.Column("positions_note", sa.JSON(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("threshold_level", sa.String(length=40), nullable=True),
        sa.Column("threshold_edition", sa.String(length=40), nullable=True),
        sa.Column("threshold_population", sa.Integer(), nullable=True),
        sa.Column("threshold_population_on", sa.Date(), nullable=True),
        sa.Column("related", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("changed_in", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("stage_earliest", sa.Date(), nullable=True),
        sa.Column("stage_latest", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("due_key", sa.String(length=40), nullable=True),
        sa.Column("due_earliest", sa.Date(), nullable=True),
        sa.Column("due_latest", sa.Date(), nullable=True),
        sa.Column("sighted_on", sa.Date(), nullable=True),
        sa.Column("known_through", sa.Date(), nullable=True),
        sa.Column("active_on", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("votes_qualifier", sa.String(length=40), nullable=True),
        sa.Column("votes_on", sa.Date(), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("order_activity", sa.Date(), nullable=False),
        sa.Column("order_due", sa.Date(), nullable=False),
        sa.Column("order_votes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "jurisdiction IN ('statutory', 'outside', 'unknown')", name=op.f("ck_petition_jurisdiction_is_known")
        ),
        sa.CheckConstraint(
            "level IN ('gov', 'maslikhat_region', 'akimat_region', 'maslikhat_district', 'akimat_district')",
            name=op.f("ck_petition_level_is_known"),
        ),
        sa.CheckConstraint(
            "outcome IN ('granted', 'partially_granted', 'refused', 'rejected', 'returned', 'unknown')",
            name=op.f("ck_petition_outcome_is_known"),
        ),
        sa.CheckConstraint(
            "stage IN ('pre_moderation', 'initial_support', 'conformity_check', 'collection', 'forwarding', 'registration', 'review', 'decided', 'rejected', 'returned', 'overtaken', 'withdrawn', 'outside', 'unknown')",
            name=op.f("ck_petition_stage_is_known"),
        ),
        sa.CheckConstraint("due_earliest <= due_latest", name=op.f("ck_petition_due_range_is_in_order")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_petition_number_is_positive")),
        sa.CheckConstraint("stage_earliest <= stage_latest", name=op.f("ck_petition_stage_range_is_in_order")),
        sa.ForeignKeyConstraint(
            ["author_digest"], ["personal_value.digest"], name=op.f("fk_petition_author_digest_personal_value")
        ),
        sa.ForeignKeyConstraint(["author_source_id"], ["source.id"], name=op.f("fk_petition_author_source_id_source")),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["audit_entry.sequence"], name=op.f("fk_petition_changed_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_petition_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_petition_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
        sa.UniqueConstraint("number", name=op.f("uq_petition_number")),
        sa.UniqueConstraint("official_uuid", name=op.f("uq_petition_official_uuid")),
        sa.UniqueConstraint("register_id", name=op.f("uq_petition_register_id")),
    )

    with op.batch_alter_table("petition") as batch_op:
        batch_op.create_index("ix_petition_by_activity", ["order_activity", "number"], unique=False)
        batch_op.create_index("ix_petition_by_due", ["order_due", "number"], unique=False)
        batch_op.create_index("ix_petition_by_platform", ["platform"], unique=False)
        batch_op.create_index("ix_petition_by_stage", ["stage", "due_latest"], unique=False)
        batch_op.create_index("ix_petition_by_votes", ["order_votes", "number"], unique=False)
        batch_op.create_index(batch_op.f("ix_petition_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_petition_region_code"), ["region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_petition_year"), ["year"], unique=False)

    op.create_table(
        "addressee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_addressee_body_id_body")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_addressee_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_addressee_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_addressee_retired_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_addressee_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressee")),
    )

    with op.batch_alter_table("addressee") as batch_op:
        batch_op.create_index(batch_op.f("ix_addressee_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_addressee_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(
            "uq_addressee_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "count_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("qualifier", sa.String(length=40), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("comments", sa.Integer(), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.CheckConstraint("earliest <= latest", name=op.f("ck_count_report_range_is_in_order")),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_count_report_votes_are_not_negative")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_count_report_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_count_report_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_count_report_retired_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_count_report_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_report")),
    )

    with op.batch_alter_table("count_report") as batch_op:
        batch_op.create_index(batch_op.f("ix_count_report_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(
            "uq_count_report_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("stated_by", sa.JSON(), nullable=True),
        sa.Column("legal_effect", sa.String(length=40), nullable=False),
        sa.Column("quote", sa.JSON(), nullable=True),
        sa.Column("grounds", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "legal_effect IN ('none_stated', 'act_required', 'act_adopted', 'binding_stated', 'unknown')",
            name=op.f("ck_decision_legal_effect_is_known"),
        ),
        sa.CheckConstraint(
            "outcome IN ('granted', 'partially_granted', 'refused', 'rejected', 'returned', 'unknown')",
            name=op.f("ck_decision_outcome_is_known"),
        ),
        sa.CheckConstraint(
            "status IN ('draft_announced', 'preliminary', 'final')", name=op.f("ck_decision_status_is_known")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_decision_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_decision_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_decision_retired_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_decision_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )

    with op.batch_alter_table("decision") as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(
            "uq_decision_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "demand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("quotes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('granted', 'granted_in_part', 'refused', 'not_addressed', 'not_decided', 'unknown')",
            name=op.f("ck_demand_outcome_is_known"),
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_demand_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_demand_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_demand_retired_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_demand_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand")),
    )

    with op.batch_alter_table("demand") as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(
            "uq_demand_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.JSON(), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('filed', 'moderation_passed', 'initial_support_opened', 'fifty_reached', 'inquiry_sent', 'rejected', 'published', 'media_notified', 'threshold_reached', 'returned', 'message_registered', 'message_answered', 'forwarded', 'forwarding_noticed', 'received', 'registered', 'group_formed', 'group_met', 'site_visited', 'discussion_notified', 'discussion_held', 'draft_announced', 'decided', 'decision_published', 'statement_made', 'author_notified', 'complaint_filed', 'complaint_forwarded', 'complaint_registered', 'complaint_decided', 'court_claim_filed', 'court_ruled', 'follow_up_set', 'follow_up_reported', 'communication_sent', 'statement_quoted', 'allegation_made', 'related_act_adopted', 'overtaken', 'withdrawn', 'sighted', 'vanished', 'reappeared', 'text_changed', 'term_reported')",
            name=op.f("ck_event_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_event_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_event_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["retired_in"], ["audit_entry.sequence"], name=op.f("fk_event_retired_in_audit_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )

    with op.batch_alter_table("event") as batch_op:
        batch_op.create_index("ix_event_by_petition", ["petition_id", "retired_in"], unique=False)
        batch_op.create_index(
            "uq_event_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "group_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("view", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_group_view_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_group_view_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_group_view_retired_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_group_view_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_view")),
    )

    with op.batch_alter_table("group_view") as batch_op:
        batch_op.create_index(batch_op.f("ix_group_view_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(
            "uq_group_view_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.JSON(), nullable=True),
        sa.Column("stance", sa.String(length=40), nullable=False),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "stance IN ('not_stated', 'for', 'against', 'other')", name=op.f("ck_position_stance_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_position_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_position_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_position_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_position_retired_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_position_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )

    with op.batch_alter_table("position") as batch_op:
        batch_op.create_index(batch_op.f("ix_position_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_position_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(
            "uq_position_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "title",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_title_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_title_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["retired_in"], ["audit_entry.sequence"], name=op.f("fk_title_retired_in_audit_entry")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_title_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title")),
    )

    with op.batch_alter_table("title") as batch_op:
        batch_op.create_index(batch_op.f("ix_title_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(
            "uq_title_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "working_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.String(length=120), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("chair", sa.JSON(), nullable=True),
        sa.Column("chair_source_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("retired_in", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.CheckConstraint("total >= 0", name=op.f("ck_working_group_total_is_not_negative")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_working_group_body_id_body")),
        sa.ForeignKeyConstraint(
            ["chair_source_id"], ["source.id"], name=op.f("fk_working_group_chair_source_id_source")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_working_group_petition_id_petition")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_working_group_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["retired_in"], ["audit_entry.sequence"], name=op.f("fk_working_group_retired_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_working_group_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_group")),
    )

    with op.batch_alter_table("working_group") as batch_op:
        batch_op.create_index(batch_op.f("ix_working_group_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(
            "uq_working_group_current",
            ["petition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_in IS NULL"),
            postgresql_where=sa.text("retired_in IS NULL"),
        )

    op.create_table(
        "category_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "category IN ('state_agency', 'mp', 'author', 'author_representative', 'ngo', 'other')",
            name=op.f("ck_category_count_category_is_known"),
        ),
        sa.CheckConstraint("count >= 0", name=op.f("ck_category_count_count_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_category_count_group_id_working_group")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_category_count_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_count")),
    )

    with op.batch_alter_table("category_count") as batch_op:
        batch_op.create_index(batch_op.f("ix_category_count_group_id"), ["group_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("wording", sa.JSON(), nullable=True),
        sa.Column("derived", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=True),
        sa.Column("speaker", sa.JSON(), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.CheckConstraint("earliest <= latest", name=op.f("ck_claim_range_is_in_order")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_claim_event_id_event")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_claim_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )

    with op.batch_alter_table("claim") as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_event_id"), ["event_id"], unique=False)

    op.create_table(
        "decided_demand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("demand_key", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('granted', 'granted_in_part', 'refused', 'not_addressed', 'not_decided', 'unknown')",
            name=op.f("ck_decided_demand_outcome_is_known"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decided_demand_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decided_demand")),
    )

    with op.batch_alter_table("decided_demand") as batch_op:
        batch_op.create_index(batch_op.f("ix_decided_demand_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=120), nullable=True),
        sa.Column("role", sa.JSON(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "category IN ('state_agency', 'mp', 'author', 'author_representative', 'ngo', 'other')",
            name=op.f("ck_seat_category_is_known"),
        ),
        sa.CheckConstraint("organisation_id IS NOT NULL OR role IS NOT NULL", name=op.f("ck_seat_somebody_sits")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_seat_group_id_working_group")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_seat_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_seat_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )

    with op.batch_alter_table("seat") as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_group_id"), ["group_id"], unique=False)


def downgrade() -> None:
    """Drop them, with what they hold."""
    op.drop_table("seat")
    op.drop_table("decided_demand")
    op.drop_table("claim")
    op.drop_table("category_count")
    op.drop_table("working_group")
    op.drop_table("title")
    op.drop_table("position")
    op.drop_table("group_view")
    op.drop_table("event")
    op.drop_table("demand")
    op.drop_table("decision")
    op.drop_table("count_report")
    op.drop_table("addressee")
    op.drop_table("petition")
