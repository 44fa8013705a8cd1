"""Imports: a file is read, shown as a difference, kept for an hour, and carried out whole or not at all."""

import re
from collections.abc import Generator
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from portal import clock
from portal.db import db, writing
from portal.domain.refusals import ImportGone, ReasonMissing
from portal.models import Petition
from portal.services import recording, register
from portal.services.import_files import read_file
from portal.services.import_format import items_of
from portal.services.import_plan import Plan, plan_of
from portal.services.import_tables import LARGEST_FILE, ZIP, Fault, read_table

KEPT_FOR = 3600
"""Seconds for which a file waits between being shown and being carried out."""

DIGEST = re.compile(r"[0-9a-f]{64}")
YAML_BEGINS = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:[A-Za-z_]+\s*:(?:\s|$)|-\s)")


def plan(data: bytes, *, reason: str | None, may_correct: bool, today: date) -> Plan:
    """Return what a file would do to the record, or what is wrong with it. Nothing is written."""
    if len(data) > LARGEST_FILE:
        return Plan(faults=[Fault(0, "", "file_too_large")])
    items, faults = read_file(data, _numbers(), today) if _is_yaml(data) else items_of(read_table(data), today)
    return plan_of(items, faults, reason=reason, may_correct=may_correct)


def _is_yaml(data: bytes) -> bool:
    return not data.startswith(ZIP) and YAML_BEGINS.match(data[:10_000].decode("utf-8-sig", "replace")) is not None


def _numbers() -> dict[str, int]:
    rows = select(Petition.register_id, Petition.number).where(Petition.register_id.is_not(None))
    return {str(row[0]): row[1] for row in db.session.execute(rows)}


def carry_out(planned: Plan, *, by: str, reason: str) -> Generator[int, None, None]:
    """Bring a plan into the record in one transaction; yield how many of its steps are done.

    Nothing of it is there before the last step, and nothing ever if the caller goes away before or anything is
    refused. Raises what ``recording.record`` raises, and ``ReasonMissing``.
    """
    if not reason:
        raise ReasonMissing
    if not planned.is_possible:
        raise ValueError("a plan that cannot be carried out")
    done = 0
    with writing() as session:
        for section, record in planned.references:
            register.put_within(session, section.value, record, by=by, reason=reason)
            done += 1
            yield done
        for draft in planned.drafts:
            recording.record_within(session, draft, by=by)
            session.flush()
            session.expunge_all()  # A long import would else be slowed down by all that it has read.
            done += 1
            yield done


# Between being shown and being carried out
# ------------------------------------------------------------------------------------------------------------------


def keep(folder: Path, data: bytes, *, by: str) -> str:
    """Keep a file for an hour under its SHA-256, for one account alone; return the digest."""
    forget(folder)
    digest = sha256(data).hexdigest()
    own = folder / by
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = own / digest
    path.write_bytes(data)
    path.chmod(0o600)
    return digest


def kept(folder: Path, digest: str, *, by: str) -> bytes:
    """Return a file that an account sent. Raises ``ImportGone`` where it sent none such, or its hour is over."""
    forget(folder)
    path = folder / by / digest
    if not DIGEST.fullmatch(digest) or not path.is_file():
        raise ImportGone
    data = path.read_bytes()
    if sha256(data).hexdigest() != digest:
        raise ImportGone
    return data


def drop(folder: Path, digest: str, *, by: str) -> None:
    """Throw a file away that was carried out."""
    if DIGEST.fullmatch(digest):
        (folder / by / digest).unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Throw away every file whose hour is over."""
    if not folder.is_dir():
        return
    oldest = clock.now().timestamp() - KEPT_FOR
    for path in folder.glob("*/*"):
        if path.is_file() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
