"""The blanks: each kind of letter in each language as a DOCX, a PDF and a text, with lines to complete by hand.

They are the same for everybody and on any day: no petition, no name, no date, and no norm whose end is known.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

from portal.domain.docx import docx_of
from portal.domain.letters import BLANK, Choice, Line, Role, Sheet, compose, plain
from portal.domain.texts import LANGUAGES
from portal.services import letters, library
from portal.services.letter_format import Kind
from portal.services.letter_sheets import Sheets
from portal.settings import ROOT
from portal.web.letters.compose import BLANKS
from portal.web.letters.files import TITLES, text_file

TEMPLATE = Path(__file__).with_name("letter_blank.typ")
TYPEFACE = ROOT / "static" / "vendor" / "golos-text"
WEIGHTS = (400, 600)

ANY_DAY = date.max
"""A blank lies about for years: what has an end does not stand in it."""

MARKS = tuple(
    map(
        re.compile,
        (
            rb"/Creator\(Typst [0-9.]+\)",
            rb"<xmp:CreatorTool>Typst [0-9.]+</xmp:CreatorTool>",
            rb' x:xmptk="xmp-writer"',
            rb"<xmpMM:InstanceID>[^<]+</xmpMM:InstanceID><xmpMM:DocumentID>[^<]+</xmpMM:DocumentID>",
            rb"<xmpMM:RenditionClass>proof</xmpMM:RenditionClass>",
            rb"/Suspects false",  # What is so anyway; Poppler takes offence at it.
        ),
    )
)
"""What a PDF says without need: the program that made it."""

ROOM = BLANK * 3
"""A blank within a sentence, as wide as a hand needs it."""

TWO_LINES = ("to", "address", "actual_address")
"""What needs more room than one line, written by hand."""


def blanks() -> Iterator[tuple[str, bytes]]:
    """Yield every blank, its name first. What the record says of norms is read from the database of the moment."""
    with tempfile.TemporaryDirectory() as workshop:
        printer = Printer(Path(workshop))
        for kind in letters.stock().kinds.values():
            sheets = Sheets(letters.stock(), kind, None)
            if any(rule.until for rule in sheets.of(LANGUAGES[0]).rules):
                continue
            for lang in LANGUAGES:
                sheet = sheets.of(lang)
                lines = lines_of(kind, sheet)
                name = f"{kind.code}-{lang}"
                yield f"{name}.docx", docx_of(lines)
                yield f"{name}.pdf", printer.pdf(sheet, lines)
                yield f"{name}.txt", text_file(plain(lines))


def lines_of(kind: Kind, sheet: Sheet) -> Sequence[Line]:
    """Return the lines of a blank: the sentences that are chosen at first, and every name left out."""
    named = library.body(kind.addressee.removeprefix("body:"))
    choice = Choice(
        day=ANY_DAY,
        items=(*kind.chosen, *kind.chosen_demands),
        typed={"body": named.names.in_language(sheet.lang).text} if named else {},
        who=dict.fromkeys(BLANKS, ""),
        dated=False,
        as_of=False,
    )
    return compose(sheet, choice)


class Printer:
    """Makes PDF files that a screen reader can read, in our typeface and with no other font of the machine."""

    def __init__(self, workshop: Path) -> None:
        for weight in WEIGHTS:
            font = TTFont(TYPEFACE / f"golos-text-{weight}.woff2", recalcTimestamp=False)
            font.flavor = None
            font.save(workshop / f"{weight}.ttf")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(workshop)])
        self.compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)

    def pdf(self, sheet: Sheet, lines: Sequence[Line]) -> bytes:
        """Return a blank as PDF/UA-1. Raises ``ValueError`` where the typeface lacks a sign."""
        data = {"lang": sheet.lang, "title": TITLES[sheet.lang], "lines": list(_printed(sheet, lines))}
        made, warnings = self.compiler.compile_with_warnings(
            format="pdf", pdf_standards=["ua-1"], sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)}
        )
        assert isinstance(made, bytes)
        if warnings:
            raise ValueError("; ".join(str(each.message) for each in warnings))
        return without_marks(made)


def without_marks(pdf: bytes) -> bytes:
    """Return a PDF that does not say what made it. Each mark gives way to spaces, so that nothing in the file moves."""
    for mark in MARKS:
        if len(mark.findall(pdf)) != 1:
            raise ValueError(f"typst writes {mark.pattern!r} otherwise than it did")
        pdf = mark.sub(lambda found: b" " * len(found[0]), pdf)
    return pdf


def _printed(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Mapping[str, Any]]:
    roomy = tuple(f"{sheet.words[word]}:" for word in TWO_LINES)
    for line in lines:
        runs = [{"lang": run.lang, "text": run.text} for run in line.runs]
        ruled = 0
        if line.role in {Role.PARTY, Role.SIGN} and line.text.endswith(BLANK):
            runs[-1]["text"] = runs[-1]["text"].removesuffix(BLANK).rstrip()
            ruled = 2 if line.text.startswith(roomy) else 1
        for run in runs:
            run["text"] = run["text"].replace(BLANK, ROOM)
        yield {"role": line.role.value, "runs": runs, "ruled": ruled}
