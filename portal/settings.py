"""Every setting of the portal: its default, its meaning, and whether production requires it.

A setting is read from the environment variable ``PORTAL_<NAME>``; ``create_app`` takes overrides for tests.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "PORTAL_"


class SettingUnreadable(ValueError):
    """A setting that is a number has a value that is none, or is too small."""


class SettingMissing(RuntimeError):
    """Production was asked for, and a setting that it requires has no value of its own."""


def setting(default: object, meaning: str, *, required: bool = False, least: int = 1) -> Any:
    """Declare a setting; ``required`` ones must be set where ``production`` is on. ``least`` is for numbers."""
    return dataclass_field(default=default, metadata={"meaning": meaning, "required": required, "least": least})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one application, checked when it starts."""

    production: bool = setting(False, "Refuse to start without the settings that production requires")
    database_url: str = setting(
        f"sqlite:///{ROOT / 'instance' / 'portal.sqlite'}",
        "SQLAlchemy address of the database: SQLite, or PostgreSQL through psycopg",
    )
    secret_key: str = setting("development only", "Key that signs sessions", required=True)
    base_url: str = setting("http://127.0.0.1:8000", "Public address, without a final slash", required=True)
    cache_url: str = setting(
        "memory:",
        "Where public pages are kept: `memory:` of each process, `none:`, or the address of a Redis for several",
    )
    files: str = setting(str(ROOT / "instance" / "files"), "Folder in which copies of sources are kept")
    contact: str = setting("", "E-mail address for corrections and removals, shown on the page about us", required=True)
    corrections_days: int = setting(10, "Working days within which a request for a correction or a removal is answered")
    withheld_campaigns: str = setting(
        "",
        "Ids of campaigns, separated by commas, whose pages are not found and which the list leaves out",
    )
    proxies: int = setting(
        0,
        "How many servers of yours pass requests on, each adding to `X-Forwarded-For`: the desk counts failures by it",
        least=0,
    )
    watch_url: str = setting(
        "https://epetition.kz/api/public/v1/petitions",
        "Where the official portal lists its petitions for programs",
    )
    watch_contact: str = setting(
        "",
        "E-mail address or page that the poll names in its User-Agent; while it is empty, nothing is read",
    )
    watch_pause: int = setting(1000, "Milliseconds that the poll waits between two requests", least=0)
    watch_timeout: int = setting(20, "Seconds that the poll waits for an answer")

    @classmethod
    def read(cls, overrides: Mapping[str, object] | None = None) -> "Settings":
        """Read the environment, then the overrides.

        Raises ``SettingMissing`` where production lacks a required setting, ``SettingUnreadable`` for a number that is
        none, and ``TypeError`` for an unknown override.
        """
        values: dict[str, object] = {}
        for each in fields(cls):
            text = os.environ.get(PREFIX + each.name.upper())
            if text is not None:
                values[each.name] = _read(each.name, each.type, text, each.metadata["least"])
        settings = cls(**{**values, **(overrides or {})})  # type: ignore[arg-type]
        if settings.production:
            for each in fields(cls):
                if each.metadata["required"] and getattr(settings, each.name) == each.default:
                    raise SettingMissing(f"Set {PREFIX}{each.name.upper()}: {each.metadata['meaning']}.")
        return settings


def _read(name: str, kind: object, text: str, least: int) -> object:
    if kind is bool:
        return text.lower() in {"1", "true", "yes", "on"}
    if kind is not int:
        return text
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise SettingUnreadable(f"{PREFIX}{name.upper()} needs a whole number from {least}.")
    return int(text)
