"""Whether the official portal may be asked at all: it may not once it has refused us, until a person says so."""

from dataclasses import dataclass
from datetime import datetime

from portal.db import db
from portal.models import WatchState


@dataclass(frozen=True, slots=True)
class Stopped:
    """Since when nothing is asked, and why, as a code."""

    at: datetime
    why: str | None


def stopped() -> Stopped | None:
    """Return since when and why nothing is asked; None where the poll was not stopped."""
    state = db.session.get(WatchState, 1, populate_existing=True)
    return None if state is None or state.stopped_at is None else Stopped(state.stopped_at, state.stopped_why)
