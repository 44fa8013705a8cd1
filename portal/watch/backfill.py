"""Reading the past of petitions: their lists of signers, a page at a time, stepping over rows that cannot be read.

Every page is kept before the next is asked for. A run asks a bounded number of times and goes on where the one before
ended, whoever asked first coming first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from portal import clock
from portal.domain.official import GONE, SignedPage, Trouble, Unreachable
from portal.domain.signatures import Page, Pieces, may_have_been_counted
from portal.services import backfills
from portal.services.backfills import Place
from portal.watch.interface import LAST_PAGE, PAGE, STEPS

FAILED = 500
FURTHEST_BACK = 10
"""So many pages are read again where the list became shorter."""

FURTHEST_ON = 10
"""So often what comes next is looked for where the list grew by whole pages; one that grows faster is left."""

ENDLESS = "endless"
NOBODY_HOME = frozenset({"busy", "connection", "timeout"})
"""Troubles that another petition would meet as well."""


class Portal(Protocol):
    """What is needed of a reader of the official portal."""

    @property
    def requests(self) -> int:
        """How many requests were made."""

    def signers(self, uuid: str, page: int, size: int = PAGE) -> SignedPage:
        """Read when the signatures of a page were given. Raises ``Unreachable`` and ``Forbidden``."""


@dataclass(slots=True)
class Ran:
    """What a run did: requests, pages kept of how many petitions, whose past was read to the end, what went wrong."""

    requests: int = 0
    pages: int = 0
    petitions: int = 0
    finished: list[int] = field(default_factory=list)
    stopped: list[int] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def run(portal: Portal, limit_requests: int, *, now: Callable[[], datetime] = clock.now) -> Ran:
    """Read on where it was left. Between two pages it ends once so many requests were made.

    A page with broken rows may take a few hundred more. Raises ``Forbidden``, with all pages before it kept.
    """
    ran, begun = Ran(), portal.requests
    left, numbers = set[int](), set[int]()
    while portal.requests - begun < limit_requests:
        place = backfills.next_page(left)
        if place is None:
            break
        before = portal.requests
        try:
            page = _read(portal, place)
        except Unreachable as error:
            left.add(place.number)
            ran.troubles.append(error.trouble)
            _stop_if_over(place, error.trouble, ran)
            if error.trouble.code in NOBODY_HOME:
                break
            continue
        kept = backfills.keep_page(place, page, requests=portal.requests - before, at=now())
        ran.pages += 1
        numbers.add(place.number)
        if kept is not None and kept.finished_at is not None:
            ran.finished.append(place.number)
    ran.requests, ran.petitions = portal.requests - begun, len(numbers)
    return ran


def _stop_if_over(place: Place, trouble: Trouble, ran: Ran) -> None:
    """Stop what can never be read to the end: the petition is gone, or its list has none."""
    if trouble.status in GONE or trouble.code == ENDLESS:
        backfills.stop(place.number, by=backfills.BY, why=ENDLESS if trouble.code == ENDLESS else "gone")
        ran.stopped.append(place.number)


def _read(portal: Portal, place: Place) -> Page:
    """Read the page that is next, or what stands in its place by now. Raises ``Unreachable``."""
    for _jump in range(FURTHEST_ON):
        if place.page >= LAST_PAGE:
            raise Unreachable(Trouble(ENDLESS, clock.now(), place.uuid))
        try:
            found = portal.signers(place.uuid, place.page)
        except Unreachable as error:
            if error.trouble.status != FAILED:
                raise
            return _stepped(portal, place)
        pushed = _pushed(place, found.total)
        if pushed is None or pushed < PAGE:
            return _placed(portal, place, found, pushed)
        pages = pushed // PAGE  # Whole pages of what is counted: they need not be read.
        place = replace(place, page=place.page + pages, total=(place.total or 0) + pages * PAGE)
    raise Unreachable(Trouble("not_expected", clock.now(), place.uuid, 200, "a list that outruns its reading"))


def _placed(portal: Portal, place: Place, found: SignedPage, pushed: int | None) -> Page:
    """Return a page with what is known of how many of its rows were counted before."""
    fell = -pushed if pushed is not None else may_have_been_counted(found.times, place.mark)
    if fell > 0 and place.page > 0:
        return _with_those_before(portal, place, found, fell)
    pushed = None if pushed is None else max(0, pushed)
    return Page(place.page, found.times, pushed, total=found.total, is_last=_is_last(found, place.page))


def _pushed(place: Place, total: int | None) -> int | None:
    return None if total is None or place.total is None else total - place.total


def _is_last(found: SignedPage, page: int) -> bool:
    if not found.times:
        return True
    if found.is_last is not None:
        return found.is_last
    return len(found.times) < PAGE if found.total is None else (page + 1) * PAGE >= found.total


def _with_those_before(portal: Portal, place: Place, found: SignedPage, fell: int) -> Page:
    """Begin earlier: where the list became shorter, rows that were on this page now stand on those before it."""
    back = min(place.page, -(-fell // PAGE), FURTHEST_BACK)
    times: tuple[int | None, ...] = ()
    for page in range(place.page - back, place.page):
        times += portal.signers(place.uuid, page).times
    usual = max(0, len(times) - fell)
    return Page(place.page, times + found.times, None, usual, found.total, _is_last(found, place.page))


def _stepped(portal: Portal, place: Place) -> Page:
    """Read a page that fails row by row, passing over those that fail alone."""
    pieces, is_over = Pieces(place.page * PAGE), False
    wide, narrow = STEPS
    for start in range(place.page * PAGE, (place.page + 1) * PAGE, wide):
        found = _piece(portal, place, start, wide)
        if found is not None:
            is_over = _put(pieces, start, found, wide)
        else:
            for row in range(start, start + wide, narrow):
                single = _piece(portal, place, row, narrow)
                if single is None:
                    pieces.miss(row)
                elif _put(pieces, row, single, narrow):
                    is_over = True
                    break
        if is_over:
            break
    _require_answers(portal, place, pieces)
    pushed = _pushed(place, pieces.first_total)
    pushed = None if pushed is None or pushed < 0 else pushed
    return Page(place.page, pieces.times, pushed, total=pieces.last_total, is_last=is_over)


def _piece(portal: Portal, place: Place, start: int, size: int) -> SignedPage | None:
    try:
        return portal.signers(place.uuid, start // size, size)
    except Unreachable as error:
        if error.trouble.status != FAILED:
            raise
        return None


def _put(pieces: Pieces, start: int, found: SignedPage, size: int) -> bool:
    """Add a piece; answer whether the list ends with it."""
    pieces.put(start, found.times, found.total)
    return bool(found.is_last) or not found.times or (found.is_last is None and len(found.times) < size)


def _require_answers(portal: Portal, place: Place, pieces: Pieces) -> None:
    """Make sure that single rows are broken, and not the portal: a row that it has answered, it answers again.

    Raises ``Unreachable``.
    """
    row = pieces.answered
    portal.signers(place.uuid, place.page * PAGE if row is None else row, 1)
