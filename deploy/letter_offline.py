"""The drafting page as one file that works from a disk: styles, typeface, scripts and all kinds of letter within it.

It is made of the very pages that the portal serves, so that it can do what they do. What needs our server is left out:
links to other pages become plain words, and no petition is known.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from flask import current_app, render_template

from deploy.one_script import one_script
from portal import clock
from portal.domain.texts import LANGUAGES
from portal.i18n.locale import speak
from portal.services import letters
from portal.settings import ROOT
from portal.web.letters.files import TITLES
from portal.web.letters.tool_data import as_script

STATIC = ROOT / "static"
ENTRIES = ("offline", "tool")
"""What runs: first what puts the chosen kind in its place, then the tool."""

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
"""The day as of which the pages speak of the law. The browser takes its own day for the letter."""

FILE = """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{script_digest}'; \
style-src '{style_digest}'; font-src data:; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{styles}</style>
</head>
<body>
<main id="main" class="page">
{first}</main>
{pages}
<script type="application/json" id="offline-data">{data}</script>
<script type="module">{script}</script>
</body>
</html>
"""

MAIN = re.compile(r'<main id="main"[^>]*>(.*)</main>', re.DOTALL)
DATA = re.compile(r'<script type="application/json" id="letter-data">(.*?)</script>', re.DOTALL)
OTHER_LANGUAGES = re.compile(r"<template data-of=.*?</template>", re.DOTALL)
WITHOUT_SCRIPTS = re.compile(r'<div class="without-scripts".*?</div>', re.DOTALL)
OUR_LINK = re.compile(r'<a (?![^>]*data-)[^>]*href="/[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
STYLE = re.compile(r'<link rel="stylesheet" href="/static/[0-9a-f]+/([^"]+)">')
FONT = re.compile(r'url\("\.\./(vendor/[^"]+\.woff2)"\)')


def offline_files() -> Iterator[tuple[str, bytes]]:
    """Yield a file for each language, its name first, and each one's check sum."""
    script = one_script(STATIC / "js", ENTRIES)
    for lang in LANGUAGES:
        name = f"letter-{lang}.html"
        content = _file(lang, script).encode()
        yield name, content
        yield f"{name}.sha256", f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()


def _file(lang: str, script: str) -> str:
    with patch.object(clock, "now", lambda: AS_OF):
        pages = {code: _page(lang, code) for code in letters.stock().kinds}
    open_pages = {code: page for code, page in pages.items() if DATA.search(page)}
    styles = _styles(next(iter(open_pages.values())))
    data = _without_repetition({code: _data(page) for code, page in open_pages.items()})
    with current_app.test_request_context():
        speak(lang)
        first = render_template("letters/offline.html", kinds=[letters.stock().kinds[code] for code in open_pages])
    return FILE.format(
        lang=lang,
        title=TITLES[lang],
        script_digest=_digest(script),
        style_digest=_digest(styles),
        styles=styles,
        first=first,
        pages="\n".join(f'<template data-kind="{code}">{_main(page)}</template>' for code, page in open_pages.items()),
        data=as_script(data),
        script=script,
    )


def _page(lang: str, code: str) -> str:
    answer = current_app.test_client().get(f"/{lang}/letters/{code}")
    if answer.status_code != 200:
        raise ValueError(f"{lang}, {code}: the page answers {answer.status_code}")
    return answer.get_data(as_text=True)


def _data(page: str) -> Mapping[str, Any]:
    found = DATA.search(page)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    data.pop("today", None)
    for norm in data["norms"].values():
        del norm["path"]  # The pages of norms are not on the disk.
    return data


def _main(page: str) -> str:
    found = MAIN.search(page)
    if found is None:
        raise ValueError("a page without a main part")
    main = found[1]
    for part in (DATA, OTHER_LANGUAGES, WITHOUT_SCRIPTS):
        main = part.sub("", main)
    return OUR_LINK.sub(r"<span>\1</span>", main).strip()


def _styles(page: str) -> str:
    paths = STYLE.findall(page)
    return "\n".join(FONT.sub(_font, (STATIC / path).read_text(encoding="utf-8")) for path in paths)


def _font(found: re.Match[str]) -> str:
    return f'url("data:font/woff2;base64,{base64.b64encode((STATIC / found[1]).read_bytes()).decode()}")'


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _without_repetition(data: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return what all kinds have alike once, and of each kind the rest."""
    first, *others = data.values()
    shared = {key: value for key, value in first.items() if all(each.get(key) == value for each in others)}
    own = {code: {key: value for key, value in each.items() if key not in shared} for code, each in data.items()}
    return {"shared": shared, "kinds": own}
