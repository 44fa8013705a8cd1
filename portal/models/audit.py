"""The audit chain's tables: entries that never change, the head kept apart, and personal values.

The triggers below refuse the change that a mistaken command would make. Whoever owns the database
can drop them; what such a hand changes is not prevented here, but found by
``portal.services.audit_check.verify``.
"""

from datetime import datetime

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""A sequence number. SQLite keeps nothing but whole numbers in an INTEGER key, and 64 bits of them;
in a BIGINT key it would take a text as well."""


class AuditEntry(Base):
    """One thing that was done to the record, chained by ``hash`` to the entry before it.

    ``by`` is an account's code, or "register", "portal" or "system"; never a person's name.
    ``before`` and ``after`` are kept as text, because exactly these characters were hashed.
    """

    __tablename__ = "audit_entry"

    sequence: Mapped[int] = mapped_column(NUMBER, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (
        CheckConstraint("sequence >= 1", name="sequence_positive"),
        CheckConstraint("length(previous_hash) = 64", name="previous_hash_length"),
        CheckConstraint("length(hash) = 64", name="hash_length"),
        Index(None, "subject", "sequence"),
        Index(None, "at", "sequence"),  # Which entry a day ended with.
    )


class AuditHead(Base):
    """The last entry's number and hash in one row: locked by who appends, witness of the tail."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(NUMBER)
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("sequence >= 0", name="sequence_not_negative"),
        CheckConstraint("length(hash) = 64", name="hash_length"),
    )


class PersonalValue(Base):
    """A personal value that entries mention only by its salted digest, so that it can be erased.

    ``sequence`` is the entry that first mentions it. Of an erased value only the digest is left.
    """

    __tablename__ = "personal_value"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    # Deferred, because the digest must exist before the entry that mentions it can be hashed.
    sequence: Mapped[int] = mapped_column(
        NUMBER, ForeignKey("audit_entry.sequence", deferrable=True, initially="DEFERRED")
    )
    salt: Mapped[str | None] = mapped_column(String(32))
    value: Mapped[str | None] = mapped_column(Text)
    erased_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "(salt IS NOT NULL AND value IS NOT NULL AND erased_at IS NULL)"
            " OR (salt IS NULL AND value IS NULL AND erased_at IS NOT NULL)",
            name="whole_or_erased",
        ),
        CheckConstraint("length(digest) = 64", name="digest_length"),
    )


SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER audit_entry_refuses_update BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only: UPDATE is refused'); END
    """,
    """
    CREATE TRIGGER audit_entry_refuses_delete BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only: DELETE is refused'); END
    """,
    # INSERT OR REPLACE removes the old row without asking the trigger on DELETE.
    """
    CREATE TRIGGER audit_entry_refuses_replace BEFORE INSERT ON audit_entry
    WHEN EXISTS (
        SELECT 1 FROM audit_entry WHERE sequence = NEW.sequence OR hash = NEW.hash
    )
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only: REPLACE is refused'); END
    """,
)
"""What a migration executes on SQLite, and again after a batch change: its copy has no triggers."""

POSTGRESQL_TRIGGERS = (
    """
    CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING
            ERRCODE = 'restrict_violation',
            MESSAGE = 'audit_entry is append-only: ' || TG_OP || ' is refused';
    END
    $$
    """,
    """
    CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()
    """,
)
"""What a migration executes on PostgreSQL."""

POSTGRESQL_TRIGGERS_GONE = ("DROP FUNCTION IF EXISTS audit_entry_refuse()",)
"""What a migration executes on PostgreSQL once the table is dropped; SQLite has nothing left."""


def _attach(table: Table) -> None:
    """Let ``create_all`` and ``drop_all`` treat the triggers as a part of the table."""
    for when, dialect, statements in (
        ("after_create", "sqlite", SQLITE_TRIGGERS),
        ("after_create", "postgresql", POSTGRESQL_TRIGGERS),
        ("after_drop", "postgresql", POSTGRESQL_TRIGGERS_GONE),
    ):
        for statement in statements:
            ddl = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, when, ddl.execute_if(dialect=dialect))


_attach(Base.metadata.tables[AuditEntry.__tablename__])
