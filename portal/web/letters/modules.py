"""Which modules a script of ours imports, so that a page can ask for all of them at once."""

import re
from collections.abc import Sequence
from functools import cache

from portal.settings import ROOT

FOLDER = ROOT / "static" / "js"
IMPORT = re.compile(r'^import .+ from "\./([a-z_]+\.js)";$', re.MULTILINE)


@cache
def modules_of(name: str) -> Sequence[str]:
    """Return the names of the modules that a script imports, directly or through others."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        for each in IMPORT.findall((FOLDER / waiting.pop()).read_text(encoding="utf-8")):
            if each not in found:
                found[each] = None
                waiting.append(each)
    return tuple(found)
