"""Events and the dated claims that sources make of them."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.domain.events import EventKind
from portal.domain.texts import Text
from portal.models.columns import CODE, Cited, Recorded, one_of
from portal.models.petition import current_once, retired


class Event(Recorded, Base):
    """Something that happened to a petition. ``details`` holds the fields of its kind (``docs/register.md``)."""

    __tablename__ = "event"
    __table_args__ = (
        current_once("event"),
        retired("event"),
        one_of("kind", EventKind),
        Index("ix_event_by_petition", "petition_id", "retired_in"),
        Index("ix_event_by_kind", "kind", "retired_in"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    kind: Mapped[str] = mapped_column(CODE)
    text: Mapped[Text | None]
    note: Mapped[Text | None]
    details: Mapped[dict[str, Any] | None]

    claims: Mapped[list["Claim"]] = relationship(order_by="Claim.ordinal", lazy="selectin")


class Claim(Cited, Base):
    """When one source says that the event happened. A claim without a day is one all the same."""

    __tablename__ = "claim"
    __table_args__ = (CheckConstraint("earliest <= latest", name="range_is_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    wording: Mapped[Text | None]
    derived: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[bool] = mapped_column(default=False)
    value: Mapped[str | None] = mapped_column(String(120))
    speaker: Mapped[Text | None]
    note: Mapped[Text | None]
