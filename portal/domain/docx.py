"""A letter as a DOCX file: a small stored archive without author, machine or time, the same bytes every day.

``static/js/docx.js`` writes the same bytes in the writer's browser; ``tests/vectors/docx.json`` holds the two together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from portal.domain.letters import Line, Run

LOCALES: Final = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}

STYLES: Final = {
    "party": "Party",
    "title": "Title",
    "head": "Head",
    "text": "Text",
    "item": "Item",
    "sign": "Sign",
    "note": "Note",
    "gap": "Gap",
}
"""The style of each role."""

BREAKS: Final = re.compile("\r\n|[\t\n\r]")

NOT_ALLOWED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids, and the controls that it only discourages."""

ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES: Final = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{TYPE}.settings+xml"/></Types>'
)
PACKAGE_RELATIONS: Final = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
DOCUMENT_RELATIONS: Final = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/settings" Target="settings.xml"/></Relationships>'
)

# Whoever saves the letter anew in Word does not add their name to it, and it opens as a document of today's Word.
SETTINGS: Final = (
    f'{HEAD}<w:settings xmlns:w="{WORD}"><w:removePersonalInformation/><w:removeDateAndTime/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>"
)

FONT: Final = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman"'
    ' w:cs="Times New Roman"/>'
)


def _style(name: str, paragraph: str, words: str = "") -> str:
    based = "" if name == "Text" else '<w:basedOn w:val="Text"/>'
    default = ' w:default="1"' if name == "Text" else ""
    shown = "Normal" if name == "Text" else name
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{shown}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{words}</w:rPr></w:style>"
    )


# Lengths are twentieths of a point: half of the 165 mm between the margins is 4677. Sizes are half points.
STYLE_SHEET: Final = (
    f'{HEAD}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{FONT}<w:sz w:val="24"/><w:szCs w:val="24"/>'
    '<w:lang w:val="kk-KZ"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    + _style("Text", '<w:widowControl/><w:spacing w:before="0" w:after="120"/>')
    + _style("Party", '<w:spacing w:after="0"/><w:ind w:left="4677"/>')
    + _style("Title", '<w:keepNext/><w:jc w:val="center"/>', "<w:b/><w:bCs/>")
    + _style("Head", '<w:keepNext/><w:spacing w:before="120"/>', "<w:b/><w:bCs/>")
    + _style("Item", '<w:ind w:left="284" w:hanging="284"/>')
    + _style("Sign", "<w:keepLines/>")
    + _style("Gap", '<w:spacing w:after="0"/>')
    + _style("Note", '<w:spacing w:after="60"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>')
    + "</w:styles>"
)

# A4 with 30 mm left, 15 mm right, 20 mm above and below.
SECTION: Final = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"'
    ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)


def docx_of(lines: Iterable[Line]) -> bytes:
    """Return a letter as a DOCX file. Equal lines give equal bytes.

    Each run has its language. Line ends and tabs inside a text become spaces, what XML 1.0 forbids is dropped. What
    stands before the signature stays on the sheet with it.
    """
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELATIONS,
        "word/document.xml": _document(tuple(lines)),
        "word/styles.xml": STYLE_SHEET,
        "word/settings.xml": SETTINGS,
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = ZipInfo(name)  # Of 1 January 1980.
            entry.create_system = 0  # Does not say on what it was made.
            archive.writestr(entry, text.encode())
            entry.external_attr = 0  # Nor who may read it there; the directory is written last.
    return file.getvalue()


def _document(lines: Sequence[Line]) -> str:
    body = "".join(_paragraphs(lines))
    return f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}{SECTION}</w:body></w:document>'


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    for number, line in enumerate(lines):
        keep = "<w:keepNext/>" if _stays_with_signature(lines, number) else ""
        runs = "".join(_run(run) for run in line.runs)
        yield f'<w:p><w:pPr><w:pStyle w:val="{STYLES[line.role]}"/>{keep}</w:pPr>{runs}</w:p>'


def _stays_with_signature(lines: Sequence[Line], number: int) -> bool:
    following = next((line.role for line in lines[number + 1 :] if line.role != "gap"), "")
    return following == "sign"


def _run(run: Run) -> str:
    text = NOT_ALLOWED.sub("", BREAKS.sub(" ", run.text)).translate(ESCAPES)
    return f'<w:r><w:rPr><w:lang w:val="{LOCALES[run.lang]}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
