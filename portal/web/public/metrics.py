"""The numbers of the poll as Prometheus reads them: made from the database for each request, alike in every process."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from portal.services import audit, watch_health
from portal.services.watch_coverage import coverage
from portal.services.watch_health import Health, PollState

FORMAT = "text/plain; version=0.0.4; charset=utf-8"


def as_text(now: datetime, *, is_on: bool) -> bytes:
    """Return all numbers as text. The registry is one of the moment: nothing of the process or the machine is in it."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Numbers(now, is_on=is_on))
    return generate_latest(registry)


class _Numbers(Collector):
    """Reads the database when it is asked."""

    def __init__(self, now: datetime, *, is_on: bool) -> None:
        self.now = now
        self.is_on = is_on

    def describe(self) -> list[Metric]:
        """Read nothing while it is being registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every number."""
        health = watch_health.health(self.now, is_on=self.is_on)
        yield from _of_state(health)
        yield from _of_looks(health)
        yield from _of_petitions(health)
        yield from _of_gaps(self.now)
        yield from _of_totals()
        yield _backfills(health)


def _of_state(health: Health) -> Iterator[Metric]:
    state = GaugeMetricFamily(
        "qadam_watch_state", "1 for the state that the poll is in, 0 for the others.", labels=["state"]
    )
    for each in PollState:
        state.add_metric([each.value], float(health.state is each))
    yield state
    if health.skew is not None:
        text = "Seconds by which the clock of the official portal was ahead of ours when last compared."
        yield GaugeMetricFamily("qadam_watch_clock_difference_seconds", text, value=health.skew[1])


def _of_looks(health: Health) -> Iterator[Metric]:
    text = "Seconds since a job last looked at any petition; absent where it never did."
    since = GaugeMetricFamily("qadam_watch_since_look_seconds", text, labels=["job"])
    text = "How many petitions a job looked at when it last looked at any."
    seen = GaugeMetricFamily("qadam_watch_last_look_petitions", text, labels=["job"])
    text = "Seconds since a job last ended, whatever it found."
    ran = GaugeMetricFamily("qadam_watch_since_run_seconds", text, labels=["job"])
    for each in health.looks:
        ran.add_metric([each.job], _seconds(health.at, each.ran_at))
        if each.looked_at is not None:
            since.add_metric([each.job], _seconds(health.at, each.looked_at))
            seen.add_metric([each.job], each.petitions)
    yield from (since, seen, ran)


def _seconds(now: datetime, then: datetime) -> float:
    return round((now - then).total_seconds())


def _of_petitions(health: Health) -> Iterator[Metric]:
    fresh = health.freshness
    text = "Petitions by how long ago their count was looked at, or their record read."
    aged = GaugeMetricFamily("qadam_watch_petitions", text, labels=["what", "age"])
    for what, ages in (("count", fresh.counted), ("record", fresh.read)):
        for age, number in ages.items():
            aged.add_metric([what, age.value], number)
    yield aged
    text = "Petitions that the official portal no longer shows."
    yield GaugeMetricFamily("qadam_watch_petitions_gone", text, value=fresh.gone)
    text = "Petitions of the record that the poll knows nothing of."
    yield GaugeMetricFamily("qadam_petitions_not_watched", text, value=fresh.not_watched)


def _of_gaps(now: datetime) -> Iterator[Metric]:
    seen = coverage(now)
    text = "Times in the last 30 days in which nobody looked at any petition."
    yield GaugeMetricFamily("qadam_watch_gaps", text, value=len(seen.unseen))
    text = "Seconds of the last 30 days in which nobody looked at any petition."
    yield GaugeMetricFamily("qadam_watch_gap_seconds", text, value=seen.unseen_seconds)


def _of_totals() -> Iterator[Metric]:
    text = "What went wrong while the official portal was read, by kind."
    troubles = CounterMetricFamily("qadam_watch_troubles", text, labels=["code"])
    totals = watch_health.totals()
    for code, times in sorted(totals.troubles.items()):
        troubles.add_metric([code], times)
    yield troubles
    yield CounterMetricFamily("qadam_watch_requests", "Requests made to the official portal.", value=totals.requests)
    yield CounterMetricFamily("qadam_watch_runs", "Runs of jobs that read the official portal.", value=totals.runs)
    yield CounterMetricFamily("qadam_audit_entries", "Entries of the audit chain.", value=audit.head()[0])


def _backfills(health: Health) -> Metric:
    text = "Petitions whose past is read from their list of signers, by how far that is."
    found = GaugeMetricFamily("qadam_watch_backfills", text, labels=["state"])
    for state, number in health.backfills.items():
        found.add_metric([state.value], number)
    return found
