"""What one person proposes and another must confirm: it waits beside the chain, unseen, for somebody else to agree."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db, writing
from portal.domain.refusals import AlreadySettled, OwnProposal, ReasonMissing
from portal.models import AuditEntry, Proposal
from portal.models.desk import ProposalState
from portal.services import audit


def add(session: Session, subject: str, content: Mapping[str, Any], *, by: str) -> Proposal:
    """Keep a proposal within the caller's transaction. The chain learns that there is one, and not what it says."""
    digest = audit.conceal(audit.canonical(content))
    entry = audit.append("proposal.made", subject, by=by, after={"proposal": {"personal": digest}})
    made = Proposal(
        subject=subject,
        state=ProposalState.WAITING,
        content_digest=digest,
        proposed_by=by,
        proposed_at=clock.now(),
        proposed_in=entry.sequence,
    )
    session.add(made)
    session.flush()
    return made


def propose(subject: str, content: Mapping[str, Any], *, by: str) -> Proposal:
    """Keep a proposal, in one transaction."""
    with writing() as session:
        return add(session, subject, content, by=by)


def waiting(subject: str | None = None) -> Sequence[Proposal]:
    """Return what waits for a second person, the oldest first."""
    rows = select(Proposal).where(Proposal.state == ProposalState.WAITING).order_by(Proposal.id)
    return db.session.scalars(rows if subject is None else rows.where(Proposal.subject == subject)).all()


def by_id(number: int) -> Proposal | None:
    """Find a proposal."""
    return db.session.get(Proposal, number)


def content_of(proposal: Proposal) -> Mapping[str, Any] | None:
    """Return what a proposal says; nothing where it was erased."""
    kept = audit.revealed(proposal.content_digest)
    found: Mapping[str, Any] | None = None if kept is None else json.loads(kept)
    return found


def settled(limit: int) -> Sequence[Proposal]:
    """Return what was settled, the last first."""
    rows = select(Proposal).where(Proposal.state != ProposalState.WAITING).order_by(Proposal.settled_in.desc())
    return db.session.scalars(rows.limit(limit)).all()


def reason_of(proposal: Proposal) -> str | None:
    """Return why a proposal was declined or withdrawn; nothing where it was erased, or where nobody had to say."""
    entry = None if proposal.settled_in is None else db.session.get(AuditEntry, proposal.settled_in)
    kept = None if entry is None or entry.after is None else json.loads(entry.after).get("reason")
    return None if not isinstance(kept, dict) else audit.revealed(kept["personal"])


def locked(session: Session, number: int) -> Proposal:
    """Return a waiting proposal, locked: the second of two browsers finds it settled.

    Raises ``AlreadySettled``, and ``NoResultFound`` for a number that there is none of.
    """
    found = session.scalars(
        select(Proposal).where(Proposal.id == number).with_for_update().execution_options(populate_existing=True)
    ).one()
    if found.state != ProposalState.WAITING:
        raise AlreadySettled(found.state)
    return found


def require_another(proposal: Proposal, by: str) -> None:
    """Raise ``OwnProposal`` where somebody would confirm, or decline, what they proposed themselves."""
    if proposal.proposed_by == by:
        raise OwnProposal


def settle(proposal: Proposal, state: ProposalState, *, by: str, sequence: int) -> None:
    """Write down what became of a proposal, by the entry that says so, within the caller's transaction."""
    proposal.state = state
    proposal.settled_by, proposal.settled_at, proposal.settled_in = by, clock.now(), sequence


def decline(number: int, *, by: str, reason: str) -> Proposal:
    """Say no to what somebody else proposed. The reason stays at the desk, beside the chain.

    Raises ``ReasonMissing``, ``OwnProposal`` and ``AlreadySettled``.
    """
    return _end(number, ProposalState.DECLINED, by=by, reason=reason)


def withdraw(number: int, *, by: str, reason: str) -> Proposal:
    """Take back what one proposed oneself.

    Raises ``ReasonMissing``, ``AlreadySettled``, and ``PermissionError`` for somebody else's proposal.
    """
    return _end(number, ProposalState.WITHDRAWN, by=by, reason=reason)


def _end(number: int, state: ProposalState, *, by: str, reason: str) -> Proposal:
    if not reason:
        raise ReasonMissing
    with writing() as session:
        found = locked(session, number)
        if state is ProposalState.WITHDRAWN:
            if found.proposed_by != by:
                raise PermissionError("somebody else's proposal can be declined, not withdrawn")
        else:
            require_another(found, by)
        digest = audit.conceal(reason)
        entry = audit.append(f"proposal.{state}", found.subject, by=by, after={"reason": {"personal": digest}})
        settle(found, state, by=by, sequence=entry.sequence)
    return found
