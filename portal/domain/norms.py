"""Citations of norms: "90-2", "90 (2)", "ст. 90-2" and "90-2-бап" are one norm."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

WORDS = frozenset(
    {
        *("ст", "стст", "статья", "статьи", "статье", "статью", "часть", "части", "частью", "ч"),
        *("пункт", "п", "пп", "подпункт", "подпункта", "рк"),
        *("article", "articles", "art", "arts", "part", "paragraph", "para", "subparagraph", "of", "the"),
        *("бап", "бабы", "бабының", "баптың", "бабына", "бабында", "бөлік", "бөлігі", "бөлігінің"),
        *("тармақ", "тармағы", "тармақша", "тармақшасы", "кр", "қр"),
    }
)
"""Words that say what kind of unit follows and add nothing to which one it is."""

HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
PART_FIRST = re.compile(
    r"(?:част\w*|ч|part|пункт\w*|п)\W{0,3}(\d+(?:-\d+)?)\W{1,3}(?:of\s+)?(?:the\s+)?(?:стат\w*|ст|article|art)\W{0,3}(\d+(?:-\d+)?)"
)
"""Russian and English may name the part before the article; the index names the article first."""

TOKEN = re.compile(r"\d+(?:-\d+)?|[^\W\d_]+", re.UNICODE)


def normal(text: str) -> str:
    """Return a citation in a form in which the ways of writing it are equal: words of kind dropped, numbers apart."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ё", "е").translate(HYPHENS)
    plain = PART_FIRST.sub(r"\2 \1", plain)
    tokens = [token for token in TOKEN.findall(plain) if token not in WORDS]
    return " ".join(tokens)


@dataclass(slots=True)
class NormIndex:
    """Finds norms by any way of writing them."""

    _by_form: dict[str, dict[str, None]] = field(default_factory=dict)

    @classmethod
    def of(cls, norms: Mapping[str, Iterable[str]]) -> "NormIndex":
        """Index norms by id, given the forms (id, unit, names, aliases) under which each may be looked for."""
        index = cls()
        for norm_id, forms in norms.items():
            for form in (norm_id, *forms):
                index._by_form.setdefault(normal(form), {})[norm_id] = None
        return index

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the norms that a citation may mean, in the order of the index; none where it means nothing.

        English translations print 90-2 as "90 (2)": where no norm is written with the numbers apart, they are tried
        joined, so "90 (2)" finds article 90-2 and "90-2 (3)" its third part.
        """
        form = normal(text)
        if not form:
            return ()
        for candidate in (form, _joined(form)):
            if candidate in self._by_form:
                return tuple(self._by_form[candidate])
        return ()


def _joined(form: str) -> str:
    return re.sub(r"\b(\d+) (\d+)\b", r"\1-\2", form, count=1)
