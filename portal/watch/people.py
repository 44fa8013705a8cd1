"""What is dropped before anything is kept: whoever a record names, and what may be a name where nobody foresaw one."""

import json
import math
import re
from dataclasses import dataclass, field
from typing import Any

from portal.watch.interface import COUNTED, WORDED

# Words of a field's name. Of these a number is dropped too: it may be that of a telephone or of a person.
OF_PEOPLE = frozenset(
    {
        "applicant",
        "applicants",
        "author",
        "authors",
        "initiator",
        "initiators",
        "creator",
        "creators",
        "owner",
        "owners",
    }
    | {"signer", "signers", "signatory", "signatories", "subscriber", "subscribers", "member", "members", "by"}
    | {"comment", "comments", "commenter", "commenters", "commentator", "commentators", "user", "users", "moderator"}
    | {"executor", "executors", "performer", "person", "persons", "people", "individual", "individuals", "editor"}
    | {"citizen", "citizens", "representative", "representatives", "contact", "contacts", "username", "login"}
    | {"fio", "surname", "patronymic", "firstname", "lastname", "middlename", "fullname", "birth", "birthday"}
    | {"birthdate", "iin", "inn", "passport", "phone", "phones", "telephone", "tel", "mobile", "email", "mail"}
)
NAMES = re.compile(r"(?:first|last|middle|full|second|father|user|person)_?names?\b")
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z_\W\d]+")
COUNTS = frozenset({"count", "total", "counts", "amount"})

# What may stay of a field that we know nothing of.
FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
CODE = re.compile(r"(?=.*[0-9_])[A-Z0-9_.:+/-]{1,80}|[0-9a-f-]{8,64}")
WORD_OF_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
CODED = frozenset(
    {"status", "state", "type", "kind", "code", "lang", "language", "source", "level", "category", "stage"}
)
PERSONAL_NUMBER = re.compile(r"\+?[0-9]{10,12}")
"""Of telephones and of persons."""


@dataclass(slots=True)
class Kept:
    """What is kept of an answer: everything but names, and where something was taken out."""

    value: Any = field(repr=False)
    dropped: list[str] = field(default_factory=list)


def read(text: str) -> Kept | None:
    """Read JSON without the names in it; None for what is no JSON.

    Texts stay whole in the fields that are known to hold none (``interface.WORDED``). Elsewhere only codes, dates and
    numbers stay, and of a text its length: ``[…17]``. Nothing is raised: exceptions of the reader hold all of it.
    """
    try:
        value = json.loads(text, parse_float=_finite, parse_constant=_nothing)
    except (ValueError, RecursionError):
        return None
    kept = Kept(None)
    kept.value = _without(value, "", "", kept.dropped)
    return kept


def written(value: object) -> bytes:
    """Write a value as JSON in its one spelling, whose digest is that of what was read."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def clean(text: str) -> str:
    """Return a text that every database can carry: halves of characters and NUL become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def is_of_people(name: str, value: object) -> bool:
    """Whether a field holds a person, or what a person said or is reached by; a count of people is none."""
    words = [word.lower() for word in WORDS.findall(name)]
    if not (OF_PEOPLE & {*words, name.lower()} or NAMES.search("_".join(words)) or NAMES.search(name.lower())):
        return False
    is_count = bool(words) and words[-1] in COUNTS and isinstance(value, int)
    return not (is_count or value is None or isinstance(value, bool))


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


def _nothing(_name: str) -> None:
    return None


def _without(value: Any, path: str, name: str, dropped: list[str]) -> Any:
    if isinstance(value, dict):
        return _fields_without(value, path, dropped)
    if isinstance(value, list):
        return [_without(each, f"{path}[]", name, dropped) for each in value]
    if path in WORDED or value is None or isinstance(value, bool):
        return clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        return _code(value, path, name, dropped)
    if isinstance(value, int) and PERSONAL_NUMBER.fullmatch(str(abs(value)) if abs(value) < 10**13 else ""):
        return _noted(path, dropped, str(abs(value)))
    return value


def _fields_without(value: dict[str, Any], path: str, dropped: list[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, each in value.items():
        shown = name if FIELD.fullmatch(name) else "?"
        here = f"{path}.{shown}" if path else shown
        if shown == "?" or (here not in COUNTED and is_of_people(name, each)):
            _noted(here, dropped, "")
        else:
            kept[name] = _without(each, here, name, dropped)
    return kept


def _code(text: str, path: str, name: str, dropped: list[str]) -> str:
    words = WORDS.findall(name)
    is_coded = bool(words) and words[-1].lower() in CODED and WORD_OF_CODE.fullmatch(text)
    if not text or ((CODE.fullmatch(text) or is_coded) and not PERSONAL_NUMBER.fullmatch(text)):
        return text
    return _noted(path, dropped, text)


def _noted(path: str, dropped: list[str], text: str) -> str:
    if path not in dropped:
        dropped.append(path)
    return f"[…{len(text)}]"
