"""A petition's page as its template gets it: everything chosen, ordered, numbered and in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from portal.domain.dates import DateRange
from portal.domain.groups import Category, Composition, composition
from portal.domain.timeline import Standing
from portal.i18n import sentences
from portal.i18n.formats import count as count_words
from portal.i18n.formats import date_range, quoted
from portal.i18n.labels import label
from portal.i18n.locale import gettext
from portal.models import Body, Contradiction, CountReport, Norm, Petition, Title, WorkingGroup
from portal.services import library, tracking
from portal.services.catalogue import catalogue
from portal.services.lifecycle import latest_count
from portal.services.tracking import Record
from portal.web.public.citing import Citations, Cited, said
from portal.web.public.petition_events import ClaimView, Events, Quote, quote_of
from portal.web.public.petition_terms import TermView, by_reported_step, next_words, terms_of
from portal.web.templating import wording

THRESHOLD_ARTICLE = "90-3(4)"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top: the title between its quotation marks, or our own description, which is no title."""

    text: str
    lang: str
    is_title: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """The latest count up to the day asked for, beside the number of signatures that the law asks for."""

    votes: int | None
    said: str
    when: str | None
    cited: Cited | None
    threshold: int | None
    edition: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the record with the texts that a template shows of it."""

    row: Any
    cited: Cited
    text: Markup | None = None
    note: Markup | None = None
    when: str | None = None
    extra: Any = None


@dataclass(frozen=True, slots=True)
class DemandView:
    """A demand, how others word it, and what became of it."""

    id: str
    text: Markup | None
    outcome: str
    note: Markup | None
    cited: Cited
    quotes: tuple[tuple[Quote | None, Markup | None, Markup | None, Cited], ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as somebody stated it."""

    id: str
    when: str
    status: str
    status_says: str | None
    outcome: str
    stated_by: Markup | None
    effect: str
    quote: Quote | None
    grounds: tuple[tuple[str, Markup | None], ...]
    demands: tuple[tuple[str, Markup | None, str], ...]
    note: Markup | None
    cited: Cited


@dataclass(frozen=True, slots=True)
class GroupView:
    """The working group: what is known of its make-up, and what is not."""

    group: WorkingGroup
    made_up: Composition
    categories: tuple[Fact, ...]
    fields: tuple[Markup | None, ...]
    chair: Markup | None
    chair_cited: Cited | None
    note: Markup | None
    body: Body | None
    seats: tuple[Fact, ...]
    sittings: tuple[Any, ...]
    cited: Cited


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """Claims that do not fit together, side by side."""

    contradiction: Contradiction
    topic: Markup | None
    claims: tuple[tuple[Markup | None, Markup | None, Cited], ...]
    state: str
    remark: Markup | None


@dataclass(frozen=True, slots=True)
class Related:
    """Another petition that belongs with this one; one that is not in our record is named as files name it."""

    register_id: str
    petition: Petition | None


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """Everything that the page of one petition shows."""

    petition: Petition
    heading: Heading
    on: date
    is_today: bool
    standing: Standing
    status: Sequence[str]
    disputed_days: Sequence[ClaimView]
    known_through: str
    addressees: Sequence[Fact]
    progress: Progress
    following: Sequence[str]
    timeline: Sequence[Any]
    terms: Sequence[TermView]
    demands: Sequence[DemandView]
    decisions: Sequence[DecisionView]
    group: GroupView | None
    positions: Sequence[Fact]
    positions_note: Markup | None
    views: Sequence[Fact]
    statements: Sequence[Any]
    allegations: Sequence[Any]
    letters: Sequence[Any]
    undertaken: Sequence[Any]
    reported: Sequence[Any]
    acts: Sequence[Any]
    cases: Sequence[Any]
    counts: Sequence[Fact]
    titles: Sequence[Fact]
    author: Fact | None
    related: Sequence[Related]
    contradictions: Sequence[ContradictionView]
    notes: Markup | None
    summary: Markup | None
    sources: Sequence[Any]


def page_of(petition: Petition, on: date, today: date, lang: str) -> PetitionPage:
    """Return the page of a petition as of a day. Sources are numbered in the order in which the page cites them."""
    record = tracking.record_of(petition)
    standing = tracking.standing_of(record, on)
    contradictions = library.contradictions_about(petition.register_id)
    citations = Citations(record.sources, _sources_by_key(record, contradictions))
    events = Events(record, citations, by_reported_step(standing))
    progress = _progress(record, on, citations)
    return PetitionPage(
        petition=petition,
        heading=heading_of(petition, record.titles, lang),
        on=on,
        is_today=on == today,
        standing=standing,
        status=_status(record, standing, progress),
        disputed_days=_disputed_days(standing, events),
        known_through=sentences.known_through_sentence(standing.known_through),
        addressees=[_fact(each, citations, note=said(each.note)) for each in record.addressees],
        progress=progress,
        following=_following(standing),
        timeline=events.timeline(),
        terms=terms_of(standing, events),
        demands=_demands(record, citations),
        decisions=_decisions(record, citations),
        group=_group(record, citations, events),
        positions=_positions(record, citations),
        positions_note=said(petition.positions_note),
        views=[_fact(each, citations, text=said(each.names), extra=said(each.view)) for each in record.views],
        statements=events.statements(),
        allegations=events.allegations(),
        letters=events.letters(),
        undertaken=events.undertaken(),
        reported=events.reported_apart(),
        acts=events.related_acts(),
        cases=events.cases(),
        counts=[_count(each, citations) for each in record.counts],
        titles=_titles(record.titles, citations),
        author=_author(record, citations),
        related=[Related(each, record.related.get(each)) for each in petition.related or ()],
        contradictions=[_contradiction(each, citations) for each in contradictions],
        notes=said(petition.notes),
        summary=said(petition.summary),
        sources=citations.listed(),
    )


def heading_of(petition: Petition, titles: Iterable[Title], lang: str) -> Heading:
    """Return the title for a reader of ``lang``, else our description, else the number alone."""
    found, is_title = tracking.title_for(petition, titles, lang)
    if found is None:
        return Heading(gettext("Petition No. %(number)s", number=petition.number), lang, is_title=True)
    return Heading(quoted(found.text, found.lang) if is_title else found.text, found.lang, is_title)


def _fact(row: Any, citations: Citations, **texts: Any) -> Fact:
    return Fact(row, citations.of(row), **texts)


def _sources_by_key(record: Record, contradictions: Sequence[Contradiction]) -> Mapping[str, Any]:
    keys = {key for each in contradictions for claim in each.claims if (key := claim.get("source"))}
    missing = sorted(keys - set(record.sources_by_key))
    return {**record.sources_by_key, **(library.sources_by_key(missing) if missing else {})}


def _status(record: Record, standing: Standing, progress: Progress) -> Sequence[str]:
    deciding = [each.body for each in record.addressees if each.role in ("decides", "addressee")]
    body = wording(deciding[-1].names) if deciding else None
    return sentences.status_sentence(
        standing,
        count=None if progress.votes is None else progress.said,
        threshold=progress.threshold,
        body=body.text if body else None,
    )


def _disputed_days(standing: Standing, events: Events) -> Sequence[ClaimView]:
    """Return the days that sources give for the decision, where they disagree."""
    stated = standing.outcome
    return events.claims_of(stated.event) if stated is not None and stated.event in standing.disputed else ()


def _following(standing: Standing) -> Sequence[str]:
    by_law = sentences.next_by_law_sentence(standing.by_law_next)
    return [*([by_law] if by_law else []), *next_words(standing)]


def _progress(record: Record, on: date, citations: Citations) -> Progress:
    """Return the count to show up to the day, beside the threshold."""
    petition = record.petition
    last = latest_count(record.counts, on)
    editions = {each.id: each.in_force for each in catalogue().statute.editions}
    in_force = editions.get(petition.threshold_edition or "")
    return Progress(
        votes=last.votes if last else None,
        said=count_words(last.votes, last.qualifier) if last else count_words(None),
        when=date_range(DateRange(last.earliest, last.latest)) if last else None,
        cited=citations.of(last) if last else None,
        threshold=petition.threshold,
        edition=date_range(in_force) if in_force else None,
        level=label(petition.threshold_level, "level") if petition.threshold_level else None,
    )


def _demands(record: Record, citations: Citations) -> list[DemandView]:
    return [
        DemandView(
            id=each.key,
            text=said(each.text),
            outcome=label(each.outcome, "demand_outcome"),
            note=said(each.note),
            cited=citations.of(each),
            quotes=tuple(
                (
                    quote_of(quote["text"]),
                    said(quote["speaker"]),
                    said(quote["note"]),
                    citations.by_key(quote["source"], quote["locator"]),
                )
                for quote in each.quotes or ()
            ),
        )
        for each in record.demands
    ]


def _decisions(record: Record, citations: Citations) -> list[DecisionView]:
    demands = {each.key: said(each.text) for each in record.demands}
    grounds = sorted({ground for each in record.decisions for ground in each.grounds or ()})
    norms: Mapping[str, Norm] = library.norms_by_id(grounds) if grounds else {}
    return [
        DecisionView(
            id=each.key,
            when=date_range(DateRange(each.earliest, each.latest)),
            status=label(each.status, "decision_status") if each.status else gettext("Not stated by anybody"),
            status_says=label(each.status, "decision_status_says") if each.status else None,
            outcome=label(each.outcome or "unknown", "outcome"),
            stated_by=said(each.stated_by),
            effect=label(each.legal_effect, "legal_effect"),
            quote=quote_of(each.quote),
            grounds=tuple((key, said(norms[key].names) if key in norms else None) for key in each.grounds or ()),
            demands=tuple(
                (of.demand_key, demands.get(of.demand_key), label(of.outcome, "demand_outcome")) for of in each.demands
            ),
            note=said(each.note),
            cited=citations.of(each),
        )
        for each in record.decisions
    ]


def _group(record: Record, citations: Citations, events: Events) -> GroupView | None:
    group = record.group
    if group is None:
        return None
    cited = citations.of(group)
    return GroupView(
        group=group,
        made_up=composition(group.total, [(Category(each.category), each.count) for each in group.categories]),
        categories=tuple(
            _fact(each, citations, text=said(each.names), note=said(each.note)) for each in group.categories
        ),
        fields=tuple(said(each) for each in group.fields or ()),
        chair=said(group.chair),
        chair_cited=citations.by_id(group.chair_source_id) if group.chair_source_id else None,
        note=said(group.note),
        body=library.body(group.body_id) if group.body_id else None,
        seats=tuple(
            _fact(each, citations, text=said(each.organisation.names if each.organisation else each.role))
            for each in group.seats
        ),
        sittings=tuple(events.sittings()),
        cited=cited,
    )


def _positions(record: Record, citations: Citations) -> list[Fact]:
    return [
        _fact(
            each,
            citations,
            text=said(each.organisation.names),
            note=said(each.note),
            extra=(said(each.channel), label(each.stance, "stance")),
        )
        for each in record.positions
    ]


def _count(each: CountReport, citations: Citations) -> Fact:
    when = DateRange(each.earliest, each.latest)
    votes = count_words(each.votes, each.qualifier, of="signatures")
    day = date_range(when) if when.is_dated else None
    return _fact(each, citations, when=day, note=said(each.note), extra=votes)


def _titles(titles: Sequence[Title], citations: Citations) -> list[Fact]:
    """Return every wording of the title; what a file gives as its title and again with its source, once."""
    cited = {(each.lang, each.text) for each in titles if not each.is_main}
    shown = [each for each in titles if not each.is_main or (each.lang, each.text) not in cited]
    return [_fact(each, citations, extra=quoted(each.text, each.lang), note=said(each.note)) for each in shown]


def _author(record: Record, citations: Citations) -> Fact | None:
    petition = record.petition
    if not (record.author or petition.author_role or petition.author_kind):
        return None
    kind = label(petition.author_kind, "author_kind") if petition.author_kind else None
    cited = citations.by_id(petition.author_source_id)
    return Fact(petition, cited, text=said(petition.author_role), extra=(record.author, kind))


def _contradiction(each: Contradiction, citations: Citations) -> ContradictionView:
    claims = tuple(
        (said(claim["text"]), said(claim["by"]), citations.by_key(claim.get("source"), claim.get("locator")))
        for claim in each.claims
    )
    state = label(each.state, "contradiction_state")
    return ContradictionView(each, said(each.topic), claims, state, said(each.remark))
