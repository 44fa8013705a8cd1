"""What templates may call: words, dates and numbers in the page's language, and nothing that decides anything."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for
from jinja2 import StrictUndefined

from portal import clock
from portal.domain.texts import LANGUAGES, Text, Wording
from portal.i18n import formats, labels, sentences
from portal.i18n.locale import NAMES, words


def init(app: Flask) -> None:
    """Set up Jinja: translations, filters, and no silence about a name that is not there."""
    jinja = app.jinja_env
    jinja.undefined = StrictUndefined
    jinja.trim_blocks = True
    jinja.lstrip_blocks = True
    jinja.add_extension("jinja2.ext.i18n")
    jinja.add_extension("jinja2.ext.do")
    jinja.install_gettext_callables(  # type: ignore[attr-defined]
        _plain_gettext, _plain_ngettext, newstyle=True, pgettext=_plain_pgettext, npgettext=_plain_npgettext
    )
    jinja.policies["ext.i18n.trimmed"] = True
    jinja.filters.update(
        long_date=formats.long_date,
        table_date=formats.table_date,
        date_range=formats.date_range,
        table_range=formats.table_range,
        instant=formats.instant,
        number=formats.number,
        quoted=formats.quoted,
        label=labels.label,
        wording=wording,
    )
    jinja.globals.update(
        labels=labels,
        formats=formats,
        sentences=sentences,
        languages=LANGUAGES,
        language_names=NAMES,
        in_language=in_language,
        today=clock.today,
    )


def _plain_gettext(message: str) -> str:
    return words().gettext(message)


def _plain_ngettext(one: str, many: str, number: int) -> str:
    return words().ngettext(one, many, number)


def _plain_pgettext(context: str, message: str) -> str:
    return words().pgettext(context, message)


def _plain_npgettext(context: str, one: str, many: str, number: int) -> str:
    return words().npgettext(context, one, many, number)


def wording(text: Text | dict[str, Any] | None) -> Wording | None:
    """Return a text, or one kept as JSON, as the reader of this page gets it."""
    if text is None:
        return None
    return (text if isinstance(text, Text) else Text.from_json(text)).in_language(g.lang)


def in_language(lang: str) -> str:
    """Return the address of this very page in another language, with the query that it was asked with."""
    endpoint = request.endpoint or ""
    if not endpoint.startswith("public."):
        return url_for("public.home", lang=lang)
    # The query goes around url_for, which would take names such as _method and endpoint for its own.
    asked = urlencode(list(request.args.items(multi=True)))
    address = url_for(endpoint, **{**(request.view_args or {}), "lang": lang})
    return f"{address}?{asked}" if asked else address
