"""Modules of ``static/js`` as one script, for a page that cannot load any.

Each module becomes a function of its own, so that what it does not export stays within it. The modules are written
for it: imports of the one form ``import { a } from "./b.js";``, and functions, constants or classes exported by name
where they stand.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([a-z_]+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function |const |class )(\w+)", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def one_script(folder: Path, entries: Sequence[str]) -> str:
    """Return the entry modules and all that they import, each once and after what it needs.

    Raises ``ValueError`` for an import or export of another form and for modules that import each other in a ring.
    """
    made: dict[str, str] = {}
    for entry in entries:
        made |= dict(_in_order(folder, entry, ()))
    script = "\n".join(made.values())
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script that would end its own element")
    return script


def _in_order(folder: Path, name: str, through: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the modules that one needs, some perhaps more than once, and then itself."""
    if name in through:
        raise ValueError(f"modules import each other: {' → '.join((*through, name))}")
    source = (folder / f"{name}.js").read_text(encoding="utf-8")
    for _, needed in IMPORT.findall(source):
        yield from _in_order(folder, needed, (*through, name))
    yield name, _as_function(name, source)


def _as_function(name: str, source: str) -> str:
    exported = ", ".join(found for _, found in EXPORT.findall(source))
    text = IMPORT.sub(lambda found: f"const {found[1].replace(' as ', ': ')} = from_{found[2]};", source)
    text = EXPORT.sub(r"\1\2", text)
    if left := LEFT.search(text):
        raise ValueError(f"{name}.js: {left[0]}")
    return f"const from_{name} = (() => {{\n{text}return {{ {exported} }};\n}})();"
