"""What entries of the log about the official portal say beside their action, in a sentence."""

from collections.abc import Mapping
from typing import Any

from portal.i18n.formats import number
from portal.i18n.labels import WORDS, label
from portal.i18n.locale import gettext, pgettext
from portal.i18n.official import fields_named
from portal.i18n.watch import job_name

TABLES: Mapping[str, str] = {"state": "stage", "field": "event_kind"}


def entry_words(action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """Return what an entry says; None where its action says all, or where it is not formed as we know it."""
    if action == "wording.hidden":
        return _hidden(after)
    if action == "counts.polled":
        return _run(after)
    if action in ("portal_word.settled", "portal_word.corrected"):
        kind = str(after.get("kind"))
        said = gettext("Means: %(meaning)s", meaning=meaning_words(kind, after.get("meaning")))
        if not before:
            return said
        was = pgettext("meaning", "before: %(meaning)s", meaning=meaning_words(kind, before.get("meaning")))
        return f"{said} ({was})"
    return None


def _hidden(after: Mapping[str, Any]) -> str | None:
    """Return what was hidden of the portal's words; None where the entry is about a row of the record."""
    versions = after.get("versions")
    if not isinstance(versions, list) or not versions:
        return None
    files = after.get("files")
    return gettext(
        "From what the official portal showed: %(fields)s. Versions concerned: %(versions)s; files removed: %(files)s.",
        fields=fields_named(versions[0].get("fields")),
        versions=number(len(versions)),
        files=number(len(files) if isinstance(files, list) else 0),
    )


def _run(after: Mapping[str, Any]) -> str | None:
    looked, changed = after.get("petitions"), after.get("changed")
    if not isinstance(looked, int) or not isinstance(changed, int):
        return None
    return gettext(
        "%(what)s. Petitions looked at: %(looked)s; changed: %(changed)s.",
        what=job_name(str(after.get("job"))),
        looked=number(looked),
        changed=number(changed),
    )


def meaning_words(kind: str, meaning: object) -> str:
    """Return what a word of the portal means: a stage of ours, the day of a step, none of them, or not known."""
    table = TABLES.get(kind, "stage")
    if meaning is None:
        return pgettext("meaning", "not known")
    if meaning == "none":
        is_stage = table == "stage"
        return (
            pgettext("meaning", "none of our stages") if is_stage else pgettext("meaning", "the day of none of these")
        )
    return label(str(meaning), table) if str(meaning) in WORDS[table] else str(meaning)
