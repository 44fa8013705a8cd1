"""The public pages, in the language that their address begins with."""

from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.texts import LANGUAGES
from portal.i18n.locale import best_language, speak
from portal.settings import ROOT
from portal.web.query import BadInput

bp = Blueprint("public", __name__, url_prefix="/<string(length=2):lang>")
root = Blueprint("root", __name__)

A_DAY = 86_400
FAVICON = ROOT / "static" / "favicon.ico"


@bp.url_value_preprocessor
def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the language out of the address; every page below it speaks it."""
    lang = (values or {}).pop("lang", None)
    if lang not in LANGUAGES:
        raise BadInput("unknown_language", status=404, value=str(lang))
    speak(lang)


@bp.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Make links stay in the language of the page."""
    values.setdefault("lang", g.get("lang", "ru"))


@root.get("/")
def choose_language() -> ResponseReturnValue:
    """Send a visitor to the home page in the language that their browser asks for."""
    lang = best_language(request.headers.get("Accept-Language"))
    response = redirect(url_for("public.home", lang=lang), 302)
    response.vary.add("Accept-Language")
    return response


@root.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """Give our mark to whoever asks for it under the name that browsers know by themselves."""
    answer = Response(FAVICON.read_bytes(), mimetype="image/x-icon")
    answer.cache_control.public = True
    answer.cache_control.max_age = A_DAY
    return answer


from portal.web.public import (  # noqa: E402  (the routes need the blueprint above)
    audit,
    campaigns,
    changes,
    civil_society,
    directory,
    filing,
    health,
    law,
    library,
    machines,
    official,
    petitions,
    series,
    share,
    sitemap,
    styleguide,
)

__all__ = [
    "audit",
    "bp",
    "campaigns",
    "changes",
    "civil_society",
    "directory",
    "filing",
    "health",
    "law",
    "library",
    "machines",
    "official",
    "petitions",
    "root",
    "series",
    "share",
    "sitemap",
    "styleguide",
]
