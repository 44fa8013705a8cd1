"""Columns that several tables share, and the checks that keep codes to their lists."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

KEY = String(120)
"""A slug of ours, or a source's address cut to what an index can hold."""

CODE = String(40)
"""A member of one of the domain's lists, by value."""


def one_of(column: str, codes: type[StrEnum], *, name: str | None = None) -> CheckConstraint:
    """Return the check that a column holds one of the codes, or nothing."""
    listed = ", ".join(f"'{code.value}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=name or f"{column}_is_known")


class FromFiles:
    """A row that a register file brought: its content's digest tells whether a later file changes it."""

    digest: Mapped[str] = mapped_column(String(64))
    recorded_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class Recorded:
    """A row of a petition's record: never changed, only retired by the audit entry that corrects it.

    ``recorded_in`` and ``retired_in`` are sequence numbers of the audit chain; a row without the second is current.
    """

    key: Mapped[str] = mapped_column(KEY)
    ordinal: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(CODE)
    recorded_at: Mapped[datetime]
    recorded_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))
    retired_in: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class Cited:
    """A row that names its source, where in it, and who asserts it."""

    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    also: Mapped[list[str] | None]
    locator: Mapped[str | None] = mapped_column(String(200))
