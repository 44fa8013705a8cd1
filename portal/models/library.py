"""The library: norms, the directory of institutions and remedies, and contradictions between sources."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.domain.texts import Text
from portal.models.columns import CODE, KEY, Cited, FromFiles
from portal.models.source import Source


class Norm(FromFiles, Cited, Base):
    """An act or a unit of one: what it provides in our words, how sure we are, and who relies on it.

    ``says_by`` is ``law`` where the text of the law was read, ``source`` where only a citation of it was.
    """

    __tablename__ = "norm"

    id: Mapped[str] = mapped_column(KEY, primary_key=True)
    kind: Mapped[str] = mapped_column(CODE)
    act: Mapped[str | None] = mapped_column(ForeignKey("norm.id"))
    unit: Mapped[str | None] = mapped_column(String(60))
    names: Mapped[Text]
    says: Mapped[Text]
    says_by: Mapped[str] = mapped_column(CODE)
    certainty: Mapped[str] = mapped_column(String(1))
    adopted_on: Mapped[date | None]
    in_force_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    aliases: Mapped[list[str] | None]
    article_not_stated: Mapped[bool] = mapped_column(default=False)
    invoked: Mapped[list[dict[str, Any]] | None]
    note: Mapped[Text | None]
    ordinal: Mapped[int] = mapped_column(default=0)

    source: Mapped[Source | None] = relationship(lazy="joined")


class DirectoryEntry(FromFiles, Cited, Base):
    """An institution, a channel or a remedy: what it does, how to reach it, and when somebody of ours checked it."""

    __tablename__ = "directory_entry"

    id: Mapped[str] = mapped_column(KEY, primary_key=True)
    section: Mapped[str] = mapped_column(CODE)
    names: Mapped[Text]
    aliases: Mapped[list[str] | None]
    does: Mapped[Text]
    about: Mapped[Text | None]
    url: Mapped[str | None] = mapped_column(String(600))
    phones: Mapped[list[str] | None]
    body: Mapped[str | None] = mapped_column(KEY)
    norms: Mapped[list[str] | None]
    related: Mapped[list[str] | None]
    unconfirmed: Mapped[list[str] | None]
    checked_on: Mapped[date | None]
    ordinal: Mapped[int] = mapped_column(default=0)

    source: Mapped[Source | None] = relationship(lazy="joined")


class Contradiction(FromFiles, Base):
    """Claims that do not fit together, side by side, without a verdict."""

    __tablename__ = "contradiction"

    id: Mapped[str] = mapped_column(KEY, primary_key=True)
    topic: Mapped[Text]
    claims: Mapped[list[dict[str, Any]]]
    state: Mapped[str] = mapped_column(CODE)
    remark: Mapped[Text | None]
    petitions: Mapped[list[str] | None]
    ordinal: Mapped[int] = mapped_column(default=0)
