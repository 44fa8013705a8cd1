"""The names that people sign in with: one spelling each, and none that looks like another."""

import re
import unicodedata

from portal.domain.account_refusals import NameUnusable
from portal.domain.typed import clean_line

NAME = re.compile(r"[a-z0-9][a-z0-9 ._-]*|[а-яёәғқңөұүһі0-9][а-яёәғқңөұүһі0-9 ._-]*")
"""Latin or Cyrillic and never both, or «а» and "a" could be two people."""

SHORTEST, LONGEST = 2, 60


def plain_name(typed: str) -> str:
    """Return a name in the spelling in which names are compared: in small letters, without needless spaces."""
    return " ".join(unicodedata.normalize("NFKC", clean_line(typed)).casefold().split())


def require_usable(name: str) -> None:
    """Raise ``NameUnusable`` for a name, in its plain spelling, that nobody may have."""
    if not SHORTEST <= len(name) <= LONGEST or not NAME.fullmatch(name):
        raise NameUnusable


def names(text: str, name: str) -> bool:
    """Tell whether a text has a name as a word or as the beginning of one, as it stands with a suffix."""
    return re.search(rf"(?<!\w){re.escape(name)}", unicodedata.normalize("NFKC", text).casefold()) is not None
