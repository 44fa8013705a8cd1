"""Pictures of the main pages in three languages, narrow and wide, into ``docs/screens``; ``make screens`` makes them.

They show the shipped register as of one day, so that two runs of one release give the same pictures.
"""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import time_machine
from flask import Flask
from PIL import Image
from playwright.sync_api import sync_playwright

from portal import create_app
from portal.db import db
from portal.domain.texts import LANGUAGES
from portal.services import register
from portal.services.catalogue import REGISTER
from portal.settings import ROOT
from tests.fixtures.browser import ARGUMENTS, NAMES, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = ROOT / "docs" / "screens"
DAY = datetime(2026, 11, 22, 7, tzinfo=UTC)
"""Noon in Kazakhstan."""

PAGES = {
    "home": "/",
    "list": "/petitions",
    "petition": "/petitions/1",
    "how-it-works": "/how-it-works",
    "letters": "/letters?petition=1",
    "letter": "/letters/question?petition=1",
    "campaign": "/campaigns/c2",
    "calculator": "/deadlines?stage=review_central&from=2024-06-10",
}
WIDTHS = (390, 1280)
TALLEST = 2400
COLOURS = 64
PATIENCE = 120_000
"""Milliseconds. A busy machine takes its time to draw a long page."""

HEAD = """# Screens

The main pages as of 22 November 2026, cut off at {tallest} pixels. Made by `make screens`; look at each as readers do.
"""


@contextmanager
def shipped() -> Iterator[Flask]:
    """The application on a database of its own with the shipped register."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"database_url": f"sqlite:///{Path(folder) / 'screens.sqlite'}"})
        with app.app_context():
            db.create_all()
            report = register.load(REGISTER)
            assert report.is_fine
            db.session.remove()
        yield app
        with app.app_context():
            db.engine.dispose()


def picture(page: "Page", width: int) -> bytes:
    """Return the page that is open as a small PNG, from its top to the height at which it is cut off."""
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": height})
    taken = page.screenshot(timeout=PATIENCE)
    small = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def contents() -> str:
    """Return the page that shows all pictures."""
    parts = [HEAD.format(tallest=TALLEST)]
    for name in PAGES:
        parts += [f"\n## {name}\n", "| width | " + " | ".join(LANGUAGES) + " |", "| --- |" + " --- |" * len(LANGUAGES)]
        for width in WIDTHS:
            cells = (f"![{name}, {lang}, {width} px]({name}-{lang}-{width}.png)" for lang in LANGUAGES)
            parts.append(f"| {width} | {' | '.join(cells)} |")
    return "\n".join(parts) + "\n"


def main(folder: Path = FOLDER) -> None:
    """Make all pictures and the page that shows them."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    assert chromium, "Chromium is missing: `make test` installs or names it."
    folder.mkdir(parents=True, exist_ok=True)
    weight = 0
    with time_machine.travel(DAY), shipped() as app, serving(app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for width, lang in product(WIDTHS, LANGUAGES):
            page = browser.new_page(color_scheme="light")
            for name, path in PAGES.items():
                page.set_viewport_size({"width": width, "height": 800})
                answer = page.goto(f"{address}/{lang}{path}", timeout=PATIENCE)
                assert answer is not None
                assert answer.ok, f"{path} answered {answer.status}"
                page.wait_for_load_state("networkidle")
                page.evaluate("document.fonts.ready")
                made = picture(page, width)
                (folder / f"{name}-{lang}-{width}.png").write_bytes(made)
                weight += len(made)
        browser.close()
    (folder / "README.md").write_text(contents(), encoding="utf-8")
    print(f"{len(PAGES) * len(WIDTHS) * len(LANGUAGES)} pictures, {weight / 1000:,.0f} kB together, in {folder.name}.")


if __name__ == "__main__":
    main()
