"""Invented people. Their names are made of words that no text of ours has, so that a search finds each leak."""

import json
from dataclasses import dataclass
from urllib.parse import quote

STEMS = {
    "applicant": ("Ойданшығаров", "Небыликин"),
    "signer": ("Жоқбармақов", "Выдумщикин"),
    "commenter": ("Бұлдырсөзов", "Несуществуев"),
    "hidden": ("Жасырынтегі", "Тайноименов"),
}
FIRST = {
    "applicant": ("Ертегіхан", "Сказослав"),
    "signer": ("Қиялнұр", "Грёзомир"),
    "commenter": ("Түсбике", "Химерина"),
    "hidden": ("Жұмбақжан", "Загадоний"),
}
COMMENT = "Пікірсымақ-вымыслотекст"
"""Stands in the text of every comment."""

POOL = 2000
"""So many different names there are of each kind but applicants; people beyond share them."""


@dataclass(frozen=True, slots=True)
class Name:
    """An invented person."""

    kind: str
    number: int

    @property
    def first(self) -> str:
        """The first name."""
        return FIRST[self.kind][self.number % 2]

    @property
    def last(self) -> str:
        """The surname, which has the person's number."""
        return f"{STEMS[self.kind][self.number % 2]}{self.number:05d}"

    @property
    def full(self) -> str:
        """The name as lists have it."""
        return f"{self.last} {self.first}"


def spellings(word: str) -> tuple[bytes, ...]:
    """Return how a word may be written in a file."""
    cases = (word, word.lower(), word.upper())
    escaped = (json.dumps(each)[1:-1].lower() for each in cases)
    quoted = (quote(each).lower() for each in cases)
    plain = (each.encode(code) for each in cases for code in ("utf-8", "utf-16-le"))
    return (*plain, *(each.encode() for each in (*escaped, *quoted)))


class Names:
    """Every name that the stand-in may ever show.

    ``everybody`` holds each in full; ``stems`` the few words of which at least one is in any name or comment, upper or
    lower case as written: a search for these is a search for all.
    """

    kinds = tuple(STEMS)

    def __init__(self, petitions: int) -> None:
        self._petitions = petitions

    def of(self, kind: str) -> tuple[str, ...]:
        """Return all names of a kind in full."""
        return tuple(Name(kind, number).full for number in range(self._petitions if kind == "applicant" else POOL))

    @property
    def everybody(self) -> tuple[str, ...]:
        """All names in full, applicants included."""
        return tuple(name for kind in self.kinds for name in self.of(kind))

    def found_in(self, data: bytes, *kinds: str) -> set[str]:
        """Return the stems that data has, however they are written there: UTF-8, UTF-16, as JSON or addresses escape.

        Packed data must be unpacked first.
        """
        lower = data.lower()
        return {word for word in self.stems(*kinds) if any(each in data or each in lower for each in spellings(word))}

    def stems(self, *kinds: str) -> tuple[str, ...]:
        """Return words to search for: of the kinds given, or of all, then with the comments' word."""
        words = tuple(word for kind in kinds or self.kinds for word in (*STEMS[kind], *FIRST[kind]))
        return words if kinds else (*words, COMMENT)
