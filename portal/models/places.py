"""Regions with their population, bodies of the State, and organisations."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.domain.texts import Text
from portal.models.columns import CODE, KEY, Cited, FromFiles
from portal.models.source import Source


class Region(FromFiles, Base):
    """One of the twenty regions; ``cases`` are the Kazakh case forms of its name."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    names: Mapped[Text]
    cases: Mapped[dict[str, Any] | None]

    population: Mapped[list["Population"]] = relationship(
        order_by="Population.on.desc()", cascade="all, delete-orphan", lazy="selectin"
    )


class Population(Base):
    """How many people lived in a region on a day, by one source."""

    __tablename__ = "population"
    __table_args__ = (
        UniqueConstraint("region_code", "on"),
        CheckConstraint("value >= 0", name="value_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    on: Mapped[date]
    value: Mapped[int]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))

    source: Mapped[Source | None] = relationship(lazy="joined")


class Body(FromFiles, Cited, Base):
    """A State or public body; one that ended keeps its page and names its successor."""

    __tablename__ = "body"

    id: Mapped[str] = mapped_column(KEY, primary_key=True)
    names: Mapped[Text]
    short: Mapped[Text | None]
    aliases: Mapped[list[str] | None]
    level: Mapped[str] = mapped_column(CODE)
    parent: Mapped[str | None] = mapped_column(KEY)
    cases: Mapped[dict[str, Any] | None]
    until: Mapped[date | None]
    successor: Mapped[str | None] = mapped_column(KEY)
    directory: Mapped[str | None] = mapped_column(KEY)
    note: Mapped[Text | None]


class Organisation(FromFiles, Cited, Base):
    """An organisation that sources name in a public role."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(KEY, primary_key=True)
    names: Mapped[Text]
    form: Mapped[Text | None]
    kind: Mapped[str] = mapped_column(CODE)
    aliases: Mapped[list[str] | None]
    note: Mapped[Text | None]
