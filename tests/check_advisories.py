"""Ask the public advisories about every pin of the locks: a flaw known there is named with the version that mends it.

Run it as ``make audit``, on a machine that reaches the advisories' data. It exits with status 1 where a pin has a known
flaw, and with 2 where nothing, or not every pin, could be asked about: silence must not look like an answer. A registry
that only passes packages on knows of no advisories, and pip-audit calls that fine; so it is asked first about a release
whose flaws are known for years.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AUDITED = ("requirements-dev.lock", "requirements-audit.lock")
"""The first holds the locks of running and of the installer too."""

KNOWN_FLAWED = f"jinja2==2.10 --hash=sha256:{'0' * 64}\n"
"""CVE-2019-10906 and later ones. Nothing is downloaded, so the hash is never compared."""

OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json", "--output")

NO_DATA = """\
Nothing was audited: this machine does not reach the data of the advisories.
Run `make audit` where it does. CI and `make check` never ask for them.
"""


class AdvisoriesMissing(Exception):
    """The tool came back without an answer."""


def ask(tool: Sequence[str], locks: Sequence[Path]) -> list[dict[str, Any]]:
    """Return what the tool says of each pin of some locks.

    Raises ``AdvisoriesMissing`` with the end of what it said instead.
    """
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        files = [part for lock in locks for part in ("-r", str(lock))]
        done = subprocess.run([*tool, *OPTIONS, str(answer), *files], capture_output=True, text=True, check=False)
        if not answer.exists() or not answer.read_text():
            raise AdvisoriesMissing("".join(done.stderr.splitlines(keepends=True)[-1:]))
        found: list[dict[str, Any]] = json.loads(answer.read_text())["dependencies"]
    return found


def reaches_advisories(tool: Sequence[str]) -> bool:
    """Tell whether the tool names the flaws of a release that is known to have some."""
    with tempfile.TemporaryDirectory() as folder:
        control = Path(folder) / "control.txt"
        control.write_text(KNOWN_FLAWED)
        return any(each.get("vulns") for each in ask(tool, [control]))


def in_words(pin: dict[str, Any]) -> list[str]:
    """Return the flaws of a pin, a line each."""
    return [
        f"{pin['name']} {pin['version']}: {', '.join([each['id'], *each.get('aliases', [])])};"
        f" mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for each in pin.get("vulns", [])
    ]


def main(tool: Sequence[str], root: Path = ROOT) -> int:
    """Ask about every pin; return the exit status."""
    try:
        if not reaches_advisories(tool):
            print(NO_DATA, end="")
            return 2
        pins = [pin for lock in AUDITED for pin in ask(tool, [root / lock])]
    except AdvisoriesMissing as missing:
        print(NO_DATA, missing, sep="", end="")
        return 2
    skipped = [pin for pin in pins if "skip_reason" in pin]
    flaws = [line for pin in pins for line in in_words(pin)]
    for line in [*(f"{pin['name']}: not asked about: {pin['skip_reason']}" for pin in skipped), *flaws]:
        print(line)
    if not skipped and not flaws:
        print(f"Advisories: {len(pins)} pins, no known flaw.")
    return 1 if flaws else 2 if skipped else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
