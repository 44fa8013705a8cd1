"""What the desk shows of the reading of the official portal: its state, its words, its runs, and back-fills."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import g, url_for

from portal.i18n import formats
from portal.i18n import watch as said
from portal.i18n.formats import number, quoted
from portal.i18n.locale import gettext
from portal.i18n.watch_entries import meaning_words
from portal.i18n.watch_tasks import word as word_sentence
from portal.models import Petition, PollRun
from portal.models.watch import BackfillState, WordKind
from portal.services import backfills, portal_words, watch_health
from portal.services.portal_words import Word
from portal.web.public.health_view import sentences_of
from portal.web.public.petition_view import Heading, heading_of

RUNS, PASTS = 25, 25


@dataclass(frozen=True, slots=True)
class WordView:
    """A word of the portal, what it means and who bears it."""

    kind: str
    word: str
    says: str
    meaning: str | None
    is_settled: bool
    was_settled: bool
    first_seen: str
    petitions: str | None
    settled_by: str | None
    settled_in: int | None
    address: str
    examples: Sequence[tuple[int, Heading, str | None]] = ()


@dataclass(frozen=True, slots=True)
class PastView:
    """How far the earlier signatures of a petition are counted, in words."""

    number: int
    state: str
    is_open: bool
    may_ask: bool
    percent: str | None
    facts: Sequence[tuple[str, str]]
    changed: str


@dataclass(frozen=True, slots=True)
class RunView:
    """A run in words."""

    job: str
    when: str
    lasted: str
    requests: str
    petitions: str
    changed: str
    founded: str
    is_whole: bool
    troubles: Sequence[str]
    entry: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """The page in words."""

    state: str
    first: str
    second: str | None
    is_stopped: bool
    words: Sequence[WordView]
    pasts: Sequence[PastView]
    runs: Sequence[RunView]


def page_of(now: datetime, *, is_on: bool) -> Page:
    """Return the page of a moment."""
    health = watch_health.health(now, is_on=is_on)
    first, second = sentences_of(health)
    return Page(
        state=health.state.value,
        first=first,
        second=second,
        is_stopped=health.stopped_at is not None,
        words=[_word(each) for each in portal_words.every()],
        pasts=[found for petition, _ in watch_health.pasts(PASTS) if (found := past_view(petition)) is not None],
        runs=[_run(each) for each in watch_health.runs(RUNS)],
    )


def word_view(word: Word) -> WordView:
    """Return a word with some petitions that bear it."""
    bearers = portal_words.bearing(word.word) if word.kind is WordKind.STATE else ()
    return _word(
        word,
        [
            (each.petition.number, heading_of(each.petition, each.titles, g.lang), each.petition.official_url)
            for each in bearers
        ],
    )


def _word(word: Word, examples: Sequence[tuple[int, Heading, str | None]] = ()) -> WordView:
    return WordView(
        kind=word.kind.value,
        word=quoted(word.word),
        says=word_sentence(word.kind.value, word.word),
        meaning=meaning_words(word.kind.value, word.meaning) if word.is_settled else None,
        is_settled=word.is_settled,
        was_settled=word.settled_in is not None,
        first_seen=said.moment(word.first_seen_at),
        petitions=None if word.petitions is None else number(word.petitions),
        settled_by=word.settled_by,
        settled_in=word.settled_in,
        address=url_for("desk.portal_word", kind=word.kind.value, word=word.word),
        examples=examples,
    )


def past_view(petition: Petition) -> PastView | None:
    """Return how far the earlier signatures of a petition are counted; None where nobody asked for it."""
    found = backfills.progress_of(petition)
    if found is None:
        return None
    shown = formats.no_data() if found.shown is None else number(found.shown)
    return PastView(
        number=petition.number,
        state=str(said.BACKFILLS[found.state]),
        is_open=found.state in backfills.OPEN,
        may_ask=found.state is BackfillState.STOPPED,
        percent=None if found.percent is None else formats.percent(found.percent),
        facts=[
            (gettext("Signatures counted"), number(found.rows)),
            (gettext("Shown on the official portal when it began"), shown),
            (gettext("Rows that could not be read"), number(found.broken)),
            (gettext("Rows dated in the future"), number(found.ahead)),
            (gettext("Requests"), number(found.requests)),
        ],
        changed=said.moment(found.changed_at),
    )


def _run(run: PollRun) -> RunView:
    return RunView(
        job=said.job_name(run.job),
        when=said.moment(run.finished_at),
        lasted=said.duration(int((run.finished_at - run.started_at).total_seconds())),
        requests=number(run.requests),
        petitions=number(run.petitions),
        changed=number(run.changed),
        founded=number(run.founded),
        is_whole=run.is_whole,
        troubles=[f"{said.trouble_name(code)}: {number(int(times))}" for code, times in run.troubles.items()],
        entry=run.recorded_in,
    )
