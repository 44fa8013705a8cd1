"""A text in up to three languages, each with whose wording it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LANGUAGES = ("kk", "ru", "en")
"""The languages of the portal, in the order in which it names them."""


class Mark(StrEnum):
    """Whose wording a text is in one language."""

    OFFICIAL = "official"
    PRESS = "press"
    OURS = "ours"


_MARKS = {mark.value: mark for mark in Mark}


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as one reader gets it: its words, the language they are in, and whose they are."""

    text: str
    lang: str
    mark: Mark
    is_original: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text by language; ``original`` is the language in which it was first said, if anybody said it before us."""

    by_language: Mapping[str, str]
    marks: Mapping[str, Mark]
    original: str | None = None

    @classmethod
    def of(cls, *, original: str | None = None, mark: Mark = Mark.OURS, **by_language: str) -> "Text":
        """Make a text whose languages all carry one mark."""
        return cls(by_language, dict.fromkeys(by_language, mark), original)

    def in_language(self, lang: str) -> Wording:
        """Return the wording for a reader of ``lang``: in that language, else the original, else any that there is."""
        for candidate in (lang, self.original, "ru", "kk", "en", *self.by_language):
            if candidate is not None and candidate in self.by_language:
                return Wording(
                    self.by_language[candidate],
                    candidate,
                    self.marks.get(candidate, Mark.OURS),
                    candidate == self.original,
                )
        raise ValueError("a text without any language")

    def missing(self) -> tuple[str, ...]:
        """Return the portal's languages in which the text does not stand."""
        return tuple(lang for lang in LANGUAGES if lang not in self.by_language)

    def as_json(self) -> dict[str, Any]:
        """Return the text as plain data, in a fixed order."""
        return {
            "original": self.original,
            "text": {lang: self.by_language[lang] for lang in sorted(self.by_language)},
            "marks": {lang: str(self.marks.get(lang, Mark.OURS)) for lang in sorted(self.by_language)},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Text":
        """Read what ``as_json`` wrote."""
        # A page reads hundreds of texts, and a look-up is cheaper than asking the enum.
        return cls(data["text"], {lang: _MARKS[mark] for lang, mark in data["marks"].items()}, data["original"])
