"""What the page "Before you file" shows: five answers, each on its own, none of them a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import g

from portal import clock
from portal.domain.refusals import PopulationMissing, Refusal
from portal.domain.stages import Level
from portal.domain.statute import Edition
from portal.domain.thresholds import Threshold, votes_needed
from portal.i18n import formats
from portal.i18n.locale import gettext
from portal.i18n.refusals import bad_input, refusal
from portal.models import DirectoryEntry, Population, Region
from portal.services import library, similar
from portal.services.catalogue import catalogue
from portal.services.expected import Expected, expected
from portal.services.filing import Content, filing_facts
from portal.web import query
from portal.web.public import filing_forms
from portal.web.public.filing_forms import LONGEST_SEARCH, THRESHOLD, DatesForm, SearchForm, ThresholdForm
from portal.web.public.filing_rows import BarredRow, RefusalRow, SimilarRow, barred_rows, refusal_rows, similar_rows
from portal.web.query import BadInput

CODE_ID = "KZ.APPC"
OFFICIAL_PORTAL = "S-01"
"""The row of the directory that holds the official portal's address."""

EXAMPLE = "01.12.2026"
"""A day as a person writes it into a form."""


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes that a petition would need, and what they were counted from."""

    threshold: Threshold
    region: Region | None
    population: Population | None

    @property
    def is_population_entered(self) -> bool:
        """Whether the population is the reader's and not ours."""
        return self.threshold.population is not None and self.population is None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Petitions of our record that share words with what was looked for."""

    beginnings: Sequence[str]
    rows: Sequence[SimilarRow]
    total: int


@dataclass(frozen=True, slots=True)
class FilingPage:
    """The page: what was entered, what follows from it, and what is wrong with it."""

    asked: Mapping[str, str]
    threshold_form: ThresholdForm
    search_form: SearchForm
    dates_form: DatesForm
    barred: Sequence[BarredRow]
    barred_edition: Edition | None
    is_barred_in_force: bool
    other_refusals: Sequence[RefusalRow]
    contents: Sequence[Content]
    edition: Edition
    followed: int
    official_portal: DirectoryEntry | None
    articles: Mapping[str, str]
    votes: Votes | None = None
    found: SearchResult | None = None
    expected: Expected | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    def carried(self, own: Sequence[str]) -> Mapping[str, str]:
        """Return what a form has to carry along: what was entered into the other ones."""
        return {name: value for name, value in self.asked.items() if name not in own}


@dataclass(slots=True)
class Problems:
    """What is wrong with the entries, a sentence each, and the status that follows."""

    sentences: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def add(self, name: str, sentence: str, status: int) -> None:
        """Note a problem: a malformed entry weighs more than one that has no answer."""
        self.sentences[name] = sentence
        self.status = 400 if 400 in (status, self.status) else status


def filing_page(asked: Mapping[str, str], sent: frozenset[str]) -> FilingPage:
    """Return the page for what was entered; ``sent`` names the fields that came, empty ones too. Nothing is kept."""
    on = clock.today()
    statute = catalogue().statute
    edition, barred = statute.on(on), statute.barred_on(on)
    facts, problems, regions = filing_facts(), Problems(), library.regions()
    votes = _votes(asked, regions, edition, problems) if not sent.isdisjoint(THRESHOLD) else None
    found = _found(asked["q"], on, problems) if "q" in asked else None
    way = _expected(asked, problems) if "from" in asked else None
    return FilingPage(
        asked=asked,
        threshold_form=ThresholdForm.filled(asked, regions, g.lang),
        search_form=SearchForm.filled(asked),
        dates_form=DatesForm.filled(asked, way.filed_on if way else None),
        barred=barred_rows(barred, facts, g.lang, on),
        barred_edition=barred,
        is_barred_in_force=barred in statute.possible_on(on),
        other_refusals=refusal_rows(facts.other_refusals, g.lang, on),
        contents=facts.contents,
        edition=edition,
        followed=similar.petitions_followed(),
        official_portal=library.directory_entry(OFFICIAL_PORTAL),
        articles=library.norms_by_article(CODE_ID),
        votes=votes,
        found=found,
        expected=way,
        problems=problems.sentences,
        status=problems.status,
    )


def _votes(asked: Mapping[str, str], regions: Sequence[Region], edition: Edition, problems: Problems) -> Votes | None:
    level = _level(asked, problems)
    region = next((each for each in regions if each.code == asked.get("region")), None)
    if "region" in asked and region is None:
        problems.add("region", gettext("Choose a region from the list."), 400)
    entered = _population(asked, problems)
    if level is None or problems.sentences:
        return None
    latest = region.population[0] if region is not None and region.population else None
    ours = latest if entered is None and level in (Level.MASLIKHAT_REGION, Level.AKIMAT_REGION) else None
    people = ours.value if ours is not None else entered
    try:
        threshold = votes_needed(edition.thresholds, level, people)
    except PopulationMissing:
        problems.add("population", _population_missing(level), 422)
        return None
    return Votes(threshold, region if ours is not None else None, ours)


def _level(asked: Mapping[str, str], problems: Problems) -> Level | None:
    if asked.get("level") in {level.value for level in Level}:
        return Level(asked["level"])
    problems.add("level", gettext("Choose to whom the petition would be addressed."), 400)
    return None


def _population(asked: Mapping[str, str], problems: Problems) -> int | None:
    try:
        return filing_forms.population(asked["population"]) if "population" in asked else None
    except BadInput as fault:
        limits = {name: formats.number(fault.facts[name]) for name in ("first", "last")}
        sentence = gettext("Enter the population as a whole number: %(first)s to %(last)s.", **limits)
        problems.add("population", sentence, fault.status)
        return None


def _population_missing(level: Level) -> str:
    if level in (Level.MASLIKHAT_REGION, Level.AKIMAT_REGION):
        return gettext("Choose a region, or enter its population: the threshold is a share of it.")
    return gettext("Enter the population of the unit: we hold that of regions only.")


def _found(text: str, on: date, problems: Problems) -> SearchResult | None:
    if len(text) > LONGEST_SEARCH:
        problems.add("q", bad_input("query_too_long", longest=LONGEST_SEARCH), 400)
        return None
    found = similar.similar(text, on)
    if not found.beginnings:
        problems.add("q", gettext("Enter a word of three letters or more that names the subject."), 422)
        return None
    return SearchResult(found.beginnings, similar_rows(found.rows, on, g.lang), found.total)


def _expected(asked: Mapping[str, str], problems: Problems) -> Expected | None:
    level = asked.get("level")
    levels = [Level(level)] if level in {each.value for each in Level} else list(Level)
    try:
        return expected(query.day(asked["from"]), levels)
    except BadInput as fault:
        problems.add("from", bad_input(fault.code, example=EXAMPLE, **fault.facts), fault.status)
    except Refusal as fault:
        problems.add("from", refusal(fault), 422)
    return None
