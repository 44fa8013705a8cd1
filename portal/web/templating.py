"""What templates may call: words, dates and numbers in the page's language, and nothing that decides anything."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from portal import clock
from portal.domain.texts import LANGUAGES, Text, Wording
from portal.i18n import formats, labels, sentences
from portal.i18n.locale import NAMES, words
from portal.web import query


def init(app: Flask) -> None:
    """Set up Jinja: translations, filters, and no silence about a name that is not there."""
    jinja = app.jinja_env
    jinja.undefined = StrictUndefined
    jinja.trim_blocks = True
    jinja.lstrip_blocks = True
    jinja.add_extension("jinja2.ext.i18n")
    jinja.add_extension("jinja2.ext.do")
    # Jinja's own callables look themselves up in the context at each word; a page has hundreds of words.
    jinja.globals.update(
        {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext, "pgettext": _pgettext, "npgettext": _npgettext}
    )
    jinja.newstyle_gettext = True  # type: ignore[attr-defined]  # The placeholders are the callables' arguments.
    jinja.policies["ext.i18n.trimmed"] = True
    filters: dict[str, Callable[..., Any]] = {
        "long_date": formats.long_date,
        "table_date": formats.table_date,
        "date_range": formats.date_range,
        "table_range": formats.table_range,
        "instant": formats.instant,
        "number": formats.number,
        "quoted": formats.quoted,
        "label": labels.label,
        "wording": wording,
    }
    jinja.filters.update({name: _when_shown(worded) for name, worded in filters.items()})
    jinja.globals.update(
        labels=labels,
        formats=formats,
        sentences=sentences,
        languages=LANGUAGES,
        language_names=NAMES,
        in_language=in_language,
        today=clock.today,
    )


def _when_shown(worded: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that words a constant, too, when a page shows it.

    Jinja would call it once, while it compiles the template: all pages would have the language of that moment.
    """

    @pass_context
    @wraps(worded)
    def filtered(_context: Context, *args: Any, **kwargs: Any) -> Any:
        return worded(*args, **kwargs)

    return filtered


def _gettext(message: str, /, **facts: object) -> Markup:
    return _filled(words().gettext(message), facts)


def _ngettext(one: str, many: str, num: int, /, **facts: object) -> Markup:
    return _filled(words().ngettext(one, many, num), {"num": num, **facts})


def _pgettext(context: str, message: str, /, **facts: object) -> Markup:
    return _filled(words().pgettext(context, message), facts)


def _npgettext(context: str, one: str, many: str, num: int, /, **facts: object) -> Markup:
    return _filled(words().npgettext(context, one, many, num), {"num": num, **facts})


def _filled(text: str, facts: Mapping[str, object]) -> Markup:
    """Return a text of the catalogue with its placeholders filled; what fills them is escaped."""
    return Markup(text) % facts if facts else Markup(text)  # noqa: S704 (the catalogue is ours)


def wording(text: Text | dict[str, Any] | None) -> Wording | None:
    """Return a text, or one kept as JSON, as the reader of this page gets it."""
    if text is None:
        return None
    return (text if isinstance(text, Text) else Text.from_json(text)).in_language(g.lang)


def in_language(lang: str) -> str:
    """Return the address of this very page in another language, with the query that it was asked with."""
    endpoint = request.endpoint or ""
    if not endpoint.startswith(("public.", "letters.", "desk.")):
        return url_for("public.home", lang=lang)
    # The query goes around url_for, which would take names such as _method and endpoint for its own.
    asked = urlencode(query.canonical() if endpoint.startswith("public.") else query.petition_alone())
    address = url_for(endpoint, **{**(request.view_args or {}), "lang": lang})
    return f"{address}?{asked}" if asked else address
