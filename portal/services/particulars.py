"""A petition's own columns, and the versions of them that are kept: what a row cannot hold, because it is no row."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Date, or_, select
from sqlalchemy.orm import Session

from portal.db import TextType, db
from portal.domain.refusals import AlreadyRecorded
from portal.domain.texts import Text
from portal.models import Petition, PetitionVersion, Source
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
"""The columns of a petition that are neither derived nor bookkeeping. The migration of versions names them
for itself, as they were then."""

DESK = "desk"
"""The origin of what was recorded at the desk; a register file never overwrites it."""


AUTHOR_NAME, AUTHOR_SOURCE = "author_name", "author_source"
"""What the desk says beside the columns: a name, which the chain gets as a salted digest, and a source by its key."""

OFFICIAL = ("official_uuid", "official_number", "official_url")
"""By which of its columns a petition of the official portal is recognised."""


def said_of(session: Session, petition: Petition) -> dict[str, Any]:
    """Return what the columns say as the desk says it: the author by name, their source by its key."""
    said = {name: getattr(petition, name) for name in PARTICULARS}
    del said["author_digest"], said["author_source_id"]
    source = session.get(Source, petition.author_source_id) if petition.author_source_id else None
    named = audit.revealed(petition.author_digest) if petition.author_digest else None
    return {**said, AUTHOR_NAME: named, AUTHOR_SOURCE: source.key if source else None}


def said(petition: Petition) -> dict[str, Any]:
    """Return what the columns say as the desk says it."""
    return said_of(db.session(), petition)


def changed(petition: Petition, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the given values that the record does not say already."""
    return differing(db.session(), petition, given)


def twin_of(given: Mapping[str, Any]) -> Petition | None:
    """Return the petition that the record has under the same number, id or address of the official portal."""
    return recorded_already(db.session(), given)


def differing(session: Session, petition: Petition, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the given values that the record does not say already."""
    said = said_of(session, petition)
    return {name: value for name, value in given.items() if said[name] != value}


def typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Read back values that JSON kept: a text is a text again."""
    return {name: _typed(name, value) if name in PARTICULARS else value for name, value in given.items()}


def concealed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the public chain may hold them: a name is kept beside it and stands there as a digest."""
    name = given.get(AUTHOR_NAME)
    return {**given, AUTHOR_NAME: {"personal": audit.conceal(name)}} if name else dict(given)


def write(petition: Petition, settled: Mapping[str, Any], source_id: int | None) -> None:
    """Set the columns from values as the chain holds them; ``source_id`` is the row of the author's source."""
    for name, value in settled.items():
        if name == AUTHOR_NAME:
            petition.author_digest = value["personal"] if value else None
        elif name == AUTHOR_SOURCE:
            petition.author_source_id = source_id
        else:
            setattr(petition, name, value)


def recorded_already(session: Session, given: Mapping[str, Any]) -> Petition | None:
    """Return the petition that the record has under the same number, id or address of the official portal."""
    same = [getattr(Petition, name) == given[name] for name in OFFICIAL if given.get(name)]
    return session.scalars(select(Petition).where(or_(*same)).order_by(Petition.number)).first() if same else None


def require_unrecorded(session: Session, given: Mapping[str, Any], petition: Petition | None) -> None:
    """Raise ``AlreadyRecorded`` where another petition bears what would be given to this one."""
    found = recorded_already(session, given)
    if found is not None and (petition is None or found.id != petition.id):
        raise AlreadyRecorded(found.number)


def values_of(petition: Petition) -> dict[str, Any]:
    """Return what a petition's own columns say, as the plain data that a version keeps."""
    values: dict[str, Any] = json.loads(audit.canonical({name: getattr(petition, name) for name in PARTICULARS}))
    return values


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a version as the columns take them."""
    return {name: _typed(name, values.get(name)) for name in PARTICULARS}


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
