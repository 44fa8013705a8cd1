"""Events that the poll records: each a row with one claim, citing the petition's page on the official portal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.events import EventKind
from portal.domain.watching import FIRST_THRESHOLD
from portal.models import Event, Petition
from portal.services import official_petitions, recording
from portal.services.counting import Crossing
from portal.services.official_petitions import BY
from portal.services.recording import Draft
from portal.services.register_rows import Citation, Row

REACHED = "count.reached"


def event_row(
    kind: EventKind, key: str, earliest: date | None, latest: date, details: Mapping[str, Any], cites: Citation
) -> Row:
    """Return the row of an event with its one claim."""
    said = {"wording": None, "derived": False, "counts": False, "speaker": None, "note": None}
    claim = Row("claim", "", {"earliest": earliest, "latest": latest, **said}, cites)
    kept = {name: value for name, value in details.items() if value is not None}
    return Row("event", key, {"kind": kind, "text": None, "note": None, "details": kept or None}, children=(claim,))


def note_crossing(session: Session, crossing: Crossing) -> None:
    """Record that a count went past a number between two looks, within the caller's transaction.

    A record that has the step already, from whatever source, is left as it is.
    """
    kind = EventKind.FIFTY_REACHED if crossing.goal == FIRST_THRESHOLD else EventKind.THRESHOLD_REACHED
    petition = session.get_one(Petition, crossing.petition_id)
    known = select(Event.id).where(Event.petition_id == petition.id, Event.kind == kind, Event.retired_in.is_(None))
    if petition.official_uuid is None or session.scalar(known.limit(1)) is not None:
        return
    cites = Citation(official_petitions.source_of(session, petition.official_uuid))
    row = event_row(kind, kind, crossing.after, crossing.by, {"goal": crossing.goal}, cites)
    recording.record_within(session, Draft(petition.number, None, REACHED, (row,)), by=BY)
