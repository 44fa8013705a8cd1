"""The shape of the files that letters are made from (``portal/data/letters``), checked to the last key."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from portal.domain.letters import ItemKind
from portal.domain.statute import Certainty
from portal.domain.texts import LANGUAGES, Text
from portal.services.needs import require_every_language
from portal.services.register_format import Day, Line, Slug, Strict, TextField

Code = Annotated[str, Field(pattern=r"^[a-z]{4,12}$")]
"""A kind of letter in an address. It says nothing of what any petition is about."""

Step = Literal["step_late", "step_unseen", "decision", "refusal", "group", "follow_ups"]


class Spoken(Strict):
    """Texts of ours, which all stand in every language."""

    @model_validator(mode="after")
    def _speaks_every_language(self) -> "Spoken":
        for name in type(self).model_fields:
            value = getattr(self, name)
            for text in value if isinstance(value, list | tuple) else (value,):
                if isinstance(text, Text):
                    require_every_language(text)
        return self


Template = Annotated[str, Field(min_length=1)]

Paragraphs = dict[str, tuple[Template, ...]]
"""Templates by language, one per paragraph."""


class AnswerTerm(Strict):
    """Within how long an answer is due, by one reading: in working days, days or months.

    Without a norm no article is confirmed.
    """

    length: int = Field(ge=1, le=366)
    unit: Literal["WD", "D", "M"]
    norm: Slug | None
    certainty: Certainty


class Checked(Strict):
    """Who of those who know the law checked a text, and when. Nobody is said to have who did not."""

    by: Line | None
    on: Day | None


class Following(Strict):
    """The letter that comes next, and when."""

    when: Literal["no_answer", "refused", "forwarded"]
    kind: Code


class Kind(Spoken):
    """One kind of letter: who may send it to whom, on what it rests, and what it is made of."""

    code: Code
    appeal: Literal["complaint", "message", "request", "proposal", "application"]
    name: TextField
    title: TextField
    about: TextField
    who: TextField
    to: TextField
    addressee: Annotated[str, Field(pattern=r"^(reviewing|typed|body:[a-z0-9-]+)$")]
    route: TextField | None = None
    norms: tuple[Slug, ...] = Field(min_length=1)
    requires: Literal["appeal", "complaint"]
    terms: tuple[AnswerTerm, ...] = ()
    notes: tuple[TextField, ...] = ()
    checked: Checked
    takes: tuple[Step, ...] = ()
    opening: Paragraphs
    items: tuple[Slug, ...] = ()
    chosen: tuple[Slug, ...] = ()
    demands: tuple[Slug, ...] = Field(min_length=1)
    chosen_demands: tuple[Slug, ...] = Field(min_length=1)
    subject: TextField
    short: TextField
    next: tuple[Following, ...] = ()

    @model_validator(mode="after")
    def _chooses_what_it_offers(self) -> "Kind":
        for given, offered in ((self.chosen, self.items), (self.chosen_demands, self.demands)):
            for each in given:
                if each not in offered:
                    raise ValueError(f"{self.code}: {each!r} is chosen and not offered")
        if set(self.opening) != set(LANGUAGES) or len({len(each) for each in self.opening.values()}) != 1:
            raise ValueError(f"{self.code}: the opening has not the same paragraphs in every language")
        return self


class Offered(Spoken):
    """A sentence that a writer may choose."""

    id: Slug
    type: ItemKind
    petitions: tuple[Slug, ...] | None = None
    norms: tuple[Slug, ...] = ()
    speaker: TextField | None = None
    text: TextField
    source: Line | None = None
    locator: Line | None = None
    counters: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _says_who_says_so(self) -> "Offered":
        if self.type in (ItemKind.ALLEGATION, ItemKind.FORECAST) and self.speaker is None:
            raise ValueError(f"{self.id}: an allegation or a forecast names who says so")
        if self.type is not ItemKind.DEMAND and not self.norms and self.source is None:
            raise ValueError(f"{self.id}: neither a norm nor a source")
        return self


class Counter(Spoken):
    """What is said against a sentence, and by whom."""

    id: Slug
    text: TextField
    source: Line | None = None
    locator: Line | None = None


class Required(Spoken):
    """A part that the Code asks for: of a person or an organisation only, or only where somebody has it."""

    key: Slug
    text: TextField
    norm: Slug
    only: Literal["person", "organisation"] | None = None
    if_any: bool = False


class Requirements(Spoken):
    """What the Code asks to stand in a letter, and what becomes of one without it."""

    norm: Slug
    parts: tuple[Required, ...] = Field(min_length=1)
    remark: TextField
    remark_norms: tuple[Slug, ...] = ()
    without: TextField | None = None
    without_norms: tuple[Slug, ...] = ()
