"""Which release answers: pages that one release made are not shown by another."""

from dataclasses import fields
from functools import cache
from hashlib import sha256

from portal.settings import ROOT, Settings
from portal.web import static

MADE_FROM = ("portal/**/*", "translations/*/LC_MESSAGES/*.mo", "requirements.lock")
NOT_SHOWN = {"secret_key", "database_url", "cache_url"}


@cache
def code() -> str:
    """Return what stands for the code, the templates, the words, the facts and the versions of all libraries."""
    found = sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                found.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
                found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()


def release(settings: Settings) -> str:
    """Return what stands for everything that pages are made from, the record and the day apart."""
    said = [f"{each.name}={getattr(settings, each.name)!r}" for each in fields(Settings) if each.name not in NOT_SHOWN]
    return sha256("\0".join([code(), static.digest(), *said]).encode()).hexdigest()
