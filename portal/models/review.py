"""What happens while a petition is considered: the group, positions, views and decisions."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.domain.groups import Category
from portal.domain.stages import DecisionStatus, DemandOutcome, LegalEffect, Outcome, Stance
from portal.domain.texts import Text
from portal.models.columns import CODE, KEY, Cited, Recorded, one_of
from portal.models.petition import current_once, retired
from portal.models.places import Organisation


class WorkingGroup(Recorded, Cited, Base):
    """A working group: its total apart from its categories, and both apart from named seats."""

    __tablename__ = "working_group"
    __table_args__ = (
        current_once("working_group"),
        retired("working_group"),
        CheckConstraint("total >= 0", name="total_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    body_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    total: Mapped[int | None]
    chair: Mapped[Text | None]
    chair_source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    fields: Mapped[list[dict[str, Any]] | None]
    note: Mapped[Text | None]

    categories: Mapped[list["CategoryCount"]] = relationship(order_by="CategoryCount.ordinal", lazy="selectin")
    seats: Mapped[list["Seat"]] = relationship(order_by="Seat.ordinal", lazy="selectin")


class CategoryCount(Cited, Base):
    """How many of a group come from one category; nothing where the sources name it without a number."""

    __tablename__ = "category_count"
    __table_args__ = (
        one_of("category", Category),
        CheckConstraint("count >= 0", name="count_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    category: Mapped[str] = mapped_column(CODE)
    names: Mapped[Text]
    count: Mapped[int | None]
    note: Mapped[Text | None]


class Seat(Cited, Base):
    """A named seat in a group: an organisation, or a public role. Never inferred from anything else."""

    __tablename__ = "seat"
    __table_args__ = (
        one_of("category", Category),
        CheckConstraint("organisation_id IS NOT NULL OR role IS NOT NULL", name="somebody_sits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Text | None]
    category: Mapped[str] = mapped_column(CODE)

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class Position(Recorded, Cited, Base):
    """That an organisation's position was received, through which channel, and what it was if it said so."""

    __tablename__ = "position"
    __table_args__ = (current_once("position"), retired("position"), one_of("stance", Stance))

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    channel: Mapped[Text | None]
    stance: Mapped[str] = mapped_column(CODE, default=Stance.NOT_STATED)
    note: Mapped[Text | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")


class GroupView(Recorded, Cited, Base):
    """A view that a source describes of a group of people, not of an organisation."""

    __tablename__ = "group_view"
    __table_args__ = (
        current_once("group_view"),
        retired("group_view"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    names: Mapped[Text]
    view: Mapped[Text]


class Decision(Recorded, Cited, Base):
    """A decision as somebody stated it: what it was called, its outcome, its effect in the body's own words."""

    __tablename__ = "decision"
    __table_args__ = (
        current_once("decision"),
        retired("decision"),
        one_of("status", DecisionStatus),
        one_of("outcome", Outcome),
        one_of("legal_effect", LegalEffect),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    status: Mapped[str | None] = mapped_column(CODE)
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(CODE)
    stated_by: Mapped[Text | None]
    legal_effect: Mapped[str] = mapped_column(CODE, default=LegalEffect.UNKNOWN)
    quote: Mapped[Text | None]
    grounds: Mapped[list[str] | None]
    note: Mapped[Text | None]

    demands: Mapped[list["DecidedDemand"]] = relationship(order_by="DecidedDemand.ordinal", lazy="selectin")


class DecidedDemand(Base):
    """What a decision says of one demand, "not addressed" included."""

    __tablename__ = "decided_demand"
    __table_args__ = (one_of("outcome", DemandOutcome),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    demand_key: Mapped[str] = mapped_column(KEY)
    outcome: Mapped[str] = mapped_column(CODE)
