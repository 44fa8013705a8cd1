"""The list of petitions: its form, its filters as an address gives them, and its rows in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Form, SearchField, SelectField

from portal.domain.stages import Level, Outcome, Stage
from portal.domain.texts import Text
from portal.domain.timeline import STAGE_STEPS
from portal.i18n.formats import count as count_words
from portal.i18n.formats import date_range, long_date
from portal.i18n.labels import label, step_name, term_words
from portal.i18n.locale import gettext, ngettext, pgettext
from portal.i18n.sentences import SIX_MONTHS
from portal.services import tracking
from portal.services.catalogue import catalogue
from portal.services.tracking import Choices, Filters, Item
from portal.web import query
from portal.web.public.citing import said
from portal.web.public.petition_view import Heading, heading_of
from portal.web.templating import wording

NAMES = ("stage", "outcome", "body", "level", "region", "year", "platform", "q", "sort", "after")
UNKNOWN = "unknown"


class ListForm(Form):
    """The filters as fields. It has the shape of the input only: ``filters_of`` says what may stand in them."""

    q = SearchField()
    stage = SelectField()
    outcome = SelectField()
    body = SelectField()
    level = SelectField()
    region = SelectField()
    year = SelectField()
    platform = SelectField()
    sort = SelectField()


def filters_of(given: Mapping[str, str]) -> Filters:
    """Return the filters that an address asks for. Raises ``BadInput`` for a value that is none of them."""
    held = tracking.choices()
    allowed = {
        "stage": {*Stage, tracking.ENDED_NOT_SEEN},
        "outcome": set(Outcome),
        "body": set(held.bodies),
        "level": {*Level, UNKNOWN},
        "region": {*held.regions, UNKNOWN},
        "platform": {*held.platforms, UNKNOWN},
        "sort": set(tracking.SORTS),
    }
    for name, values in allowed.items():
        if name in given:
            query.one_of(name, given[name], values)
    plain: dict[str, Any] = {name: value for name, value in given.items() if name != "year"}
    if "year" not in given:
        return Filters(**plain)
    return Filters(**plain, year=query.number("year", given["year"], least=query.FIRST_YEAR, most=query.LAST_YEAR))


def form_of(filters: Filters) -> ListForm:
    """Return the form with the filters in it and every choice in words."""
    form = ListForm(data={**filters.narrowed(), "sort": filters.sort})
    for name, choices in _choices(tracking.choices()).items():
        field = form[name]
        assert isinstance(field, SelectField)
        field.choices = choices
    for each in form:
        each.label.text = label(each.name, "filter")
        each.data = "" if each.data is None else str(each.data)
    return form


def _choices(held: Choices) -> Mapping[str, list[tuple[str, str]]]:
    anything = ("", pgettext("filter", "any"))
    unknown = (UNKNOWN, pgettext("filter", "not known"))
    return {
        "stage": [anything, *((stage, stage_name(stage)) for stage in (*Stage, tracking.ENDED_NOT_SEEN))],
        "outcome": [anything, *((outcome.value, label(outcome.value, "outcome")) for outcome in Outcome)],
        "body": [anything, *_named({key: held.bodies[key] for key in held.addressed})],
        "level": [anything, *((level.value, label(level.value, "level")) for level in Level), unknown],
        "region": [anything, *_named(held.regions), unknown],
        "year": [anything, *((str(year), str(year)) for year in held.years)],
        "platform": [anything, *((platform, platform) for platform in held.platforms), unknown],
        "sort": [(sort, label(sort, "sort")) for sort in tracking.SORTS],
    }


def _named(texts: Mapping[str, Text]) -> list[tuple[str, str]]:
    named = [(key, found.text) for key, text in texts.items() if (found := wording(text))]
    return sorted(named, key=lambda pair: pair[1].casefold())


def stage_name(stage: str) -> str:
    """Return the name of a stage, or of the list of those whose last day is over."""
    if stage == tracking.ENDED_NOT_SEEN:
        return pgettext("stage", "Term over, nothing later seen")
    return label(stage, "stage")


@dataclass(frozen=True, slots=True)
class RowView:
    """One petition of a list, in words."""

    number: int
    heading: Heading
    bodies: Sequence[Any]
    stage: str
    outcome: str | None
    due: str | None
    count: str | None
    counted_on: str | None
    active_on: date | None


def row_of(item: Item, on: date, lang: str) -> RowView:
    """Return one row of a list as of a day. A stage whose last day is over is never said to go on."""
    petition = item.petition
    due = item.due()
    is_over = item.is_over(on)
    named = None
    if due is not None and petition.due_key is not None and not is_over:
        named = pgettext(
            "step and its last day", "%(step)s: %(date)s", step=step_name(petition.due_key), date=date_range(due)
        )
    counted = petition.votes is not None
    return RowView(
        number=petition.number,
        heading=heading_of(petition, item.titles, lang),
        bodies=[said(names) for names in item.bodies.values()],
        stage=over_words(item) if is_over else label(petition.stage, "stage"),
        outcome=label(petition.outcome, "outcome") if petition.outcome else None,
        due=named,
        count=count_words(petition.votes, petition.votes_qualifier, of="signatures") if counted else None,
        counted_on=long_date(petition.votes_on) if petition.votes_on else None,
        active_on=petition.active_on,
    )


def over_words(item: Item) -> str:
    """Return in one line that the last day of a stage is over: when it was last seen, and when its term ended."""
    due = item.due()
    assert due is not None
    assert due.latest is not None
    ended = long_date(due.latest)
    six_months = _is_six_months(item)
    stage = label(item.petition.stage, "stage")
    if item.seen is None:
        if six_months and due.is_exact:
            return gettext("%(stage)s: six months ended on %(date)s; nothing later seen", stage=stage, date=ended)
        return gettext("%(stage)s: the term ended by %(date)s; nothing later seen", stage=stage, date=ended)
    if six_months and item.seen.is_exact and due.is_exact:
        return gettext(
            "Last seen collecting on %(seen)s; six months ended on %(date)s",
            seen=date_range(item.seen),
            date=ended,
        )
    return gettext(
        "%(stage)s, last seen: %(seen)s; the term (%(term)s) ended by %(date)s",
        stage=stage,
        seen=date_range(item.seen),
        term=_term_words(item),
        date=ended,
    )


def _term_words(item: Item) -> str:
    term = _term(item)
    return term_words(term) if term is not None else ""


def _is_six_months(item: Item) -> bool:
    return item.petition.stage == Stage.COLLECTION and _term(item) == SIX_MONTHS


def _term(item: Item) -> Any:
    """Return the term of the stage by the edition in force on its last day."""
    latest = item.petition.due_latest
    keys = STAGE_STEPS.get(Stage(item.petition.stage), ())
    key = item.petition.due_key
    if latest is None or key not in keys:
        return None
    return catalogue().statute.on(latest).steps[key].term


def found_words(total: int) -> str:
    """Return how many petitions were found."""
    return ngettext("%(num)s petition found", "%(num)s petitions found", total)
