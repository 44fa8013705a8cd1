"""Keeping what the official portal answered about one petition: what it shows, what it changed, that it is gone.

Each answer is one transaction. Where it differs from the last, the petition's record gets an event that names both
versions, and the exchange is kept as evidence. Nobody's name is kept: what the reader hands over has none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.clock import day_of
from portal.db import writing
from portal.domain.events import EventKind
from portal.domain.official import ANNOUNCED, AS_BEFORE, DATE_FIELDS, Reading
from portal.domain.watching import HOUR
from portal.models import Event, OfficialReading, OfficialVersion, Petition, PortalWord, Watched
from portal.models.watch import WordKind
from portal.services import (
    audit,
    counting,
    kept_files,
    lifecycle,
    looks,
    official_petitions,
    official_wordings,
    recording,
    watching,
)
from portal.services.counting import Seen
from portal.services.kept_files import Folder, Stored
from portal.services.official_events import event_row, note_crossing
from portal.services.official_petitions import BY, READ
from portal.services.official_wordings import Said
from portal.services.recording import Draft
from portal.services.register_rows import Citation, Row

FOUND, CHANGED, GONE, BACK = "petition.found", "text.changed", "petition.vanished", "petition.reappeared"
DATED, KEPT = "day.read", "official.changed"

SURE_AFTER = HOUR
"""Seconds between the first answer that a petition is not there and the one that is believed."""


class Outcome(StrEnum):
    """What came of an answer."""

    FOUNDED = "founded"
    RECOGNISED = "recognised"
    AS_BEFORE = "as_before"
    CHANGED = "changed"
    MISSING = "missing"
    VANISHED = "vanished"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of keeping an answer. ``line`` is what the run's digest is made of."""

    outcome: Outcome
    petition: int | None
    line: str | None = None
    changed_count: bool = False


def keep(reading: Reading, folder: Folder) -> Done:
    """Keep one answer; one transaction. A petition that we do not have is begun, where its full record was read."""
    with writing() as session:
        petition = official_petitions.by_uuid(session, reading.uuid)
        if petition is None and reading.values is None:
            return Done(Outcome.UNKNOWN, None)
        first = None
        if petition is None:
            petition, is_known = official_petitions.begin(session, reading)
            first = Outcome.RECOGNISED if is_known else Outcome.FOUNDED
        done = _Keeping(session, petition, reading, folder).keep(first)
        watching.stored_something(session)
        return done


class _Keeping:
    """One answer on its way into the record, within one transaction."""

    def __init__(self, session: Session, petition: Petition, reading: Reading, folder: Folder) -> None:
        self.session = session
        self.petition = petition
        self.reading = reading
        self.folder = folder
        self.at = int(reading.at.timestamp())
        self.day = day_of(reading.at)
        self.watched = self._watched()

    def _watched(self) -> Watched:
        found = self.session.get(Watched, self.petition.id)
        if found is None:
            found = Watched(petition_id=self.petition.id, found_at=self.at, gone_looks=0)
            self.session.add(found)
            self.session.flush()
        return found

    def keep(self, first: Outcome | None) -> Done:
        """Keep the answer and bring up what is derived. ``first`` says what became of a petition read never before."""
        self.watched.tried_at = self.at
        if self._is_kept_already():
            return Done(Outcome.AS_BEFORE, self.petition.number)
        if self.reading.is_gone:
            outcome = self._gone()
            changed_count = False
        else:
            changed_count = self._count()
            outcome = self._present()
        line = self._line()
        self.session.flush()
        lifecycle.refresh(self.session, self.petition)
        return Done(first or outcome, self.petition.number, line, changed_count)

    def _is_kept_already(self) -> bool:
        return self.session.get(OfficialReading, (self.petition.id, self.at)) is not None

    def _line(self) -> str:
        """Keep that we looked, and what was seen, as one lean row."""
        last = self._state_before() if self.reading.status == AS_BEFORE else None
        row = {
            "petition_id": self.petition.id,
            "at": self.at,
            "status": self.reading.status,
            "state": last.state if last else self.reading.state,
            "is_decided": last.is_decided if last else self.reading.is_decided,
            "sha256": last.sha256 if last else self.reading.sha256,
        }
        self.session.execute(insert(OfficialReading).values(**row))
        told = (row["petition_id"], row["at"], row["status"], row["state"], row["sha256"])
        return " ".join("-" if each is None else str(each) for each in told)

    def _state_before(self) -> Any:
        rows = select(OfficialReading).where(
            OfficialReading.petition_id == self.petition.id, OfficialReading.status.in_(looks.FOUND)
        )
        return self.session.scalars(rows.order_by(OfficialReading.at.desc()).limit(1)).first()

    # Not there ----------------------------------------------------------------------------------------------------

    def _gone(self) -> Outcome:
        """Believe that a petition is gone when it was not there twice, an hour apart."""
        watched = self.watched
        watched.gone_since = watched.gone_since or self.at
        watched.gone_looks += 1
        is_sure = watched.gone_looks > 1 and self.at - watched.gone_since >= SURE_AFTER
        if self.petition.is_vanished or not is_sure:
            return Outcome.MISSING
        read_at = looks.instant(watched.read_at) if watched.read_at else None
        details = {"status": self.reading.status, "last_read": read_at.isoformat() if read_at else None}
        since = day_of(looks.instant(watched.gone_since))
        self._event(GONE, EventKind.VANISHED, f"gone:{watched.gone_since}", read_at and day_of(read_at), since, details)
        return Outcome.VANISHED

    # There --------------------------------------------------------------------------------------------------------

    def _present(self) -> Outcome:
        reading, watched = self.reading, self.watched
        if self.petition.is_vanished:
            self._event(BACK, EventKind.REAPPEARED, f"back:{self.at}", self._missing_since(), self.day, {})
        watched.gone_since, watched.gone_looks = None, 0
        outcome = Outcome.AS_BEFORE
        if reading.values is not None:
            outcome = self._compare(reading.values)
            self._note_words(reading.values)
            self._note_days(reading.values)
            watched.state, watched.required = reading.state, reading.values.get("required")
        watched.etag = reading.etag or watched.etag
        watched.read_at = self.at
        return outcome

    def _missing_since(self) -> date | None:
        return day_of(looks.instant(self.watched.gone_since)) if self.watched.gone_since else None

    def _count(self) -> bool:
        votes = self.watched.votes if self.reading.status == AS_BEFORE else self.reading.votes
        if votes is None:
            return False
        kept = counting.keep(self.session, [Seen(self.petition.id, self.at, votes)])
        self.session.refresh(self.watched)
        self.session.refresh(self.petition)
        for crossing in kept.crossings:
            note_crossing(self.session, crossing)
        return bool(kept.changed)

    def _compare(self, values: Mapping[str, Any]) -> Outcome:
        before = self._version_before()
        if before is None:
            self._keep_version(Said(values, {}), None, self.petition.changed_in)
            return Outcome.AS_BEFORE
        # A decision that is said to be none is one that was taken back.
        stated = frozenset({"decision"} if self.reading.is_decided is not None else ())
        said = official_wordings.said_of(self.session, before, values, stated=stated)
        changed = said.differing(before)
        if not changed:
            return Outcome.AS_BEFORE
        if set(changed) & set(ANNOUNCED):
            self._announce(before, said, changed)
        else:
            after = {"fields": changed, "sha256": self.reading.sha256}
            entry = audit.append(KEPT, f"petition/{self.petition.number}", by=BY, after=after)
            self._keep_version(said, changed, entry.sequence)
        return Outcome.CHANGED

    def _version_before(self) -> OfficialVersion | None:
        rows = select(OfficialVersion).where(OfficialVersion.petition_id == self.petition.id)
        return self.session.scalars(rows.order_by(OfficialVersion.read_at.desc(), OfficialVersion.id.desc())).first()

    def _announce(self, before: OfficialVersion, said: Said, changed: Sequence[str]) -> None:
        """Record that the portal changed what it shows, and follow it where the record says what the portal said."""
        version = self._keep_version(said, changed, audit.next_sequence(), evidence=False)
        read_at = self.watched.read_at
        details = {"fields": list(changed), "version": version.id, "previous": before.id, **self._evidence_details()}
        follow, particulars = official_petitions.following(
            self.session, self.petition, before.values, said.values, changed
        )
        event = self._row(
            EventKind.TEXT_CHANGED,
            f"read:{self.at}",
            day_of(looks.instant(read_at)) if read_at else None,
            self.day,
            details,
        )
        draft = Draft(self.petition.number, None, CHANGED, (event, *follow), (), particulars, READ)
        saved = recording.record_within(self.session, draft, by=BY)
        self._note_evidence(version, saved.sequence)

    def _keep_version(
        self, said: Said, changed: Sequence[str] | None, sequence: int, *, evidence: bool = True
    ) -> OfficialVersion:
        version = OfficialVersion(
            petition_id=self.petition.id,
            read_at=self.reading.at,
            values=dict(said.values),
            changed=list(changed) if changed is not None else None,
            hidden=dict(said.hidden) or None,
            url=self.reading.url,
            sha256=self.reading.sha256 or "",
            recorded_in=sequence,
        )
        self.session.add(version)
        self.session.flush()
        if evidence:
            self._note_evidence(version, sequence)
        return version

    def _stored(self) -> Stored | None:
        return self.folder.store(self.reading.evidence) if self.reading.evidence else None

    def _note_evidence(self, version: OfficialVersion, sequence: int) -> None:
        # The exchange has the words that are hidden: then none is kept.
        stored = None if version.hidden else self._stored()
        if stored is not None:
            kept_files.note(self.session, stored, sequence)
            self.session.flush()
            version.evidence = stored.sha256
            self.session.flush()

    def _evidence_details(self) -> dict[str, Any]:
        return {"sha256": self.reading.sha256} if self.reading.sha256 else {}

    # Events -------------------------------------------------------------------------------------------------------

    def _row(self, kind: EventKind, key: str, earliest: date | None, latest: date, details: Mapping[str, Any]) -> Row:
        source = official_petitions.source_of(self.session, self.reading.uuid)
        return event_row(kind, key, earliest, latest, details, Citation(source, (), self._locator()))

    def _locator(self) -> str:
        read = self.reading.at.isoformat(timespec="seconds").replace("+00:00", "Z")
        return f"{read}, SHA-256 {self.reading.sha256}" if self.reading.sha256 else read

    def _event(
        self,
        action: str,
        kind: EventKind,
        key: str,
        earliest: date | None,
        latest: date,
        details: Mapping[str, Any],
    ) -> None:
        stored = self._stored() if kind is EventKind.VANISHED else None
        kept = {**details, **({"evidence": stored.sha256} if stored else {})}
        row = self._row(kind, key, earliest, latest, kept)
        saved = recording.record_within(self.session, Draft(self.petition.number, None, action, (row,)), by=BY)
        if stored is not None:
            kept_files.note(self.session, stored, saved.sequence)

    # Words of the portal ------------------------------------------------------------------------------------------

    def _note_words(self, values: Mapping[str, Any]) -> None:
        """Note what the portal says that nobody has explained yet."""
        seen = [(WordKind.FIELD, name) for name in DATE_FIELDS if values.get(name)]
        if self.reading.state:
            seen.append((WordKind.STATE, self.reading.state))
        for kind, word in seen:
            if self.session.get(PortalWord, (kind, word)) is None:
                self.session.add(PortalWord(kind=kind, word=word, first_seen_at=self.reading.at))
                self.session.flush()

    def _note_days(self, values: Mapping[str, Any]) -> None:
        """Record the day of a step that a date field gives, once an editor has said of which step it is the day."""
        known = looks.meanings(self.session, WordKind.FIELD)
        for name in DATE_FIELDS:
            day = official_petitions.day_in(values.get(name))
            kind = known.get(name)
            if day is None or kind not in set(EventKind) or self._has(EventKind(kind)):
                continue
            step = {"step": "collection"} if kind == EventKind.TERM_REPORTED else {}
            key = "collection_deadline" if step else kind
            row = self._row(EventKind(kind), key, day, day, {**step, "field": name})
            recording.record_within(self.session, Draft(self.petition.number, None, DATED, (row,)), by=BY)

    def _has(self, kind: EventKind) -> bool:
        rows = select(Event.id).where(
            Event.petition_id == self.petition.id, Event.kind == kind, Event.retired_in.is_(None)
        )
        return self.session.scalar(rows.limit(1)) is not None
