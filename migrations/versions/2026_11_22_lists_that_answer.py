"""Terms as dates, and the derived columns by which lists answer questions.

What is derived is not made here: ``flask register rebuild`` makes it, as after any change of how it is derived.

Revision ID: a1d17c4a1004
Revises: a1d17c4a1003
"""

import sqlalchemy as sa
from alembic import op

revision = "a1d17c4a1004"
down_revision = "a1d17c4a1003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and make the table of terms."""
    # One by one and not in a batch: SQLite would make the table anew, which the rows that point at it forbid.
    op.add_column("petition", sa.Column("threshold_percent", sa.Integer(), nullable=True))
    op.add_column("petition", sa.Column("ground", sa.String(length=40), nullable=True))
    op.add_column("petition", sa.Column("undertakings_open", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("petition", sa.Column("is_vanished", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("petition", sa.Column("vanished_on", sa.Date(), nullable=True))
    op.create_index("ix_petition_by_stage_and_activity", "petition", ["stage", "order_activity", "number"])
    op.create_index("ix_petition_by_threshold_percent", "petition", ["stage", "threshold_percent"])
    op.create_index(op.f("ix_petition_undertakings_open"), "petition", ["undertakings_open"])
    op.create_index(op.f("ix_petition_is_vanished"), "petition", ["is_vanished"])
    op.create_index("ix_event_by_kind", "event", ["kind", "retired_in"])

    op.create_table(
        "petition_term",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("start_earliest", sa.Date(), nullable=True),
        sa.Column("start_latest", sa.Date(), nullable=True),
        sa.Column("due_earliest", sa.Date(), nullable=True),
        sa.Column("due_latest", sa.Date(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("met_earliest", sa.Date(), nullable=True),
        sa.Column("met_latest", sa.Date(), nullable=True),
        sa.Column("seen_undone_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('duty', 'window', 'step')", name=op.f("ck_petition_term_kind_is_known")),
        sa.CheckConstraint("due_earliest <= due_latest", name=op.f("ck_petition_term_due_range_is_in_order")),
        sa.CheckConstraint("seen_undone_on > due_latest", name=op.f("ck_petition_term_seen_undone_after_its_last_day")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_petition_term_petition_id_petition")),
        sa.PrimaryKeyConstraint("petition_id", "key", name=op.f("pk_petition_term")),
    )
    op.create_index("ix_petition_term_by_due", "petition_term", ["is_met", "due_latest"])
    op.create_index("ix_petition_term_by_first_due", "petition_term", ["is_met", "due_earliest"])
    op.create_index(op.f("ix_petition_term_seen_undone_on"), "petition_term", ["seen_undone_on"])


def downgrade() -> None:
    """Drop what was added; it can all be derived again."""
    op.drop_table("petition_term")
    op.drop_index("ix_event_by_kind", table_name="event")
    for index in (
        "ix_petition_is_vanished",
        "ix_petition_undertakings_open",
        "ix_petition_by_threshold_percent",
        "ix_petition_by_stage_and_activity",
    ):
        op.drop_index(index, table_name="petition")
    for column in ("vanished_on", "is_vanished", "undertakings_open", "ground", "threshold_percent"):
        op.execute(f"ALTER TABLE petition DROP COLUMN {column}")
