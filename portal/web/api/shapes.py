"""From the domain to plain data: dates as ISO strings, texts in all their languages; a row of a list, a last day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from portal.domain.dates import DateRange
from portal.domain.stages import Outcome
from portal.domain.terms import DerivedDay, Term
from portal.domain.texts import LANGUAGES, Mark, Text
from portal.models import Petition
from portal.services.deadlines import Deadline, OtherReading
from portal.services.tracking import Item

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a petition is found: its record in this API, and its page in the reader's language."""

    record: str
    page: str


# Values -------------------------------------------------------------------------------------------


def iso(day: date | None) -> str | None:
    """Return a day as YYYY-MM-DD."""
    return None if day is None else day.isoformat()


def instant(at: datetime) -> str:
    """Return an instant in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def span(when: DateRange | None) -> Json | None:
    """Return a range of days; a side that is open is null."""
    return None if when is None else {"earliest": iso(when.earliest), "latest": iso(when.latest)}


def text(found: Text | None) -> Json | None:
    """Return a text by language, null where it does not stand in one, with whose wording each is."""
    if found is None:
        return None
    marks = {lang: found.marks.get(lang, Mark.OURS).value for lang in found.by_language}
    words = {lang: found.by_language.get(lang) for lang in (*LANGUAGES, *found.by_language)}
    return {**words, "original": found.original, "marks": marks}


def plain(value: Any) -> Any:
    """Return what an event keeps as JSON, its texts in the shape that all texts have here."""
    if isinstance(value, Mapping):
        if set(value) == {"original", "text", "marks"}:
            return text(Text.from_json(value))
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


def derivation(days: Iterable[DerivedDay]) -> list[Json]:
    """Return every day of a derivation, with the code of its reason."""
    return [{"day": each.day.isoformat(), "counted": each.counted, "why": each.why} for each in days]


def term(length: Term) -> Json:
    """Return a length of time."""
    return {"length": length.length, "unit": length.unit.value, "before": length.before}


def other_reading(other: OtherReading) -> Json:
    """Return a last day by another reading of the law."""
    return {"code": other.code, "due_on": other.due_on.isoformat(), "term": term(other.term)}


# Lists and last days ------------------------------------------------------------------------------


def item(found: Item, on: date, where: Addresses) -> Json:
    """Return one row of a list."""
    petition = found.petition
    since = None
    if petition.stage_earliest or petition.stage_latest:
        since = {"earliest": iso(petition.stage_earliest), "latest": iso(petition.stage_latest)}
    count = None
    if petition.votes is not None:
        count = {"votes": petition.votes, "qualifier": petition.votes_qualifier, "on": iso(petition.votes_on)}
    return {
        "number": petition.number,
        "register_id": petition.register_id,
        "url": where.record,
        "page": where.page,
        "titles": {title.lang: title.text for title in found.titles},
        "label": text(petition.label),
        "jurisdiction": petition.jurisdiction,
        "level": petition.level,
        "region": petition.region_code,
        "platform": petition.platform,
        "addressees": [{"id": body_id, "names": text(names)} for body_id, names in found.bodies.items()],
        "stage": petition.stage,
        "stage_over": found.is_over(on),
        "stage_since": since,
        "outcome": petition.outcome or Outcome.UNKNOWN.value,
        "due": _due(petition, found.due()),
        "known_through": iso(petition.known_through),
        "last_sighted_on": iso(petition.sighted_on),
        "count": count,
        "threshold": petition.threshold,
        "ground": petition.ground,
        "undertakings_open": petition.undertakings_open,
        "vanished": petition.is_vanished,
        "vanished_on": iso(petition.vanished_on),
    }


def _due(petition: Petition, when: DateRange | None) -> Json | None:
    if when is None:
        return None
    return {"key": petition.due_key, "earliest": iso(when.earliest), "latest": iso(when.latest)}


def deadline(found: Deadline, note: str | None) -> Json:
    """Return a last day with everything that it follows from; ``note`` says what is provisional in it."""
    return {
        "stage": found.step.key,
        "from": found.starts_on.isoformat(),
        "due_on": found.due_on.isoformat(),
        "article": found.step.article,
        "edition": found.edition.id,
        "edition_read": found.edition_read,
        "certainty": found.step.certainty.value,
        "calendar_status": found.calendar_status.value,
        "note": note,
        "derivation": derivation(found.derivation),
        "other_readings": [other_reading(other) for other in found.others],
    }
