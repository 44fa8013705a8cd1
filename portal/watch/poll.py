"""The poll's verbs: looking at the list, reading records. Each is safe to repeat, and to be killed at any point.

A list look keeps all its counts in one transaction, a reading its one answer; a run ends with an entry in the chain.
What a run missed is never made up for: the series has a gap there. What it did not come to is found again in what was
read last (``services/rounds.py``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from portal import clock
from portal.domain.official import Forbidden, Listed, ListPage, Reading, Unreachable
from portal.services import official_petitions, readings, rounds, watching
from portal.services.counting import Seen
from portal.services.kept_files import Folder
from portal.services.readings import Outcome
from portal.services.watching import Run
from portal.watch import backfill

PAGE = 100
"""Rows of a list page: 5,000 petitions are 50 requests, one more where nothing says which is the last."""

MOST_PAGES = 400
"""Where a list is longer than anybody expects, something is wrong."""

GIVE_UP = 3
"""List pages in a row without an answer, after which a list look ends with what it has."""

NEWEST_PAGES = 5
FOUND_AT_ONCE = 300
"""New petitions begun in a run: at one request a second, five minutes."""

PAST_AT_ONCE = 300
"""Requests for lists of signers in a run: at one a second, five minutes."""

LYING_FROM, LYING_SHARE = 5, 0.2
"""So many answers in a run that a petition is not there, and so great a share of all: nobody believes them."""

LYING = "lying"

Rows = dict[str, tuple[int, Listed]]
"""What a list said of each petition, and at which second."""


class Portal(Protocol):
    """What the poll needs of a reader of the official portal."""

    @property
    def requests(self) -> int:
        """How many requests were made."""

    @property
    def troubles(self) -> Mapping[str, int]:
        """How often each trouble came, by its code."""

    @property
    def skew(self) -> int | None:
        """Seconds by which the portal's clock is ahead of ours."""

    def list_page(self, page: int, size: int) -> ListPage:
        """Read a page of the list, the newest petition first. Raises ``Unreachable`` and ``Forbidden``."""

    def read(self, uuid: str, etag: str | None = None) -> Reading:
        """Read one petition. Raises ``Unreachable`` and ``Forbidden``."""


class SignersToo(Portal, backfill.Portal, Protocol):
    """What reading the past needs besides."""


def look_at_the_list(portal: Portal, folder: Folder, *, at: datetime, job: str) -> Run:
    """Look at every petition's count by reading the whole list, and begin the records of new ones."""
    return _run(job, at, portal, lambda run: _look(portal, folder, run, MOST_PAGES, newest=False))


def look_at_the_newest(portal: Portal, folder: Folder, *, at: datetime, job: str) -> Run:
    """Read the beginning of the list, as far as it has petitions that we do not know."""
    return _run(job, at, portal, lambda run: _look(portal, folder, run, NEWEST_PAGES, newest=True))


def look_at_those_near(portal: Portal, folder: Folder, *, at: datetime, job: str) -> Run:
    """Look at the petitions that are near their next threshold, one by one."""
    due = rounds.to_count(int(at.timestamp()))
    return _run(job, at, portal, lambda run: _read_each(portal, folder, run, [(each.uuid, each.etag) for each in due]))


def read_records(portal: Portal, folder: Folder, *, at: datetime, job: str) -> Run:
    """Read the full records that are due, the longest unread first."""
    due = rounds.to_read(int(at.timestamp()))
    return _run(job, at, portal, lambda run: _read_each(portal, folder, run, [(each.uuid, each.etag) for each in due]))


def read_the_past(portal: SignersToo, folder: Folder, *, at: datetime, job: str) -> Run:
    """Read on in the lists of signers whose past was asked for."""
    del folder  # Counts are no evidence: nothing of a list of signers is kept but how many signed in an hour.
    return _run(job, at, portal, lambda run: _read_back(portal, run))


def _read_back(portal: SignersToo, run: Run) -> Rows:
    ran = backfill.run(portal, PAST_AT_ONCE)
    run.is_whole = not ran.troubles
    run.petitions = ran.petitions
    return {}


def _run(job: str, at: datetime, portal: Portal, work: Callable[[Run], Rows]) -> Run:
    """Do the work of a run and enter it into the chain, whatever came of it; a refusal stops the poll."""
    run = Run(job, at)
    rows: Rows = {}
    asked, had = portal.requests, dict(portal.troubles)
    try:
        rows = work(run)
    except Forbidden:
        run.is_forbidden, run.is_whole = True, False
        watching.stop(clock.now())
    run.requests = portal.requests - asked
    if not run.requests and not run.is_forbidden:
        return run  # There was nothing to ask.
    run.skew = portal.skew
    for code, times in portal.troubles.items():
        if times > had.get(code, 0):
            run.troubles[code] = run.troubles.get(code, 0) + times - had.get(code, 0)
    watching.finish(run, _counts(rows))
    return run


# The list
# ------------------------------------------------------------------------------------------------------------------


def _look(portal: Portal, folder: Folder, run: Run, most: int, *, newest: bool) -> Rows:
    known = official_petitions.known()
    rows = _list(portal, run, most, known if newest else None)
    unknown = [uuid for uuid in rows if uuid not in known]
    doubtful = rounds.to_ask_about(rows.keys(), int(run.started_at.timestamp()), is_whole=run.is_whole and not newest)
    run.is_whole = run.is_whole and len(unknown) <= FOUND_AT_ONCE
    try:
        _read_each(portal, folder, run, [(uuid, None) for uuid in unknown[:FOUND_AT_ONCE]])
        _read_each(portal, folder, run, [(each.uuid, None) for each in doubtful])
    except Forbidden:
        run.is_forbidden, run.is_whole = True, False
        watching.stop(clock.now())
    return rows


def _list(portal: Portal, run: Run, most: int, known: Mapping[str, int] | None) -> Rows:
    """Read list pages; with ``known``, only until a page has nothing new. Of a row that comes twice the later stands.

    New petitions push the others onto later pages while we read: they come twice and are counted once.
    """
    rows: Rows = {}
    failed = 0
    for page in range(most):
        try:
            answer = portal.list_page(page, PAGE)
        except Unreachable:
            run.is_whole = False
            failed += 1
            if failed == GIVE_UP:
                break
            continue
        failed = 0
        at = int(clock.now().timestamp())
        rows.update({each.uuid: (at, each) for each in answer.rows})
        run.is_whole = run.is_whole and not answer.broken
        if _is_end(answer, page) or (known is not None and all(each.uuid in known for each in answer.rows)):
            break
    else:
        run.is_whole = run.is_whole and known is not None
    return rows


def _is_end(answer: ListPage, page: int) -> bool:
    if answer.is_last is not None:
        return answer.is_last
    if answer.total is not None:
        return (page + 1) * PAGE >= answer.total
    return not answer.rows and not answer.broken


def _counts(rows: Rows) -> Iterable[Seen]:
    known = official_petitions.known()
    for uuid, (at, row) in rows.items():
        if row.votes is not None and uuid in known:
            yield Seen(known[uuid], at, row.votes)


# Records
# ------------------------------------------------------------------------------------------------------------------


def _read_each(portal: Portal, folder: Folder, run: Run, wanted: Sequence[tuple[str, str | None]]) -> Rows:
    """Read petitions one by one and keep each answer; what nobody believes is kept by nobody."""
    missing: list[Reading] = []
    for uuid, etag in wanted:
        try:
            reading = portal.read(uuid, etag)
        except Unreachable:
            run.is_whole = False
            continue
        if reading.is_gone:
            missing.append(reading)
        else:
            _keep(reading, folder, run)
    if len(missing) >= LYING_FROM and len(missing) > LYING_SHARE * len(wanted):
        run.troubles[LYING], run.is_whole = len(missing), False
        return {}
    for reading in missing:
        _keep(reading, folder, run)
    return {}


def _keep(reading: Reading, folder: Folder, run: Run) -> None:
    done = readings.keep(reading, folder)
    run.petitions += 1
    run.founded += done.outcome is Outcome.FOUNDED
    run.changed += done.changed_count
    if done.line is not None:
        run.stored.append(done.line)
