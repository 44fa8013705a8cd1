"""``flask jobs``: what is done by the clock, as a process of its own or by hand."""

import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from portal import clock
from portal.jobs.runner import Runner, Unrun, named
from portal.jobs.serve import Service, leases_kept
from portal.jobs.table import EPOCH, TABLE, Job, why_off
from portal.models import JobRun
from portal.services import job_runs
from portal.services.job_runs import Result

group = AppGroup("jobs", help="What is done by the clock.")

UNITS = {"d": 86_400, "h": 3600, "min": 60, "s": 1}

OWN_SLOTS = 60
"""How many seconds back a free one is looked for, as the slot of a run that is to be done again."""


@group.command("serve")
@click.option("--for", "seconds", type=click.FloatRange(0, min_open=True), help="End after so many seconds.")
def serve(seconds: float | None) -> None:
    """Run the jobs until told to end. Exit 0 if nothing was left half-done, otherwise 1."""
    service = Service(Runner(_app()), length=None if seconds is None else timedelta(seconds=seconds))
    with _told_to_the_terminal():
        is_whole = service.run()
    if not is_whole:
        sys.stderr.flush()
        os._exit(1)  # The thread at work would keep the process as long as it likes, and its slot was given back.


@group.command("run")
@click.argument("name", type=click.Choice(list(TABLE)), metavar="NAME")
@click.option("--again", is_flag=True, help="Also where the present slot is taken: in a slot of its own.")
def run(name: str, *, again: bool) -> None:
    """Run a job now. Exit 0 done, 1 not done or not wholly, 2 not run or usage."""
    job = TABLE[name]
    slot, came = _run_in_first_free(job, _slots(job, again=again))
    if isinstance(came, Unrun):
        click.echo(_why_not(job, slot, came), err=True)
        raise SystemExit(2)
    click.echo(f"{named(name, slot)}: {came}")
    raise SystemExit(0 if came is Result.DONE else 1)


@group.command("list")
def list_() -> None:
    """Print every job: how often, its last run, its last success, its next slot, and whether it is on."""
    at = clock.now()
    lines = [("job", "every", "last run", "last success", "next slot", "")]
    for job in TABLE.values():
        last, success = job_runs.last_run(job.name), job_runs.last_success(job.name)
        off = why_off(_app(), job)
        lines.append(
            (
                job.name,
                _length(job.every),
                _told(last),
                _instant(success.finished_at) if success and success.finished_at else "never",
                _instant(EPOCH + timedelta(seconds=job.next_slot(at))),
                f"off: {off}" if off else "on",
            )
        )
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    for name, times in sorted(job_runs.given_up().items()):
        click.echo(f"{name}: {times} given up, since every process that began them died")


def _slots(job: Job, *, again: bool) -> list[int]:
    """Return the slots to try: the present one, and then one of its own, which is no period's but this second's."""
    at = clock.now()
    now = (at - EPOCH) // timedelta(seconds=1)
    return [job.slot_at(at), *(range(now, now - OWN_SLOTS, -1) if again else ())]


def _run_in_first_free(job: Job, slots: Sequence[int]) -> tuple[int, Result | Unrun]:
    runner = Runner(_app())
    with _told_to_the_terminal(), leases_kept(runner):
        for slot in slots:
            came = runner.run_slot(job, slot)
            if came is not Unrun.TAKEN:
                return slot, came
    return slots[0], Unrun.TAKEN


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]  # noqa: SLF001 - Flask's way.


def _why_not(job: Job, slot: int, came: Unrun) -> str:
    if came is Unrun.OFF:
        return f"{job.name} is off: {why_off(_app(), job)}."
    if came is Unrun.OCCUPIED:
        running = ", ".join(f"{each.job} since {_instant(each.claimed_at)}" for each in job_runs.open_claims())
        return f"One job at a time asks the official portal ({running}). Try again when it has ended."
    if came is Unrun.TAKEN:
        return f"{named(job.name, slot)}: {_told(job_runs.by_slot(job.name, slot))}. --again runs it all the same."
    return f"{named(job.name, slot)}: {came}. See the log above."


def _told(run: JobRun | None) -> str:
    if run is None:
        return "never"
    if run.finished_at is None:
        return f"{_instant(run.claimed_at)} {'runs' if run.lease_until > clock.now() else 'died'}"
    return f"{_instant(run.finished_at)} {run.result}"


def _length(seconds: int) -> str:
    """Return a period in the largest unit that divides it."""
    return next(f"{seconds // size} {name}" for name, size in UNITS.items() if seconds % size == 0)


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


@contextmanager
def _told_to_the_terminal() -> Iterator[None]:
    handler = logging.StreamHandler()
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    ours = logging.getLogger("portal")
    level = ours.level
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    try:
        yield
    finally:
        ours.removeHandler(handler)
        ours.setLevel(level)
