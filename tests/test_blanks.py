"""The blanks that are shipped: what the command makes, on any day; readable to the letter; without a trace."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import docx
import pytest
import time_machine
from fontTools.ttLib import TTFont

from deploy.build_letters import BLANKS
from deploy.letter_blanks import TYPEFACE, WEIGHTS, blanks, lines_of, without_marks
from portal.domain.letters import BLANK
from portal.domain.texts import LANGUAGES
from portal.services import letters
from portal.services.letter_sheets import Sheets
from tests.fixtures.metadata import traces_in
from tests.fixtures.office import command

SHIPPED = sorted(BLANKS.iterdir())
KAZAKH = "әғқңөұүһі"


pytestmark = pytest.mark.slow
"""All of them rest on what the command makes, which takes ten seconds."""


@pytest.fixture(scope="module")
def lines(served):
    """What stands in each blank, by its name without the ending."""
    with served.app_context():
        stock = letters.stock()
        return {
            f"{kind.code}-{lang}": lines_of(kind, Sheets(stock, kind, None).of(lang))
            for kind in stock.kinds.values()
            for lang in LANGUAGES
        }


def said_by_poppler(path: Path) -> str:
    done = subprocess.run([command("pdftotext"), "-raw", path, "-"], capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    return done.stdout.decode()


def in_one_line(text: str) -> str:
    text = re.sub(r"([-/])\n", r"\1", text)  # A line may end after these, within a word.
    return " ".join(re.sub(r"_+", " ", text).split())


@pytest.mark.parametrize("day", ["2026-01-01T10:00:00Z", "2027-05-05T22:30:00Z"])
def test_the_command_makes_what_is_shipped_on_any_day(served, day):
    with time_machine.travel(day), served.app_context():
        made = dict(blanks())
    assert sorted(made) == [path.name for path in SHIPPED]
    assert [path.name for path in SHIPPED if path.read_bytes() != made[path.name]] == []


def test_there_is_every_kind_in_every_language_and_form(lines):
    assert {path.name for path in SHIPPED} == {
        f"{name}.{ending}" for name in lines for ending in ("docx", "pdf", "txt")
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_blank_tells_of_its_making(path):
    assert traces_in(path, path.suffix[1:]) == []
    content = path.read_bytes()
    assert not [mark for mark in (b"Typst", b"Creat", b"Producer", b"Author", b"CreationDate") if mark in content]


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.suffix == ".pdf"], ids=lambda path: path.name)
def test_a_pdf_gives_back_every_paragraph_to_the_letter(path, lines):
    said = said_by_poppler(path)
    assert normalize("NFC", said) == said
    flat = in_one_line(said)
    for line in lines[path.stem]:
        assert in_one_line(line.text) in flat
    expected = "".join(line.text for line in lines[path.stem])
    for letter in KAZAKH + KAZAKH.upper():
        assert said.count(letter) == expected.count(letter), letter


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pdf_is_tagged_titled_and_in_its_language(lang):
    content = (BLANKS / f"complaint-{lang}.pdf").read_bytes()
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/DisplayDocTitle true", b"<pdfuaid:part>1", b"/S/H1", b"/S/H2"):
        assert mark in content
    assert f"/Lang({lang})".encode() in content


def test_a_pdf_of_another_typst_is_refused_rather_than_left_with_marks():
    with pytest.raises(ValueError, match="typst writes"):
        without_marks(b"%PDF-1.7 /Creator(Another)")


def test_our_typeface_has_every_sign_that_a_blank_needs(lines):
    used = {sign for each in lines.values() for line in each for sign in line.text} | set("№«»“”–—’…§")
    for weight in WEIGHTS:
        font = TTFont(TYPEFACE / f"golos-text-{weight}.woff2")
        assert not {sign for sign in used if ord(sign) not in font.getBestCmap()}


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.suffix == ".docx"], ids=lambda path: path.name)
def test_python_docx_reads_the_same_words(path, lines):
    paragraphs = docx.Document(BytesIO(path.read_bytes())).paragraphs
    assert [each.text for each in paragraphs] == [line.text for line in lines[path.stem]]


def test_libreoffice_reads_the_same_words(office, lines):
    files = [path for path in SHIPPED if path.suffix == ".docx"]
    for path in office(files, "txt"):
        said = path.read_text(encoding="utf-8-sig")
        assert in_one_line(said) == in_one_line("\n".join(line.text for line in lines[path.stem]))


def test_a_blank_names_nobody_and_no_day(lines):
    for name, each in lines.items():
        text = "\n".join(line.text for line in each)
        assert not re.search(r"\d\d\.\d\d\.\d{4}", text.replace(BLANK, "")), name
        assert text.count(BLANK) >= 7


def test_a_blank_holds_no_norm_whose_end_is_known(served, lines):
    with served.app_context():
        stock = letters.stock()
        for kind in stock.kinds.values():
            ended = [item.text for item in Sheets(stock, kind, None).of("ru").items if any(r.until for r in item.rules)]
            text = "\n".join(line.text for line in lines[f"{kind.code}-ru"])
            assert not [each for each in ended if each in text]
