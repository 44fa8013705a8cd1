"""Passwords of the desk: which are good enough, how they are kept, and how one is checked in constant time."""

import string
import unicodedata
from collections.abc import Iterator
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from portal.domain.account_refusals import PasswordCommon, PasswordIsName, PasswordTooLong, PasswordTooShort

SHORTEST, LONGEST = 12, 200
"""Characters. The upper limit keeps nobody from a good password, and us from hashing novels."""

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Argon2id with 19 MiB, twice over, on one lane: OWASP's first choice for a server that also does other things."""

COMMON = frozenset(FREQUENCY_LISTS["passwords"])
"""Thirty thousand passwords that people were seen to use."""

OURS = ("qadam", "қадам", "petition", "petitions", "петиция", "қазақстан", "казахстан", "kazakhstan", "qazaqstan",
        "құпиясөз", "пароль")  # fmt: skip
"""Words that lie near at this desk and are missing in a list made elsewhere."""

KEYS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбю" + "әіңғүұқөһ",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,." + "2345890-=",
)
"""The Latin keys under Russian and Kazakh letters: «пароль» has the keys of ``gfhjkm``, which is in the list."""

ENDS = string.digits + string.punctuation + string.whitespace

LEAST_SCORE = 3
"""Of zxcvbn's 0 to 4: below it, a guesser who knows how people choose needs less than a hundred million tries."""

READ_BY_ZXCVBN = 72
SHORT_NAME = 4


def require_good(password: str, name: str) -> None:
    """Raise ``PasswordTooShort``, ``PasswordTooLong``, ``PasswordIsName`` or ``PasswordCommon`` for a poor password."""
    text = _normal(password)
    if len(text) < SHORTEST:
        raise PasswordTooShort(SHORTEST)
    if len(text) > LONGEST:
        raise PasswordTooLong(LONGEST)
    if _is_name(text.casefold(), _normal(name).casefold()):
        raise PasswordIsName
    if any(_is_common(form, name) for form in {text.casefold(), text.casefold().translate(KEYS)}):
        raise PasswordCommon


def _is_name(text: str, name: str) -> bool:
    rest = text.replace(name, "")
    if len(name) < SHORT_NAME:
        return not rest.strip(ENDS)
    return rest != text and len(rest) < SHORTEST


def _is_common(text: str, name: str) -> bool:
    known = COMMON.union(OURS)
    if any(core in known or not core for core in _cores(text)):
        return True
    return int(zxcvbn(text[:READ_BY_ZXCVBN], user_inputs=[name, *OURS])["score"]) < LEAST_SCORE


def _cores(text: str) -> Iterator[str]:
    """Yield what a password comes down to: as it is, without digits and signs at its ends, and said but once."""
    for form in (text, text.strip(ENDS)):
        yield form
        yield _unrepeated(form).strip(ENDS)


def _unrepeated(text: str) -> str:
    """Return the shortest part that makes up a text when it is repeated; the text itself where none does."""
    start = (text + text).find(text, 1) if text else 0
    return text[:start]


def hash_of(password: str) -> str:
    """Return a password as it is kept."""
    return HASHER.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one that is kept.

    Where none is kept (there is no such account, or it waits for its owner) a hash of nothing is checked all the
    same, so that the time that an answer takes tells nobody which names there are.
    """
    given = _normal(password[: LONGEST + 1])  # What is longer is no password of anybody's.
    try:
        HASHER.verify(_nobodys(HASHER) if kept is None else kept, given)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Tell whether a password was hashed in a way that we have left since."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody")


def _normal(text: str) -> str:
    """Return a text in one form: й and й are one letter, whichever way a keyboard writes it."""
    return unicodedata.normalize("NFKC", text)
