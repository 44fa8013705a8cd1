"""What was said about a petition, side by side, with what it contradicts. We do not decide who is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from portal.i18n.labels import label
from portal.models import Contradiction, Petition
from portal.services import library, tracking
from portal.web.public.citing import Citations, Cited, Fact, said
from portal.web.public.past_view import Past
from portal.web.public.petition_review import positions_of, views_of
from portal.web.public.petition_view import Heading, heading_of
from portal.web.public.petition_voices import Spoken, Voices


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """Claims that do not fit together, side by side."""

    id: str
    topic: Markup | None
    claims: tuple[tuple[Markup | None, Markup | None, Cited], ...]
    state: str
    remark: Markup | None


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """Everything that was said about one petition; ``topics`` holds a code, its words, and the statements."""

    petition: Petition
    heading: Heading
    positions: Sequence[Fact]
    positions_note: Markup | None
    views: Sequence[Fact]
    topics: Sequence[tuple[str, str, Sequence[Spoken]]]
    allegations: Sequence[Spoken]
    contradictions: Sequence[ContradictionView]
    sources: Sequence[Any]
    past: Past | None


def statements_of(petition: Petition, lang: str, *, past: Past | None = None) -> StatementsPage:
    """Return the page. Its sources are numbered for themselves, in the order in which it cites them."""
    record = past.record if past else tracking.record_of(petition)
    petition = record.petition
    contradictions = library.contradictions_about(petition.register_id)
    citations = Citations(record.sources, {**record.sources_by_key, **_sources_of(contradictions)})
    voices = Voices(record, citations)
    return StatementsPage(
        petition=petition,
        heading=heading_of(petition, record.titles, lang),
        positions=positions_of(record, citations),
        positions_note=said(petition.positions_note),
        views=views_of(record, citations),
        topics=voices.statements(),
        allegations=voices.allegations(),
        contradictions=[_contradiction(each, citations) for each in contradictions],
        sources=citations.listed(),
        past=past,
    )


def _sources_of(contradictions: Sequence[Contradiction]) -> Mapping[str, Any]:
    keys = {key for each in contradictions for claim in each.claims if (key := claim.get("source"))}
    return library.sources_by_key(sorted(keys)) if keys else {}


def _contradiction(each: Contradiction, citations: Citations) -> ContradictionView:
    claims = tuple(
        (said(claim["text"]), said(claim["by"]), citations.by_key(claim.get("source"), claim.get("locator")))
        for claim in each.claims
    )
    return ContradictionView(
        each.id, said(each.topic), claims, label(each.state, "contradiction_state"), said(each.remark)
    )
