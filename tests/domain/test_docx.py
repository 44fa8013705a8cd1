"""A letter as a DOCX file: equal bytes, no trace, and what Word, LibreOffice and python-docx make of it."""

import hashlib
import json
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.domain.docx import docx_of
from portal.domain.letters import Line, Role, Run
from portal.settings import ROOT
from tests.fixtures.metadata import traces_in
from tests.fixtures.office import sheets_of

VECTORS = json.loads((ROOT / "tests" / "vectors" / "docx.json").read_text(encoding="utf-8"))
KAZAKH = "Ә ә Ғ ғ Қ қ Ң ң Ө ө Ұ ұ Ү ү Һ һ І і"


def lines_of(vector):
    return [
        Line(Role(line["role"]), tuple(Run(run["lang"], run["text"]) for run in line["runs"]))
        for line in vector["lines"]
    ]


def vector(name):
    return next(each for each in VECTORS if each["name"] == name)


def opened(tmp_path, lines):
    """Return a letter as python-docx reads it."""
    file = tmp_path / "letter.docx"
    file.write_bytes(docx_of(lines))
    return docx.Document(str(file))


def text_line(words, role=Role.TEXT):
    return Line(role, (Run("kk", words),))


@pytest.mark.parametrize("each", VECTORS, ids=lambda each: each["name"])
def test_a_letter_has_the_bytes_of_the_vector_and_no_trace(each):
    file = docx_of(lines_of(each))
    assert hashlib.sha256(file).hexdigest() == each["sha256"]
    assert traces_in(file, "docx") == []


def test_the_vectors_hold_every_role():
    assert {line["role"] for line in vector("every role")["lines"]} == {role.value for role in Role}


@pytest.mark.parametrize("each", VECTORS, ids=lambda each: each["name"])
def test_every_part_is_well_formed_and_stored(each, tmp_path):
    file = tmp_path / "letter.docx"
    file.write_bytes(docx_of(lines_of(each)))
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {entry.compress_type for entry in archive.infolist()} == {ZIP_STORED}
        assert archive.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/document.xml",
            "word/styles.xml",
            "word/settings.xml",
            "word/_rels/document.xml.rels",
        ]
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("kazakh letters", KAZAKH),
        ("markup", "</w:t><w:t>&amp;<![CDATA[ ]]> \"'`<?xml?> & < >"),
        ("templates", "{name} [flag>text] ${name} $& $1 \\1 %s %(name)s {{ name }} #evil"),
        ("directions", "a\u200f\u202eb\u061c\u2066c\u2069"),
        ("controls", "ab"),
        ("lines and tabs", "a b c d e"),
        ("lone surrogates", "abc"),
        ("beyond the first plane", "a\U0001f600\U0010ffffb"),
        ("not characters", "a\ufffdb\ufeffc"),
        ("spaces stay", "  a  b  "),
    ],
)
def test_what_is_typed_stays_text(tmp_path, name, read):
    assert [each.text for each in opened(tmp_path, lines_of(vector(name))).paragraphs] == [read]


def test_the_sheet_is_laid_out_as_letters_are(tmp_path):
    letter = opened(tmp_path, lines_of(vector("every role")))
    section = letter.sections[0]
    sides = {"page_width": 210, "left_margin": 30, "right_margin": 15, "top_margin": 20, "bottom_margin": 20}
    for side, length in sides.items():
        assert abs(getattr(section, side) - Mm(length)) < Mm(0.1), side
    by_style = {each.style.style_id: each for each in letter.paragraphs}
    assert set(by_style) == {"Party", "Title", "Text", "Head", "Item", "Sign", "Note", "Gap"}
    style = {name: each.style for name, each in by_style.items()}
    text_width = section.page_width - section.left_margin - section.right_margin
    assert abs(style["Party"].paragraph_format.left_indent - text_width / 2) < Mm(0.2)
    assert style["Title"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert style["Title"].font.bold
    assert style["Head"].font.bold
    assert style["Head"].paragraph_format.keep_with_next
    assert style["Item"].paragraph_format.first_line_indent == -style["Item"].paragraph_format.left_indent < 0
    assert style["Note"].font.size == Pt(10)


def test_every_run_says_its_language(tmp_path):
    letter = opened(tmp_path, lines_of(vector("every role")))
    title = next(each for each in letter.paragraphs if len(each.runs) > 1)
    tags = [each.get(qn("w:val")) for each in title._p.iter(qn("w:lang"))]
    assert tags == ["kk-KZ", "ru-RU", "kk-KZ", "en-GB", "kk-KZ"]


def test_what_stands_before_the_signature_stays_with_it(tmp_path):
    letter = opened(tmp_path, lines_of(vector("every role")))
    kept = [each.text for each in letter.paragraphs if each.paragraph_format.keep_with_next]
    assert kept == ["Жауапты электрондық түрде беруді сұраймын.", "", "Күні: 22.11.2026"]


def test_libreoffice_reads_every_paragraph_and_every_kazakh_letter(tmp_path, office):
    lines = [*lines_of(vector("every role")), text_line(KAZAKH), *lines_of(vector("markup"))]
    file = tmp_path / "letter.docx"
    file.write_bytes(docx_of(lines))
    (found,) = office([file], "txt")
    assert found.read_text(encoding="utf-8-sig").rstrip("\n").split("\n") == [line.text for line in lines]


def test_a_signature_never_stands_alone_on_a_sheet(tmp_path, office):
    signed = [Line(Role.GAP), text_line("Күні", Role.SIGN), text_line("Қолы", Role.SIGN)]
    lengths = range(34, 46)
    files = [tmp_path / f"{length}.docx" for length in lengths]
    for file, length in zip(files, lengths, strict=True):
        file.write_bytes(docx_of([*(text_line(f"{number}-жол") for number in range(length)), *signed]))
    sheets = [sheets_of(pdf) for pdf in office(files, "pdf")]
    assert {len(each) for each in sheets} == {1, 2}
    for length, each in zip(lengths, sheets, strict=True):
        assert [word in each[-1] for word in (f"{length - 1}-жол", "Күні", "Қолы")] == [True] * 3, length
