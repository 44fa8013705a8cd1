"""What the pages of the log show: what was recorded or corrected, when and why, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, url_for

from portal import clock
from portal.domain.campaigns import State
from portal.domain.texts import Text
from portal.i18n.actions import KINDS, action_words, by_words
from portal.i18n.library import SUBJECTS
from portal.i18n.locale import gettext, pgettext
from portal.models import AuditEntry, Petition
from portal.services import campaigns, changes, library
from portal.services.changes import RowChange
from portal.web import query
from portal.web.public.change_words import ADDED, REFERENCES, Detail, contents, details_of, parts_of

SHORT_HASH = 12
LONGEST_KEY = 120
LARGEST_SEQUENCE = 2**31 - 1
DETAILED_ON_A_PAGE = 25
"""Entries on a page that tells each in full."""

UNNAMED = frozenset({"contradictions"})
"""Kinds of subject that the log calls by their kind and key: their names are topics, which may lead to a person."""

WITH_KEY = frozenset({"account", "campaign"})
"""Kinds of subject whose key a reader may see and use."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log in words. ``beside`` is what a title adds to the action; it may be nothing."""

    entry: AuditEntry
    action: str
    subject: str
    beside: str
    address: str | None
    parts: Sequence[str]
    short_hash: str
    by: str
    details: Sequence[Detail] = ()

    @property
    def is_correction(self) -> bool:
        """Whether the entry changed or took away what stood before, and did not only add to it."""
        return self.entry.action in changes.TAKEN_AWAY or any(each.kind != ADDED for each in self.details)


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of the log; ``following`` asks for the next one."""

    rows: Sequence[Change]
    following: Mapping[str, str | int] | None
    about: str = ""
    about_words: str = ""


def changes_page(asked: Mapping[str, str]) -> Changes:
    """Return a page of the whole log, or of a kind of subject. Raises ``BadInput``."""
    about = _about(asked.get("about", "petition"))
    entries, last = changes.page(before=before_of(asked), about=None if about == "all" else about)
    following: dict[str, str | int] | None = None if last is None else {"about": about, "before": last}
    return Changes([_change(each) for each in entries], following, about, subject_words(about))


def changes_of_petition(petition: Petition, asked: Mapping[str, str]) -> Changes:
    """Return a page of what was done to one petition's record. Raises ``BadInput``."""
    about = f"petition/{petition.number}"
    entries, last = changes.page(before=before_of(asked), about=about, size=DETAILED_ON_A_PAGE)
    return Changes(detailed(entries), None if last is None else {"before": last})


def corrections_made(asked: Mapping[str, str]) -> Changes:
    """Return a page of the corrections; what only added to a record is none. Raises ``BadInput``."""
    entries, last = changes.page(before=before_of(asked), corrections=True, size=DETAILED_ON_A_PAGE)
    rows = [each for each in detailed(entries) if each.is_correction]
    return Changes(rows, None if last is None else {"before": last})


def detailed(entries: Sequence[AuditEntry]) -> list[Change]:
    """Return entries with everything that each of them did."""
    touched, columns = changes.rows_touched(entries), changes.columns_touched(entries)
    publishers = changes.publishers(sorted(sources_of([row for rows in touched.values() for row in rows])))
    regions = {each.code: each.names for each in library.regions()} if entries else {}
    return [
        _change(
            each,
            details_of(each, touched.get(each.sequence, ()), columns.get(each.sequence, ()), publishers, regions),
        )
        for each in entries
    ]


def sources_of(rows: Sequence[RowChange]) -> set[int]:
    """Return the sources that rows cite, as they were and as they became."""
    found = [row for change in rows for row in (change.before, change.after) if row is not None]
    claims = [claim for row in found for claim in getattr(row, "claims", ())]
    return {each.source_id for each in (*found, *claims) if getattr(each, "source_id", None) is not None}


def _change(entry: AuditEntry, details: Sequence[Detail] = ()) -> Change:
    subject = _named(entry)
    return Change(
        entry=entry,
        action=action_words(entry.action),
        subject=subject,
        beside=_beside(entry, subject),
        address=_address(entry.subject),
        parts=parts_of(entry),
        short_hash=entry.hash[:SHORT_HASH],
        by=by_words(entry.by),
        details=details,
    )


def before_of(asked: Mapping[str, str]) -> int | None:
    """Return the entry before which a page begins. Raises ``BadInput``."""
    return query.number("before", asked["before"], least=1, most=LARGEST_SEQUENCE) if "before" in asked else None


def _about(text: str) -> str:
    kind, slash, key = text.partition("/")
    query.one_of("about", kind, SUBJECTS)
    if slash and (not key or len(text) > LONGEST_KEY or kind == "all"):
        raise query.BadInput("unknown_value", name="about", value=text[:60])
    return text


def subject_words(subject: str) -> str:
    """Return what an entry is about: a petition by its number, what the desk works with by its kind, else the key."""
    kind, _, key = subject.partition("/")
    if kind == "petition" and key:
        return gettext("Petition No. %(number)s", number=key)
    if key and kind in KINDS:
        words = str(KINDS[kind])
        return pgettext("kind and key", "%(kind)s: %(key)s", kind=words, key=key) if kind in WITH_KEY else words
    if kind in UNNAMED and key:
        return f"{SUBJECTS[kind]}: {key}"
    return key or str(SUBJECTS.get(kind, KINDS.get(kind, kind)))


def _named(entry: AuditEntry) -> str:
    """Return what an entry is about by the name that the entry itself records, else by its key."""
    before, after = contents(entry)
    name: Any = (after or before).get("names")
    if entry.subject.partition("/")[0] in REFERENCES and isinstance(name, dict) and "text" in name:
        return Text.from_json(name).in_language(g.lang).text
    return subject_words(entry.subject)


def _beside(entry: AuditEntry, subject: str) -> str:
    """Return what a title says after the action: an action that names the kind of its subject leaves the key alone."""
    kind, _, key = entry.subject.partition("/")
    if kind not in KINDS or entry.action.partition(".")[0] != kind:
        return subject
    return key if kind in WITH_KEY else ""


def _address(subject: str) -> str | None:
    kind, _, key = subject.partition("/")
    match kind:
        case "petition" if key.isdecimal():
            return url_for("public.petition", number=int(key))
        case "norms":
            return url_for("public.norm", alias=key)
        case "bodies":
            return url_for("public.body", body_id=key)
        case "directory" | "contradictions":
            return url_for(f"public.{kind}", _anchor=key)
        case "sources":
            return url_for("public.sources")
        case "campaign":
            return _address_of_campaign(key)
    return None


def _address_of_campaign(campaign_id: str) -> str | None:
    """Return where the public reads a campaign; nothing for a draft."""
    found = campaigns.by_id(campaign_id)
    is_shown = found is not None and found.states.on(clock.today()) is not State.DRAFT
    return url_for("public.campaign", campaign_id=campaign_id) if is_shown else None
