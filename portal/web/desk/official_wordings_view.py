"""What an administrator sees of the versions of the official portal before words are taken out of one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from portal.domain.official import COMPARED
from portal.i18n import official as says
from portal.models import OfficialVersion
from portal.services import official_wordings
from portal.services.official_wordings import Twin
from portal.web.public.official_words import wording


@dataclass(frozen=True, slots=True)
class Held:
    """A field that has words: what it says, whole, and when else the portal said the very same."""

    name: str
    html: Markup
    also: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class VersionHeld:
    """A version: when it was first read, what it changed, which fields have words and which are hidden, its file."""

    id: int
    read_at: datetime
    changed: str
    named: str
    held: Sequence[Held]
    hidden: Sequence[tuple[str, int]]
    file: str | None
    files_with: int
    """How many files go at most: those of this version and of all that share words with it."""


def listed(versions: Iterable[OfficialVersion]) -> list[VersionHeld]:
    """Return versions as the list shows them, without what they say."""
    return [_version(each, (), ()) for each in versions]


def whole(version: OfficialVersion, versions: Sequence[OfficialVersion]) -> VersionHeld:
    """Return one version with all that it says where people may stand."""
    twins = official_wordings.twins_of(version, versions)
    said = version.values.get("lang")
    held = [
        Held(says.field_name(name), _html(value, said), [each.version.read_at for each in twins if name in each.fields])
        for name, value in official_wordings.words_of(version).items()
    ]
    return _version(version, held, twins)


def _version(version: OfficialVersion, held: Sequence[Held], twins: Sequence[Twin]) -> VersionHeld:
    words: Mapping[str, Any] = official_wordings.words_of(version)
    hidden = version.hidden or {}
    return VersionHeld(
        id=version.id,
        read_at=version.read_at,
        changed=says.fields_named(version.changed),
        named=says.fields_named(list(words)),
        held=held,
        hidden=[(says.field_name(name), hidden[name]["entry"]) for name in COMPARED if name in hidden],
        file=version.evidence,
        files_with=len({each for each in (version.evidence, *(twin.version.evidence for twin in twins)) if each}),
    )


def _html(value: Any, said: Any) -> Markup:
    """Return what a field says: a text as it is, anything else as it was kept, for whoever must judge it."""
    if isinstance(value, str):
        return wording(value, said)
    return wording(json.dumps(value, ensure_ascii=False, indent=2), "")
