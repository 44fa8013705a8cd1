"""The page on how the official portal is being read: sentences, a strip of hours, and numbers by age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import g

from portal.domain.coverage import Run, Sight, runs
from portal.domain.watching import FULL_EVERY, FULL_EVERY_ENDED, LIST_EVERY, LONGEST_SILENCE, NEAR
from portal.i18n import watch as said
from portal.i18n.formats import number, percent
from portal.i18n.locale import gettext, ngettext
from portal.services import watch_health
from portal.services.watch_coverage import HOURS_OF_A_DAY, Coverage, coverage
from portal.services.watch_health import Age, Aged, Freshness, Health, PollState
from portal.web.public.petition_view import Heading, heading_of

DAYS_IN_A_LINE = 10
MOST_GAPS = 20
"""Gaps that are listed; the strip shows all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the strip: ten days of hours in runs that are alike, each day with its place."""

    first: date
    last: date
    runs: Sequence[Run]
    days: Sequence[int]
    length: int


@dataclass(frozen=True, slots=True)
class GapView:
    """A time in which nobody looked, in words."""

    since: str
    until: str | None
    lasted: str


@dataclass(frozen=True, slots=True)
class LookView:
    """What a job last looked at, in words."""

    name: str
    when: str | None
    petitions: str
    ran: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page in words."""

    at: str
    state: str
    first: str
    second: str | None
    looks: Sequence[LookView]
    has_begun: bool
    gap_sentence: str
    lines: Sequence[Line]
    sights: Sequence[tuple[str, str]]
    gaps: Sequence[GapView]
    more_gaps: int
    ages: Sequence[tuple[str, str, str]]
    fresh: Freshness
    troubles: Sequence[tuple[str, str, str]]
    skew: tuple[str, str] | None
    backfills: Sequence[tuple[str, str]]
    method: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AgedView:
    """A petition, and when it was last looked at."""

    number: int
    heading: Heading
    counted: str | None
    read: str | None


def page_of(now: datetime, *, is_on: bool) -> Page:
    """Return the page of a moment."""
    health, seen = watch_health.health(now, is_on=is_on), coverage(now)
    first, second = sentences_of(health)
    return Page(
        at=said.moment(now),
        state=health.state.value,
        first=first,
        second=second,
        looks=[_look(each) for each in health.looks],
        has_begun=seen.began is not None,
        gap_sentence=_gaps_in_words(seen),
        lines=_lines(seen),
        sights=[(each.value, str(said.SIGHTS[each])) for each in Sight if each in set(seen.hours) - {Sight.AHEAD}],
        gaps=[
            _gap(each.since, None if each.is_open else each.until, each.until) for each in seen.unseen[::-1][:MOST_GAPS]
        ],
        more_gaps=max(0, len(seen.unseen) - MOST_GAPS),
        ages=_ages(health.freshness),
        fresh=health.freshness,
        troubles=[
            (said.trouble_name(each.code), number(each.times), said.moment(each.last_at)) for each in health.troubles
        ],
        skew=None if health.skew is None else (said.skew_sentence(health.skew[1]), said.moment(health.skew[0])),
        backfills=[(str(said.BACKFILLS[state]), number(many)) for state, many in health.backfills.items() if many],
        method=method(),
    )


def sentences_of(health: Health) -> tuple[str, str | None]:
    """Return what the page says first, and what it adds: that the poll is off or stopped outweighs all else."""
    last, fresh = health.last_look, health.freshness
    state = said.state_sentence(health.state.value, health.stopped_why, health.stopped_at)
    if last is None:
        return state, None
    look = said.look_sentence(last, fresh.seen_within_a_day, fresh.watched, is_silent=health.is_silent)
    return (look, None) if health.state is PollState.ON else (state, look)


def _look(each: watch_health.Look) -> LookView:
    when = None if each.looked_at is None else said.moment(each.looked_at)
    return LookView(said.job_name(each.job), when, number(each.petitions), said.moment(each.ran_at))


def _gaps_in_words(seen: Coverage) -> str:
    if not seen.unseen:
        return gettext("In the last 30 days there was no time in which nobody looked.")
    return ngettext(
        "In the last 30 days there was %(num)s time in which nobody looked. Together: %(long)s.",
        "In the last 30 days there were %(num)s times in which nobody looked. Together: %(long)s.",
        len(seen.unseen),
        num=number(len(seen.unseen)),
        long=said.duration(seen.unseen_seconds),
    )


def _lines(seen: Coverage) -> Sequence[Line]:
    length = DAYS_IN_A_LINE * HOURS_OF_A_DAY
    found = []
    for first in range(0, len(seen.hours), length):
        part = seen.hours[first : first + length]
        if set(part) <= {Sight.BEFORE}:
            continue
        begins = seen.first_day + timedelta(days=first // HOURS_OF_A_DAY)
        days = range(0, len(part), HOURS_OF_A_DAY)
        found.append(Line(begins, begins + timedelta(days=len(days) - 1), list(runs(part)), list(days), len(part)))
    return found


def _gap(since: int, until: int | None, end: int) -> GapView:
    return GapView(said.moment(since), None if until is None else said.moment(until), said.duration(end - since))


def _ages(fresh: Freshness) -> Sequence[tuple[str, str, str]]:
    return [(str(said.AGES[age]), number(fresh.counted[age]), number(fresh.read[age])) for age in Age]


def rows_of(rows: Sequence[Aged]) -> Sequence[AgedView]:
    """Return petitions as the page lists them."""
    return [
        AgedView(
            each.item.petition.number,
            heading_of(each.item.petition, each.item.titles, g.lang),
            None if each.counted_at is None else said.moment(each.counted_at),
            None if each.read_at is None else said.moment(each.read_at),
        )
        for each in rows
    ]


def method() -> Sequence[tuple[str, str]]:
    """Return how long lies between two looks, by the numbers that the poll itself goes by."""
    near = [
        (
            gettext("Between two looks at a petition that has %(share)s of its threshold", share=percent(share)),
            said.duration(every),
        )
        for share, every in reversed(NEAR)
    ]
    return (
        (gettext("Between two readings of the list with the count of every petition"), said.duration(LIST_EVERY)),
        *near,
        (gettext("Between two readings of a petition’s full record"), said.duration(FULL_EVERY)),
        (gettext("Between two readings of it, where the petition has ended"), said.duration(FULL_EVERY_ENDED)),
        (gettext("A longer time than this between two looks is a gap"), said.duration(LONGEST_SILENCE)),
    )
