"""Cut Golos Text to the letters of our three languages: two files instead of eight, and half the bytes.

Usage: ``python -m deploy.cut_typeface FOLDER``, where FOLDER holds the files of the released package
``@fontsource/golos-text`` (its version stands in ``static/vendor/golos-text/README.md``). The package splits each
weight by script, and a Kazakh page needs three of the four parts. Kerning between the parts is lost by it.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor" / "golos-text"
WEIGHTS = (400, 600)
PARTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")

LATIN = "".join(map(chr, range(0x20, 0x7F)))
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KAZAKH = "әғқңөұүһі"
ACCENTED = "áéíóúöüäßçğışñ"  # Names of sources abroad.
SIGNS = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}«»„“”‘’‚–—−…·•×÷±≈≤≥≠→←↑↓№§©®°%‰₸€$′″¹²³½"
LETTERS = LATIN + RUSSIAN + RUSSIAN.upper() + KAZAKH + KAZAKH.upper() + ACCENTED + ACCENTED.upper() + SIGNS


def main(folder: Path) -> None:
    """Write one file a weight."""
    for weight in WEIGHTS:
        with tempfile.TemporaryDirectory() as workshop:
            font = Merger().merge([_plain(folder, part, weight, Path(workshop)) for part in PARTS])
        options = Options()
        options.flavor = "woff2"
        options.layout_features = ["kern", "mark", "ccmp", "locl", "tnum", "lnum", "calt"]
        options.hinting = False
        options.name_IDs = ["*"]  # The licence and the copyright stay in the file.
        cutter = Subsetter(options)
        cutter.populate(text=LETTERS)
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(TARGET / f"golos-text-{weight}.woff2")


def _plain(folder: Path, part: str, weight: int, workshop: Path) -> str:
    font = TTFont(folder / f"golos-text-{part}-{weight}-normal.woff2")
    font.flavor = None
    plain = workshop / f"{part}.ttf"
    font.save(plain)
    return str(plain)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
