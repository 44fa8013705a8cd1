"""The page of a petition's series as its template gets it: everything chosen, drawn, and in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.counts import KAZAKHSTAN, Between, DayCount, between, midnight
from portal.domain.forecast import Forecast, NotExpected
from portal.domain.marks import Mark
from portal.domain.watching import DAY
from portal.i18n import series_sentences as say
from portal.i18n.labels import label
from portal.i18n.locale import language
from portal.models import Petition
from portal.services import series as counts
from portal.services import series_events, tracking
from portal.services.series import Latest
from portal.services.series_format import Summary
from portal.web.public.chart import SMALL_HEIGHT, TIME_STEPS, Chart, Frame, chart_of, ticks
from portal.web.public.chart_bars import Bars, bars_of
from portal.web.public.petition_view import Heading, heading_of

DAILY_UP_TO = 62
"""Days that are drawn one by one; of more, weeks are."""

SIGNS = "ABCDEFGH"
NOON = DAY // 2
MOST_GAPS = 30
"""Gaps that are listed on the page, the last of them; the files have them all."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A time to read the drawing by. ``is_extra`` where a narrow screen has no room for it."""

    x: float
    words: str
    is_extra: bool


@dataclass(frozen=True, slots=True)
class Pin:
    """An event of the record beside the curve."""

    sign: str
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What stands out, with the letter that it has in the drawing, if it is drawn."""

    sign: str | None
    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day: how many signatures there were at its end, and how many came. ``x`` is where its end is drawn."""

    count: DayCount
    at_end: int | None
    x: float
    is_past: bool


@dataclass(frozen=True, slots=True)
class Periods:
    """Signatures of each day or week, drawn."""

    bars: Bars
    ticks: tuple[Tick, ...]
    are_weeks: bool


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """Everything that the page shows, in the order in which it shows it."""

    petition: Petition
    heading: Heading
    latest: Latest | None
    summary: Summary
    sentences: Sequence[str]
    chart: Chart
    ticks: Sequence[Tick]
    pins: Sequence[Pin]
    marks: Sequence[MarkRow]
    outlook: str | None
    accuracy: Sequence[str]
    periods: Periods | None
    hours: Bars
    hour_ticks: Sequence[Tick]
    methods: Sequence[str]
    gaps: Sequence[Between]
    all_gaps: int
    days: Sequence[DayRow]
    opening: str


def page_of(petition: Petition) -> SeriesPage | None:
    """Return the page of a petition's series, None where there is none."""
    summary = counts.summary_of(petition)
    if summary is None:
        return None
    latest = counts.latest(petition)
    pins = _pins(petition)
    drawn, outlook = _drawn(summary, pins), summary.outlook
    titles = tracking.items_of([petition])[0].titles
    gaps = between(summary.chart)
    says_something = isinstance(outlook, Forecast | NotExpected)
    return SeriesPage(
        petition=petition,
        heading=heading_of(petition, titles, language()),
        latest=latest,
        summary=summary,
        sentences=_sentences(summary, latest),
        chart=drawn,
        ticks=ticks_of(drawn.frame),
        pins=[pin for pin in pins if any(flag.sign == pin.sign for flag in drawn.events)],
        marks=_marks(summary, drawn),
        outlook=say.outlook_sentence(outlook, summary.ends_at) if outlook else None,
        accuracy=say.accuracy_sentences(counts.forecast_tried()) if says_something else (),
        periods=_periods(summary),
        hours=bars_of([each.rate for each in summary.hours]),
        hour_ticks=[
            Tick(round(1000 * (hour + 0.5) / 24, 1), f"{hour:02}:00", is_extra=bool(hour % 6))
            for hour in range(0, 24, 3)
        ],
        methods=say.method_sentences(),
        gaps=gaps[-MOST_GAPS:],
        all_gaps=len(gaps),
        days=_days(summary, drawn.frame),
        opening=say.opening_sentence(summary.opened_on, summary.opened_by),
    )


@dataclass(frozen=True, slots=True)
class SmallView:
    """The curve on a petition's own page, and what it shows in a sentence."""

    chart: Chart
    sentence: str


def small_of(petition: Petition) -> SmallView | None:
    """Return the small drawing for a petition's page, None where nobody ever looked at its count."""
    found = counts.coarse(petition)
    if found is None or found.series.until is None:
        return None
    latest = counts.latest(petition)
    if latest is not None:
        sentence = say.latest_sentence(latest.votes, latest.seen_at, found.threshold)
    else:
        sentence = say.past_only_sentence(found.series.points[-1].votes, found.series.until, found.threshold)
    drawn = chart_of(found.series, seam=found.seam, threshold=found.threshold, height=SMALL_HEIGHT)
    return SmallView(drawn, sentence)


def _sentences(summary: Summary, latest: Latest | None) -> list[str]:
    if latest is None:
        return [say.past_only_sentence(summary.last.votes, summary.through, summary.threshold)]
    first = say.latest_sentence(latest.votes, latest.seen_at, summary.threshold)
    return [first, say.speed_sentence(summary.speeds)]


def _pins(petition: Petition) -> list[Pin]:
    found = series_events.dated_events(petition)
    return [Pin(str(place), each.day, label(each.kind)) for place, each in enumerate(found, start=1)]


def _drawn(summary: Summary, pins: Iterable[Pin]) -> Chart:
    begins = midnight(summary.opened_on)
    outlook = summary.outlook
    return chart_of(
        summary.chart,
        seam=summary.seam,
        threshold=summary.threshold,
        window=(begins, summary.ends_at) if summary.ends_at else None,
        outlook=(outlook.earliest, outlook.latest) if isinstance(outlook, Forecast) else None,
        events=[(pin.sign, midnight(pin.day) + NOON) for pin in pins],
        marks=[(sign, each.since, each.until) for sign, each in zip(SIGNS, summary.marks, strict=False)],
    )


def _marks(summary: Summary, drawn: Chart) -> list[MarkRow]:
    signs = {flag.sign for flag in drawn.marks}
    named = [*SIGNS, *[None] * len(summary.marks)]
    return [
        MarkRow(sign if sign in signs else None, label(mark.kind), mark)
        for sign, mark in zip(named, summary.marks, strict=False)
    ]


def ticks_of(frame: Frame) -> list[Tick]:
    """Return the days, or in a short series the hours, that stand below a drawing."""
    found = ticks(frame, TIME_STEPS, KAZAKHSTAN)
    first, last = say.moment(frame.since), say.moment(frame.until)
    by_hour = any(at % DAY != found[0][1] % DAY for _, at in found)
    years = first.year != last.year
    midnights = [place for place, (_, at) in enumerate(found) if not say.moment(at).hour]
    every, kept = (1, midnights) if by_hour and len(midnights) > 1 else (2, midnights[:1] or [0])
    return [
        Tick(x, _tick_words(at, by_hour=by_hour, years=years), is_extra=_is_extra(place, every, kept))
        for place, (x, at) in enumerate(found)
    ]


def _is_extra(place: int, every: int, kept: Sequence[int]) -> bool:
    """Whether a narrow screen leaves a tick out: it keeps each second, or of hours the midnights, which bear a date."""
    return place not in kept if every == 1 else bool((place - kept[0]) % every)


def _tick_words(at: int, *, by_hour: bool, years: bool) -> str:
    here = say.moment(at)
    if by_hour and here.hour:
        return f"{here:%H:%M}"
    return f"{here:%d.%m.%y}" if years else f"{here:%d.%m}"


def _periods(summary: Summary) -> Periods | None:
    """Return the signatures of each day, or of each week of a long series; None for a series of one day."""
    days = summary.days
    if len(days) < 2:
        return None
    length = 1 if len(days) <= DAILY_UP_TO else 7
    groups = [days[place : place + length] for place in range(0, len(days), length)]
    values = [
        None if any(day.votes is None for day in group) else sum(day.votes or 0 for day in group) for group in groups
    ]
    shown = max(1, -(-len(groups) // 8))
    marked = [
        Tick(round(1000 * (place + 0.5) / len(groups), 1), f"{group[0].day:%d.%m}", is_extra=bool(place // shown % 2))
        for place, group in enumerate(groups)
        if place % shown == 0
    ]
    return Periods(bars_of(values), tuple(marked), length == 7)


def _days(summary: Summary, frame: Frame) -> list[DayRow]:
    seam = summary.through + 1 if summary.seam is None else summary.seam
    return [
        DayRow(
            each,
            at_end,
            frame.x(end := min(midnight(each.day) + DAY, summary.through)),
            is_past=end <= seam and summary.first.at < seam,
        )
        for each, at_end in zip(summary.days, summary.ends, strict=True)
    ]
