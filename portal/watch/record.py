"""The official portal's full record in our names: what is known of it as fields, what is not as it came."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from portal.domain.official import COMPARED
from portal.watch import interface, people

MOST_UNKNOWN = 50
"""Fields we know nothing of; more are counted."""

LONGEST_UNKNOWN = 2_000
"""Bytes of JSON of one of them; of a longer one only the size and the digest are kept, so that a change shows."""

LARGEST_COUNT = 2**31 - 1

Scalar = str | int | float | bool | None


class Fields:
    """Takes known fields out of an object. What is left is unknown; ``odd`` counts values of a wrong kind."""

    def __init__(self, value: Mapping[str, Any], odd: Counter[str], path: str = "") -> None:
        self._left = dict(value)
        self._odd, self._path = odd, path

    def text(self, name: str, most: int | None = None, *, is_code: bool = False) -> str | None:
        """Return a text, or None for one that is missing or of a wrong kind. A code may be a number."""
        value = self._left.get(name)
        if is_code and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            self._count_odd(name)
            return None
        self._left.pop(name, None)
        return None if value is None else value[:most]

    def count(self, name: str) -> int | None:
        """Return a whole number from 0."""
        value = self._left.get(name)
        if value is not None and count_of(value) is None:
            self._count_odd(name)
            return None
        return count_of(self._left.pop(name, None))

    def scalar(self, name: str) -> Scalar:
        """Return a text or a number, such as an id."""
        value = self._left.get(name)
        if isinstance(value, dict | list):
            self._count_odd(name)
            return None
        found: Scalar = self._left.pop(name, None)
        return found

    def object(self, name: str) -> "Fields | None":
        """Return the fields of an object."""
        value = self._left.get(name)
        if value is not None and not isinstance(value, dict):
            self._count_odd(name)
            return None
        self._left.pop(name, None)
        return None if value is None else Fields(value, self._odd, f"{self._path}{name}.")

    def objects(self, name: str) -> "list[Fields] | None":
        """Return a list of objects; what is no object in it is left out and counted."""
        value = self._left.get(name)
        if value is not None and not isinstance(value, list):
            self._count_odd(name)
            return None
        self._left.pop(name, None)
        if value is None:
            return None
        found = [each for each in value if isinstance(each, dict)]
        self._odd[self._path + name] += len(value) - len(found)
        return [Fields(each, self._odd, f"{self._path}{name}.") for each in found]

    def has(self, name: str) -> bool:
        """Whether the field is there, if only as null."""
        return name in self._left

    def drop(self, names: Iterable[str]) -> None:
        """Pass fields over."""
        for name in names:
            self._left.pop(name, None)

    def rest(self) -> dict[str, Any]:
        """Return what was not taken, by its path."""
        return {f"{self._path}{name}": value for name, value in self._left.items()}

    def _count_odd(self, name: str) -> None:
        self._odd[self._path + name] += 1  # It stays among the unknown, as it came.


def count_of(value: object) -> int | None:
    """Return a whole number from 0; None for anything else."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT
    return value if isinstance(value, int) and is_count else None


class Record:
    """A full record without names, taken apart."""

    def __init__(self, value: Mapping[str, Any], odd: Counter[str]) -> None:
        fields, self._unknown = Fields(value, odd), {}
        fields.drop([interface.ID])
        self.votes, self.views = fields.count(interface.COUNT), fields.count(interface.VIEWS)
        said = fields.has(interface.DECISION)
        self.is_decided = value[interface.DECISION] is not None if said else None
        found: dict[str, Any] = {
            ours: fields.text(theirs, interface.SHORT_TEXTS.get(ours), is_code=ours in interface.CODES)
            for ours, theirs in interface.TEXTS.items()
        }
        self.state = found["state"]
        found["required"] = fields.count(interface.REQUIRED)
        found["organization"] = self._organisation(fields.object(interface.ORGANISATION))
        found["location"] = self._part(fields.object(interface.LOCATION), interface.POINT_FIELDS)
        found["decision"] = self._decision(fields.object(interface.DECISION))
        found["files"] = self._files(fields.objects(interface.FILES))
        found["cover"] = self._part(fields.object(interface.COVER), interface.FILE_FIELDS)
        self._unknown.update(fields.rest())
        found["unknown"] = _bounded(self._unknown)
        self.values = {name: found[name] for name in COMPARED}

    def _part(self, fields: Fields | None, names: Iterable[str]) -> dict[str, Scalar] | None:
        if fields is None:
            return None
        found = {name: fields.scalar(name) for name in names}
        fields.drop([interface.INLINE])
        self._unknown.update(fields.rest())
        return found

    def _organisation(self, fields: Fields | None) -> dict[str, Any] | None:
        if fields is None:
            return None
        kind, place = fields.object("orgType"), fields.object("location")
        found: dict[str, Any] = {
            "type": self._part(kind, interface.TYPE_FIELDS),
            "location": self._part(place, interface.PLACE_FIELDS),
        }
        found["kato"] = (found["location"] or {}).get("katoCode")
        return {**(self._part(fields, interface.ORGANISATION_FIELDS) or {}), **found}

    def _decision(self, fields: Fields | None) -> dict[str, Any] | None:
        if fields is None:
            return None
        files = self._files(fields.objects("files"))
        return {**(self._part(fields, interface.DECISION_FIELDS) or {}), "files": files}

    def _files(self, found: list[Fields] | None) -> list[dict[str, Scalar] | None] | None:
        return None if found is None else [self._part(each, interface.FILE_FIELDS) for each in found]


def _bounded(unknown: Mapping[str, Any]) -> dict[str, Any]:
    """Keep unknown fields within bounds. Counts of something change all the time: the evidence alone has them."""
    told = {
        name: value
        for name, value in unknown.items()
        if name not in interface.PASSED_OVER and not (name.endswith("Count") and count_of(value) is not None)
    }
    kept = {name[:200]: _short(told[name]) for name in sorted(told)[:MOST_UNKNOWN]}
    return kept | ({"…": len(told) - MOST_UNKNOWN} if len(told) > MOST_UNKNOWN else {})


def _short(value: Any) -> Any:
    whole = people.written(value)
    return value if len(whole) <= LONGEST_UNKNOWN else {"bytes": len(whole), "sha256": sha256(whole).hexdigest()}


def as_object(text: bytes) -> people.Kept | None:
    """Read a body as one JSON object without names; None for anything else."""
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    kept = people.read(decoded)
    return kept if kept is not None and isinstance(kept.value, dict) else None
