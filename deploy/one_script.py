"""Modules of ``static/js`` as one script, for a page that cannot load any.

The modules are written for it: named exports alone, imports of the one form ``import { a } from "./b.js";``, and
names at the top that no other module has.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z_]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function |const |let |class )", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
NAME = re.compile(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


def one_script(folder: Path, entries: Sequence[str]) -> str:
    """Return the entry modules and all that they import, each once and after what it needs.

    Raises ``ValueError`` for an import or export of another form, for modules that import each other in a ring, and for
    a name that two modules have at their top.
    """
    texts: dict[str, str] = {}
    for entry in entries:
        texts |= dict(_in_order(folder, entry, texts, ()))
    _require_names_once(texts)
    script = "\n".join(texts.values())
    if "</script" in script.lower():
        raise ValueError("a script that would end its own element")
    return script


def _in_order(folder: Path, name: str, known: dict[str, str], through: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if name in through:
        raise ValueError(f"modules import each other: {' → '.join((*through, name))}")
    if name in known:
        return
    source = (folder / name).read_text(encoding="utf-8")
    for needed in IMPORT.findall(source):
        yield from _in_order(folder, needed, known, (*through, name))
    text = EXPORT.sub("", IMPORT.sub("", source))
    if left := LEFT.search(text):
        raise ValueError(f"{name}: {left[0]}")
    yield name, text


def _require_names_once(texts: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    for module, text in texts.items():
        for name in NAME.findall(text):
            if name in seen:
                raise ValueError(f"{name} is at the top of {seen[name]} and of {module}")
            seen[name] = module
