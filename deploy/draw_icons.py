"""Draw the icons of the site, with the mark that share pictures bear: ``python -m deploy.draw_icons``.

``favicon.svg`` turns light on a dark ground; browsers that take no SVG, and telephones, get the mark on a square.
"""

from pathlib import Path

from PIL import Image, ImageDraw

from portal.settings import ROOT
from portal.web.public.share_picture import ACCENT, MARK_HEIGHT, MARK_WIDTH, PAPER, STEPS, STROKE, draw_mark

TARGET = ROOT / "static"
ON_DARK = "#6cc3c4"
TOUCH = 180
FAVICONS = (16, 32, 48)

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">\
<style>path{{stroke:{light}}}@media(prefers-color-scheme:dark){{path{{stroke:{dark}}}}}</style>\
<path d="M{points}" fill="none" stroke-width="{stroke}"/></svg>
"""


def main(target: Path = TARGET) -> None:
    """Write the three files."""
    below = (MARK_WIDTH - MARK_HEIGHT) // 2
    points = "L".join(f"{x} {y + below}" for x, y in STEPS)
    svg = SVG.format(side=MARK_WIDTH, light=ACCENT, dark=ON_DARK, points=points, stroke=STROKE)
    (target / "favicon.svg").write_text(svg, encoding="utf-8")
    square(TOUCH).quantize(16).save(target / "apple-touch-icon.png", optimize=True)
    largest, *others = [square(side) for side in reversed(FAVICONS)]
    largest.save(target / "favicon.ico", sizes=[(side, side) for side in FAVICONS], append_images=others)


def square(side: int) -> Image.Image:
    """Return the mark on a square of the accent. It is drawn at a multiple of the size, so that edges are even."""
    times = 8
    image = Image.new("RGB", (side * times, side * times), ACCENT)
    width = side * times * 0.76
    height = width * MARK_HEIGHT / MARK_WIDTH
    corner = ((side * times - width) / 2, (side * times - height) / 2)
    draw_mark(ImageDraw.Draw(image), corner, width, PAPER)
    return image.resize((side, side), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
