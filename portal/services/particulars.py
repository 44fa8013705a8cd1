"""A petition's own columns, and the versions of them that are kept: what a row cannot hold, because it is no row."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Date, select
from sqlalchemy.orm import Session

from portal.db import TextType
from portal.domain.texts import Text
from portal.models import Petition, PetitionVersion
from portal.services import audit

PARTICULARS = (
    "jurisdiction",
    "platform",
    "platform_confirmed",
    "official_uuid",
    "official_number",
    "official_url",
    "level",
    "region_code",
    "original_language",
    "author_kind",
    "author_digest",
    "author_source_id",
    "threshold",
    "threshold_level",
    "threshold_edition",
    "threshold_population",
    "label",
    "author_role",
    "notes",
    "summary",
    "positions_note",
    "related",
    "threshold_population_on",
)
"""The columns of a petition that are neither derived nor bookkeeping. The migration of versions names the same."""

DESK = "desk"
"""The origin of what was recorded at the desk; a register file never overwrites it."""


def values_of(petition: Petition) -> dict[str, Any]:
    """Return what a petition's own columns say, as the plain data that a version keeps."""
    values: dict[str, Any] = json.loads(audit.canonical({name: getattr(petition, name) for name in PARTICULARS}))
    return values


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a version as the columns take them."""
    return {name: _typed(name, values.get(name)) for name in PARTICULARS}


def typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return some of the values of a version, by name, as their columns take them."""
    return {name: _typed(name, value) for name, value in values.items()}


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = Petition.__mapper__.columns[name].type
    if isinstance(kind, TextType):
        return Text.from_json(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def keep(session: Session, petition: Petition, sequence: int, origin: str) -> bool:
    """Keep what the columns say from an entry of the chain on, within the caller's transaction.

    The version until then is retired. Return whether anything differed; where nothing does, nothing is written.
    """
    session.flush()  # A new petition has no id yet.
    values = values_of(petition)
    current = current_version(session, petition)
    if current is not None and current.values == values:
        return False
    if current is not None:
        current.retired_in = sequence
        session.flush()  # The database holds that one is current.
    session.add(PetitionVersion(petition_id=petition.id, origin=origin, values=values, recorded_in=sequence))
    session.flush()
    return True


def current_version(session: Session, petition: Petition) -> PetitionVersion | None:
    """Return the version that stands; a petition that is being added has none yet."""
    if petition.id is None:
        return None
    return session.scalar(
        select(PetitionVersion).where(PetitionVersion.petition_id == petition.id, PetitionVersion.retired_in.is_(None))
    )


def is_held_by_desk(session: Session, petition: Petition) -> bool:
    """Tell whether somebody at the desk recorded the columns last."""
    current = current_version(session, petition)
    return current is not None and current.origin == DESK


def version_at(session: Session, petition_id: int, sequence: int) -> tuple[PetitionVersion | None, bool]:
    """Return what the columns said after an entry, and whether it was kept at the time.

    Versions were not kept from the first day of every database: where none reaches back, the oldest one stands in.
    """
    rows = select(PetitionVersion).where(PetitionVersion.petition_id == petition_id)
    oldest_first = session.scalars(rows.order_by(PetitionVersion.recorded_in)).all()
    known = [each for each in oldest_first if each.recorded_in <= sequence]
    if known:
        return known[-1], True
    return next(iter(oldest_first), None), False
