"""A petition's own columns, and the versions of them that are kept: what a row cannot hold, because it is no row."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Petition
from portal.models.petition import PetitionVersion
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
