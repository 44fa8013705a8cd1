"""Every assumption about the official portal's interface, in one place, with who confirms it.

Nobody here has seen a live answer. *Confirmed* means that a public program reads the field or the address: [A] the
repository opengov-kz/epetitions-kz (March and April 2025), [B] an hourly announcer in Telegram (April 2025).
*Assumed* means that we expect it, because a Spring page usually has it or because nothing says otherwise.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from portal.clock import LAW_ZONE

VERSION = "0.1.0"
"""Of this program, as ``pyproject.toml`` has it; the User-Agent and the evidence name it."""

# Addresses, below the setting PORTAL_WATCH_URL. Confirmed by [A] and [B]; pages count from 0.
SHORT = "short"
SIGNERS = "signers"

PAGE = 100
"""Rows of a page. Confirmed for signers [A]; assumed for the list."""

STEPS = (10, 1)
"""Sizes by which a broken page of signers is stepped over: 1 is confirmed [A], 10 spares requests and is assumed."""

LAST_PAGE = 50_000
"""No list of signers is longer: an interface that never says "last" must not be asked for ever."""

# The envelope of a page: `content` and `last` are confirmed [A], the total is assumed.
CONTENT, LAST, TOTAL = "content", "last", "totalElements"

# A short record, confirmed by [A] and [B].
ID, TITLE, COUNT, APPLIED = "id", "title", "signersCount", "applyDate"

# Of a row of signers only the time is read. Confirmed [A].
SIGNED_AT = "createdDate"

# The full record, confirmed [A].
VIEWS, STATE, REQUIRED = "viewersCount", "state", "requiredCount"
DECISION, ORGANISATION, LOCATION, FILES, COVER = "decision", "organization", "location", "files", "cover"

TEXTS: Mapping[str, str] = {
    "title": TITLE,
    "description": "description",
    "reg_number": "regNumber",
    "state": STATE,
    "source": "source",
    "lang": "lang",
    "applied": APPLIED,
    "deadline": "deadline",
}
"""Our name of a field that is a text, and theirs. Dates stay the texts that they came as."""

SHORT_TEXTS: Mapping[str, int] = {
    "reg_number": 60,
    "state": 80,
    "source": 80,
    "lang": 20,
    "applied": 80,
    "deadline": 80,
}
"""The most characters that are kept of fields that are codes or dates."""

CODES = frozenset({"reg_number", "state", "source", "lang"})
"""Those that may come as a number as well."""

FILE_FIELDS = ("fileId", "fileName", "fileHash", "mimeType")
TYPE_FIELDS = ("id", "nameRu", "nameKk")
PLACE_FIELDS = ("id", "nameRu", "nameKk", "type", "katoCode")
ORGANISATION_FIELDS = ("id", "nameRu", "nameKk", "parentId")
POINT_FIELDS = ("positionLatitude", "positionLongitude", "positionAddress")
DECISION_FIELDS = ("messageKk", "messageRu", "replyDate")

PASSED_OVER = frozenset(
    {
        "organization.path",
        "organization.hasUnit",
        "organization.orgType.isUnit",
        "organization.orgType.acceptAppeal",
        "organization.location.parentId",
        "organization.location.path",
        "organization.location.externalId",
        "organization.location.externalParentId",
    }
)
"""Fields that are known [A] and say nothing of the petition: the evidence alone has them."""

WORDED = frozenset(
    {*TEXTS.values(), ID}
    | {f"{path}.{name}" for path in (COVER, f"{FILES}[]", f"{DECISION}.files[]") for name in FILE_FIELDS}
    | {f"{ORGANISATION}.{name}" for name in ORGANISATION_FIELDS}
    | {f"{ORGANISATION}.orgType.{name}" for name in TYPE_FIELDS}
    | {f"{ORGANISATION}.location.{name}" for name in PLACE_FIELDS}
    | {f"{LOCATION}.{name}" for name in POINT_FIELDS}
    | {f"{DECISION}.{name}" for name in DECISION_FIELDS}
    | {f"{CONTENT}[].{name}" for name in (ID, TITLE, APPLIED, SIGNED_AT)}
    | PASSED_OVER
)
"""The fields whose text is kept whole. Any other text may be a name."""

COUNTED = frozenset({COUNT, VIEWS, REQUIRED, f"{CONTENT}[].{COUNT}"})
"""Fields whose name speaks of people and whose value is a count."""

INLINE = "fileData"
"""The field in which a file stands as text within the answer. Confirmed [A]."""

KZ_BEGAN = datetime(2000, 1, 1, tzinfo=UTC)
"""A signature dated before this has no time that can be read."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UUID_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def uuid_of(value: object) -> str | None:
    """Return an id of a petition in its one spelling; None for what is none."""
    if not isinstance(value, str) or not UUID_FORM.fullmatch(value.strip().lower()):
        return None
    return str(UUID(value.strip()))


def micros_of(value: object) -> int | None:
    """Return the microseconds since 1970 (UTC) of a time that the portal wrote; None for what cannot be read.

    A time without a zone is taken for one of Asia/Almaty. Assumed: no program says what zone it is.
    """
    if not isinstance(value, str) or len(value) > 40 or "T" not in value:
        return None
    try:
        at = datetime.fromisoformat(value)
        at = (at if at.tzinfo else at.replace(tzinfo=LAW_ZONE)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    since = at - EPOCH
    return None if at < KZ_BEGAN else (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
