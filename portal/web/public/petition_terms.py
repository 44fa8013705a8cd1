"""What the law makes of a petition's record, as its page shows it: obligations, last days, and how these follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from portal.domain.refusals import CalendarMissing
from portal.domain.statute import StepKind
from portal.domain.terms import Term, clear_days_date, derivation
from portal.domain.timeline import Obligation, Reading, Standing, Status
from portal.domain.working_days import SATURDAY
from portal.i18n.formats import date_range, long_date, short_range, table_range, weekday
from portal.i18n.labels import day_reason, label, longer_term_words, step_name, term_words
from portal.i18n.locale import gettext, language
from portal.i18n.sentences import obligation_notes, obligation_sentence
from portal.services.catalogue import catalogue
from portal.web.public.citing import Cited
from portal.web.public.petition_events import Events
from portal.web.public.ruler import Mark, Ruler, ruler_of

REPORTED: Mapping[str, tuple[str, ...]] = {
    "review": ("review_central", "review_local"),
    "collection": ("collection",),
}
"""The obligation whose last day is ours where a source names a deadline of this step."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a derivation. ``no`` is its place among the counted days."""

    day: str
    counted: bool
    no: int | None
    why: str
    is_special: bool = False


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition under which a term was computed: its first day in words, and whether the article was read in it."""

    since: str
    read: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What follows if certain claims are right."""

    claims: tuple[tuple[str, str, Cited], ...]
    status: str
    due: str


@dataclass(frozen=True, slots=True)
class TermView:
    """One obligation or window, in words. ``tone`` is what colour repeats of the status.

    A short count is given day by day in ``days``; of a long one ``off`` names the days off on weekdays and the weekend
    days that were worked, and the calculator has each day under ``asked``.
    """

    key: str
    name: str
    kind: str
    actor: str
    article: str
    certainty: str
    certainty_says: str
    term: str
    longer: str | None
    start: str
    due: str
    tone: str
    sentence: str
    notes: tuple[str, ...]
    editions: tuple[EditionView, ...]
    days: tuple[DayRow, ...]
    off: tuple[DayRow, ...]
    asked: str | None
    clear_days: str | None
    clear_days_rows: tuple[DayRow, ...]
    readings: tuple[ReadingView, ...]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to unfold below the row."""
        return bool(self.days or self.readings or self.asked or self.clear_days)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A step that has a last day and that nobody saw done: it stands on the timeline at that day."""

    key: str
    name: str
    actor: str
    due: str
    day: date | None
    tone: str
    status: str
    sentence: str
    is_window: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """The term that decides where a petition stands, as the ruler at the top of its page."""

    key: str
    caption: str
    last_day: str
    range_note: str | None
    off: tuple[DayRow, ...]
    ruler: Ruler


TONES = {
    "met": "met",
    "met_late": "late",
    "overdue": "late",
    "open": "open",
    "runs": "open",
    "may_have_ended": "open",
    "ended_not_seen": "unseen",
    "met_lateness_unknown": "unseen",
}


AWAITED = (Status.OPEN, Status.RUNS, Status.MAY_HAVE_ENDED, Status.ENDED_NOT_SEEN, Status.OVERDUE)
"""Statuses of a step that is still to come, or of which nothing was seen."""

MAIN_TERMS = (
    "review_central",
    "review_local",
    "collection",
    "conformity_check",
    "initial_support",
    "pre_moderation",
)
"""The terms of the main path, the furthest first."""

SHORT_COUNT = 4
"""A count of so many days is shown day by day; of a longer one the days off, and the calculator has the rest."""


def by_reported_step(standing: Standing) -> Mapping[str, Obligation]:
    """Return the obligations beside which deadlines named by others are shown."""
    found = {}
    for step, keys in REPORTED.items():
        for each in standing.obligations:
            if each.key in keys:
                found[step] = each
    return found


def terms_of(standing: Standing, events: Events) -> list[TermView]:
    """Return every obligation and window of a standing, in the order of the lifecycle."""
    return [_view(each, standing, events) for each in standing.obligations]


def _view(obligation: Obligation, standing: Standing, events: Events) -> TermView:
    term, start = obligation.term, obligation.start
    rows = _counted(obligation)
    exact = start.latest if start is not None and start.is_exact else None
    counted = exact if term is not None and obligation.due is not None else None
    clear = _clear_days(term, counted) if term is not None and counted is not None else None
    long = len(rows) > SHORT_COUNT
    return TermView(
        key=obligation.key,
        name=step_name(obligation.key),
        kind=label(obligation.kind.value, "step_kind"),
        actor=label(obligation.actor, "actor"),
        article=obligation.article,
        certainty=obligation.certainty.value,
        certainty_says=label(obligation.certainty.value, "certainty_says"),
        term=term_words(term) if term is not None else gettext("none set by the law"),
        longer=longer_term_words(obligation.longer) if obligation.longer is not None else None,
        start=table_range(start),
        due=table_range(obligation.due) if term is not None else gettext("none set by the law"),
        tone=TONES.get(obligation.status.value, "plain"),
        sentence=obligation_sentence(obligation, standing),
        notes=tuple(obligation_notes(obligation)),
        editions=tuple(_edition(each, obligation.article) for each in obligation.editions),
        days=() if long else rows,
        off=_off(rows) if long else (),
        asked=counted.isoformat() if long and counted else None,
        clear_days=long_date(clear) if clear is not None else None,
        clear_days_rows=_clear_rows(term, counted) if clear is not None and term is not None and counted else (),
        readings=tuple(_reading(each, events) for each in obligation.readings if obligation.results_differ),
    )


def awaited_of(standing: Standing) -> list[Awaited]:
    """Return the steps with a last day that nobody saw done, in the order of these days."""
    found = [each for each in standing.obligations if each.status in AWAITED and each.due is not None]
    return [
        Awaited(
            key=each.key,
            name=step_name(each.key),
            actor=label(each.actor, "actor"),
            due=short_range(each.due),
            day=each.due.latest if each.due else None,
            tone=TONES[each.status.value],
            status=label(each.status.value, "status"),
            sentence=obligation_sentence(each, standing),
            is_window=each.kind is StepKind.WINDOW,
        )
        for each in sorted(found, key=lambda one: (one.due.latest or date.max) if one.due else date.max)
    ]


def drawn_of(standing: Standing, marks: Sequence[Mark]) -> Drawn | None:
    """Return the ruler of the furthest term on the main path that can be drawn, with what happened in it."""
    for key in MAIN_TERMS:
        obligation = standing.obligation(key)
        if obligation is None or obligation.due is None or obligation.due.latest is None or obligation.term is None:
            continue
        last = Mark(obligation.due.latest, gettext("Last day"))
        ruler = _ruler(obligation, standing, [*marks, last])
        if ruler is not None and obligation.start is not None:
            return Drawn(
                key=key,
                caption=_caption(obligation.term, key, ruler.starts_on),
                last_day=_last_day(ruler),
                range_note=None if obligation.start.is_exact else date_range(obligation.start),
                off=_off(_rows(language(), obligation.term, ruler.starts_on)),
                ruler=ruler,
            )
    return None


def _caption(term: Term, key: str, starts_on: date) -> str:
    return gettext(
        "%(step)s: %(term)s after %(date)s", step=step_name(key), term=term_words(term), date=long_date(starts_on)
    )


def _last_day(ruler: Ruler) -> str:
    return gettext(
        "The last day is %(weekday)s, %(date)s.", weekday=weekday(ruler.due_on), date=long_date(ruler.due_on)
    )


def _ruler(obligation: Obligation, standing: Standing, marks: Sequence[Mark]) -> Ruler | None:
    """Draw a term; where it was met late or seen undone after its last day, with the days since."""
    late = None
    if obligation.status is Status.MET_LATE and obligation.met is not None:
        late = obligation.met.latest
    elif obligation.status is Status.OVERDUE:
        late = standing.as_of
    running = obligation.met is None and obligation.status in (Status.OPEN, Status.RUNS, Status.MAY_HAVE_ENDED)
    try:
        return ruler_of(
            obligation.term,
            obligation.start,
            catalogue().calendar,
            marks=marks,
            on=standing.as_of if running else None,
            late_until=late,
        )
    except CalendarMissing:
        return None


def _counted(obligation: Obligation) -> tuple[DayRow, ...]:
    """Return the days of the count where it starts on a known day and ends on one."""
    start, term = obligation.start, obligation.term
    if start is None or not start.is_exact or start.latest is None or term is None or obligation.due is None:
        return ()
    return _rows(language(), term, start.latest)


def _off(rows: Sequence[DayRow]) -> tuple[DayRow, ...]:
    """Return the days that a plain week would not explain."""
    return tuple(row for row in rows if row.is_special)


def _clear_rows(term: Term, counted: date) -> tuple[DayRow, ...]:
    return _rows(language(), Term(term.length + 1, term.unit, before=True), counted)


def _clear_days(term: Term, start: date) -> date | None:
    return clear_days_date(term, start, catalogue().calendar) if term.before else None


def _edition(edition_id: str, article: str) -> EditionView:
    edition = next(each for each in catalogue().statute.editions if each.id == edition_id)
    return EditionView(date_range(edition.in_force), edition.has_read(article))


def _reading(reading: Reading, events: Events) -> ReadingView:
    return ReadingView(
        tuple(events.claim_words(reading.claims)),
        label(reading.status.value, "status"),
        date_range(reading.due),
    )


@lru_cache(maxsize=4096)
def _rows(_lang: str, term: Term, start: date) -> tuple[DayRow, ...]:
    """Return the days of a derivation in a language; the law's arithmetic is the same for everybody."""
    calendar = catalogue().calendar
    try:
        days = derivation(term, start, calendar)
    except CalendarMissing:
        return ()  # The obligation itself says that the calendar is missing.
    rows, no = [], 0
    for each in days:
        no += each.counted
        place = no if each.counted and len(days) > 2 else None
        special = (
            each.why != "day_of_event"
            and calendar.special(each.day) is not None
            and each.counted is (each.day.weekday() >= SATURDAY)
        )
        rows.append(DayRow(long_date(each.day), each.counted, place, day_reason(each, calendar), special))
    return tuple(rows)
