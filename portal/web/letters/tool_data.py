"""What the script of a drafting page reads, as JSON within the page: sheets, words, rules. Nothing of the reader's."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import g
from markupsafe import Markup

from portal.domain.letters import Item, Rule, Run, Sheet, Value
from portal.domain.texts import LANGUAGES
from portal.i18n.letter_words import tool_words
from portal.i18n.locale import NAMES
from portal.services.letter_sheets import Sheets
from portal.web.letters.forms import topic_words
from portal.web.letters.frame_words import frame_words
from portal.web.letters.tool_guides import guides_json


def tool_data(sheets: Sheets, on: date) -> Markup:
    """Return the data of a drafting page."""
    by_language = {lang: sheets.of(lang) for lang in LANGUAGES}
    kind = sheets.kind
    return as_script(
        {
            "lang": g.lang,
            "languages": dict(NAMES),
            "today": on.isoformat(),
            "kind": kind.code,
            "appeal": kind.appeal,
            "requires": kind.requires,
            "subject": dict(kind.subject.by_language),
            "chosen": list(sheets.chosen),
            "sheets": {lang: sheet_json(sheet) for lang, sheet in by_language.items()},
            "topics": _topics(by_language),
            "words": {lang: dict(tool_words(lang)) for lang in LANGUAGES},
            "mail": {lang: tool_words(lang)["mail_body"] for lang in LANGUAGES},
            "frame": {lang: list(frame_words(lang)) for lang in LANGUAGES},
            **guides_json(sheets, on),
        }
    )


def _topics(by_language: Mapping[str, Sheet]) -> dict[str, dict[str, str]]:
    """Return what the letter can be about, in a few words of each language."""
    keys = next(iter(by_language.values())).topics
    return {key: {lang: topic_words(sheet.topics[key]) for lang, sheet in by_language.items()} for key in keys}


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as ``static/js/compose.js`` takes it."""
    return {
        "lang": sheet.lang,
        "title": sheet.title,
        "words": dict(sheet.words),
        "opening": list(sheet.opening),
        "short": sheet.short,
        "needs_actual_address": sheet.needs_actual_address,
        "values": _values(sheet.values),
        "topics": {key: _values(values) for key, values in sheet.topics.items()},
        "rules": [_rule(rule) for rule in sheet.rules],
        "items": [_item(item) for item in sheet.items],
    }


def _values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _run(value) if isinstance(value, Run) else value for name, value in values.items()}


def _run(run: Run) -> dict[str, str]:
    return {"lang": run.lang, "text": run.text}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "text": item.text,
        "source": item.source,
        "rules": [_rule(rule) for rule in item.rules],
    }


def as_script(data: Mapping[str, Any]) -> Markup:
    """Return data as JSON that can stand within a script element: no sign in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 (what could leave the element was replaced)
