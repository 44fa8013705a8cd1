"""The page of a list: the question that it answers, its filters with their counts, and how to get out of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from wtforms import Form, SearchField, SelectField

from portal.domain.questions import GROUND, Question
from portal.domain.stages import Level, Outcome, Stage
from portal.domain.texts import Text
from portal.i18n import formats
from portal.i18n.labels import label
from portal.i18n.locale import LazyText, gettext, language, ngettext, pgettext
from portal.i18n.questions import GROUPS, question_says
from portal.services import facets, petition_lists, questions
from portal.services.facets import Choices, Facets
from portal.services.petition_lists import FILTERS, SORTS, UNKNOWN, Filters
from portal.services.questions import ENDED_NOT_SEEN
from portal.web import query
from portal.web.public.petition_list import RowView, row_of
from portal.web.templating import wording

NAMES = ("list", *FILTERS, "sort", "after")
"""The parameters of a list's address."""

BROKEN_DOWN_BY = {Question.DECIDED: "outcome", Question.REJECTED: "ground"}
"""The questions whose answer is divided once more, and by which filter."""

Given = Mapping[str, str]


class ListForm(Form):
    """The filters as fields. It has the shape of the input only: ``filters_of`` says what may stand in them."""

    q = SearchField()
    stage = SelectField()
    outcome = SelectField()
    ground = SelectField()
    body = SelectField()
    level = SelectField()
    region = SelectField()
    year = SelectField()
    platform = SelectField()
    sort = SelectField()


def filters_of(given: Given, held: Choices) -> Filters:
    """Return the filters that an address asks for. Raises ``BadInput`` for a value that is none of them."""
    allowed = {
        "list": set(Question),
        "stage": {*Stage, ENDED_NOT_SEEN},
        "outcome": set(Outcome),
        "body": set(held.bodies),
        "level": {*Level, UNKNOWN},
        "region": {*held.regions, UNKNOWN},
        "platform": {*held.platforms, UNKNOWN},
        "sort": set(SORTS),
    }
    for name, values in allowed.items():
        if name in given:
            query.one_of(name, given[name], values)
    if "ground" in given and given["ground"] != UNKNOWN and not re.fullmatch(GROUND, given["ground"]):
        raise query.BadInput("unknown_value", name="ground", value=given["ground"][:60])
    plain: dict[str, Any] = {name: value for name, value in given.items() if name != "list"}
    if "year" in given:
        plain["year"] = query.number("year", given["year"], least=query.FIRST_YEAR, most=query.LAST_YEAR)
    return Filters(question=Question(given.get("list", Question.ALL)), **plain)


# The page


@dataclass(frozen=True, slots=True)
class Answer:
    """A way into a list: its name, how many petitions it has, and what its address asks for."""

    name: str
    number: int
    asks: Given
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """What people ask, and the lists that answer it."""

    asked: LazyText
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is set, in words, and the address without it."""

    name: str
    value: str
    without: Given
    left: int | None = None


@dataclass(frozen=True, slots=True)
class ListView:
    """Everything that the page of a list shows."""

    question: Question
    heading: str
    says: tuple[str, str]
    all: Answer
    groups: Sequence[AnswerGroup]
    form: ListForm
    is_narrowed: bool
    breakdown: Sequence[Answer]
    breakdown_name: str | None
    active: Sequence[ActiveFilter]
    cleared: Given
    found: str
    rows: Sequence[RowView]
    ways_out: Sequence[ActiveFilter]
    following: Given | None


def view_of(given: Given, on: date, lang: str) -> ListView:
    """Return the page of a list. Raises ``BadInput``."""
    held = facets.choices()
    filters = filters_of(given, held)
    counted = facets.facets_of(filters, on)
    found = petition_lists.list_petitions(filters, on)
    asked = {name: value for name, value in given.items() if name != "after"}
    active = _active(filters, asked, held)
    numbers = questions.counts(on)
    by = BROKEN_DOWN_BY.get(filters.question)
    return ListView(
        question=filters.question,
        heading=label(filters.question),
        says=question_says(filters.question, questions.due_until(on)),
        all=all_petitions(numbers, filters.question),
        groups=groups_of(numbers, filters.question),
        form=form_of(filters, counted, held),
        is_narrowed=bool(set(filters.narrowed()) - {"q"}) or filters.order != filters.own_order,
        breakdown=_breakdown(by, counted, asked, held),
        breakdown_name=label(by, "filter") if by else None,
        active=active,
        cleared=_question_alone(filters.question),
        found=ngettext("%(num)s petition found", "%(num)s petitions found", counted.total),
        rows=[row_of(item, on, lang, filters.question) for item in found.items],
        ways_out=() if found.items else _ways_out(active, filters, on),
        following={**asked, "after": found.next} if found.next else None,
    )


Numbers = Mapping[Question, int]


def groups_of(numbers: Numbers, current: Question | None = None) -> Sequence[AnswerGroup]:
    """Return the questions with their lists and how many petitions each has.

    An empty list is shown too, because nothing is an answer.
    """
    return [AnswerGroup(asked, [_answer(each, numbers, current) for each in lists]) for asked, lists in GROUPS]


def all_petitions(numbers: Numbers, current: Question | None = None) -> Answer:
    """Return the way into the list of all petitions."""
    return _answer(Question.ALL, numbers, current)


def _answer(question: Question, numbers: Numbers, current: Question | None) -> Answer:
    return Answer(label(question), numbers[question], _question_alone(question), question is current)


def _question_alone(question: Question) -> Given:
    return {} if question is Question.ALL else {"list": question.value}


def _breakdown(by: str | None, counted: Facets, asked: Given, held: Choices) -> Sequence[Answer]:
    """Return the parts of an answer, the greatest first and what is not known last."""
    if by is None:
        return ()
    values = sorted(counted.counts[by].items(), key=lambda pair: (pair[0] == UNKNOWN, -pair[1], pair[0]))
    return [
        Answer(_value_words(by, value, held), number, {**asked, by: value}, asked.get(by) == value)
        for value, number in values
    ]


def _active(filters: Filters, asked: Given, held: Choices) -> Sequence[ActiveFilter]:
    return [
        ActiveFilter(
            label(name, "filter"),
            _value_words(name, str(value), held),
            {each: text for each, text in asked.items() if each != name},
        )
        for name, value in filters.narrowed().items()
    ]


def _ways_out(active: Sequence[ActiveFilter], filters: Filters, on: date) -> Sequence[ActiveFilter]:
    """Return which single filter to drop so that something is found, the one that leaves most first."""
    left = [
        replace(each, left=facets.total(filters.without(name), on))
        for each, name in zip(active, filters.narrowed(), strict=True)
    ]
    return sorted((each for each in left if each.left), key=lambda each: -(each.left or 0))


# The form


def form_of(filters: Filters, counted: Facets, held: Choices) -> ListForm:
    """Return the form with the filters in it; each choice says how many petitions it would leave."""
    own = filters.own_order
    form = ListForm(data={**filters.narrowed(), "sort": "" if filters.order == own else filters.order})
    for name, choices in _choices(held, language()).items():
        field = form[name]
        assert isinstance(field, SelectField)
        chosen = getattr(filters, name)
        numbers = counted.counts[name]
        field.choices = [
            (value, f"{words} ({formats.number(numbers.get(value, 0))})")
            for value, words in choices
            if value in numbers or value == str(chosen)
        ]
        field.choices.insert(0, ("", pgettext("filter", "any")))
    sort = form["sort"]
    assert isinstance(sort, SelectField)
    sort.choices = [("" if name == own else name, label(name, "sort")) for name in SORTS]
    for each in form:
        each.label.text = label(each.name, "filter")
        each.data = "" if each.data is None else str(each.data)
    return form


@lru_cache(maxsize=16)
def _choices(held: Choices, _lang: str) -> Mapping[str, list[tuple[str, str]]]:
    """Return every value of every filter in words, in the order of the form: the same until something is written."""

    def said(name: str, values: Sequence[str]) -> list[tuple[str, str]]:
        return [(value, _value_words(name, value, held)) for value in values]

    return {
        "stage": said("stage", [*Stage, ENDED_NOT_SEEN]),
        "outcome": said("outcome", [*Outcome]),
        "ground": said("ground", [*held.grounds, UNKNOWN]),
        "body": _named(held.bodies),
        "level": said("level", [*Level, UNKNOWN]),
        "region": [*_named(held.regions), *said("region", [UNKNOWN])],
        "year": said("year", [*map(str, held.years)]),
        "platform": said("platform", [*held.platforms, UNKNOWN]),
    }


def _named(texts: Mapping[str, Text]) -> list[tuple[str, str]]:
    named = [(key, found.text) for key, text in texts.items() if (found := wording(text))]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _value_words(name: str, value: str, held: Choices) -> str:
    """Return the value of a filter in words."""
    if name == "stage":
        return stage_name(value)
    if name == "outcome":
        return label(value, "outcome")
    if value == UNKNOWN and name not in ("q", "body"):
        return gettext("not stated in the source") if name == "ground" else pgettext("filter", "not known")
    if name == "level":
        return label(value, "level")
    if name in ("body", "region"):
        found = wording((held.bodies if name == "body" else held.regions)[value])
        return found.text if found else value
    return formats.quoted(value) if name == "q" else value


def stage_name(stage: str) -> str:
    """Return the name of a stage, or of the list of those whose last day is over."""
    if stage == ENDED_NOT_SEEN:
        return pgettext("stage", "Term over, nothing later seen")
    return label(stage, "stage")
