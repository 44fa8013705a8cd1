"""The scanner of files finds what is planted; elsewhere it shows that our files have no trace."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import docx
import pytest

from tests.fixtures.metadata import traces_in


def archive(name="word/document.xml", text="<w:p/>", **entry):
    """Return an archive of one part."""
    info = ZipInfo(name, entry.pop("date_time", (1980, 1, 1, 0, 0, 0)))
    info.create_system = entry.pop("create_system", 0)
    info.extra = entry.pop("extra", b"")
    file = BytesIO()
    with ZipFile(file, "w") as whole:
        whole.comment = entry.pop("comment", b"")
        whole.writestr(info, text)
        info.external_attr = entry.pop("external_attr", 0)
    return file.getvalue()


def pdf(about=b"", stream=b""):
    """Return what a scanner takes for a PDF."""
    return b"%PDF-1.7\n1 0 obj\n<<" + about + b">>\nendobj\n2 0 obj\n<<>>\nstream\n" + stream + b"\nendstream\nendobj\n"


def chunk(name, data=b""):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(*chunks, after=b""):
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13) + b"".join(chunks) + chunk(b"IEND") + after


def ics(line, stamp="20261123T000000Z"):
    return f"BEGIN:VCALENDAR\r\nPRODID:-//Calendar//EN\r\nDTSTAMP:{stamp}\r\n{line}\r\nEND:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("docx", archive()),
        ("docx", archive(text="<w:t>22.11.2026, 2026-11-22, үй/пәтер, 1/2, http://adilet.zan.kz/rus/docs</w:t>")),
        ("pdf", pdf(b"/Title (Letter) /Producer ()", zlib.compress(b"BT (text) Tj ET"))),
        ("pdf", pdf(stream=bytes(range(128, 256)) * 10 + b" C:\\x ")),
        ("png", png(chunk(b"IDAT", b"tEXt"))),
        ("ics", ics("SUMMARY:Поштаны тексеру")),
        ("txt", "\ufeffХат. 22.11.2026".encode()),
    ],
)
def test_a_clean_file_has_no_trace(kind, file):
    assert traces_in(file, kind) == []


@pytest.mark.parametrize(
    ("kind", "file", "trace"),
    [
        ("docx", archive("docProps/core.xml"), "part docProps/core.xml"),
        ("docx", archive("customXml/item1.xml"), "part customXml/item1.xml"),
        ("docx", archive("word/comments.xml"), "part word/comments.xml"),
        ("docx", archive(text='<w:ins w:author="Aliya"/>'), 'w:author="Aliya"'),
        ("docx", archive(text='<w:p w:rsidR="00A1"/>'), "w:rsidR"),
        ("docx", archive(text="<dc:creator>Aliya</dc:creator>"), "<dc:creator"),
        ("docx", archive(text="2026-11-22T06:30:00Z"), "stamp 2026-11-22T06:30"),
        ("docx", archive(text="/home/aliya/letter"), "path /home/aliya"),
        ("docx", archive(text="C:\\Users\\Aliya"), "path C:\\Users"),
        ("docx", archive(text="file:///x"), "path file://"),
        ("docx", archive(date_time=(2026, 11, 22, 0, 0, 0)), "of 2026"),
        ("docx", archive(create_system=3), "system 3"),
        ("docx", archive(external_attr=0o600 << 16), "rights 0x1800000"),
        ("docx", archive(extra=struct.pack("<HHI", 0x5455, 4, 1)), "extra field"),
        ("docx", archive(comment=b"by Aliya"), "comment of the archive"),
        ("pdf", pdf(b"/Producer (WeasyPrint 70)"), "Producer (WeasyPrint 70)"),
        ("pdf", pdf(b"/Creator <FEFF0041>"), "Creator A"),
        ("pdf", pdf(b"/CreationDate (D:20261122063236Z)"), "CreationDate"),
        ("pdf", pdf(b"/Author 3 0 R"), "Author 3 0 R"),
        ("pdf", pdf(stream=zlib.compress(b"<< /Producer (Cairo) >>")), "Producer (Cairo)"),
        ("pdf", pdf(stream=b"<xmp:CreateDate>2026</xmp:CreateDate>"), "packet xmp:CreateDate"),
        ("pdf", pdf(stream=b'<rdf:Description xmp:CreatorTool="x"/>'), "packet xmp:CreatorTool"),
        ("pdf", pdf(b"/Title (Mozilla/5.0 X11)"), "program Mozilla/5.0"),
        ("png", png(chunk(b"tEXt", b"Software\0x")), "tEXt"),
        ("png", png(chunk(b"iTXt", b"Author\0")), "iTXt"),
        ("png", png(chunk(b"tIME", b"\0" * 7)), "tIME"),
        ("png", png(chunk(b"eXIf", b"MM")), "eXIf"),
        ("png", png(after=b"more"), "after the end"),
        ("ics", ics("X-WR-CALNAME:Letters"), "line X-WR-CALNAME"),
        ("ics", ics("URL:https://example.org"), "line URL"),
        ("ics", ics("ORGANIZER:mailto:a@example.org"), "line ORGANIZER"),
        ("ics", ics("SUMMARY:a", stamp="20261123T063236Z"), "DTSTAMP 20261123T063236Z"),
        ("ics", ics("SUMMARY:see htt\r\n ps://example.org"), "address https://example.org"),
        ("ics", ics("UID:1@host"), "address UID:1@host"),
        ("txt", b"printed from file:///home/aliya", "path file://"),
        ("txt", b"HeadlessChrome/156.0", "program HeadlessChrome/156.0"),
    ],
)
def test_a_planted_trace_is_found(kind, file, trace):
    assert any(trace in found for found in traces_in(file, kind)), traces_in(file, kind)


def test_the_traces_that_a_library_leaves_are_found(tmp_path):
    file = tmp_path / "letter.docx"
    docx.Document().save(str(file))
    found = "\n".join(traces_in(file, "docx"))
    assert "docProps/core.xml" in found
    assert "thumbnail" in found


@pytest.mark.parametrize("kind", ["docx", "pdf", "png", "ics"])
def test_a_file_of_another_kind_is_refused(kind):
    with pytest.raises(ValueError):
        traces_in(b"something else", kind)


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError):
        traces_in(b"", "exe")
