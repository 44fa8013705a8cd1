"""What the jobs call. Until the poll is written, every verb says that it is not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run asked, and whether everything that was to be read was read."""

    is_whole: bool
    is_stopped: bool = False


def official_portal(settings: Settings) -> Any:
    """Return the official portal as the settings say how to ask it."""
    raise NotImplementedError


def look_at_the_list(portal: Any, *, at: datetime, job: str) -> RunReport:
    """Look at the count of every petition that the list has."""
    raise NotImplementedError


def look_at_the_newest(portal: Any, *, at: datetime, job: str) -> RunReport:
    """Look for petitions that are new."""
    raise NotImplementedError


def look_at_those_near(portal: Any, *, at: datetime, job: str) -> RunReport:
    """Look at the count of each petition near its threshold."""
    raise NotImplementedError


def read_records(portal: Any, *, at: datetime, job: str) -> RunReport:
    """Read the full records whose turn it is."""
    raise NotImplementedError


def read_the_past(portal: Any, *, at: datetime, job: str) -> RunReport:
    """Read a part of the lists of signers that are to be read."""
    raise NotImplementedError
