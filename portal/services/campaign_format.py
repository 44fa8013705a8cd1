"""What a campaign holds, and what must be so: the shape of its file and of what is written at the desk alike."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo, model_validator

from portal.domain.campaigns import OutOfOrder, Start, State, States
from portal.domain.texts import Text
from portal.services.register_format import Day, Line, Slug, Strict, TextField

Kind = Literal["message", "complaint", "question", "materials", "proposal", "measures", "ombudsman"]
"""The codes of the kinds of letter."""

CampaignId = Annotated[str, Field(pattern=r"^c[1-9][0-9]*$", max_length=8)]
"""The letter c and a number: an address that says nothing of the subject."""

Address = Annotated[str, Field(pattern=r"^https?://[^\s\"<>]+$", max_length=600)]
"""Where a reader may be sent: a page of the web, and nothing that a browser would run."""

Where = tuple[str | int, ...]
"""The way to a value within a campaign: ``("why", 0, "text")``."""

FLAWS = "flaws"
"""The key of the context of validation under which flaws are gathered: a campaign in the making has some."""


class CampaignFlaw(ValueError):
    """What a campaign as a whole lacks: a code, the place that mends it, and the languages that are missing there."""

    def __init__(self, code: str, where: Where, sentence: str, languages: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.code = code
        self.where = where
        self.languages = languages


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
    url: Address | None = None
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
    def _is_whole(self, info: ValidationInfo) -> "Campaign":
        gathered = (info.context or {}).get(FLAWS)
        for flaw in self._flaws():
            if gathered is None:
                raise flaw
            gathered.append(flaw)
        return self

    def _flaws(self) -> Iterator[CampaignFlaw]:
        for where, text in texts_of(self):
            if missing := text.missing():
                said = next(iter(text.by_language.values()))[:60]
                yield CampaignFlaw("language_missing", where, f"no {', '.join(missing)} in {said!r}", missing)
        try:
            states = self.states
        except OutOfOrder as error:
            yield CampaignFlaw("states_out_of_order", (error.state.value,), str(error))
        else:
            yield from self._unfit_for(states)

    def _unfit_for(self, states: States) -> Iterator[CampaignFlaw]:
        if states.starts and not states.is_archived:
            said = "a campaign that opens says why, what to do, and by which kind of letter"
            empty = [name for name in ("why", "steps", "kind") if not getattr(self, name)]
            yield from (CampaignFlaw("missing", (name,), said) for name in empty)
        if states.is_archived:
            said = "an archive has no share kit and no press list"
            given = [name for name in ("share", "press") if getattr(self, name)]
            yield from (CampaignFlaw("not_in_an_archive", (name,), said) for name in given)
        elif self.letter:
            yield CampaignFlaw("only_in_an_archive", ("letter",), "a letter kept as a document belongs to an archive")


def _started(given: _By | date) -> Start:
    return Start(given.by, is_latest=True) if isinstance(given, _By) else Start(given)


def texts_of(value: object, where: Where = ()) -> Iterator[tuple[Where, Text]]:
    """Return every text of a campaign, however deep, with the way to it."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), (*where, name))
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            yield from texts_of(each, (*where, place))


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
