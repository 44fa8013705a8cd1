"""Petitions of the official portal in our record: begun or recognised when first read, followed where they change."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db
from portal.domain.official import PLATFORM, Reading, language_of, page_of, region_of
from portal.domain.stages import Jurisdiction
from portal.domain.texts import Mark, Text
from portal.domain.typed import clean_line
from portal.models import Addressee, Body, Petition, Region, Source, Title
from portal.models.source import SourceKind
from portal.services import recording, register
from portal.services.lifecycle import searchable
from portal.services.particulars import recorded_already
from portal.services.recording import Draft
from portal.services.register_format import BodyIn, SourceIn
from portal.services.register_rows import Citation, Row
from portal.services.stamping import level_by_votes

BY = "portal"
"""Who the poll's entries are by: a program of ours, and no account."""

READ = "epetition.kz порталынан оқылды. / Прочитано на портале epetition.kz. / Read on the portal epetition.kz."
"""The reason of what follows the official portal."""

TITLE, ADDRESSEE = "official", "official"
"""The keys of the rows that say what the official portal says; what people recorded stands under others."""

LONGEST_TITLE = 600
SLUG = re.compile(r"[^A-Za-z0-9]+")


def by_uuid(session: Session, uuid: str) -> Petition | None:
    """Find a petition by its id on the official portal, locked for whoever keeps what was read of it."""
    return session.scalars(select(Petition).where(Petition.official_uuid == uuid).with_for_update()).first()


def known() -> Mapping[str, int]:
    """Return every petition of the official portal that the record has: our ids by the portal's."""
    rows = db.session.execute(select(Petition.official_uuid, Petition.id).where(Petition.official_uuid.is_not(None)))
    return {str(uuid): petition for uuid, petition in rows}


def source_of(session: Session, uuid: str) -> str:
    """Return the key of the source that a petition's page on the portal is; it is recorded when first cited."""
    address = page_of(uuid)
    if session.scalar(select(Source.id).where(Source.key == address)) is None:
        record = SourceIn(id=address, publisher=PLATFORM, url=address, kind=SourceKind.STATE)
        register.put_within(session, "sources", record, by=BY, reason=None)
    return address


def begin(session: Session, reading: Reading) -> tuple[Petition, bool]:
    """Begin the record of a petition that was read for the first time, or recognise it; return whether it was known.

    It is recognised by its number or address on the portal, or where exactly one petition of the portal without an id
    bears its title, letter case and ё apart.
    """
    values = reading.values or {}
    twin = _twin(session, reading.uuid, values)
    source = source_of(session, reading.uuid)
    if twin is not None:
        own = {"official_uuid": reading.uuid, "official_url": page_of(reading.uuid)}
        draft = Draft(twin.number, None, "petition.recognised", (), (), own, READ)
        recording.record_within(session, draft, by=BY)
        return twin, True
    saved = recording.found_within(session, _own(session, reading.uuid, values), _rows(session, values, source), by=BY)
    return session.scalars(select(Petition).where(Petition.number == saved.petition)).one(), False


def _twin(session: Session, uuid: str, values: Mapping[str, Any]) -> Petition | None:
    number = values.get("reg_number")
    found = recorded_already(session, {"official_number": number, "official_url": page_of(uuid)})
    if found is not None:
        return found if found.official_uuid is None else None
    title = _titled(values)
    if not title:
        return None
    rows = (
        select(Petition, Title.text)
        .join(Title, Title.petition_id == Petition.id)
        .where(Petition.official_uuid.is_(None), Petition.platform == PLATFORM, Title.retired_in.is_(None))
    )
    same = {petition.id: petition for petition, text in session.execute(rows) if searchable(text) == searchable(title)}
    return next(iter(same.values())) if len(same) == 1 else None


def _own(session: Session, uuid: str, values: Mapping[str, Any]) -> dict[str, Any]:
    required = values.get("required")
    region = region_of(values)
    number = values.get("reg_number")
    taken = number and session.scalar(select(Petition.id).where(Petition.official_number == number))
    title = _titled(values)
    return {
        "register_id": f"official-{uuid}",
        "jurisdiction": Jurisdiction.STATUTORY,
        "platform": PLATFORM,
        "platform_confirmed": True,
        "official_uuid": uuid,
        "official_number": None if taken else number,
        "official_url": page_of(uuid),
        "level": level_by_votes(required),
        "region_code": region if region and session.get(Region, region) else None,
        "original_language": language_of(title, values.get("lang")) if title else None,
        "threshold": required,
    }


def _rows(session: Session, values: Mapping[str, Any], source: str) -> list[Row]:
    rows = [_title(values, source), _addressee(session, values, source)]
    return [row for row in rows if row is not None]


def _title(values: Mapping[str, Any], source: str) -> Row | None:
    title = _titled(values)
    if not title:
        return None
    said = {
        "lang": language_of(title, values.get("lang")),
        "text": title,
        "role": str(Mark.OFFICIAL),
        "is_main": True,
        "note": None,
    }
    return Row("title", TITLE, said, Citation(source))


def _titled(values: Mapping[str, Any]) -> str:
    """Return the title as the record has it: without what misleads the eye, which the version of the portal keeps."""
    return clean_line(values.get("title") or "")[:LONGEST_TITLE]


def _addressee(session: Session, values: Mapping[str, Any], source: str) -> Row | None:
    body = _body(session, values.get("organization") or {}, source)
    if body is None:
        return None
    return Row("addressee", ADDRESSEE, {"body_id": body, "role": "addressee", "note": None}, Citation(source))


def _names(organization: Mapping[str, Any]) -> dict[str, str]:
    said = {lang: organization.get(name) for lang, name in (("kk", "nameKk"), ("ru", "nameRu"))}
    return {lang: clean_line(name) for lang, name in said.items() if isinstance(name, str) and clean_line(name)}


def _known_body(session: Session, organization: Mapping[str, Any]) -> str | None:
    """Return the body of the record that has a name of an organisation of the portal."""
    wanted = {searchable(name) for name in _names(organization).values()}
    for body, text, aliases in session.execute(select(Body.id, Body.names, Body.aliases)) if wanted else ():
        if wanted & {searchable(name) for name in (*text.by_language.values(), *(aliases or ()))}:
            return str(body)
    return None


def _body(session: Session, organization: Mapping[str, Any], source: str) -> str | None:
    """Return the body that an organisation of the portal is: one of the same name, or a new one with what it says."""
    given = _names(organization)
    known = _known_body(session, organization)
    if known is not None or not given:
        return known
    key = SLUG.sub("-", str(organization.get("id") or "")).strip("-")[:80]
    first = min(searchable(name) for name in given.values())
    made = f"official-{key or first.encode().hex()[:40]}"
    if session.get(Body, made) is None:
        text = Text(given, dict.fromkeys(given, Mark.OFFICIAL), None)
        register.put_within(session, "bodies", BodyIn(id=made, names=text, source=source), by=BY, reason=None)
    return made


def following(
    session: Session,
    petition: Petition,
    before: Mapping[str, Any],
    values: Mapping[str, Any],
    changed: Sequence[str],
) -> tuple[list[Row], dict[str, Any]]:
    """Return the rows and columns that follow a change, where the record says what the portal said before.

    What people recorded otherwise is left to them.
    """
    rows: list[Row] = []
    own: dict[str, Any] = {}
    source = source_of(session, petition.official_uuid or "")
    title = _standing(session, Title, petition, TITLE) if "title" in changed else None
    if title is not None and title.text == _titled(before):
        row = _title(values, source)
        rows += [row] if row is not None and row.values["text"] != title.text else []
    addressee = _standing(session, Addressee, petition, ADDRESSEE) if "organization" in changed else None
    if addressee is not None and addressee.body_id == _known_body(session, before.get("organization") or {}):
        row = _addressee(session, values, source)
        rows += [row] if row is not None and row.values["body_id"] != addressee.body_id else []
    if "required" in changed and petition.threshold == before.get("required") and values.get("required"):
        own["threshold"] = values["required"]
    return rows, own


def _standing(session: Session, table: Any, petition: Petition, key: str) -> Any:
    """Return the row of the poll's own that stands; None where people took it out."""
    rows = select(table).where(table.petition_id == petition.id, table.key == key, table.retired_in.is_(None))
    return session.scalars(rows).one_or_none()


def day_in(text: object) -> date | None:
    """Return the day in Kazakhstan that a date of the portal gives; a time without a zone is that of Kazakhstan."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return clock.day_of(moment if moment.tzinfo else moment.replace(tzinfo=clock.LAW_ZONE))
