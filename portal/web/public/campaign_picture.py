"""Drawing the pictures of a campaign to share: words come in, a PNG goes out, in any of its shapes.

The mark, the colours and the typeface are those of ``share_picture``. The same words give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from portal.web.public.fitted_text import REGULAR, STRONG, balanced, drawable, fitting, font, wrapped
from portal.web.public.share_picture import ACCENT, INK, PAPER, RULE, SOFT, Block, draw_mark, png

LEADING = {STRONG: 1.17, REGULAR: 1.34}
BAR, BESIDE_BAR = 8, 32
NOTE_LEADING = 1.48


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture says: the heading, the text below it, and the notes at its foot (whose call, and who we are)."""

    heading: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand on a picture of a size. ``edge`` is kept free above and below: telephones cover it."""

    size: tuple[int, int]
    margin: int
    edge: int
    sizes: tuple[tuple[int, int], ...]
    """Sizes of heading and text, the greatest first."""
    note: int
    """Size of the notes."""

    @property
    def measure(self) -> int:
        """How wide a line may be."""
        return self.size[0] - 2 * self.margin

    @property
    def note_line(self) -> int:
        """How high a line of the notes stands."""
        return round(self.note * NOTE_LEADING)

    @property
    def top(self) -> int:
        """Where heading and text may begin."""
        return self.edge + 92

    def rule(self, notes: int) -> int:
        """Return where the line above so many notes stands."""
        return self.size[1] - self.edge - self.note_line * notes - 4

    def room(self, notes: int) -> int:
        """Return how high heading and text may be above so many notes."""
        return self.rule(notes) - 34 - self.top


SHAPES = (
    Shape((1200, 630), 72, 44, ((66, 34), (60, 32), (54, 31), (50, 30), (46, 28), (42, 26)), 27),
    Shape((1080, 1080), 80, 72, ((84, 44), (76, 42), (70, 40), (64, 38), (58, 36), (52, 33)), 31),
    Shape((1080, 1920), 84, 270, ((96, 50), (88, 48), (80, 46), (72, 44), (64, 40), (56, 36)), 35),
)


class DoesNotFit(ValueError):
    """The words of a picture are too many even in the smallest size; nothing is cut in silence."""


def draw(words: Words, shape: Shape) -> bytes:
    """Return a picture as a PNG with a palette. Raises ``DoesNotFit``."""
    image = Image.new("RGB", shape.size, PAPER)
    canvas = ImageDraw.Draw(image)
    width, _ = shape.size
    draw_mark(canvas, (shape.margin - 4, shape.edge), 64, ACCENT)
    canvas.text((shape.margin + 76, shape.edge + 24), "Qadam", font=font(STRONG, 44), fill=INK, anchor="lm")
    rule, room = shape.rule(len(words.notes)), shape.room(len(words.notes))
    canvas.line((shape.margin, rule, width - shape.margin, rule), fill=RULE, width=2)
    _notes(canvas, words.notes, shape, rule)
    heading, text = fitted(words, shape, room)
    gap = heading.size // 2
    y = shape.top + max(0, (room - heading.height - gap - text.height) // 2)
    y = _lines(canvas, heading, (shape.margin - 2, y), STRONG) + gap
    canvas.rectangle((shape.margin, y + 4, shape.margin + BAR - 1, y + text.height - 4), fill=ACCENT)
    _lines(canvas, text, (shape.margin + BESIDE_BAR, y), REGULAR)
    return png(image)


def fitted(words: Words, shape: Shape, height: int) -> tuple[Block, Block]:
    """Return heading and text in the greatest sizes in which both fit. Raises ``DoesNotFit``."""
    for large, small in shape.sizes:
        heading = _block(words.heading, large, shape.measure, STRONG)
        text = _block(words.text, small, shape.measure - BESIDE_BAR, REGULAR)
        whole = all(_is_whole(*each) for each in ((heading, words.heading), (text, words.text)))
        if whole and heading.height + large // 2 + text.height <= height:
            return heading, text
    raise DoesNotFit(f"{words.heading[:40]!r} on {shape.size[0]}×{shape.size[1]}")


def _is_whole(block: Block, said: str) -> bool:
    """Whether no word was broken."""
    return " ".join(block.lines) == drawable(said)


def _block(said: str, size: int, measure: int, weight: int) -> Block:
    lines = wrapped(drawable(said), size, measure)
    return Block(tuple(balanced(lines, size, measure) if weight == STRONG else lines), size, LEADING[weight])


def _lines(canvas: ImageDraw.ImageDraw, block: Block, corner: tuple[int, int], weight: int) -> int:
    x, y = corner
    for line in block.lines:
        canvas.text((x, y), line, font=font(weight, block.size), fill=INK, anchor="la")
        y += round(block.size * block.leading)
    return y


def _notes(canvas: ImageDraw.ImageDraw, notes: Iterable[str], shape: Shape, rule: int) -> None:
    for place, note in enumerate(notes, start=1):
        said = drawable(note)
        face = fitting(said, REGULAR, shape.note, shape.measure)
        canvas.text((shape.margin, rule + place * shape.note_line), said, font=face, fill=SOFT, anchor="ls")
