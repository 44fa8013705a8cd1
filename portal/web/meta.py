"""What a page says of itself to those who do not read it: its address in each language, and its data for machines."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for
from markupsafe import Markup

from portal import clock
from portal.domain.texts import LANGUAGES
from portal.i18n.locale import DEFAULT, gettext
from portal.i18n.pages import about_page
from portal.models import Petition
from portal.web import query

LOCALES: Mapping[str, str] = {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_GB"}
"""As networks know the languages; for numbers and dates ours are in ``i18n.locale``."""

NAME = "Qadam"
LANGUAGE_CHOICE = "root.choose_language"


def init(app: Flask) -> None:
    """Let templates ask for these."""
    app.jinja_env.globals.update(
        canonical=canonical,
        alternates=alternates,
        public_address=public_address,
        about_page=lambda: about_page(request.endpoint or ""),
        site_data=site_data,
        petition_data=petition_data,
        graph_locales=LOCALES,
    )


def public_address(path: str) -> str:
    """Return the address of a path as the public knows it."""
    return str(current_app.extensions["settings"].base_url) + path


def canonical(lang: str | None = None, **named: object) -> str:
    """Return the one address of this page in a language, without what trackers added and without today's day.

    ``named`` are parts of the path to write otherwise than the reader did.
    """
    path = url_for(request.endpoint or "", **{**(request.view_args or {}), **named, "lang": lang or g.lang})
    asked = sorted(_asked())
    return public_address(f"{path}?{urlencode(asked)}" if asked else path)


def _asked() -> list[tuple[str, str]]:
    """Return what the page was asked with, so far as it makes another page."""
    kept = []
    for name, value in request.args.items():
        text = value.strip()
        if not text or query.TRACKING.fullmatch(name):
            continue
        if name == "on":
            text = _other_day(text)
        if text:
            kept.append((name, text))
    return kept


def _other_day(text: str) -> str:
    """Return a day that is not today; of today's, and of what is no day, nothing: the page without it says the same."""
    try:
        day = query.day(text)
    except query.BadInput:
        return ""
    return "" if day == clock.today() else day.isoformat()


def alternates(**named: object) -> list[tuple[str, str]]:
    """Return this page's address in each language, and for a reader of none of them."""
    addresses = {lang: canonical(lang, **named) for lang in LANGUAGES}
    unasked = request.endpoint == "public.home"
    other = public_address(url_for(LANGUAGE_CHOICE)) if unasked else addresses[DEFAULT]
    return [*addresses.items(), ("x-default", other)]


# Data of schema.org
# ------------------------------------------------------------------------------------------------------------------


def site_data() -> Markup:
    """Return what the site is, for its home pages."""
    return _written({"@type": "WebSite", "name": NAME, "url": canonical(), "inLanguage": g.lang})


def petition_data(petition: Petition, title: str, changed_at: datetime) -> Markup:
    """Return what the page of a petition is: a page of ours about a work of others. Its author is not named."""
    work = {"@type": "CreativeWork", "name": title}
    if petition.official_url:
        work["url"] = petition.official_url
    here = gettext("Petition No. %(number)s", number=petition.number)
    trail = [(gettext("Petitions"), url_for("public.petition_list")), (here, None)]
    return _written(
        {
            "@type": "WebPage",
            "url": canonical(),
            "inLanguage": g.lang,
            "dateModified": changed_at.isoformat(timespec="seconds"),
            "isPartOf": {"@type": "WebSite", "name": NAME, "url": public_address(url_for("public.home"))},
            "about": work,
            "breadcrumb": {
                "@type": "BreadcrumbList",
                "itemListElement": [_step(place, name, path) for place, (name, path) in enumerate(trail, start=1)],
            },
        }
    )


def _step(place: int, name: str, path: str | None) -> dict[str, Any]:
    step: dict[str, Any] = {"@type": "ListItem", "position": place, "name": name}
    if path is not None:
        step["item"] = public_address(path)
    return step


def _written(data: Mapping[str, Any]) -> Markup:
    """Return data as JSON that can stand within a script element: no sign in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 (what could leave the element was replaced)
