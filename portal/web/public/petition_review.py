"""The review as a petition's page shows it: what was asked, what was decided, who sat in the group, who was heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from portal.domain.dates import DateRange
from portal.domain.groups import Category, Composition, composition
from portal.i18n.formats import date_range
from portal.i18n.labels import label
from portal.i18n.locale import gettext
from portal.models import Body, Norm, WorkingGroup
from portal.services import library
from portal.services.tracking import Record
from portal.web.public.citing import Citations, Cited, Fact, Quote, fact_of, quote_of, said
from portal.web.public.petition_events import Events


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
class Bar:
    """A make-up drawn as a bar: each part's start and length in seats, and how many nobody breaks down."""

    total: int
    parts: tuple[tuple[int, int], ...]
    rest: int


def bar_of(made_up: Composition, counts: Sequence[int | None]) -> Bar | None:
    """Return the bar of a group, or nothing where its total is not known or its parts do not fit into it."""
    if not made_up.total or made_up.exceeds:
        return None
    known = [count for count in counts if count]
    starts = [sum(known[:place]) for place in range(len(known))]
    return Bar(made_up.total, tuple(zip(starts, known, strict=True)), made_up.not_broken_down or 0)


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
    discussions: tuple[Any, ...]
    bar: Bar | None
    cited: Cited


def demands_of(record: Record, citations: Citations) -> list[DemandView]:
    """Return every demand with what became of it."""
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


def decisions_of(record: Record, citations: Citations) -> list[DecisionView]:
    """Return every decision that somebody stated."""
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


def group_of(record: Record, citations: Citations, events: Events) -> GroupView | None:
    """Return the working group, where the record knows of one."""
    group = record.group
    if group is None:
        return None
    cited = citations.of(group)
    made_up = composition(group.total, [(Category(each.category), each.count) for each in group.categories])
    return GroupView(
        group=group,
        made_up=made_up,
        categories=tuple(
            fact_of(each, citations, text=said(each.names), note=said(each.note)) for each in group.categories
        ),
        fields=tuple(said(each) for each in group.fields or ()),
        chair=said(group.chair),
        chair_cited=citations.by_id(group.chair_source_id) if group.chair_source_id else None,
        note=said(group.note),
        body=library.body(group.body_id) if group.body_id else None,
        seats=tuple(
            fact_of(each, citations, text=said(each.organisation.names if each.organisation else each.role))
            for each in group.seats
        ),
        sittings=tuple(events.sittings()),
        discussions=tuple(events.discussions()),
        bar=bar_of(made_up, [each.count for each in group.categories]),
        cited=cited,
    )


def positions_of(record: Record, citations: Citations) -> list[Fact]:
    """Return the organisations that were heard, with the channel and the position stated, if any."""
    return [
        fact_of(
            each,
            citations,
            text=said(each.organisation.names),
            note=said(each.note),
            extra=(said(each.channel), label(each.stance, "stance")),
        )
        for each in record.positions
    ]


def views_of(record: Record, citations: Citations) -> list[Fact]:
    """Return how sources describe the views of groups of people; these are not positions of organisations."""
    return [fact_of(each, citations, text=said(each.names), extra=said(each.view)) for each in record.views]


def channels_of(record: Record) -> list[tuple[Markup | None, int]]:
    """Return by which channels organisations were heard, with how many by each; None stands for one not stated."""
    counted: dict[Markup | None, int] = {}
    for each in record.positions:
        words = said(each.channel)
        counted[words] = counted.get(words, 0) + 1
    return list(counted.items())
