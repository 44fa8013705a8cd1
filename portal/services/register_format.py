"""The format of register files: what a record may hold, checked to the last key (``docs/register.md``)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from portal.domain.events import EventKind
from portal.domain.groups import Category
from portal.domain.questions import GROUND
from portal.domain.stages import (
    DecisionStatus,
    DemandOutcome,
    Jurisdiction,
    LegalEffect,
    Level,
    Outcome,
    Stage,
    Stance,
)
from portal.domain.texts import LANGUAGES, Mark, Text
from portal.models.source import SourceKind

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Days outside these years are slips of the pen, not facts about petitions."""

DATE_KINDS: dict[str, EventKind] = {
    "first_reported": EventKind.SIGHTED,
    "collection_deadline": EventKind.TERM_REPORTED,
    "review_deadline": EventKind.TERM_REPORTED,
    "working_group_formed": EventKind.GROUP_FORMED,
    "draft_decision": EventKind.DRAFT_ANNOUNCED,
    "decision": EventKind.DECIDED,
    "moot": EventKind.OVERTAKEN,
    **{kind.value: kind for kind in EventKind},
}
"""The words that files use for events, and ours."""

REPORTED_TERMS = {"collection_deadline": "collection", "review_deadline": "review"}


def _text(value: object) -> object:
    if value is None or isinstance(value, Text):
        return value
    if isinstance(value, str):
        return Text.of(en=_plain(value))
    if not isinstance(value, Mapping):
        raise ValueError("a text is a string or a mapping of languages")
    unknown = set(value) - {*LANGUAGES, "original", "marks"}
    if unknown:
        raise ValueError(f"unknown key {min(map(str, unknown))!r} in a text")
    by_language = {lang: _plain(value[lang]) for lang in LANGUAGES if value.get(lang) is not None}
    if not by_language:
        raise ValueError("a text without any language")
    marks = value.get("marks") or {}
    try:
        read = {lang: Mark(marks.get(lang, Mark.OURS)) for lang in by_language}
    except (ValueError, AttributeError) as error:
        raise ValueError(f"unknown mark: {error}") from None
    original = value.get("original")
    if original is not None and not isinstance(original, str):
        raise ValueError("original names a language")
    return Text(by_language, read, original)


def _plain(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text must be a string; quote it")
    stripped = value.strip()
    if not stripped:
        raise ValueError("an empty text; leave the key out")
    if "\0" in stripped:
        raise ValueError("a text with a NUL character")
    return stripped


def _day(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise ValueError("a date is written YYYY-MM-DD, in quotes")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("there is no such date") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"a date outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _string(value: object) -> object:
    return _plain(value) if isinstance(value, str) else value


TextField = Annotated[Text, BeforeValidator(_text)]
Day = Annotated[date, BeforeValidator(_day)]
Line = Annotated[str, BeforeValidator(_string), Field(max_length=600)]
Response = Annotated[
    Text | Literal["none_found"], BeforeValidator(lambda value: value if value == "none_found" else _text(value))
]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$", max_length=120)]


class Strict(BaseModel):
    """A mapping of a register file: an unknown key is refused, a text may be a string or a mapping of languages."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)

    lang_of_texts: ClassVar[tuple[str, ...]] = ()
    """Texts whose language stands beside them in ``lang``, in files that give no mapping."""

    @model_validator(mode="before")
    @classmethod
    def _put_lang_into_texts(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or not isinstance(data.get("lang"), str) or not cls.lang_of_texts:
            return data
        lang = data["lang"]
        rest = {key: value for key, value in data.items() if key != "lang"}
        return {
            key: {lang: value} if key in cls.lang_of_texts and isinstance(value, str) else value
            for key, value in rest.items()
        }


class Cited(Strict):
    """A fact with its source."""

    source: Line | None = None
    also: list[Line] = []
    locator: Line | None = None
    speaker: TextField | None = None


class Dated(Cited):
    """A fact with its day, or with the range that the day lies in."""

    value: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    wording: TextField | None = None
    note: TextField | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.value and (self.earliest or self.latest):
            raise ValueError("a fact has a day or a range, not both")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("a range ends before it begins")
        return self

    @property
    def first(self) -> date | None:
        """The earliest day on which the fact may lie."""
        return self.value or self.earliest

    @property
    def last(self) -> date | None:
        """The latest day on which the fact may lie."""
        return self.value or self.latest


# Reference records


class SourceIn(Strict):
    """A source."""

    id: Line
    publisher: Line
    title: TextField | None = None
    url: Line | None = None
    lang: Line | None = None
    kind: SourceKind = SourceKind.UNKNOWN
    published_on: Day | None = None
    partisan: bool = False
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{12,64}$")] | None = None
    note: TextField | None = None


class PopulationIn(Strict):
    """How many people lived in a region on a day."""

    on: Day
    value: Annotated[int, Field(ge=0)]
    source: Line | None = None


Cases = dict[Literal["gen", "dat", "loc", "abl"], Line]


class RegionIn(Strict):
    """A region."""

    id: Annotated[str, Field(pattern=r"^KZ-\d\d$")]
    names: TextField
    cases: Cases | None = None
    population: list[PopulationIn] = []


BodyLevel = Literal[
    "president", "government", "central", "parliament", "court", "independent", "local", "international", "other"
]


class BodyIn(Cited):
    """A State or public body."""

    id: Slug
    names: TextField
    short: TextField | None = None
    aliases: list[Line] = []
    level: BodyLevel = "other"
    parent: Slug | None = None
    cases: Cases | None = None
    until: Day | None = None
    successor: Slug | None = None
    directory: Slug | None = None
    note: TextField | None = None


class OrganisationIn(Cited):
    """An organisation in a public role."""

    id: Slug
    names: TextField
    form: TextField | None = None
    kind: Literal[
        "public_association",
        "public_foundation",
        "private_foundation",
        "international",
        "centre",
        "movement",
        "other",
    ]
    aliases: list[Line] = []
    note: TextField | None = None


class InvocationIn(Cited):
    """Who relies on a norm, and which way."""

    direction: Literal["for", "against", "government", "context", "user_risk", "remedy"]
    by: TextField | None = None


class NormIn(Cited):
    """An act or a unit of one."""

    id: Slug
    kind: Literal["constitution", "code", "law", "decree", "by_law", "treaty", "soft_law", "ruling"]
    act: Slug | None = None
    unit: Line | None = None
    names: TextField
    says: TextField
    says_by: Literal["law", "source"]
    certainty: Literal["A", "B", "C", "D", "?"]
    adopted_on: Day | None = None
    in_force_on: Day | None = None
    ended_on: Day | None = None
    aliases: list[Line] = []
    article_not_stated: bool = False
    invoked: list[InvocationIn] = []
    note: TextField | None = None


class DirectoryIn(Cited):
    """An institution, channel, register or remedy."""

    id: Slug
    section: Literal["channels", "bodies", "international", "registers", "remedies"]
    names: TextField
    aliases: list[Line] = []
    does: TextField
    about: TextField | None = None
    url: Line | None = None
    phones: list[Line] = []
    body: Slug | None = None
    norms: list[Slug] = []
    related: list[Slug] = []
    unconfirmed: list[Literal["kk", "ru", "en"]] = []
    checked_on: Day | None = None


class ContradictionClaimIn(Cited):
    """One side of a contradiction."""

    text: TextField
    by: TextField


class ContradictionIn(Strict):
    """Claims that do not fit together."""

    id: Slug
    topic: TextField
    claims: Annotated[list[ContradictionClaimIn], Field(min_length=2)]
    state: Literal["open", "resolved", "gap"]
    remark: TextField | None = None
    petitions: list[Slug] = []


# Petitions


class PortalIn(Strict):
    """What the official portal calls the petition."""

    uuid: Annotated[str, Field(pattern=r"^[0-9a-fA-F-]{36}$")] | None = None
    reg_number: Line | None = None
    url: Line | None = None


class TitlesIn(Strict):
    """The titles as published; none where no source gives one in that language."""

    kk: Line | None = None
    ru: Line | None = None
    en: Line | None = None


TitleRole = Literal["official", "state_rendering", "press", "opponents_label"]


class TitleVariantIn(Cited):
    """Another wording under which sources cite the petition."""

    text: Line
    lang: Line | None = None
    role: TitleRole = "press"
    note: TextField | None = None


class AuthorIn(Cited):
    """The author; named only in a public role."""

    name: Line | None = None
    role: TextField | None = None
    kind: Literal["person", "organisation"] | None = None


class AddresseeIn(Cited):
    """A body in a role towards the petition, by our id or by the names that a source gives."""

    body: Slug | None = None
    name_ru: Line | None = None
    name_kk: Line | None = None
    name_en: Line | None = None
    role: Literal["addressee", "forwarded_by", "decides", "named_in_petition"]
    note: TextField | None = None

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if not (self.body or self.names):
            raise ValueError("an addressee needs a body or a name")
        return self

    @property
    def names(self) -> dict[str, str]:
        """The names that the source gives, by language."""
        named = {"kk": self.name_kk, "ru": self.name_ru, "en": self.name_en}
        return {lang: name for lang, name in named.items() if name}


class QuoteIn(Cited):
    """How somebody words a demand."""

    text: TextField
    note: TextField | None = None


class DemandIn(Cited):
    """One thing that the petition asks for."""

    lang_of_texts: ClassVar = ("text", "note")

    id: Slug
    text: TextField
    quotes: list[QuoteIn] = []
    outcome: DemandOutcome = DemandOutcome.UNKNOWN
    note: TextField | None = None


class ClaimIn(Dated):
    """When one source says that a step happened."""

    lang_of_texts: ClassVar = ("note",)

    derived: bool = False
    counts: bool = False


class SightingIn(Dated):
    """That somebody saw the petition at a stage on a day."""

    stage: Stage | None = None
    open: list[Line] = []


class DecisionIn(Dated):
    """A decision as somebody stated it; its status only where somebody called it so."""

    id: Slug
    status: DecisionStatus | None = None
    outcome: Outcome | None = None
    stated_by: TextField | None = None
    legal_effect: LegalEffect = LegalEffect.UNKNOWN
    quote: TextField | None = None
    grounds: list[Slug] = []
    demands: dict[Slug, DemandOutcome] = {}


class SnapshotIn(Cited):
    """How many votes a source says that there were."""

    lang_of_texts: ClassVar = ("note",)

    date: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    count: Annotated[int, Field(ge=0)]
    qualifier: Literal["exact", "at_least", "about", "fewer_than"]
    views: Annotated[int, Field(ge=0)] | None = None
    comments: Annotated[int, Field(ge=0)] | None = None
    note: TextField | None = None


class CategoryIn(Cited):
    """One category of a group and how many come from it."""

    key: Category = Category.OTHER
    category: TextField
    count: Annotated[int, Field(ge=0)] | None = None
    note: TextField | None = None


class SeatIn(Cited):
    """A named seat: an organisation, or a public role."""

    organisation: Slug | None = None
    role: TextField | None = None
    category: Category = Category.OTHER


class MeetingIn(Cited):
    """A sitting."""

    lang_of_texts: ClassVar = ("note",)

    date: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    kind: Literal["working_group", "site_visit", "public_discussion", "working_group_and_public_discussion"]
    held: bool | None = None
    note: TextField | None = None


class GroupIn(Strict):
    """A working group."""

    size: Annotated[int, Field(ge=0)] | None = None
    size_source: Line | None = None
    body: Slug | None = None
    formed_by: Line | None = None
    formed_by_source: Line | None = None
    chair: TextField | None = None
    chair_source: Line | None = None
    composition: list[CategoryIn] = []
    fields: list[TextField] = []
    seats: list[SeatIn] = []
    meetings: list[MeetingIn] = []
    note: TextField | None = None


class DiscussionIn(Cited):
    """A public discussion."""

    lang_of_texts: ClassVar = ("note", "place")

    date: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    place: TextField | None = None
    attendance: TextField | None = None
    note: TextField | None = None


class ExtensionIn(Cited):
    """A longer term that somebody set."""

    until: Day | None = None
    note: TextField | None = None


class OutcomeIn(Cited):
    """How the petition ended, and what was last known of it."""

    lang_of_texts: ClassVar = ("last_known_state", "summary")

    status: Outcome
    ground: Annotated[str, Field(pattern=f"^{GROUND}$")] | None = None
    last_known_stage: Line | None = None
    last_known_state: TextField | None = None
    summary: TextField | None = None

    @model_validator(mode="after")
    def _only_a_rejection_has_a_ground(self) -> Self:
        if self.ground is not None and self.status is not Outcome.REJECTED:
            raise ValueError("ground: only a rejection before publication has one")
        return self


class FollowUpIn(Cited):
    """What was undertaken, or seen of it, or happened around it."""

    lang_of_texts: ClassVar = ("what",)

    id: Slug | None = None
    kind: Literal["undertaken", "reported", "related_act", "statement"] = "reported"
    date: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    wording: TextField | None = None
    what: TextField
    responsible: list[Slug] = []
    until: Day | None = None
    state: TextField | None = None
    as_of: Day | None = None
    of: Slug | None = None
    done: bool | None = None
    note: TextField | None = None

    @model_validator(mode="after")
    def _only_a_report_says_that_it_was_done(self) -> Self:
        if self.done is not None and (self.kind != "reported" or self.of is None):
            raise ValueError("done: only a report of an undertaking (of) says so")
        return self


class LitigationIn(Cited):
    """A court case about the petition or its subject."""

    lang_of_texts: ClassVar = ("court", "what", "result", "note")

    id: Slug | None = None
    court: TextField
    what: TextField
    result: TextField | None = None
    date: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    concerns_petition: bool | None = None
    note: TextField | None = None


class PositionIn(Cited):
    """An organisation's position."""

    organisation: Slug
    channel: TextField | None = None
    stance: Stance = Stance.NOT_STATED
    note: TextField | None = None


class GroupViewIn(Cited):
    """A view described of a group of people."""

    group: TextField
    view: TextField


class StatementIn(Dated):
    """What somebody said of the petition."""

    id: Slug
    text: TextField
    organisation: Slug | None = None
    about: Literal["demands", "decision", "signatures", "other"] = "other"
    contradicts: list[Slug] = []


class AllegationIn(Dated):
    """Something alleged: never without who asserts it and what the answer was, "none found" included."""

    id: Slug
    claim: TextField
    asserted_by: TextField
    reported_by: TextField | None = None
    status: Literal["alleged"] = "alleged"
    response: Response


class CommunicationIn(Cited):
    """A letter to or from an international body, or an answer to deputies."""

    id: Slug
    kind: Literal["joint_communication", "state_reply", "press_release", "parliamentary_answer", "other"]
    ref: Line | None = None
    signed: Day | None = None
    sent: Day | None = None
    published: Day | None = None
    sender: TextField | None = None
    recipient: TextField | None = None
    subjects: TextField | None = None
    questions: TextField | None = None
    replies_to: Slug | None = None
    note: TextField | None = None


class PetitionIn(Strict):
    """A petition with everything that the record holds of it."""

    lang_of_texts: ClassVar = ("notes",)

    id: Slug
    number: Annotated[int, Field(ge=1)] | None = None
    platform: Line | None = None
    platform_confirmed: bool = False
    statutory: bool | None = None
    portal: PortalIn = PortalIn()
    label: TextField | None = None
    level: Level | None = None
    region: Annotated[str, Field(pattern=r"^KZ-\d\d$")] | None = None
    original_language: Line | None = None
    title: TitlesIn = TitlesIn()
    titles_marks: dict[Literal["kk", "ru", "en"], Mark] = {}
    title_variants: list[TitleVariantIn] = []
    author: AuthorIn | None = None
    addressees: list[AddresseeIn] = []
    demands: list[DemandIn] = []
    threshold: Annotated[int, Field(ge=1)] | None = None
    dates: dict[str, list[ClaimIn]] = {}
    sightings: list[SightingIn] = []
    decisions: list[DecisionIn] = []
    snapshots: list[SnapshotIn] = []
    working_group: GroupIn | None = None
    public_discussion: list[DiscussionIn] = []
    positions: list[PositionIn] = []
    positions_note: TextField | None = None
    groups: list[GroupViewIn] = []
    statements: list[StatementIn] = []
    allegations: list[AllegationIn] = []
    communications: list[CommunicationIn] = []
    extension: ExtensionIn | None = None
    outcome: OutcomeIn | None = None
    follow_up: list[FollowUpIn] = []
    litigation: list[LitigationIn] = []
    related: list[Slug] = []
    notes: TextField | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for key, claims in self.dates.items():
            if key not in DATE_KINDS:
                raise ValueError(f"dates: unknown step {key!r}")
            if sum(claim.counts for claim in claims) > 1:
                raise ValueError(f"dates.{key}: more than one claim is marked as the one that counts")
        for name, ids in (
            ("demands", [demand.id for demand in self.demands]),
            ("decisions", [decision.id for decision in self.decisions]),
            ("statements", [statement.id for statement in self.statements]),
            ("allegations", [allegation.id for allegation in self.allegations]),
            ("communications", [letter.id for letter in self.communications]),
            ("follow_up", [step.id for step in self.follow_up if step.id]),
            ("positions", [position.organisation for position in self.positions]),
        ):
            if twice := {each for each in ids if ids.count(each) > 1}:
                raise ValueError(f"{name}: {min(twice)!r} stands twice")
        known = {demand.id for demand in self.demands}
        for decision in self.decisions:
            if strange := set(decision.demands) - known:
                raise ValueError(f"decisions.{decision.id}: no demand {min(strange)!r}")
        return self

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Whether chapter 12-1 sets the petition its terms."""
        return {True: Jurisdiction.STATUTORY, False: Jurisdiction.OUTSIDE, None: Jurisdiction.UNKNOWN}[self.statutory]


SECTIONS: dict[str, type[Strict]] = {
    "sources": SourceIn,
    "regions": RegionIn,
    "bodies": BodyIn,
    "organisations": OrganisationIn,
    "norms": NormIn,
    "directory": DirectoryIn,
    "petitions": PetitionIn,
    "contradictions": ContradictionIn,
}
"""The kinds of record, in the order in which they are loaded: what is referred to comes first."""


def texts_in(value: object, at: str = "") -> Iterator[tuple[str, Text]]:
    """Return every text of a record with the path of its field."""
    if isinstance(value, Text):
        yield at, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from texts_in(each, f"{at}[{number}]")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts_in(each, f"{at}.{key}" if at else str(key))
