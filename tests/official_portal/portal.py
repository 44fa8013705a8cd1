"""The stand-in itself: its petitions, its clock, its troubles, and the server in a thread."""

import random
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from types import TracebackType
from typing import Any, Self

from tests.official_portal.answers import ANSWER_TROUBLES, EVERYWHERE, FINAL, Answers, Forced, planned
from tests.official_portal.clock import DAY, Clock, Instant, seconds
from tests.official_portal.names import Names
from tests.official_portal.petitions import Petition, great, invented
from tests.official_portal.planting import PLANTED, Ground
from tests.official_portal.server import Server
from tests.official_portal.truth import Push, Truth, is_listed

TROUBLES = (*PLANTED, *ANSWER_TROUBLES)
"""The names of all troubles."""

PATH = "/api/public/v1/petitions"
START = datetime(2026, 9, 1, tzinfo=UTC)
EARLIEST, LATEST = datetime(2025, 3, 1, tzinfo=UTC).timestamp(), datetime(2033, 12, 31, tzinfo=UTC).timestamp()
DAYS = 14
"""For so many days from the start new petitions are ready to come, and troubles are planned."""


def chosen(troubles: str | Iterable[str]) -> set[str]:
    """Return the names of troubles that words ask for.

    ``all`` is all but those that end every watch, ``none`` is none, and ``-name`` leaves one out.
    """
    words = troubles.split(",") if isinstance(troubles, str) else list(troubles)
    names = {word for word in words if word not in {"all", "none", ""} and not word.startswith("-")}
    if "all" in words:
        names |= set(TROUBLES) - FINAL
    without = {word[1:] for word in words if word.startswith("-")}
    unknown = (names | without) - set(TROUBLES)
    if unknown:
        raise ValueError(f"no such trouble: {', '.join(sorted(unknown))}; there are: {', '.join(TROUBLES)}")
    return names - without


@dataclass(frozen=True, slots=True)
class Request:
    """A request that came, without anything that could name a person."""

    method: str
    path: str
    at: float
    agent: str | None
    if_none_match: str | None
    where: str
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Manners:
    """How the stand-in behaves where a test may want it otherwise. Seconds here are those of the wall clock."""

    etags: bool = True
    largest_page: int = 1000
    list_lag: int = 0
    """By how many seconds the counts in the list are older than those in full records, as a cache makes them."""
    retry_after: int = 30
    slow_seconds: float = 0.3
    drip_seconds: float = 0.005
    packs: bool = False
    endless_bytes: int = 64_000_000
    deep_levels: int = 100_000


class OfficialPortal:
    """The stand-in of the official portal: ``with OfficialPortal(petitions=200) as portal: ... portal.url``.

    ``troubles`` are ``"all"``, ``"none"`` or names of ``TROUBLES`` (with commas, or in a list). The clock begins at
    ``start`` and runs ``speed`` times as fast as the wall's until ``clock_at`` stops it; ``follow`` is a function that
    tells the time instead (seconds since 1970). ``a_day`` petitions arrive on each of the first days. ``cover`` is the
    size of the great picture in characters. Further arguments are those of ``Manners``.
    """

    def __init__(
        self,
        petitions: int = 3000,
        *,
        seed: int = 1,
        troubles: str | Iterable[str] = "none",
        start: Instant = START,
        speed: float = 60,
        follow: Callable[[], float] | None = None,
        a_day: int = 12,
        cover: int = 50_000_000,
        port: int = 0,
        **manners: Any,
    ) -> None:
        assert EARLIEST <= seconds(start) <= LATEST, "the stand-in lives from spring 2025 to 2033"
        self.start, self.seed, self.port = int(seconds(start)), seed, port
        self.troubles, self.manners = chosen(troubles), Manners(**manners)
        self.clock = Clock(start, speed, follow)
        self._petitions = self._invented(petitions, a_day)
        ground = Ground(self._petitions[:petitions], self.start, seed)
        for name, plant in PLANTED.items():
            if name in self.troubles:
                plant(ground)
        for each in self._petitions:
            each.cover = cover if each.cover == 50_000_000 else each.cover
        self.answers = Answers(planned(self.troubles & set(ANSWER_TROUBLES), self.start, seed, DAYS))
        self.truth = Truth(self._petitions, self.answers.episodes, self.start)
        self.names = Names(len(self._petitions) + 10_000)
        self.requests: list[Request] = []
        self._lock = threading.RLock()
        self._opened = [each.opened for each in self._petitions]
        self._leaving = [each for each in self._petitions if each.absences]
        self._is_forbidden = False
        self._server: Server | None = None

    def _invented(self, count: int, a_day: int) -> list[Petition]:
        """Return the petitions in the order in which they came or will come; one of about 120 days ago is great."""
        chance = random.Random(f"opened {self.seed}")
        past = sorted(self.start - int(chance.uniform(0.01, 1) * 400 * DAY) for _ in range(count))
        coming = sorted(self.start + chance.randrange(1, DAYS * DAY) for _ in range(a_day * DAYS))
        found = [invented(self.seed, number, opened) for number, opened in enumerate([*past, *coming], 1)]
        place = count * 7 // 10 // 3 * 3 + 2  # Every third is addressed to a body of the whole country.
        if place < count:
            found[place] = great(self.seed, place + 1, past[place])
        return found

    # What a test does with it.

    @property
    def url(self) -> str:
        """The address of the list of petitions, without what comes after: ``http://127.0.0.1:PORT/api/public/v1/petitions``."""
        assert self._server is not None, "the stand-in is not started"
        return f"http://127.0.0.1:{self.port}{PATH}"

    def started(self) -> Self:
        """Answer from now on."""
        self._server = Server(self, self.port)
        self.port = self._server.server_address[1]  # Kept, so that it can stop and come back.
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True, name="official portal").start()
        return self

    def stop(self) -> None:
        """Answer no more: connections are refused until it is started again."""
        if self._server is not None:
            self._server.is_over = True
            self._server.shutdown()
            self._server.server_close()

    def __enter__(self) -> Self:
        return self.started()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def clock_at(self, instant: Instant) -> None:
        """Stop the clock at an instant."""
        self.clock.stand_at(instant)

    def advance(self, by: float) -> None:
        """Move the clock on by so many seconds; serves as the ``sleep`` of a reader too."""
        self.clock.advance(by)

    def force(self, name: str, times: int = 1, where: str | None = None, **how: Any) -> None:
        """Have the next requests meet a trouble: all, or those of ``where`` (short, record, signers, comments).

        ``how``: ``retry_after`` of busy and unavailable, ``status`` of failing, ``location`` of redirected,
        ``seconds`` of slow and drip.
        """
        assert name in ANSWER_TROUBLES, name
        self.answers.force(Forced(name, times, frozenset({where}) if where else EVERYWHERE, how))

    def forbid(self) -> None:
        """Answer 403 to everything from now on."""
        self._is_forbidden = True

    def allow(self) -> None:
        """End what ``forbid`` began."""
        self._is_forbidden = False

    def asked(self, where: str | None = None) -> int:
        """Return how many requests came: all, or those of one kind."""
        return sum(1 for each in self.requests if where in {None, each.where})

    # What the server asks.

    @property
    def is_forbidden(self) -> bool:
        """Whether everything is answered 403."""
        return self._is_forbidden

    def note(self, where: str, method: str, path: str, at: float, headers: Message, trouble: str | None) -> None:
        """Keep that a request came."""
        told = Request(method, path, at, headers.get("User-Agent"), headers.get("If-None-Match"), where, trouble)
        with self._lock:
            self.requests.append(told)

    def by_uuid(self, uuid: str) -> Petition | None:
        """Return a petition that has come."""
        found = self.truth.petitions.get(uuid)
        return found if found and found.opened <= self.clock.now() else None

    def another(self, petition: Petition) -> Petition:
        """Return a petition that is not this one."""
        place = self._petitions.index(petition)
        return self._petitions[place - 1 if place else 1]

    def listed(self, at: float, skip: int, size: int) -> tuple[list[Petition], int]:
        """Return the petitions of a page of the list, newest first, and how many there are in all."""
        with self._lock:
            come = bisect_right(self._opened, at)
            away = {id(each) for each in self._leaving if each.opened <= at and not is_listed(each, at)}
            total = come - len(away)
            found: list[Petition] = []
            for place in range(come - 1, -1, -1):
                if id(self._petitions[place]) in away:
                    continue
                if skip:
                    skip -= 1
                elif len(found) < size:
                    found.append(self._petitions[place])
                else:
                    break
            return found, total

    def push(self, at: float, page: int, size: int) -> None:
        """Have a petition arrive just before a page of the list is answered, so that a row comes twice."""
        with self._lock:
            before, total = self.listed(at, page * size - 1, 1)
            come = bisect_right(self._opened, at)
            arrived = invented(self.seed, len(self._petitions) + 1, int(at))
            self._petitions.insert(come, arrived)
            self._opened.insert(come, int(at))
            self.truth.petitions[arrived.uuid] = arrived
            doubled = before[0].uuid if before and page * size <= total else None
            self.truth.pushes.append(Push(at, arrived.uuid, page, doubled))
