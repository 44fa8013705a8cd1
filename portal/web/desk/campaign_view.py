"""What the pages of campaigns at the desk show: where each stands, what it still lacks, and what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from portal.domain.campaigns import ACTIVE, State, States
from portal.domain.dates import DateRange
from portal.domain.texts import LANGUAGES
from portal.i18n.campaign_desk import doubt_words, flaw_words, place_words
from portal.i18n.campaigns import state_words
from portal.i18n.formats import date_range
from portal.i18n.labels import label
from portal.i18n.locale import gettext, language, pgettext
from portal.models import CampaignVersion
from portal.services import campaign_desk, campaigns, letters, library
from portal.services.campaign_desk import Work
from portal.services.campaign_differences import differences, stale
from portal.services.campaign_flaws import Content, Flaw, doubts_of, flaws_of, opened, readable
from portal.services.campaign_format import Campaign, Where
from portal.web.public.campaign_kit import too_long_for

MISSING = frozenset({"missing", "language_missing"})


@dataclass(frozen=True, slots=True)
class Note:
    """Something to mend or to look at again: where, what, and the address of its field."""

    place: str
    sentence: str
    address: str


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, in words; ``lang`` is the language of a text."""

    place: str
    language: str | None
    lang: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A campaign in the list of the desk."""

    id: str
    title: str
    lang: str
    states: Sequence[str]
    lacking: Mapping[str, int]
    flaws: int
    has_draft: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a campaign in the list of them."""

    number: int
    at: datetime
    by: str
    what: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Bench:
    """The workbench of a campaign."""

    line: Line
    work: Work
    flaws: Sequence[Note]
    doubts: Sequence[Note]
    changes: Sequence[Change]
    versions: Sequence[VersionLine]
    is_public: bool
    is_announced: bool
    is_own: bool
    may_propose: bool
    may_close: bool


def line_of(work: Work, on: date) -> Line:
    """Return a campaign as the list shows it."""
    flaws = flaws_with_pictures(work.id, work.latest, on) if work.draft else ()
    lacking = dict.fromkeys(LANGUAGES, 0)
    for flaw in flaws:
        for each in flaw.facts.get("languages", LANGUAGES) if flaw.code in MISSING else ():
            lacking[each] += 1
    title, spoken = title_of(work, language())
    return Line(
        work.id,
        title,
        spoken,
        standing_words(work, on),
        lacking,
        len(flaws),
        work.draft is not None,
        work.proposal is not None,
    )


def title_of(work: Work, lang: str) -> tuple[str, str]:
    """Return the title of a campaign in the language of the page, else in any; without one, its id."""
    title = work.latest.get("title") or {}
    found = next((each for each in (lang, *LANGUAGES) if title.get(each)), None)
    return (title[found], found) if found else (gettext("Campaign %(id)s, without a title yet", id=work.id), lang)


def standing_words(work: Work, on: date) -> Sequence[str]:
    """Return in sentences what the public has of a campaign, and what waits at the desk."""
    said = [_public_words(work, on)]
    if work.public and work.file:
        said.append(gettext("A version written at the desk stands in the place of the file."))
    elif work.public:
        said.append(gettext("Written at the desk."))
    elif work.file:
        said.append(gettext("From the file that came with the portal."))
    if work.draft:
        said.append(gettext("There is a draft, which is not public."))
    if work.proposal:
        said.append(gettext("A proposal waits for a second person."))
    return said


def _public_words(work: Work, on: date) -> str:
    found = campaigns.published().get(work.id)
    if found is None:
        return gettext("Not public.")
    states = found.campaign.states
    if states.on(on) is State.DRAFT:
        return gettext("Announced, not open yet.") if states.starts else gettext("Not public.")
    return gettext("Public: %(state)s.", state=state_words(states.on(on)))


def flaws_with_pictures(campaign_id: str, content: Content, on: date) -> Sequence[Flaw]:
    """Return what stands between a campaign and its opening, words that do not fit on its pictures included."""
    campaign, _ = readable(opened(content, on))
    long = too_long_for(campaign) if campaign else ()
    languages = ", ".join(label(lang, "language") for lang in LANGUAGES if any(each == lang for _, each in long))
    pictures = [Flaw("picture_too_long", ("share", "text"), {"language": languages})] if long else []
    return [*flaws_of(campaign_id, content, on), *pictures]


def bench_of(work: Work, on: date, by: str) -> Bench:
    """Return the workbench of a campaign for whoever is signed in."""
    flaws = flaws_with_pictures(work.id, work.latest, on) if work.draft else ()
    served = campaigns.published().get(work.id)
    states = served.campaign.states if served else States({})
    versions = campaign_desk.versions(work.id)
    has_changed = work.draft is not None and work.latest != work.served
    return Bench(
        line=line_of(work, on),
        work=work,
        flaws=[_note(work.id, each.where, flaw_words(each.code, each.facts)) for each in flaws],
        doubts=_doubts(work, versions, on),
        changes=changes_of(work.served or {}, work.latest) if work.draft and work.served else (),
        versions=[_version(each) for each in versions],
        may_propose=has_changed and not flaws and work.proposal is None,
        is_public=states.on(on) is not State.DRAFT,
        is_announced=_is_announced(states, on),
        is_own=work.proposal is not None and work.proposal.proposed_by == by,
        may_close=states.on(on) in ACTIVE or _is_announced(states, on),
    )


def _is_announced(states: States, on: date) -> bool:
    return bool(states.starts) and states.on(on) is State.DRAFT


def _doubts(work: Work, versions: Sequence[CampaignVersion], on: date) -> Sequence[Note]:
    campaign, _ = readable(opened(work.latest, on))
    found = [(each.where, doubt_words(each.code, each.facts)) for each in (doubts_of(campaign) if campaign else ())]
    for where, lang in stale_in(work, versions):
        found.append((where, doubt_words("stale", {"language": lang, "lang": lang})))
    return [_note(work.id, where, sentence) for where, sentence in found]


def stale_in(work: Work, versions: Sequence[CampaignVersion]) -> Sequence[tuple[Where, str]]:
    """Return the translations that are older than what they translate."""
    contents = [work.file] if work.file else []
    return stale([*contents, *(each.content for each in reversed(versions))])


def _note(campaign_id: str, where: Where, sentence: str) -> Note:
    anchor = "-".join(map(str, where))
    return Note(place_words(where), sentence, url_for("desk.edit_campaign", campaign_id=campaign_id, _anchor=anchor))


def _version(row: CampaignVersion) -> VersionLine:
    what = pgettext("a version", "public") if row.is_public else pgettext("a version", "draft")
    return VersionLine(row.recorded_in, row.recorded_at, row.recorded_by, what, row.retired_in is None)


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[Change]:
    """Return what differs between two contents, in words."""
    found = [each for each in differences(before, after) if each.where != ("id",)]
    return [
        Change(
            place=place_words(each.where),
            language=label(each.lang, "language") if each.lang else None,
            lang=each.lang,
            before=_value_words(each.where, each.before),
            after=_value_words(each.where, each.after),
        )
        for each in found
    ]


def _value_words(where: Where, value: str | None) -> str | None:
    """Return a value as readers know it: a kind of letter, a sentence, a petition by its name, a day in words."""
    if value is None:
        return None
    match where[0], where[-1]:
        case "kind", _ if found := letters.stock().kinds.get(value):
            return _said(found.name)
        case "items", _ if item := letters.stock().items.get(value):
            return f"{value}. {_said(item.text)}"
        case "petition", _ if petition := campaigns.petition_named(value):
            return gettext("Petition No. %(number)s", number=petition.number)
        case "open" | "closing" | "closed" | "archived", _:
            day = date.fromisoformat(value.removeprefix("../"))
            return date_range(DateRange(None if value.startswith("../") else day, day))
        case _, "original":
            return label(value, "language")
        case _, "ours":
            return pgettext("a call of our own", "yes")
    return value


def content_before(work: Work, versions: Sequence[CampaignVersion], row: CampaignVersion) -> Content:
    """Return what stood before a version: of a public one what the public had, of a draft the latest of all."""
    older = [each for each in versions if each.id < row.id and (each.is_public or not row.is_public)]
    return older[0].content if older else work.file or {}


# Choices of the form
# ------------------------------------------------------------------------------------------------------------------


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of letter, and none."""
    named = [(code, letters.stock().kinds[code]) for code in letters.stock().kinds]
    return [("", pgettext("a kind of letter", "not chosen yet")), *((code, _said(kind.name)) for code, kind in named)]


def items(kind: str | None, petition: str | None) -> list[tuple[str, str]]:
    """Return the sentences that letters of a kind about a petition may have, facts and demands apart by their codes."""
    found = letters.stock().kinds.get(kind or "")
    offered = letters.stock().offered(found, petition) if found else ()
    return [(each.id, f"{each.id}. {_said(each.text)}") for each in offered]


def sources() -> list[tuple[str, str]]:
    """Return the sources that the record has, the most cited first: the key, and who published what."""
    found = [source for source, _ in library.sources()]
    return [(each.key, ": ".join([each.publisher, *([_said(each.title)] if each.title else [])])) for each in found]


def successors(campaign_id: str) -> list[tuple[str, str]]:
    """Return the other campaigns that the public may read, and none."""
    others = [each for each in campaigns.campaigns() if each.id != campaign_id]
    return [("", pgettext("a later campaign", "none")), *((each.id, f"{each.id}. {_title(each)}") for each in others)]


def _title(campaign: Campaign) -> str:
    return _said(campaign.title)


def _said(text: Any) -> str:
    return str(text.in_language(language()).text)
