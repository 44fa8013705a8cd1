"""Files that a reader takes along. Their names say nothing of a subject or a person."""

from flask import Response

from portal.domain.texts import LANGUAGES

NAMES = dict(zip(LANGUAGES, ("khat", "pismo", "letter"), strict=True))
"""What the file of a letter is called, by the letter's language."""

TITLES = dict(zip(LANGUAGES, ("Хат", "Письмо", "Letter"), strict=True))
"""What a file calls itself, where its form asks for a title: the same for every letter."""

CALENDARS = dict(zip(LANGUAGES, ("kuntizbe", "kalendar", "calendar"), strict=True))
"""What a file of reminders is called."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TXT = "text/plain; charset=utf-8"
TYPES = {"docx": DOCX, "pdf": PDF, "txt": TXT}


def download(content: bytes, lang: str, ending: str) -> Response:
    """Return a file to be saved, without a date."""
    answer = Response(content, content_type=TYPES[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAMES[lang]}.{ending}"'
    return answer


def text_file(text: str) -> bytes:
    """Return a text as a file that old programs read too: UTF-8 that says so."""
    return text.encode("utf-8-sig")
