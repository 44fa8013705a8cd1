"""From a checked record to the rows that hold it: pure, so that two loads of one file make the same rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.domain.events import EventKind
from portal.domain.stages import Outcome, Stage
from portal.domain.texts import Mark, Text
from portal.services import register_format as files

DECIDED_OUTCOMES = frozenset({Outcome.GRANTED, Outcome.PARTIALLY_GRANTED, Outcome.REFUSED})

FOLLOW_UP_KINDS = {
    "undertaken": EventKind.FOLLOW_UP_SET,
    "reported": EventKind.FOLLOW_UP_REPORTED,
    "related_act": EventKind.RELATED_ACT_ADOPTED,
    "statement": EventKind.STATEMENT_QUOTED,
}


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a fact as the file names it."""

    source: str | None = None
    also: tuple[str, ...] = ()
    locator: str | None = None

    @classmethod
    def of(cls, fact: files.Cited) -> "Citation":
        """Return what a fact cites."""
        return cls(fact.source, tuple(fact.also), fact.locator)


@dataclass(frozen=True, slots=True)
class Row:
    """A row to be: its table by name, its key, its values, what it cites, and the rows that belong to it.

    ``body_names`` are the names of a body that the file does not give by our id.
    """

    table: str
    key: str
    values: Mapping[str, Any]
    cites: Citation | None = None
    children: tuple["Row", ...] = ()
    body_names: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """Return everything that makes this row different from another, as plain data."""
        return {
            "table": self.table,
            "key": self.key,
            "values": dict(self.values),
            "cites": None if self.cites is None else [self.cites.source, list(self.cites.also), self.cites.locator],
            "children": [child.content() for child in self.children],
            "body_names": dict(self.body_names),
        }


def rows_of(petition: files.PetitionIn) -> tuple[Row, ...]:
    """Return the rows that a petition's record is made of, without the petition's own."""
    return (
        *_titles(petition),
        *_addressees(petition),
        *_demands(petition),
        *_events(petition),
        *_counts(petition),
        *_group(petition),
        *_positions(petition),
        *_views(petition),
        *_decisions(petition),
    )


def _titles(petition: files.PetitionIn) -> Iterator[Row]:
    for lang, text in (("kk", petition.title.kk), ("ru", petition.title.ru), ("en", petition.title.en)):
        if text is not None:
            mark = petition.titles_marks.get(lang, Mark.PRESS)  # type: ignore[call-overload]
            values = {"lang": lang, "text": text, "role": str(mark), "is_main": True, "note": None}
            yield Row("title", f"main:{lang}", values, Citation())
    for number, variant in enumerate(petition.title_variants, 1):
        values = {
            "lang": variant.lang or petition.original_language or "ru",
            "text": variant.text,
            "role": variant.role,
            "is_main": False,
            "note": variant.note,
        }
        yield Row("title", f"variant:{number}", values, Citation.of(variant))


def _addressees(petition: files.PetitionIn) -> Iterator[Row]:
    for number, each in enumerate(petition.addressees, 1):
        values = {"body_id": each.body, "role": each.role, "note": each.note}
        yield Row("addressee", f"addressee:{number}", values, Citation.of(each), body_names=each.names)


def _demands(petition: files.PetitionIn) -> Iterator[Row]:
    for each in petition.demands:
        quotes = [
            {
                "text": quote.text.as_json(),
                "speaker": quote.speaker.as_json() if quote.speaker else None,
                "note": quote.note.as_json() if quote.note else None,
                "source": quote.source,
                "locator": quote.locator,
            }
            for quote in each.quotes
        ]
        values = {"text": each.text, "quotes": quotes or None, "outcome": each.outcome, "note": each.note}
        yield Row("demand", each.id, values, Citation.of(each))


def _counts(petition: files.PetitionIn) -> Iterator[Row]:
    for number, each in enumerate(petition.snapshots, 1):
        values = {
            "votes": each.count,
            "qualifier": each.qualifier,
            "earliest": each.date or each.earliest,
            "latest": each.date or each.latest,
            "views": each.views,
            "comments": each.comments,
            "note": each.note,
        }
        yield Row("count_report", f"count:{number}", values, Citation.of(each))


def _group(petition: files.PetitionIn) -> Iterator[Row]:
    group = petition.working_group
    if group is None:
        return
    categories = tuple(
        Row(
            "category_count",
            f"category:{number}",
            {"category": each.key, "names": each.category, "count": each.count, "note": each.note},
            Citation.of(each),
        )
        for number, each in enumerate(group.composition, 1)
    )
    seats = tuple(
        Row(
            "seat",
            f"seat:{number}",
            {"organisation_id": each.organisation, "role": each.role, "category": each.category},
            Citation.of(each),
        )
        for number, each in enumerate(group.seats, 1)
    )
    values = {
        "body_id": group.body,
        "total": group.size,
        "chair": group.chair,
        "fields": [text.as_json() for text in group.fields] or None,
        "note": group.note,
    }
    cites = Citation(group.size_source or group.chair_source or group.formed_by_source)
    yield Row("working_group", "group", values, cites, (*categories, *seats))


def _positions(petition: files.PetitionIn) -> Iterator[Row]:
    for each in petition.positions:
        values = {
            "organisation_id": each.organisation,
            "channel": each.channel,
            "stance": each.stance,
            "note": each.note,
        }
        yield Row("position", each.organisation, values, Citation.of(each))


def _views(petition: files.PetitionIn) -> Iterator[Row]:
    for number, each in enumerate(petition.groups, 1):
        yield Row("group_view", f"view:{number}", {"names": each.group, "view": each.view}, Citation.of(each))


def _decisions(petition: files.PetitionIn) -> Iterator[Row]:
    for each in petition.decisions:
        values = {
            "status": each.status,
            "earliest": each.first,
            "latest": each.last,
            "outcome": each.outcome,
            "stated_by": each.stated_by or each.speaker,
            "legal_effect": each.legal_effect,
            "quote": each.quote,
            "grounds": list(each.grounds) or None,
            "note": each.note,
        }
        demands = tuple(
            Row("decided_demand", key, {"demand_key": key, "outcome": outcome}) for key, outcome in each.demands.items()
        )
        yield Row("decision", each.id, values, Citation.of(each), demands)


# Events
# -----------------------------------------------------------------------------------------------------------------


def _event(
    key: str,
    kind: EventKind,
    claims: tuple[Row, ...],
    *,
    text: Text | None = None,
    note: Text | None = None,
    details: Mapping[str, Any] | None = None,
) -> Row:
    kept = {name: value for name, value in (details or {}).items() if value not in (None, [], ())}
    values = {"kind": kind, "text": text, "note": note, "details": kept or None}
    return Row("event", key, values, children=claims)


def _claim(
    fact: files.Cited,
    earliest: date | None,
    latest: date | None,
    *,
    wording: Text | None = None,
    note: Text | None = None,
    derived: bool = False,
    counts: bool = False,
) -> Row:
    values = {
        "earliest": earliest,
        "latest": latest,
        "wording": wording,
        "derived": derived,
        "counts": counts,
        "speaker": fact.speaker,
        "note": note,
    }
    return Row("claim", "", values, Citation.of(fact))


def _ranged(fact: Any, *, note: Text | None = None) -> tuple[Row, ...]:
    """Return the one claim of a fact with ``date``, or ``earliest`` and ``latest``."""
    wording = getattr(fact, "wording", None)
    return (_claim(fact, fact.date or fact.earliest, fact.date or fact.latest, wording=wording, note=note),)


def _plain(text: Text | None) -> dict[str, Any] | None:
    return None if text is None else text.as_json()


def _events(petition: files.PetitionIn) -> Iterator[Row]:
    yield from _steps(petition)
    yield from _sightings(petition)
    yield from _sittings(petition)
    yield from _follow_ups(petition)
    yield from _words(petition)
    yield from _letters(petition)
    yield from _cases(petition)


def _steps(petition: files.PetitionIn) -> Iterator[Row]:
    status = petition.outcome.status if petition.outcome else None
    for key, claims in petition.dates.items():
        kind = files.DATE_KINDS[key]
        rows = tuple(
            _claim(
                claim,
                claim.first,
                claim.last,
                wording=claim.wording,
                note=claim.note,
                derived=claim.derived,
                counts=claim.counts,
            )
            for claim in claims
        )
        details: dict[str, Any] = {"step": files.REPORTED_TERMS.get(key)}
        if kind is EventKind.DECIDED and status in DECIDED_OUTCOMES:
            details["outcome"] = status.value if status else None
        if kind is EventKind.REJECTED and petition.outcome:
            details["ground"] = petition.outcome.ground
        yield _event(key, kind, rows, details=details)
    ended_early = {Outcome.REJECTED: "rejected", Outcome.RETURNED: "returned"}
    if status in ended_early and petition.outcome and ended_early[status] not in petition.dates:
        # The outcome is known and its day is not: at the latest, the day of the first report of it.
        reported = [claim.last for claim in petition.dates.get("first_reported", []) if claim.last]
        claim = _claim(petition.outcome, None, max(reported, default=None))
        details = {"ground": petition.outcome.ground}
        yield _event(ended_early[status], EventKind(ended_early[status]), (claim,), details=details)


def _sightings(petition: files.PetitionIn) -> Iterator[Row]:
    for number, each in enumerate(petition.sightings, 1):
        claim = _claim(each, each.first, each.last, wording=each.wording)
        details = {"stage": each.stage.value if each.stage else None, "open": list(each.open)}
        yield _event(f"sighting:{number}", EventKind.SIGHTED, (claim,), note=each.note, details=details)
    outcome = petition.outcome
    if petition.sightings or outcome is None or outcome.last_known_stage not in set(Stage):
        return
    if outcome.last_known_stage in {Stage.REJECTED, Stage.DECIDED, Stage.RETURNED}:
        return
    seen = max(_days_seen(petition), default=None)
    claim = _claim(outcome, seen, seen)
    details = {"stage": outcome.last_known_stage}
    yield _event("last_known", EventKind.SIGHTED, (claim,), note=outcome.last_known_state, details=details)


def _days_seen(petition: files.PetitionIn) -> Iterator[date]:
    """Return the days on which sources of an older file saw the petition."""
    for key in ("first_reported", "published", "threshold_reached"):
        for claim in petition.dates.get(key, []):
            if claim.last:
                yield claim.last
    for snapshot in petition.snapshots:
        if snapshot.date:
            yield snapshot.date


def _sittings(petition: files.PetitionIn) -> Iterator[Row]:
    discussed = {each.date for each in petition.public_discussion if each.date}
    meetings = petition.working_group.meetings if petition.working_group else []
    kinds = {"site_visit": EventKind.SITE_VISITED, "public_discussion": EventKind.DISCUSSION_HELD}
    for number, each in enumerate(meetings, 1):
        one_sitting = each.kind == "working_group_and_public_discussion"
        details: dict[str, Any] = {
            "held": False if each.held is False else None,
            "one_sitting": one_sitting or None,
        }
        claims = _ranged(each)
        kind = kinds.get(each.kind, EventKind.GROUP_MET)
        yield _event(f"meeting:{number}", kind, claims, note=each.note, details=details)
        if one_sitting and each.date not in discussed:
            yield _event(f"meeting:{number}:discussion", EventKind.DISCUSSION_HELD, claims, details=details)
    for number, discussion in enumerate(petition.public_discussion, 1):
        details = {"place": _plain(discussion.place), "attendance": _plain(discussion.attendance)}
        yield _event(
            f"discussion:{number}",
            EventKind.DISCUSSION_HELD,
            _ranged(discussion),
            note=discussion.note,
            details=details,
        )
    if petition.extension is not None:
        until = petition.extension.until
        claim = _claim(petition.extension, until, until)
        details = {"step": "review", "extension": True}
        yield _event("extension", EventKind.TERM_REPORTED, (claim,), note=petition.extension.note, details=details)


def _follow_ups(petition: files.PetitionIn) -> Iterator[Row]:
    for number, each in enumerate(petition.follow_up, 1):
        details = {
            "responsible": list(each.responsible),
            "until": each.until.isoformat() if each.until else None,
            "state": _plain(each.state),
            "as_of": each.as_of.isoformat() if each.as_of else None,
            "of": each.of,
            "done": each.done or None,
        }
        key = f"follow_up:{each.id or number}"
        kind = FOLLOW_UP_KINDS[each.kind]
        yield _event(key, kind, _ranged(each), text=each.what, note=each.note, details=details)


def _words(petition: files.PetitionIn) -> Iterator[Row]:
    for each in petition.statements:
        claim = _claim(each, each.first, each.last, wording=each.wording)
        details: dict[str, Any] = {
            "organisation": each.organisation,
            "about": each.about,
            "contradicts": list(each.contradicts),
        }
        key = f"statement:{each.id}"
        yield _event(key, EventKind.STATEMENT_QUOTED, (claim,), text=each.text, note=each.note, details=details)
    for alleged in petition.allegations:
        claim = _claim(alleged, alleged.first, alleged.last, wording=alleged.wording)
        details = {
            "asserted_by": _plain(alleged.asserted_by),
            "reported_by": _plain(alleged.reported_by),
            "response": "none_found" if isinstance(alleged.response, str) else _plain(alleged.response),
        }
        key = f"allegation:{alleged.id}"
        yield _event(key, EventKind.ALLEGATION_MADE, (claim,), text=alleged.claim, note=alleged.note, details=details)


def _letters(petition: files.PetitionIn) -> Iterator[Row]:
    for each in petition.communications:
        day = each.sent or each.signed or each.published
        details = {
            "type": each.kind,
            "ref": each.ref,
            "signed": each.signed.isoformat() if each.signed else None,
            "sent": each.sent.isoformat() if each.sent else None,
            "published": each.published.isoformat() if each.published else None,
            "sender": _plain(each.sender),
            "recipient": _plain(each.recipient),
            "questions": _plain(each.questions),
            "replies_to": each.replies_to,
        }
        key = f"communication:{each.id}"
        claims = (_claim(each, day, day),)
        yield _event(key, EventKind.COMMUNICATION_SENT, claims, text=each.subjects, note=each.note, details=details)


def _cases(petition: files.PetitionIn) -> Iterator[Row]:
    for number, each in enumerate(petition.litigation, 1):
        details = {
            "court": _plain(each.court),
            "result": _plain(each.result),
            "concerns_petition": each.concerns_petition,
        }
        key = f"case:{each.id or number}"
        yield _event(key, EventKind.COURT_RULED, _ranged(each), text=each.what, note=each.note, details=details)
