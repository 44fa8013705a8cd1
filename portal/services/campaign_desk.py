"""Campaigns at the desk: drafted and corrected by one person, opened by two, closed by one. No version is changed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db, writing
from portal.domain.campaign_refusals import (
    CampaignUnready,
    NothingToClose,
    NothingToPropose,
    OpeningPassed,
    ProposalWaits,
)
from portal.domain.campaigns import ACTIVE, State
from portal.domain.refusals import ChangedMeanwhile, NothingChanged, ReasonMissing
from portal.models import CampaignVersion, Proposal
from portal.models.audit import AuditHead
from portal.models.desk import ProposalState
from portal.services import audit, campaigns, proposals
from portal.services.campaign_flaws import Content, flaws_of, opened
from portal.services.campaign_format import Campaign
from portal.services.campaigns import version_of

SUBJECT = re.compile(r"campaign/(c[1-9][0-9]*)")


def subject_of(campaign_id: str) -> str:
    """Return what the chain calls a campaign."""
    return f"campaign/{campaign_id}"


@dataclass(frozen=True, slots=True)
class Work:
    """What there is of one campaign: its file, the version of the desk that is public, a draft, and a proposal."""

    id: str
    file: Content | None
    public: CampaignVersion | None
    draft: CampaignVersion | None
    proposal: Proposal | None

    @property
    def served(self) -> Content | None:
        """What the public has: the version of the desk, else the file."""
        return self.public.content if self.public else self.file

    @property
    def latest(self) -> Content:
        """What whoever edits begins with: the draft, else what the public has."""
        return (self.draft.content if self.draft else self.served) or {}

    @property
    def seen(self) -> int:
        """The entry of the chain by which the draft was kept; 0 where there is no draft."""
        return self.draft.recorded_in if self.draft else 0


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody proposed: the exact content, what it stands in the place of, and why."""

    content: Content
    instead_of: str | None
    reason: str | None


# Reading
# ------------------------------------------------------------------------------------------------------------------


def every() -> Sequence[Work]:
    """Return all campaigns, of files and of the desk, by number."""
    ids = {*campaigns.of_files(), *db.session.scalars(select(CampaignVersion.campaign).distinct())}
    return [_work(each) for each in sorted(ids, key=lambda each: int(each[1:]))]


def of(campaign_id: str) -> Work | None:
    """Find the work on a campaign by its id."""
    found = _work(campaign_id)
    return found if found.file or found.public or found.draft else None


def _work(campaign_id: str) -> Work:
    rows = select(CampaignVersion).where(CampaignVersion.campaign == campaign_id, CampaignVersion.retired_in.is_(None))
    current = {row.is_public: row for row in db.session.scalars(rows.execution_options(populate_existing=True))}
    waiting = proposals.waiting(subject_of(campaign_id))
    file = campaigns.content_of_file(campaign_id)
    return Work(campaign_id, file, current.get(True), current.get(False), waiting[0] if waiting else None)


def versions(campaign_id: str) -> Sequence[CampaignVersion]:
    """Return every version of the desk, drafts included, the newest first."""
    rows = select(CampaignVersion).where(CampaignVersion.campaign == campaign_id)
    return db.session.scalars(rows.order_by(CampaignVersion.id.desc())).all()


def proposed(proposal: Proposal) -> Proposed | None:
    """Return what a proposal says; nothing where it was erased."""
    kept = proposals.content_of(proposal)
    return None if kept is None else Proposed(kept["content"], kept["instead_of"], kept["reason"])


def campaign_of(proposal: Proposal) -> str | None:
    """Return the id of the campaign that a proposal is about; nothing where it is about anything else."""
    found = SUBJECT.fullmatch(proposal.subject)
    return found[1] if found else None


# Writing
# ------------------------------------------------------------------------------------------------------------------


def save(campaign_id: str | None, content: Content, *, by: str, seen: int = 0) -> CampaignVersion:
    """Keep a draft in the place of the one before; without an id, of a new campaign.

    ``seen`` is ``Work.seen`` when the person began. What says the same as the draft that there is adds nothing. Raises
    ``ChangedMeanwhile`` where somebody kept another draft since then, ``NothingChanged`` where it is public already.
    """
    with writing() as session:
        _alone(session)
        campaign_id = campaign_id or _next_id(session)
        work, content = _work(campaign_id), {**content, "id": campaign_id}
        if work.seen != seen:
            raise ChangedMeanwhile((work.seen,) if work.seen else ())
        if work.draft is not None and work.draft.content == content:
            return work.draft
        if work.draft is None and work.served == content:
            raise NothingChanged
        after = {"draft": version_of(content)}
        entry = audit.append("campaign.drafted", subject_of(campaign_id), by=by, after=after)
        return _stand(session, work.draft, campaign_id, content, by=by, sequence=entry.sequence)


def propose(campaign_id: str, *, by: str, seen: int, reason: str | None = None) -> Proposal:
    """Propose that the draft become public, exactly as it is. Somebody else must confirm.

    Raises ``ReasonMissing`` where something stands that it would change, ``NothingToPropose``, ``ProposalWaits``,
    ``ChangedMeanwhile`` and ``CampaignUnready``.
    """
    with writing() as session:
        _alone(session)
        work = _work(campaign_id)
        if work.draft is None or work.draft.content == work.served:
            raise NothingToPropose
        if work.seen != seen:
            raise ChangedMeanwhile((work.seen,))
        if work.proposal is not None:
            raise ProposalWaits
        if work.served is not None and not reason:
            raise ReasonMissing
        if flaws_of(campaign_id, work.draft.content, clock.today()):
            raise CampaignUnready
        content = {"content": work.draft.content, "instead_of": _name(work.served), "reason": reason}
        return proposals.add(session, subject_of(campaign_id), content, by=by)


def confirm(number: int, *, by: str) -> CampaignVersion:
    """Agree to what somebody else proposed: it is public from now on.

    A campaign without a day of opening opens today. Raises ``AlreadySettled``, ``OwnProposal``, ``OpeningPassed``,
    ``ChangedMeanwhile`` where the public has something else by now than the proposal was made for, and
    ``CampaignUnready``.
    """
    today = clock.today()
    with writing() as session:
        proposal = proposals.locked(session, number)
        proposals.require_another(proposal, by)
        _alone(session)
        work = _work(campaign_of(proposal) or "")
        said, content = require_confirmable(proposal, work, today)
        action = "campaign.corrected" if _asks(work.served, today) else "campaign.opened"
        entry = _append(action, work, content, by=by, reason=said.reason)
        proposals.settle(proposal, ProposalState.CONFIRMED, by=by, sequence=entry.sequence)
        if work.draft is not None and work.draft.content == said.content:
            work.draft.retired_in = entry.sequence
        return _stand(session, work.public, work.id, content, by=by, sequence=entry.sequence, is_public=True)


def require_confirmable(proposal: Proposal, work: Work, on: date) -> tuple[Proposed, Content]:
    """Return what a proposal says, and the content that would be public from a day on.

    Raises ``ChangedMeanwhile`` where it was made for something else than the public has, ``OpeningPassed`` and
    ``CampaignUnready``.
    """
    said = proposed(proposal)
    if said is None or said.instead_of != _name(work.served):
        raise ChangedMeanwhile((work.public.recorded_in,) if work.public else ())
    content = opened(said.content, on)
    _require_ready(work.id, content, on)
    return said, content


def close(campaign_id: str, *, by: str, reason: str) -> CampaignVersion:
    """Close a call from today on. One person may, since closing asks nobody for anything; the chain says why.

    What was only announced never opens. Raises ``ReasonMissing`` and ``NothingToClose``.
    """
    if not reason:
        raise ReasonMissing
    with writing() as session:
        _alone(session)
        work = _work(campaign_id)
        content = _closed(work.served, clock.today())
        entry = _append("campaign.closed", work, content, by=by, reason=reason)
        return _stand(session, work.public, work.id, content, by=by, sequence=entry.sequence, is_public=True)


def _alone(session: Session) -> None:
    """Hold the head of the chain: whoever else would write to it waits, and reads what was committed before."""
    session.get(AuditHead, 1, with_for_update=True)


def _next_id(session: Session) -> str:
    """Return the id after the greatest that there ever was, of a file or of the desk."""
    taken = {*campaigns.of_files(), *session.scalars(select(CampaignVersion.campaign).distinct())}
    return f"c{max((int(each[1:]) for each in taken), default=0) + 1}"


def _stand(
    session: Session,
    before: CampaignVersion | None,
    campaign_id: str,
    content: Content,
    *,
    by: str,
    sequence: int,
    is_public: bool = False,
) -> CampaignVersion:
    if before is not None:
        before.retired_in = sequence
        session.flush()  # The place is free before the next one takes it.
    made = CampaignVersion(
        campaign=campaign_id,
        is_public=is_public,
        content=content,
        recorded_at=clock.now(),
        recorded_by=by,
        recorded_in=sequence,
    )
    session.add(made)
    session.flush()
    return made


def _name(content: Content | None) -> str | None:
    return None if content is None else version_of(content)


def _append(action: str, work: Work, content: Content, *, by: str, reason: str | None) -> Any:
    before = None if work.served is None else _summary(work.served)
    return audit.append(action, subject_of(work.id), by=by, before=before, after=_summary(content), reason=reason)


def _summary(content: Content) -> Mapping[str, Any]:
    """Return what the chain says of a public version: its days, and the digest that names its content."""
    days = {state.value: content[state.value] for state in State if content.get(state.value) is not None}
    return {**days, "content": version_of(content)}


def _require_ready(campaign_id: str, content: Content, on: date) -> None:
    flaws = flaws_of(campaign_id, content, on)
    if any(each.code == "opening_passed" for each in flaws):
        raise OpeningPassed
    if flaws:
        raise CampaignUnready


def _asks(content: Content | None, on: date) -> bool:
    """Tell whether a public content asks for something, or is announced to."""
    try:
        states = Campaign.model_validate(content).states
    except ValidationError:  # Nothing, or written for another release: the public has neither.
        return False
    return states.on(on) in ACTIVE or (bool(states.starts) and states.on(on) is State.DRAFT)


def _closed(content: Content | None, on: date) -> Content:
    if not _asks(content, on):
        raise NothingToClose
    assert content is not None
    states = Campaign.model_validate(content).states.closed_on(on)
    kept = {name: value for name, value in content.items() if name not in {*State} or State(name) in states.starts}
    return {**kept, State.CLOSED.value: on.isoformat()} if states.starts else kept
