"""Proposals that wait for a second person."""

from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.domain.tasks import Form, Task, TaskKind
from portal.models import Proposal
from portal.models.desk import ProposalState


def tasks() -> list[Task]:
    """Return a task for each proposal that waits; ``by`` is who may not confirm it."""
    waiting = select(Proposal).where(Proposal.state == ProposalState.WAITING).order_by(Proposal.id)
    return [_task(each) for each in db.session.scalars(waiting)]


def _task(proposal: Proposal) -> Task:
    kind, _, key = proposal.subject.partition("/")
    return Task(
        TaskKind.PROPOSAL,
        f"proposal/{proposal.id}",
        int(key) if kind == "petition" and key.isdecimal() else None,
        clock.day_of(proposal.proposed_at),
        Form.PROPOSAL,
        ("proposal", str(proposal.id)),
        {"subject": proposal.subject},
        by=proposal.proposed_by,
    )
