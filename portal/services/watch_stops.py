"""Stopping the poll by hand: where whoever keeps the official portal asks for it, or something is amiss."""

from portal import clock
from portal.db import writing
from portal.domain.refusals import ReasonMissing
from portal.services import audit, watching

ASKED = "asked"
"""Why it was stopped: because a person said so. What the portal refused is ``forbidden``."""


def stop(*, by: str, reason: str | None) -> None:
    """Let nothing be read until a person says otherwise; one transaction, one entry. Raises ``ReasonMissing``.

    Where it is stopped already, nothing changes.
    """
    if not reason:
        raise ReasonMissing
    with writing() as session:
        state = watching.state_of(session)
        if state.stopped_at is None:
            state.stopped_at, state.stopped_why = clock.now(), ASKED
            audit.append(watching.STOPPED, watching.SUBJECT, by=by, reason=reason)
            watching.stored_something(session)
