"""What the pages of campaigns show: what runs asks for something, what is over is only told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from markupsafe import Markup

from portal.domain.campaigns import ACTIVE, State
from portal.i18n.campaigns import (
    dates_so_far,
    last_day_words,
    owner_words,
    state_sentences,
    state_words,
    whose_words,
)
from portal.models import Norm, Source
from portal.services import campaigns, library, tracking
from portal.services.campaign_format import Argument, Campaign, Said, norms_of, sources_of
from portal.web.public.campaign_kit import Address, KitView, kit_of
from portal.web.public.citing import Citations, Cited, Numbered, said
from portal.web.public.petition_list import RowView, row_of


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in a list."""

    campaign: Campaign
    state: str
    last_day: str | None
    whose: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a campaign with what it rests on; nothing where it is the campaign's own."""

    text: Markup | None
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class NormLine:
    """A norm that an argument rests on, and since when it is out of force on the day of the page."""

    norm: Norm
    out_since: date | None


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """An argument of a letter of the past beside what the State has said to it."""

    says: Sentence
    norms: Sequence[NormLine]
    answer: Sentence | None
    answer_norms: Sequence[NormLine]


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """The page of a campaign. What asks somebody to act is there only while the campaign runs."""

    campaign: Campaign
    state: State
    is_active: bool
    sentences: Sequence[str]
    whose: str
    dates: Sequence[tuple[str, str]]
    dates_note: Sentence | None
    petition: RowView | None
    why: Sequence[Sentence]
    steps: Sequence[Sentence]
    letter_address: str | None
    press: Sequence[Source]
    kit: Sequence[KitView]
    letter_about: Sentence | None
    arguments: Sequence[ArgumentView]
    successor: Campaign | None
    sources: Sequence[Numbered]


def list_of(shown: Sequence[tuple[Campaign, State]], on: date, lang: str) -> Mapping[str, Sequence[CampaignLine]]:
    """Return the campaigns in three parts: running, closed, archived."""
    parts: dict[str, list[CampaignLine]] = {"running": [], "closed": [], "archived": []}
    for campaign, state in shown:
        running = state in ACTIVE
        last = campaign.states.last_day if running else None
        line = CampaignLine(
            campaign,
            state_words(state),
            last_day_words(last, on) if last else None,
            owner_words(campaign.whose.name.in_language(lang).text),
        )
        parts["running" if running else state.value].append(line)
    return parts


def page_of(
    campaign: Campaign, on: date, lang: str, withheld: Collection[str], picture: Address | None = None
) -> CampaignPage:
    """Return the page of a campaign as it stands on a day. ``picture`` says where its pictures are, if elsewhere."""
    state = campaign.states.on(on)
    active = state in ACTIVE
    by_key = library.sources_by_key(sources_of(campaign))
    citations = Citations({}, by_key)
    norms = library.norms_by_id(norms_of(campaign))
    why = [_sentence(each, citations) for each in campaign.why]
    steps = [_sentence(each, citations) for each in campaign.steps]
    letter = campaign.letter if not active else None
    petition = _petition(campaign, on, lang)
    return CampaignPage(
        campaign=campaign,
        state=state,
        is_active=active,
        sentences=state_sentences(campaign.states, on),
        whose=whose_words(campaign.whose.name.in_language(lang).text, ours=campaign.whose.ours),
        dates=dates_so_far(campaign.states, on),
        dates_note=_sentence(campaign.dates_note, citations) if campaign.dates_note else None,
        petition=petition,
        why=why,
        steps=steps,
        letter_address=letter_address(campaign.kind, petition.number, lang)
        if active and campaign.kind and petition
        else None,
        press=[by_key[key] for key in campaign.press if key in by_key] if active else (),
        kit=kit_of(campaign, lang, picture) if active else (),
        letter_about=_sentence(letter.about, citations) if letter else None,
        arguments=[_argument(each, norms, citations, on) for each in letter.arguments] if letter else (),
        successor=_successor(campaign, on, withheld) if not active else None,
        sources=citations.listed(),
    )


def letter_address(kind: str, number: int, lang: str) -> str:
    """Return where a letter of a kind about a petition is drafted."""
    return url_for("letters.draft", lang=lang, code=kind, petition=number)


def _sentence(each: Said, citations: Citations) -> Sentence:
    return Sentence(said(each.text), citations.by_key(each.source, each.locator) if each.source else None)


def _argument(each: Argument, norms: Mapping[str, Norm], citations: Citations, on: date) -> ArgumentView:
    return ArgumentView(
        _sentence(each.says, citations),
        _lines(each.norms, norms, on),
        _sentence(each.answer, citations) if each.answer else None,
        _lines(each.answer_norms, norms, on),
    )


def _lines(keys: Sequence[str], norms: Mapping[str, Norm], on: date) -> Sequence[NormLine]:
    return [NormLine(norms[key], _out_since(norms[key], on)) for key in keys if key in norms]


def _out_since(norm: Norm, on: date) -> date | None:
    """Return the first day on which a norm was out of force, where that day has come."""
    return norm.ended_on + timedelta(days=1) if norm.ended_on is not None and norm.ended_on < on else None


def _petition(campaign: Campaign, on: date, lang: str) -> RowView | None:
    found = campaigns.petition_named(campaign.petition)
    return row_of(tracking.items_of([found])[0], on, lang) if found is not None else None


def _successor(campaign: Campaign, on: date, withheld: Collection[str]) -> Campaign | None:
    found = campaigns.by_id(campaign.successor)
    if found is None or found.id in withheld or found.states.on(on) is State.DRAFT:
        return None
    return found
