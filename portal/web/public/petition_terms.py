"""What the law makes of a petition's record, as its page shows it: obligations, last days, and how these follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from portal.domain.refusals import CalendarMissing
from portal.domain.terms import Term, clear_days_date, derivation
from portal.domain.timeline import Obligation, Reading, Standing
from portal.i18n.formats import date_range, long_date, table_range
from portal.i18n.labels import day_reason, label, longer_term_words, step_name, term_words
from portal.i18n.locale import gettext, language
from portal.i18n.sentences import obligation_notes, obligation_sentence
from portal.services.catalogue import catalogue
from portal.web.public.citing import Cited
from portal.web.public.petition_events import Events

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
    """One obligation or window, in words. ``tone`` is what colour repeats of the status."""

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
    clear_days: str | None
    clear_days_rows: tuple[DayRow, ...]
    readings: tuple[ReadingView, ...]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to say below the row of the table."""
        return bool(self.notes or self.editions or self.days or self.readings)


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
    exact = start.latest if start is not None and start.is_exact else None
    counted = exact if term is not None and obligation.due is not None else None
    clear = _clear_days(term, counted) if term is not None and counted is not None else None
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
        days=_rows(language(), term, counted) if term is not None and counted is not None else (),
        clear_days=long_date(clear) if clear is not None else None,
        clear_days_rows=_clear_rows(term, counted) if clear is not None and term is not None and counted else (),
        readings=tuple(_reading(each, events) for each in obligation.readings),
    )


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
        rows.append(DayRow(long_date(each.day), each.counted, place, day_reason(each, calendar)))
    return tuple(rows)


def next_words(standing: Standing) -> Sequence[str]:
    """Return what comes next by law, and the nearest last day that is still to come."""
    words = []
    if standing.next_due is not None:
        due = standing.next_due
        words.append(
            gettext("Nearest last day: %(date)s (%(step)s).", date=date_range(due.when), step=step_name(due.key))
        )
    return words
