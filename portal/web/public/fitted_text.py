"""Text that always fits: measured in the pages' typeface, broken into lines, shortened at a word."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PIL import ImageFont

from portal.settings import ROOT

TYPEFACE = ROOT / "static" / "vendor" / "golos-text"
REGULAR, STRONG = 400, 600

ELLIPSIS = "…"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
TIED = re.compile(r"(?<=\d) (?=[^\W\d])|(?<=жылғы) (?=\d)|(?<=[^\W\d]) (?=\d{4}\b)|(?<= [вВсСкКоОиИуУаА]) | (?=[—–])")
"""Where no line ends: within a date, between a number and what it counts, after a word of one letter, before a dash."""
PICTURES = 0x2C00
"""From here on Unicode holds scripts and pictures that the typeface does not."""


def font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    """Return the pages' typeface in a weight and a size."""
    return _font(weight, size)


@lru_cache(maxsize=32)
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(TYPEFACE / f"golos-text-{weight}.woff2", size)


def fitting(text: str, weight: int, size: int, width: int) -> ImageFont.FreeTypeFont:
    """Return the typeface in the greatest size, up to the one given, in which a line fits."""
    while size > 12 and font(weight, size).getlength(text) > width:
        size -= 1
    return font(weight, size)


def wrapped(text: str, size: int, width: float) -> list[str]:
    """Break a text into lines that are no wider than ``width``; a word that is wider is broken too."""
    lines = [""]
    for word in _pieces(text.split(" "), size, width):
        longer = f"{lines[-1]} {word}".strip()
        if _length(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def _pieces(words: Iterable[str], size: int, width: float) -> Iterable[str]:
    for word in words:
        rest = word
        while _length(rest, size) > width:
            cut = next(end for end in range(len(rest) - 1, 0, -1) if end == 1 or _length(rest[:end], size) <= width)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def balanced(lines: Sequence[str], size: int, width: float) -> list[str]:
    """Break the same words into as many lines, as even as can be without breaking a word."""
    text, best, narrower = " ".join(lines), list(lines), width - 20
    while len(lines) > 1 and narrower > width / 2:
        tried = wrapped(text, size, narrower)
        if len(tried) > len(lines) or " ".join(tried) != text:
            break
        best, narrower = tried, narrower - 20
    return best


def shortened(text: str, size: int, width: float, allowed: int, ending: str) -> list[str]:
    """Return the first lines of a text, so many as are allowed, ended at a word by ``ending``."""
    lines = wrapped(text, size, width)
    if len(lines) <= allowed and _length(lines[-1] + ending, size) <= width:
        return lines
    kept = lines[:allowed]
    last = kept[-1].rstrip(".,:;–—- ")
    while _length(last + ending, size) > width:
        shorter = last.rpartition(" ")[0] or last[:-1]
        last = shorter.rstrip(".,:;–—- ")
    return [*kept[:-1], last + ending]


def drawable(text: str) -> str:
    """Return a text without what the typeface cannot draw (pictures, control signs), numbers tied to words."""
    plain = unicodedata.normalize("NFC", text)
    plain = " ".join(re.split(r"[ \t\r\n]+", plain.strip()))
    kept = "".join(each for each in plain if ord(each) < PICTURES and unicodedata.category(each) not in {"Cc", "Cf"})
    return TIED.sub(NO_BREAK_SPACE, kept)


def _length(text: str, size: int) -> float:
    """Measure in the strong weight, which is the wider one: what fits in it fits in both."""
    return font(STRONG, size).getlength(text)
