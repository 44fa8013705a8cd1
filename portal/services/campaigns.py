"""Campaigns: an organisation's call about one petition, each read from a file of ``data/campaigns``."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator

from portal.domain.campaigns import ACTIVE, Start, State, States
from portal.domain.texts import Text
from portal.services.catalogue import DATA, REGISTER
from portal.services.needs import ids_in, plain, require_every_language
from portal.services.register_format import Day, Line, Slug, Strict, TextField

FOLDER = DATA / "campaigns"
ITEMS = DATA / "letters" / "items.yaml"

Kind = Literal["message", "complaint", "question", "materials", "proposal", "measures", "ombudsman"]
"""The codes of the kinds of letter."""

CampaignId = Annotated[str, Field(pattern=r"^c[1-9][0-9]*$", max_length=8)]
"""The letter c and a number: an address that says nothing of the subject."""


class CampaignUnknown(ValueError):
    """A campaign is to be withheld that there is not: a slip of the pen would leave another one public."""


class _By(Strict):
    by: Day


def _start(value: object) -> object:
    """Read a day, or ``{by: day}`` for a state that began on that day or before it."""
    return _By.model_validate(value) if isinstance(value, Mapping) else value


StartField = Annotated[_By | Day, BeforeValidator(_start)]


class Said(Strict):
    """A sentence, with the source that it rests on and where in it; without one it is our own."""

    text: TextField
    source: Line | None = None
    locator: Line | None = None


class Whose(Strict):
    """Whose call it is: a name, what it is, and its address. ``ours`` is said of Qadam alone."""

    name: TextField
    about: TextField
    url: Line | None = None
    ours: bool = False


class Option(Strict):
    """A way to help for somebody who cannot file: for whom, what to do, and what may come of it."""

    who: TextField
    action: TextField
    result: TextField


class ShareKit(Strict):
    """What the pictures to share say, their caption, and their description for those who do not see them."""

    heading: TextField
    text: TextField
    caption: TextField
    alt: TextField


class Argument(Strict):
    """An argument of a letter of the past in our own words, what the State has said to it, and the norms of both."""

    says: Said
    norms: tuple[Slug, ...] = ()
    answer: Said | None = None
    answer_norms: tuple[Slug, ...] = ()


class Letter(Strict):
    """A letter that is kept as a document of its time and must not be sent."""

    about: Said
    arguments: list[Argument] = Field(min_length=1)


class Campaign(Strict):
    """One file. An open campaign has its texts and a kind of letter; an archive asks nobody to spread anything."""

    id: CampaignId
    petition: Slug
    whose: Whose
    open: StartField | None = None
    closing: StartField | None = None
    closed: StartField | None = None
    archived: StartField | None = None
    dates_note: Said | None = None
    title: TextField
    lead: TextField
    why: tuple[Said, ...] = ()
    steps: tuple[Said, ...] = ()
    kind: Kind | None = None
    items: tuple[Slug, ...] = ()
    options: tuple[Option, ...] = ()
    press: tuple[Line, ...] = ()
    share: ShareKit | None = None
    letter: Letter | None = None
    attribution: TextField
    successor: CampaignId | None = None

    @property
    def states(self) -> States:
        """When each state begins."""
        given = {state: getattr(self, state) for state in State if state is not State.DRAFT}
        return States({state: _started(each) for state, each in given.items() if each is not None})

    @model_validator(mode="after")
    def _is_whole(self) -> "Campaign":
        states = self.states
        for text in _texts(self):
            require_every_language(text)
        if states.is_archived and (self.share or self.press):
            raise ValueError("an archive has no share kit and no press list")
        if states.starts and not states.is_archived and not (self.why and self.steps and self.kind):
            raise ValueError("a campaign that opens says why, what to do, and by which kind of letter")
        if self.letter and not states.is_archived:
            raise ValueError("a letter kept as a document belongs to an archive")
        return self


def _started(given: _By | date) -> Start:
    return Start(given.by, is_latest=True) if isinstance(given, _By) else Start(given)


def _texts(value: object) -> Iterator[Text]:
    """Return every text of a file, however deep."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a file may name. ``items`` is nothing where the file of items is not there."""

    petitions: Collection[str]
    sources: Collection[str]
    norms: Collection[str]
    items: Collection[str] | None = None


def load_campaigns(folder: Path, known: Known) -> Sequence[Campaign]:
    """Read the campaigns of a folder, by number.

    Raises ``ValueError`` that names the file and what is wrong in it: another shape, a text that lacks a language,
    states out of order, an id that there is not, or a name of a file that is not the id.
    """
    found = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    ids = {campaign.id for campaign in found}
    for campaign in found:
        for what, named, there in _names(campaign, known, ids - {campaign.id}):
            if there is not None and named not in there:
                raise ValueError(f"{campaign.id}.yaml: there is no {what} {named!r}")
    return sorted(found, key=lambda campaign: int(campaign.id[1:]))


def _read(path: Path) -> Campaign:
    try:
        campaign = Campaign.model_validate(plain(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    if campaign.id != path.stem:
        raise ValueError(f"{path.name}: the file has another name than its campaign {campaign.id!r}")
    return campaign


def _names(
    campaign: Campaign, known: Known, others: Collection[str]
) -> Iterator[tuple[str, str, Collection[str] | None]]:
    yield "petition", campaign.petition, known.petitions
    for item in campaign.items:
        yield "item of letters", item, known.items
    for source in sources_of(campaign):
        yield "source", source, known.sources
    for norm in norms_of(campaign):
        yield "norm", norm, known.norms
    if campaign.successor is not None:
        yield "other campaign", campaign.successor, others


def sources_of(campaign: Campaign) -> Sequence[str]:
    """Return the keys of the sources that a campaign names, in the order in which it names them."""
    said = [*campaign.why, *campaign.steps, *([campaign.dates_note] if campaign.dates_note else [])]
    if campaign.letter:
        said.append(campaign.letter.about)
        for each in campaign.letter.arguments:
            said += [each.says, *([each.answer] if each.answer else [])]
    return list(dict.fromkeys([*(each.source for each in said if each.source), *campaign.press]))


def norms_of(campaign: Campaign) -> Sequence[str]:
    """Return the ids of the norms that the letter of a campaign, and the answers to it, rest on."""
    arguments = campaign.letter.arguments if campaign.letter else []
    return list(dict.fromkeys(norm for each in arguments for norm in (*each.norms, *each.answer_norms)))


@cache
def campaigns() -> Sequence[Campaign]:
    """Return the campaigns, drafts included. A bad file raises ``ValueError``: nothing starts with it."""
    known = Known(
        petitions={path.stem for path in (REGISTER / "petitions").glob("*.yaml")},
        sources=ids_in(REGISTER / "sources.yaml", "sources"),
        norms=ids_in(REGISTER / "norms.yaml", "norms"),
        items=ids_in(ITEMS, "items") if ITEMS.exists() else None,
    )
    return load_campaigns(FOLDER, known)


def by_id(campaign_id: str | None) -> Campaign | None:
    """Find a campaign by its id."""
    return next((each for each in campaigns() if each.id == campaign_id), None)


def require_known(ids: Iterable[str]) -> None:
    """Raise ``CampaignUnknown`` for an id that is none of ours."""
    for each in ids:
        if by_id(each) is None:
            raise CampaignUnknown(f"PORTAL_WITHHELD_CAMPAIGNS names a campaign that is not there: {each!r}.")


def shown(on: date, withheld: Collection[str]) -> Sequence[tuple[Campaign, State]]:
    """Return the campaigns that the public may read on a day, those first that still ask for something."""
    states = [(each, each.states.on(on)) for each in campaigns() if each.id not in withheld]
    public = [(each, state) for each, state in states if state is not State.DRAFT]
    order = [*State]
    return sorted(public, key=lambda pair: 0 if pair[1] in ACTIVE else order.index(pair[1]))


def preselected(petition: str | None, kind: str, on: date, withheld: Collection[str]) -> Sequence[str]:
    """Return what an open campaign chose beforehand for letters of a kind about a petition; nothing where none is."""
    for campaign, state in shown(on, withheld):
        if state in ACTIVE and (campaign.petition, campaign.kind) == (petition, kind):
            return campaign.items
    return ()
