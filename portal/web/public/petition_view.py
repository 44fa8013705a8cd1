"""A petition's page as its template gets it: everything chosen, ordered, numbered and in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.domain.refusals import PopulationMissing
from portal.domain.stages import ENDED, Level
from portal.domain.texts import LANGUAGES
from portal.domain.thresholds import Threshold, votes_needed
from portal.domain.timeline import Standing, Status
from portal.i18n import sentences
from portal.i18n.formats import count as count_words
from portal.i18n.formats import date_range, long_date, percent, quoted
from portal.i18n.labels import label
from portal.i18n.locale import gettext, speaking
from portal.models import CountReport, Event, Petition, Title
from portal.services import library, tracking
from portal.services.catalogue import catalogue
from portal.services.lifecycle import Counted
from portal.services.tracking import Named, Record
from portal.web.asked_days import AskedDays
from portal.web.public.citing import Citations, Cited, Fact, fact_of, said
from portal.web.public.past_view import Past
from portal.web.public.petition_events import ClaimView, Events, EventView
from portal.web.public.petition_official import OfficialLink, gone_since, link_of
from portal.web.public.petition_review import (
    DecisionView,
    DemandView,
    GroupView,
    channels_of,
    decisions_of,
    demands_of,
    group_of,
    positions_of,
    views_of,
)
from portal.web.public.petition_terms import (
    Awaited,
    Drawn,
    TermView,
    awaited_of,
    by_reported_step,
    drawn_of,
    terms_of,
)
from portal.web.public.petition_voices import Voices
from portal.web.public.threshold_view import arithmetic, rule_words
from portal.web.templating import wording

FEW = 8
"""So many statements, or organisations heard, stand on the page itself; more of them fill a page of their own."""


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
    rule: str | None
    sum: str | None
    share: str | None


@dataclass(frozen=True, slots=True)
class Related:
    """Another petition that belongs with this one; one that is not in our record is named as files name it."""

    register_id: str
    petition: Petition | None
    heading: Heading | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline: what was done, or what is awaited on its last day."""

    event: EventView | None = None
    awaited: Awaited | None = None


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """Everything that the page of one petition shows, in the order in which it shows it."""

    petition: Petition
    heading: Heading
    on: date
    is_today: bool
    past: Past | None
    standing: Standing
    tone: str
    status: Sequence[str]
    disputed_days: Sequence[ClaimView]
    effect: DecisionView | None
    known_through: str
    drawn: Drawn | None
    progress: Progress
    by_law: str | None
    awaited: Sequence[Awaited]
    timeline: Sequence[Moment]
    terms: Sequence[TermView]
    demands: Sequence[DemandView]
    group: GroupView | None
    positions: Sequence[Fact]
    channels: Sequence[tuple[Markup | None, int]]
    positions_note: Markup | None
    views: Sequence[Fact]
    decisions: Sequence[DecisionView]
    undertaken: Sequence[Any]
    reported: Sequence[Any]
    acts: Sequence[Any]
    cases: Sequence[Any]
    letters: Sequence[Any]
    topics: Sequence[Any]
    said: Sequence[tuple[str, str, int]]
    allegations: int
    counts: Sequence[Fact]
    titles: Sequence[Fact]
    author: Fact | None
    addressees: Sequence[Fact]
    related: Sequence[Related]
    contradictions: int
    notes: Markup | None
    summary: Markup | None
    sources: Sequence[Any]
    cite: Sequence[tuple[str, str]]
    official: OfficialLink | None

    @property
    def shows_positions(self) -> bool:
        """Whether the organisations that were heard stand on the page itself."""
        return len(self.positions) <= FEW


def page_of(petition: Petition, days: AskedDays, lang: str, address: str, *, past: Past | None = None) -> PetitionPage:
    """Return the page of a petition as of a day. Sources are numbered in the order in which the page cites them.

    ``address`` is where anybody finds the page: it stands in the references that readers copy. ``past`` is how the
    record stood where a past day of it is asked for.
    """
    record = past.record if past else tracking.record_of(petition)
    petition, on = record.petition, days.on
    standing = tracking.standing_of(record, on)
    citations = Citations(record.sources, record.sources_by_key)
    events = Events(record, citations, by_reported_step(standing), days.as_of)
    voices = Voices(record, citations)
    disputed_days = _disputed_days(standing, events)
    decisions = decisions_of(record, citations)
    progress = _progress(record, on, citations)
    awaited = awaited_of(standing)
    few_heard = len(record.positions) <= FEW
    return PetitionPage(
        petition=petition,
        heading=heading_of(petition, record.titles, lang),
        on=on,
        is_today=days.is_now,
        past=past,
        standing=standing,
        tone=_tone(standing),
        status=_status(record, standing, progress),
        disputed_days=disputed_days,
        effect=next((each for each in decisions if each.quote), None),
        known_through=sentences.known_through_sentence(standing.known_through),
        drawn=drawn_of(standing, events.marks()),
        progress=progress,
        by_law=sentences.next_by_law_sentence(standing.by_law_next),
        awaited=awaited,
        timeline=_timeline(events, awaited),
        terms=terms_of(standing, events),
        demands=demands_of(record, citations),
        group=group_of(record, citations, events),
        positions=positions_of(record, citations if few_heard else Citations({}, {})),
        channels=channels_of(record),
        positions_note=said(petition.positions_note),
        views=views_of(record, citations) if few_heard else (),
        decisions=decisions,
        undertaken=voices.undertaken(),
        reported=voices.reported_apart(),
        acts=voices.related_acts(),
        cases=voices.cases(),
        letters=voices.letters(),
        topics=voices.statements() if voices.count_of(EventKind.STATEMENT_QUOTED) <= FEW else (),
        said=voices.said(),
        allegations=voices.count_of(EventKind.ALLEGATION_MADE),
        counts=[_count(each, citations) for each in record.counts],
        titles=_titles(record.titles, citations),
        author=_author(record, citations),
        addressees=[fact_of(each, citations, note=said(each.note)) for each in record.addressees],
        related=_related(record, lang),
        contradictions=len(library.contradictions_about(petition.register_id)),
        notes=said(petition.notes),
        summary=said(petition.summary),
        sources=citations.listed(),
        cite=_cite(record, days, address),
        official=link_of(record, days.as_of),
    )


def heading_of(petition: Petition, titles: Iterable[Named], lang: str) -> Heading:
    """Return the title for a reader of ``lang``, else our description, else the number alone."""
    found, is_title = tracking.title_for(petition, titles, lang)
    if found is None:
        return Heading(gettext("Petition No. %(number)s", number=petition.number), lang, is_title=True)
    return Heading(quoted(found.text, found.lang) if is_title else found.text, found.lang, is_title)


def _status(record: Record, standing: Standing, progress: Progress) -> Sequence[str]:
    deciding = [each.body for each in record.addressees if each.role in ("decides", "addressee")]
    body = wording(deciding[-1].names) if deciding else None
    said = sentences.status_sentence(
        standing,
        count=None if progress.votes is None else progress.said,
        threshold=progress.threshold,
        body=body.text if body else None,
    )
    gone = gone_since([event for event in record.events if _is_by(event, standing.as_of)])
    return [*said, gone] if gone else said


def _is_by(event: Event, day: date) -> bool:
    """Whether an event happened by a day, so far as its latest day is known."""
    days = [claim.latest for claim in event.claims if claim.latest]
    return not days or min(days) <= day


def _disputed_days(standing: Standing, events: Events) -> Sequence[ClaimView]:
    """Return the days that sources give for the decision, where they disagree."""
    stated = standing.outcome
    return events.claims_of(stated.event) if stated is not None and stated.event in standing.disputed else ()


def _tone(standing: Standing) -> str:
    """Return what colour repeats of the status: time only, never how a petition ended."""
    if any(each.status is Status.OVERDUE for each in standing.obligations):
        return "late"
    if sentences.is_stage_over(standing):
        return "unseen"
    return "plain" if standing.stage in ENDED or standing.stage_due is None else "open"


def _timeline(events: Events, awaited: Sequence[Awaited]) -> list[Moment]:
    """Return what was done and what is awaited, in the order of days; what has no day stands last."""
    moments: list[tuple[bool, date, Moment]] = [
        (day is None, day or date.max, Moment(event=view)) for day, view in events.timeline()
    ]
    moments += [(each.day is None, each.day or date.max, Moment(awaited=each)) for each in awaited]
    return [moment for _, _, moment in sorted(moments, key=lambda each: each[:2])]


def _progress(record: Record, on: date, citations: Citations) -> Progress:
    """Return the count to show up to the day, beside the threshold."""
    petition = record.petition
    last = record.latest_count(on)
    editions = {each.id: each.in_force for each in catalogue().statute.editions}
    in_force = editions.get(petition.threshold_edition or "")
    stamped = _stamped(petition)
    return Progress(
        votes=last.votes if last else None,
        said=count_words(last.votes, last.qualifier) if last else count_words(None),
        when=date_range(DateRange(last.earliest, last.latest)) if last else None,
        cited=_cited_count(record, last, citations),
        threshold=petition.threshold,
        edition=date_range(in_force) if in_force else None,
        level=label(petition.threshold_level, "level") if petition.threshold_level else None,
        rule=rule_words(stamped.rule) if stamped else None,
        sum=arithmetic(stamped) if stamped and stamped.rule.percent is not None else None,
        share=percent(100 * last.votes / petition.threshold) if last and petition.threshold else None,
    )


def _cited_count(record: Record, count: CountReport | Counted | None, citations: Citations) -> Cited | None:
    """Return the source of a count; of what the poll saw it is the petition's page on the official portal."""
    if isinstance(count, CountReport):
        return citations.of(count)
    return citations.by_key(record.petition.official_url) if count else None


def _stamped(petition: Petition) -> Threshold | None:
    """Return the rule that the threshold was stamped with, where the edition of the law has it."""
    edition = next((each for each in catalogue().statute.editions if each.id == petition.threshold_edition), None)
    if edition is None or petition.threshold_level is None:
        return None
    try:
        found = votes_needed(edition.thresholds, Level(petition.threshold_level), petition.threshold_population)
    except PopulationMissing:
        return None
    return found if found.votes == petition.threshold else None


def _count(each: CountReport, citations: Citations) -> Fact:
    when = DateRange(each.earliest, each.latest)
    votes = count_words(each.votes, each.qualifier, of="signatures")
    day = date_range(when) if when.is_dated else None
    return fact_of(each, citations, when=day, note=said(each.note), extra=votes)


def _titles(titles: Sequence[Title], citations: Citations) -> list[Fact]:
    """Return every wording of the title; what a file gives as its title and again with its source, once."""
    cited = {(each.lang, each.text) for each in titles if not each.is_main}
    shown = [each for each in titles if not each.is_main or (each.lang, each.text) not in cited]
    return [fact_of(each, citations, extra=quoted(each.text, each.lang), note=said(each.note)) for each in shown]


def _related(record: Record, lang: str) -> list[Related]:
    """Return the petitions that belong with this one, by the titles under which they are known."""
    titles = {item.petition.register_id: item.titles for item in tracking.items_of(list(record.related.values()))}
    return [
        Related(
            each,
            record.related.get(each),
            heading_of(record.related[each], titles.get(each, ()), lang) if each in record.related else None,
        )
        for each in record.petition.related or ()
    ]


def _cite(record: Record, days: AskedDays, address: str) -> list[tuple[str, str]]:
    """Return a reference to the page in each language: what it was, in which version, and when it was read."""
    petition = record.petition
    found = []
    for lang in LANGUAGES:
        with speaking(lang):
            reference = gettext(
                "%(title)s. Qadam, petition No. %(number)s, version %(version)s, read on %(date)s.",
                title=heading_of(petition, record.titles, lang).text,
                number=petition.number,
                version=petition.changed_in,
                date=long_date(days.today),
            )
        as_of = f"?as_of={days.as_of}" if days.as_of else ""
        found.append((lang, f"{reference} {address.format(lang=lang)}{as_of}"))
    return found


def _author(record: Record, citations: Citations) -> Fact | None:
    petition = record.petition
    if not (record.author or petition.author_role or petition.author_kind):
        return None
    kind = label(petition.author_kind, "author_kind") if petition.author_kind else None
    cited = citations.by_id(petition.author_source_id)
    return Fact(petition, cited, text=said(petition.author_role), extra=(record.author, kind))
