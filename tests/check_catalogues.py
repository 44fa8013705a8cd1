"""Check that the catalogues say everything that the portal says, in every language.

A fresh extraction is compared with ``translations/*/LC_MESSAGES/messages.po``: nothing is missing,
left over, empty or fuzzy, the placeholders are the source's, and each number has its plural forms.
Run it as ``python tests/check_catalogues.py``; it prints what is wrong and exits with status 1.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("kk", "ru", "en")
SOURCE_LANGUAGE = "en"
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +.\d]*[a-zA-Z]|\{\w+\}")


def extract(root: Path) -> Catalog:
    """Gather the texts to translate by the rules in pyproject.toml."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
        command += ["-F", "pyproject.toml", "-o", str(template), "."]
        subprocess.run(command, cwd=root, check=True)
        with template.open("rb") as file:
            return read_po(file)


def texts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the forms of the source and those of the translation."""
    source = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    given = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return tuple(source), tuple(text or "" for text in given)


def problems_of_message(message: Message, language: str) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    source, given = texts(message)
    if message.fuzzy:
        yield "is fuzzy"
    if language == SOURCE_LANGUAGE and given == ("",):
        return  # The text is English already; a plural still needs both of its forms.
    if not all(text.strip() for text in given):  # Babel reads a missing form as an empty one.
        yield "is not translated"
        return
    # A form for one thing may name it in words and leave out the number, as the source's may.
    allowed = {name for text in source for name in PLACEHOLDER.findall(text)}
    required = set.intersection(*(set(PLACEHOLDER.findall(text)) for text in source))
    for text in given:
        names = set(PLACEHOLDER.findall(text))
        if not required <= names <= allowed:
            yield f"has other placeholders than the source: {text!r}"


def problems(template: Catalog, language: str, path: Path) -> Iterator[str]:
    """Yield what is wrong with one catalogue."""
    if not path.exists():
        yield f"{path}: is missing; make it with `make messages`"
        return
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    if catalogue.fuzzy:
        yield f"{path}: its header is fuzzy, so it would not be compiled"
    forms = Catalog(locale=language).num_plurals
    if catalogue.num_plurals != forms:
        yield f"{path}: its header gives {catalogue.num_plurals} plural forms instead of {forms}"
    wanted = {(message.context, texts(message)[0]) for message in template if message.id}
    present = {(message.context, texts(message)[0]): message for message in catalogue if message.id}
    for context, source in sorted(wanted - present.keys(), key=str):
        yield f"{path}: {source[0]!r} ({context or 'no context'}) is missing; run `make messages`"
    for context, source in sorted(present.keys() - wanted, key=str):
        yield f"{path}: {source[0]!r} ({context or 'no context'}) is said nowhere any more"
    for message in catalogue.obsolete.values():
        yield f"{path}: {texts(message)[0][0]!r} is kept as obsolete; delete it"
    for (_, source), message in present.items():
        for problem in problems_of_message(message, language):
            yield f"{path}: {source[0]!r} {problem}"


def main(root: Path = ROOT) -> int:
    """Check all catalogues; return the exit status."""
    template = extract(root)
    folder = root / "translations"
    if not any(message.id for message in template) and not any(folder.glob("*/*/messages.po")):
        print("Catalogues: there is nothing to translate yet.")
        return 0
    found = [
        problem
        for language in LANGUAGES
        for problem in problems(template, language, folder / language / "LC_MESSAGES/messages.po")
    ]
    for problem in found:
        print(problem.removeprefix(f"{root}/"))
    if not found:
        print(f"Catalogues: {len(template)} texts, complete in {', '.join(LANGUAGES)}.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
