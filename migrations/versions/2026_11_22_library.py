"""What petitions refer to: sources, regions, bodies, organisations, norms, the directory, contradictions.

Revision ID: a1d17c4a1002
Revises: a1d17c4a1001
"""

import sqlalchemy as sa
from alembic import op

revision = "a1d17c4a1002"
down_revision = "a1d17c4a1001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contradiction",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("topic", sa.JSON(), nullable=False),
        sa.Column("claims", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("remark", sa.JSON(), nullable=True),
        sa.Column("petitions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_contradiction_recorded_in_audit_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction")),
    )

    op.create_table(
        "region",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("cases", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_region_recorded_in_audit_entry")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("publisher", sa.String(length=300), nullable=False),
        sa.Column("title", sa.JSON(), nullable=True),
        sa.Column("url", sa.String(length=600), nullable=True),
        sa.Column("lang", sa.String(length=8), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("partisan", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('state', 'press', 'ngo', 'campaign', 'international', 'research', 'social', 'archive', 'law', 'unknown')",
            name=op.f("ck_source_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_source_recorded_in_audit_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("key", name=op.f("uq_source_key")),
    )

    op.create_table(
        "body",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("short", sa.JSON(), nullable=True),
        sa.Column("aliases", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("parent", sa.String(length=120), nullable=True),
        sa.Column("cases", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("successor", sa.String(length=120), nullable=True),
        sa.Column("directory", sa.String(length=120), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_body_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_body_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
    )

    op.create_table(
        "directory_entry",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("does", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=True),
        sa.Column("url", sa.String(length=600), nullable=True),
        sa.Column("phones", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("body", sa.String(length=120), nullable=True),
        sa.Column("norms", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("related", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("unconfirmed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_directory_entry_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_directory_entry_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_entry")),
    )

    op.create_table(
        "norm",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=120), nullable=True),
        sa.Column("unit", sa.String(length=60), nullable=True),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("says_by", sa.String(length=40), nullable=False),
        sa.Column("certainty", sa.String(length=1), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("aliases", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("article_not_stated", sa.Boolean(), nullable=False),
        sa.Column("invoked", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["act"], ["norm.id"], name=op.f("fk_norm_act_norm")),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_norm_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_norm_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm")),
    )

    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("aliases", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["audit_entry.sequence"], name=op.f("fk_organisation_recorded_in_audit_entry")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_organisation_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )

    op.create_table(
        "population",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=8), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("value >= 0", name=op.f("ck_population_value_is_not_negative")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_population_region_code_region")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_population_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population")),
        sa.UniqueConstraint("region_code", "on", name=op.f("uq_population_region_code_on")),
    )


def downgrade() -> None:
    """Drop them, with what they hold."""
    op.drop_table("population")
    op.drop_table("organisation")
    op.drop_table("norm")
    op.drop_table("directory_entry")
    op.drop_table("body")
    op.drop_table("source")
    op.drop_table("region")
    op.drop_table("contradiction")
