"""What people type, made clean: ``static/js/clean.js`` does the same in their browser, to the byte."""

import re
import unicodedata
from typing import Final

LINE_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029]")

UNWANTED: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # Controls; line feeds stay, tabs have become spaces before.
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # What turns the direction of reading.
    "\ufeff\ud800-\udfff]"  # The mark of byte order, and halves of characters.
)


def clean(text: str) -> str:
    """Return a text in normal form C with line feeds between lines and nothing invisible that misleads a reader.

    Tabs become spaces. Controls, marks that turn the direction of reading, U+FEFF and lone surrogates are dropped, and
    so are spaces at the ends of lines. Doing it twice changes nothing more.
    """
    lined = LINE_ENDS.sub("\n", text).replace("\t", " ")
    normal = unicodedata.normalize("NFC", UNWANTED.sub("", lined))
    return "\n".join(line.rstrip(" ") for line in normal.split("\n"))


def clean_line(text: str) -> str:
    """Return a text made clean as one line: its lines that are not empty, joined by a space."""
    lines = (line.strip(" ") for line in clean(text).split("\n"))
    return " ".join(line for line in lines if line)
