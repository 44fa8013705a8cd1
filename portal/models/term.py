"""The terms of a petition as dates: derived from its record, so that lists and bodies' pages need not replay it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.domain.statute import StepKind
from portal.models.columns import CODE, one_of


class PetitionTerm(Base):
    """One step that the law gives a last day: from when it ran, until when, and when it was met if it was.

    Like the derived columns of a petition it holds dates and never lateness, and can be thrown away and made again.
    A term that is met without a known day has ``is_met`` and no dates. ``seen_undone_on`` is the day on which somebody
    last saw the step undone after its last day. Steps that leave no public trace are not here.
    """

    __tablename__ = "petition_term"
    __table_args__ = (
        one_of("kind", StepKind),
        CheckConstraint("due_earliest <= due_latest", name="due_range_is_in_order"),
        CheckConstraint("seen_undone_on > due_latest", name="seen_undone_after_its_last_day"),
        Index("ix_petition_term_by_due", "is_met", "due_latest"),
        Index("ix_petition_term_by_first_due", "is_met", "due_earliest"),
    )

    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), primary_key=True)
    key: Mapped[str] = mapped_column(CODE, primary_key=True)
    kind: Mapped[str] = mapped_column(CODE)
    actor: Mapped[str] = mapped_column(CODE)
    start_earliest: Mapped[date | None]
    start_latest: Mapped[date | None]
    due_earliest: Mapped[date | None]
    due_latest: Mapped[date]
    is_met: Mapped[bool]
    met_earliest: Mapped[date | None]
    met_latest: Mapped[date | None]
    seen_undone_on: Mapped[date | None] = mapped_column(index=True)
