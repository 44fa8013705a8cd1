"""Builders of what the reader hands over: answers of the official portal, without a portal."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from portal.domain.official import COMPARED, Reading, page_of

START = datetime(2026, 9, 1, 7, tzinfo=UTC)
"""Noon in Kazakhstan, a Tuesday."""


def uuid_of(number: int) -> str:
    """Return the portal's id of an invented petition."""
    return str(UUID(int=number))


def after(**time: float) -> datetime:
    """Return an instant so long after the start: ``after(hours=3)``."""
    return START + timedelta(**time)


def values(**given: Any) -> dict[str, Any]:
    """Return the fields of a full record; those that are not given are missing, but for a few."""
    usual = {
        "title": "Мектеп асханасы туралы",
        "description": "Мәтін",
        "state": "OPEN_X",
        "lang": "kk",
        "required": 2500,
        "organization": {"id": "o1", "nameKk": "Бірінші мекеме", "nameRu": "Первое ведомство", "kato": "751110000"},
    }
    return {**dict.fromkeys(COMPARED), **usual, **given}


def reading(number: int = 1, at: datetime = START, *, votes: int | None = 20, **given: Any) -> Reading:
    """Return an answer with a record; fields of it are given by their names."""
    fields = values(**given)
    uuid = uuid_of(number)
    return Reading(
        uuid,
        at,
        200,
        page_of(uuid),
        votes=votes,
        state=fields["state"],
        is_decided=fields["decision"] is not None,
        values=fields,
        sha256=f"{abs(hash(str(fields))):064x}"[:64],
        size=1,
        etag=f'"{at.timestamp()}"',
        evidence=f"WARC/1.0\r\n{fields}".encode(),
    )


def gone(number: int = 1, at: datetime = START, status: int = 404) -> Reading:
    """Return an answer that there is no such petition."""
    return Reading(uuid_of(number), at, status, page_of(uuid_of(number)), evidence=b"WARC/1.0\r\nnot found")


def as_before(number: int = 1, at: datetime = START) -> Reading:
    """Return an answer that nothing changed."""
    return Reading(uuid_of(number), at, 304, page_of(uuid_of(number)))
