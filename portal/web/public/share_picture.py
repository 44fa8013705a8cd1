"""Drawing share pictures and the mark: words and cells come in, a PNG goes out. Nothing here knows a petition.

The colours are those of the light pages, the typeface is the pages' own. The same words give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw

from portal.web.public.fitted_text import (
    ELLIPSIS,
    REGULAR,
    STRONG,
    balanced,
    drawable,
    fitting,
    font,
    shortened,
    wrapped,
)

SIZE = (1200, 630)
WIDTH, HEIGHT = SIZE
MARGIN = 72
MEASURE = WIDTH - 2 * MARGIN
STATUS_MEASURE = MEASURE - 28

PAPER, INK, SOFT, RULE, ACCENT = "#fbfaf6", "#16212b", "#4d5b66", "#d9d5c9", "#0d5c63"
DAY = "#b9d0cf"
"""A counted day of the ruler: the accent, faint."""

EDGES = 15
"""Steps between paper and ink."""

TITLE_SIZES = (66, 60, 54, 48, 43, 39)
TITLE_LEADING = 1.17
STATUS_SIZES: tuple[tuple[int, int], ...] = ((33, 3), (30, 3), (27, 4))
"""Sizes of the status, and of how many lines it may be in each."""
STATUS_LEADING = 1.3
NOTE_SIZE = 25
ABOVE_STATUS, BELOW_STATUS, CHECKED_LEADING = 30, 10, 44
TOP, BOTTOM = 132, 558
"""Between these lies what changes: above stands the mark, below the line that says who we are not."""

DAYS = {"day": DAY, "fade": "#dfe8e5", "last": ACCENT, "late": "#a1331f"}
"""The colours of the kinds of day; a day off is dashed, a day of a provisional calendar is an outline."""
DAY_HEIGHT, WIDEST_UNIT = 30, 2.2

STEPS = ((2, 21), (10, 21), (10, 15), (18, 15), (18, 9), (26, 9), (26, 3), (30, 3))
STROKE, MARK_WIDTH, MARK_HEIGHT = 4, 32, 24
"""The mark: three rising steps in one stroke, as ``macros/mark.html`` draws it."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A term drawn as its days: cells as (where, how long, kind) on a length, in the units of ``ruler.Ruler``.

    ``captions`` say the same, the more briefly the later; the first that fits is drawn.
    """

    captions: tuple[str, ...]
    length: int
    cells: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What a share picture says. ``marks`` are the quotation marks around the title; empty where it is no title."""

    number: str
    title: str
    marks: tuple[str, str]
    status: tuple[str, ...]
    checked: str
    note: str
    strip: Strip | None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text of one size, ready to be drawn."""

    lines: tuple[str, ...]
    size: int
    leading: float

    @property
    def height(self) -> int:
        """How high the lines stand together."""
        return len(self.lines) * round(self.size * self.leading)


@lru_cache(maxsize=128)
def draw(card: Card) -> bytes:
    """Return the share picture as a PNG with a palette."""
    image = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(image)
    _head(canvas, card.number)
    bottom = BOTTOM
    if card.strip is not None:
        bottom = _strip(canvas, card.strip, bottom - 26)
    title, status = title_and_status(card, bottom - TOP)
    y = _lines(canvas, title, (MARGIN - 2, TOP), STRONG) + ABOVE_STATUS
    _status(canvas, status, card.checked, y)
    canvas.line((MARGIN, BOTTOM, WIDTH - MARGIN, BOTTOM), fill=RULE, width=2)
    canvas.text(
        (MARGIN, BOTTOM + 37),
        card.note,
        font=fitting(card.note, REGULAR, NOTE_SIZE, MEASURE - 28),
        fill=SOFT,
        anchor="lm",
    )
    return png(image)


def png(image: Image.Image) -> bytes:
    """Return a picture as the bytes of a PNG with the palette of these pictures, which keeps it small."""
    file = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """Return the colours of the drawing, and those between paper and ink that the edges of letters have."""
    paper, *others = [ImageColor.getrgb(each) for each in (PAPER, INK, SOFT)]
    edges = [
        tuple(round(ground + (each - ground) * step / EDGES) for ground, each in zip(paper, ink, strict=True))
        for ink in others
        for step in range(EDGES + 1)
    ]
    plain = [ImageColor.getrgb(each) for each in dict.fromkeys((ACCENT, RULE, *DAYS.values()))]
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in (*edges, *plain) for value in colour])
    return palette


# The parts, from the top down
# ------------------------------------------------------------------------------------------------------------------


def _head(canvas: ImageDraw.ImageDraw, number: str) -> None:
    draw_mark(canvas, (MARGIN - 4, 52), 64, ACCENT)
    canvas.text((MARGIN + 76, 76), "Qadam", font=font(STRONG, 44), fill=INK, anchor="lm")
    canvas.text((WIDTH - MARGIN, 76), number, font=font(REGULAR, 30), fill=SOFT, anchor="rm")


def draw_mark(canvas: ImageDraw.ImageDraw, corner: tuple[float, float], width: float, colour: str) -> None:
    """Draw the mark so wide, from its upper left corner."""
    unit = width / MARK_WIDTH
    half = STROKE * unit / 2
    points = [(corner[0] + x * unit, corner[1] + y * unit) for x, y in STEPS]
    for (x1, y1), (x2, y2) in pairwise(points):
        # What turns a corner fills it; the two ends are cut where they end.
        first, last = (x1, y1) == points[0], (x2, y2) == points[-1]
        left = min(x1, x2) - (0 if first else half)
        right = max(x1, x2) + (0 if last else half)
        box = (left, min(y1, y2) - half, right, max(y1, y2) + half)
        canvas.rectangle([round(box[0]), round(box[1]), round(box[2]) - 1, round(box[3]) - 1], fill=colour)


def _lines(canvas: ImageDraw.ImageDraw, block: Block, corner: tuple[int, int], weight: int) -> int:
    x, y = corner
    for line in block.lines:
        canvas.text((x, y), line, font=font(weight, block.size), fill=INK, anchor="la")
        y += round(block.size * block.leading)
    return y


def _status(canvas: ImageDraw.ImageDraw, block: Block, checked: str, y: int) -> None:
    height = block.height + (CHECKED_LEADING if checked else 0)
    canvas.rectangle((MARGIN, y, MARGIN + 6, y + height - 4), fill=ACCENT)
    y = _lines(canvas, block, (MARGIN + 28, y), REGULAR)
    said = fitting(checked, REGULAR, 27, STATUS_MEASURE)
    canvas.text((MARGIN + 28, y + 4), checked, font=said, fill=SOFT, anchor="la")


def _strip(canvas: ImageDraw.ImageDraw, strip: Strip, bottom: int) -> int:
    """Draw the days of a term above a line and return where the drawing begins."""
    top, scale = bottom - DAY_HEIGHT, min(WIDEST_UNIT, MEASURE / strip.length)
    for start, length, kind in strip.cells:
        left = MARGIN + start * scale
        box = (round(left), top, round(left + length * scale) - 1, bottom - 1)
        if kind == "off":
            _dashed(canvas, box)
        elif kind == "ruled":
            canvas.rectangle(box, outline=ACCENT, width=2)
        else:
            canvas.rectangle(box, fill=DAYS.get(kind, DAY))
    captions, plain = map(drawable, strip.captions), font(REGULAR, NOTE_SIZE)
    said = next((each for each in captions if plain.getlength(each) <= MEASURE), strip.captions[-1])
    canvas.text((MARGIN, top - 14), said, font=fitting(said, REGULAR, NOTE_SIZE, MEASURE - 28), fill=SOFT, anchor="ls")
    return top - 14 - NOTE_SIZE - 10


def _dashed(canvas: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    for x in range(left, right, 6):
        for y in (top, bottom):
            canvas.line((x, y, min(x + 2, right), y), fill=SOFT, width=1)
    for y in range(top, bottom, 6):
        for x in (left, right):
            canvas.line((x, y, x, min(y + 2, bottom)), fill=SOFT, width=1)


# Text that always fits
# ------------------------------------------------------------------------------------------------------------------


def title_block(title: str, marks: tuple[str, str], height: int) -> Block:
    """Return a title in the greatest size in which it fits; at the least size it ends at a word with …."""
    opening, closing = marks
    text = drawable(title)
    for size in TITLE_SIZES:
        allowed = max(1, int(height / (size * TITLE_LEADING)))
        lines = wrapped(f"{opening}{text}{closing}", size, MEASURE)
        if len(lines) <= allowed:
            return Block(tuple(balanced(lines, size, MEASURE)), size, TITLE_LEADING)
    size = TITLE_SIZES[-1]
    allowed = max(1, int(height / (size * TITLE_LEADING)))
    lines = shortened(f"{opening}{text}", size, MEASURE, allowed, f"{ELLIPSIS}{closing}")
    return Block(tuple(lines), size, TITLE_LEADING)


def title_and_status(card: Card, height: int) -> tuple[Block, Block]:
    """Return both as they fit above each other: a smaller status leaves a long title more room."""
    rest = height - ABOVE_STATUS - CHECKED_LEADING - BELOW_STATUS
    blocks = [block for block in map(partial(status_in, card.status), STATUS_SIZES) if block is not None]
    for status in blocks:
        title = title_block(card.title, card.marks, rest - status.height)
        if ELLIPSIS not in title.lines[-1]:
            return title, status
    status = blocks[-1] if blocks else cut_status(card.status)
    return title_block(card.title, card.marks, rest - status.height), status


def status_in(sentences: Sequence[str], form: tuple[int, int]) -> Block | None:
    """Return the whole status in a size and so many lines at most, or nothing where it does not fit.

    No sentence is left out in silence: "it had to be decided by this day" alone would say that it was not.
    """
    size, allowed = form
    lines = wrapped(drawable(" ".join(sentences)), size, STATUS_MEASURE)
    return Block(tuple(balanced(lines, size, STATUS_MEASURE)), size, STATUS_LEADING) if len(lines) <= allowed else None


def cut_status(sentences: Sequence[str]) -> Block:
    """Return the first sentences of a status that is too long, and a sign that it goes on."""
    size, allowed = STATUS_SIZES[-1]
    for last in range(len(sentences) - 1, 0, -1):
        lines = wrapped(drawable(" ".join([*sentences[:last], ELLIPSIS])), size, STATUS_MEASURE)
        if len(lines) <= allowed:
            return Block(tuple(balanced(lines, size, STATUS_MEASURE)), size, STATUS_LEADING)
    lines = shortened(drawable(" ".join(sentences)), size, STATUS_MEASURE, allowed, ELLIPSIS)
    return Block(tuple(lines), size, STATUS_LEADING)
