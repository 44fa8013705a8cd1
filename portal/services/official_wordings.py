"""Wordings of the official portal that named a person: taken out of what we kept of it, and kept out.

Of a field that is hidden its mark alone stays (``domain.official_hidden``). What holds the same words goes with it: the
field in other versions, where that is asked for, and the file of each exchange. Words that were hidden are hidden again
wherever the portal goes on saying them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import db, writing
from portal.domain.official import COMPARED
from portal.domain.official_hidden import HIDEABLE, is_of, mark_of, same
from portal.domain.refusals import ReasonMissing, RowMissing
from portal.models import KeptFile, OfficialVersion, Petition
from portal.services import audit
from portal.services.kept_files import Folder

TABLE = OfficialVersion.__tablename__
"""How the entry names what was hidden; rows of the record have their own tables there."""

Marks = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Twin:
    """Another version that has the very same words in some fields."""

    version: OfficialVersion
    fields: tuple[str, ...]


def versions_of(petition: Petition) -> Sequence[OfficialVersion]:
    """Return every version of a petition that was read, newest first."""
    return _versions(db.session(), petition.id)


def version_of(petition: Petition, version_id: int) -> OfficialVersion | None:
    """Find a version of a petition by its id."""
    found = db.session.get(OfficialVersion, version_id)
    return found if found is not None and found.petition_id == petition.id else None


def words_of(version: OfficialVersion) -> Mapping[str, Any]:
    """Return what a version has in the fields in which people may stand, so far as it is not hidden."""
    return {name: version.values[name] for name in HIDEABLE if version.values.get(name)}


def twins_of(version: OfficialVersion, versions: Iterable[OfficialVersion]) -> list[Twin]:
    """Return which of some versions have the very same words as one of them, and in which fields."""
    words = words_of(version)
    found = []
    for each in versions:
        fields = tuple(name for name, value in words.items() if each.values.get(name) == value)
        if each.id != version.id and fields:
            found.append(Twin(each, fields))
    return found


def _versions(session: Session, petition_id: int) -> Sequence[OfficialVersion]:
    rows = select(OfficialVersion).where(OfficialVersion.petition_id == petition_id)
    return session.scalars(rows.order_by(OfficialVersion.id.desc())).all()


# Hiding
# ------------------------------------------------------------------------------------------------------------------


def hide(
    petition: Petition,
    version_id: int,
    fields: Sequence[str],
    *,
    everywhere: bool,
    folder: Folder,
    by: str,
    reason: str,
) -> int:
    """Take fields out of a version for good, in one transaction; return the number of the entry.

    ``everywhere`` takes them out of each version of the petition that has the very same words in that field. The kept
    exchange of each version goes too, because it holds them: its row, and its file before the transaction ends, so
    that nothing is ever said to be gone that is there. The entry names versions, fields and files, and no words.

    Raises ``ReasonMissing``, and ``RowMissing`` for a version that is not the petition's or has nothing in a field.
    """
    if not reason:
        raise ReasonMissing
    with writing() as session:
        kept = session.get_one(Petition, petition.id, with_for_update=True)
        versions = _versions(session, kept.id)
        taken = _taken(versions, version_id, fields, everywhere=everywhere)
        files = sorted({version.evidence for version in taken if version.evidence})
        said = [{"version": version.id, "fields": list(names)} for version, names in taken.items()]
        after = {"table": TABLE, "versions": said, "files": files}
        entry = audit.append("wording.hidden", f"petition/{kept.number}", by=by, after=after, reason=reason)
        _empty(taken, _marks(versions), entry.sequence)
        _forget(session, files)
        for digest in files:
            folder.remove(digest)
    return entry.sequence


def _taken(
    versions: Sequence[OfficialVersion], version_id: int, fields: Sequence[str], *, everywhere: bool
) -> dict[OfficialVersion, tuple[str, ...]]:
    """Return the versions from which something is taken, and the fields of each; the one that was chosen first."""
    chosen = next((each for each in versions if each.id == version_id), None)
    wanted = tuple(name for name in HIDEABLE if name in fields)
    if chosen is None or not wanted or not set(fields) <= set(words_of(chosen)):
        raise RowMissing(TABLE, str(version_id))
    taken = {chosen: wanted}
    for twin in twins_of(chosen, versions) if everywhere else ():
        names = tuple(name for name in wanted if name in twin.fields)
        if names:
            taken[twin.version] = names
    return taken


def _empty(taken: Mapping[OfficialVersion, Sequence[str]], known: Marks, sequence: int) -> None:
    """Leave the mark of each field in its place. The same words have the same digest in every version."""
    made = {name: [*marks] for name, marks in known.items()}
    for version, names in taken.items():
        hidden = {}
        for name in names:
            value = version.values[name]
            alike = next((mark for mark in made.get(name, ()) if is_of(mark, value)), None)
            hidden[name] = {**alike, "entry": sequence} if alike else mark_of(value, sequence)
            made.setdefault(name, []).append(hidden[name])
        version.values = {**version.values, **dict.fromkeys(names)}
        version.hidden = {**(version.hidden or {}), **hidden}


def _forget(session: Session, files: Sequence[str]) -> None:
    """Remove the rows of kept exchanges, and what speaks of them."""
    for version in session.scalars(select(OfficialVersion).where(OfficialVersion.evidence.in_(files))):
        version.evidence = None
    session.flush()
    for kept in session.scalars(select(KeptFile).where(KeptFile.sha256.in_(files))):
        session.delete(kept)
    session.flush()


# What is read after something was hidden
# ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says beside a version that was kept: its fields, and the marks of those that are hidden."""

    values: Mapping[str, Any]
    hidden: Mapping[str, Any]

    def differing(self, before: OfficialVersion) -> list[str]:
        """Return the fields that differ from a version; one that is hidden differs where its words do."""
        was = before.hidden or {}
        return [
            name
            for name in COMPARED
            if before.values.get(name) != self.values.get(name) or not same(was.get(name), self.hidden.get(name))
        ]


def said_of(session: Session, before: OfficialVersion, values: Mapping[str, Any], *, stated: frozenset[str]) -> Said:
    """Return what an answer says: fields that it leaves out as they were, and no words that were hidden before.

    What is not said is not changed; ``stated`` are the fields of which the answer says that they have nothing.
    """
    known = _marks(_hidden_versions(session, before.petition_id))
    found: dict[str, Any] = dict.fromkeys(COMPARED)
    hidden: dict[str, Any] = {}
    for name in COMPARED:
        given = values.get(name)
        is_left_out = given is None and name not in stated
        mark = (before.hidden or {}).get(name) if is_left_out else _mark_in(known.get(name, ()), given)
        if mark is not None:
            hidden[name] = mark
        else:
            found[name] = before.values.get(name) if is_left_out else given
    return Said(found, hidden)


def _mark_in(marks: Sequence[Mapping[str, Any]], value: Any) -> Mapping[str, Any] | None:
    return next((mark for mark in marks if is_of(mark, value)), None)


def _hidden_versions(session: Session, petition_id: int) -> Sequence[OfficialVersion]:
    rows = select(OfficialVersion).where(OfficialVersion.petition_id == petition_id)
    return session.scalars(rows.where(OfficialVersion.hidden.is_not(None)).order_by(OfficialVersion.id.desc())).all()


def _marks(versions: Iterable[OfficialVersion]) -> Marks:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for version in versions:
        for name, mark in (version.hidden or {}).items():
            found.setdefault(name, []).append(mark)
    return found
