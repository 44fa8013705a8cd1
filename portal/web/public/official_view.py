"""What the official portal shows of a petition and showed before, version by version, with the evidence of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from portal.domain import official_changes
from portal.domain.events import EventKind
from portal.domain.official_changes import MAY_NAME_PEOPLE, TEXTS, Difference
from portal.domain.official_hidden import HiddenDifference, shown_under
from portal.domain.word_differences import words_in
from portal.i18n import official as says
from portal.i18n.formats import date_range
from portal.models import Event, OfficialVersion, Petition
from portal.services import official_record, tracking
from portal.services.lifecycle import domain_event
from portal.services.official_record import OfficialRecord, Version
from portal.web.public.official_values import Values
from portal.web.public.official_words import changed_wording, has_signs, wording
from portal.web.public.past_view import Past
from portal.web.public.petition_official import gone_since
from portal.web.public.petition_view import Heading, heading_of

LONG = 300
"""Words. A longer text of the portal is folded."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One field: its name, what it says, and what a reader should know of it."""

    name: str
    html: Markup | None
    note: str | None = None
    is_withheld: bool = False
    words: int | None = None
    """How many words a text has that is folded."""

    hidden_in: Sequence[int] = ()
    """The entries of the log by which words were hidden; ``note`` says which words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a version rests on: when and where it was read, and the digests by which it can be checked."""

    at: datetime
    url: str
    is_link: bool
    sha256: str
    kept: str | None
    is_removed: bool = False
    """Whether a file would hold words that are hidden."""


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version: from when until when it was read, what it changed, and its evidence.

    ``fields`` is empty of the first that we read.
    """

    id: int
    heading: str
    read_so: str
    changed: str | None
    is_first: bool
    is_current: bool
    fields: Sequence[Shown]
    evidence: Evidence
    is_short: bool


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """The page of what the portal showed. ``now`` is what it shows, on the first page alone."""

    petition: Petition
    heading: Heading
    past: Past | None
    readings: str | None
    gone: str | None
    absences: Sequence[tuple[str, str]]
    is_withheld: bool
    now: Sequence[Shown]
    missing: Sequence[str]
    versions: Sequence[VersionView]
    only: int | None
    older: int | None
    has_signs: bool


def official_of(
    petition: Petition, lang: str, *, past: Past | None, before: int | None, only: int | None
) -> OfficialPage:
    """Return the page, as it is or as a past day has it."""
    record = past.record if past else tracking.record_of(petition)
    found = official_record.official_record_of(petition, at=record.at, before=before, only=only)
    language = record.petition.original_language
    versions = [_version(each, found, language, whole=only is not None) for each in found.versions]
    newest = found.versions[0] if found.versions and before is None and only is None else None
    now = list(_now(newest.row, found, language)) if newest else []
    shown = [each.html for each in now if each.html] + [
        each.html for version in versions for each in version.fields if each.html
    ]
    return OfficialPage(
        petition=record.petition,
        heading=heading_of(record.petition, record.titles, lang),
        past=past,
        readings=_readings(found),
        gone=gone_since(found.gone),
        absences=[_absence(each) for each in found.gone],
        is_withheld=found.is_gone,
        now=now,
        missing=_missing(newest.row) if newest else (),
        versions=versions,
        only=only,
        older=found.older,
        has_signs=any(has_signs(each) for each in shown),
    )


def _readings(found: OfficialRecord) -> str | None:
    read = found.readings
    return says.readings_sentence(read.times, read.first_at, read.last_at) if read else None


# When it was gone
# ------------------------------------------------------------------------------------------------------------------


def _absence(event: Event) -> tuple[str, str]:
    counting = domain_event(event).counting()
    when = date_range(counting.when if counting else None)
    return when, says.opened_or_not(EventKind(event.kind))


# Versions
# ------------------------------------------------------------------------------------------------------------------


def _version(each: Version, found: OfficialRecord, language: str | None, *, whole: bool) -> VersionView:
    row = each.row
    fields, is_short = [], False
    if each.before is not None:
        values = Values(found.words)
        said = row.values.get("lang") or language
        told, hidden = each.differences()
        for difference in told:
            shown, short = _difference(difference, values, said, withheld=found.is_gone, whole=whole)
            fields.append(shown)
            is_short |= short
        fields += [_hidden_change(one) for one in hidden]
    elif not each.is_current:
        fields += _hidden_now(row)
    return VersionView(
        id=row.id,
        heading=says.heading([each.name for each in fields], is_first=each.before is None),
        read_so=says.read_so(row.read_at, each.until),
        changed=says.changed_between(each.changed_after, row.read_at) if each.changed_after else None,
        is_first=each.before is None,
        is_current=each.is_current,
        fields=fields,
        evidence=_evidence(row),
        is_short=is_short,
    )


def _evidence(row: OfficialVersion) -> Evidence:
    is_link = row.url.startswith(("https://", "http://"))
    return Evidence(row.read_at, row.url, is_link, row.sha256, row.evidence, is_removed=bool(row.hidden))


def _hidden_change(each: HiddenDifference) -> Shown:
    """Return that a field changed of which words are hidden."""
    note = says.hidden_sentence(was=each.before is not None, became=each.after is not None)
    entries = dict.fromkeys(entry for entry in (each.before, each.after) if entry is not None)
    return Shown(says.field_name(each.field), None, note, hidden_in=tuple(entries))


def _difference(
    each: Difference, values: Values, language: str | None, *, withheld: bool, whole: bool
) -> tuple[Shown, bool]:
    """Return one difference in words; and whether words of it are left out."""
    name = says.field_name(each.field)
    if withheld and each.field in MAY_NAME_PEOPLE:
        return Shown(name, None, is_withheld=True), False
    if each.before is None and each.after is None:
        return Shown(name, None, says.parts_sentence(each.parts)), False
    if each.field in TEXTS:
        said = {"decision_kk": "kk", "decision_ru": "ru"}.get(each.field, language)
        html, is_short = changed_wording(each.before, each.after, said, whole=whole)
        return Shown(name, html), is_short
    html, note = values.changed(each)
    return Shown(name, html, note), False


# What it shows now
# ------------------------------------------------------------------------------------------------------------------


def _now(row: OfficialVersion, found: OfficialRecord, language: str | None) -> Iterator[Shown]:
    """Return every field that the portal gives, as it gives it; one whose words are hidden by its name alone."""
    values = Values(found.words)
    said = row.values.get("lang") or language
    yield from _hidden_now(row)
    for field, value in official_changes.read(row.values).items():
        if value is None or value == () or value == "":
            continue
        name = says.field_name(field)
        if found.is_gone and field in MAY_NAME_PEOPLE:
            yield Shown(name, None, is_withheld=True)
        elif field in TEXTS:
            text_lang = {"decision_kk": "kk", "decision_ru": "ru"}.get(field, said)
            words = words_in(value)
            yield Shown(name, wording(value, text_lang), words=words if words > LONG else None)
        else:
            html, note = values.shown(field, value)
            yield Shown(name, html, note)


def _hidden_now(row: OfficialVersion) -> Iterator[Shown]:
    for name, mark in (row.hidden or {}).items():
        yield Shown(says.field_name(name), None, says.hidden_sentence(), hidden_in=(mark["entry"],))


def _missing(row: OfficialVersion) -> list[str]:
    """Return the names of the fields that the portal does not give; one that is hidden it gives."""
    hidden = {field for name in row.hidden or {} for field in shown_under(name)}
    given = official_changes.read(row.values).items()
    return [says.field_name(field) for field, value in given if value in (None, (), "") and field not in hidden]
