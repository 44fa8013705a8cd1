"""Where a fact comes from."""

from datetime import date
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.domain.texts import Text
from portal.models.columns import CODE, FromFiles, one_of


class SourceKind(StrEnum):
    """What kind of publisher a source has."""

    STATE = "state"
    PRESS = "press"
    NGO = "ngo"
    CAMPAIGN = "campaign"
    INTERNATIONAL = "international"
    RESEARCH = "research"
    SOCIAL = "social"
    ARCHIVE = "archive"
    LAW = "law"
    UNKNOWN = "unknown"


class Source(FromFiles, Base):
    """A document or page that facts cite. ``partisan`` says that its publisher is a side in the matter."""

    __tablename__ = "source"
    __table_args__ = (one_of("kind", SourceKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(600), unique=True)
    publisher: Mapped[str] = mapped_column(String(300))
    title: Mapped[Text | None]
    url: Mapped[str | None] = mapped_column(String(600))
    lang: Mapped[str | None] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(CODE)
    published_on: Mapped[date | None]
    partisan: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[Text | None]
