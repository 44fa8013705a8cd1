"""What the page of a proposal shows of a campaign, and how it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort

from portal import clock
from portal.domain.refusals import Refusal
from portal.i18n.locale import gettext, language
from portal.i18n.refusals import refusal
from portal.models import Proposal
from portal.models.desk import ProposalState
from portal.services import campaign_desk
from portal.services.campaign_desk import Work
from portal.services.campaign_flaws import opened
from portal.web.desk.campaign_view import Change, changes_of, title_of


@dataclass(frozen=True, slots=True)
class ProposedCampaign:
    """A campaign as it was proposed. ``problem`` says why it cannot be confirmed; ``changes`` is None once erased."""

    campaign_id: str
    seen: int
    reason: str | None
    problem: str | None
    is_new: bool
    has_preview: bool
    changes: Sequence[Change] | None


def name_of_campaign(proposal: Proposal) -> str:
    """Return what a proposal is about, for a list."""
    work = _work(proposal)
    return gettext("Campaign %(id)s: %(title)s", id=work.id, title=title_of(work, language())[0])


def proposed_campaign(proposal: Proposal) -> ProposedCampaign:
    """Return what a proposal says beside what the public has; once it is settled, what it said."""
    work, said = _work(proposal), campaign_desk.proposed(proposal)
    waits = proposal.state == ProposalState.WAITING
    before = (work.served if waits else None) or {}
    content = opened(said.content, clock.today()) if said and waits else said.content if said else None
    return ProposedCampaign(
        campaign_id=work.id,
        seen=proposal.proposed_in,
        reason=said.reason if said else None,
        problem=_problem(proposal, work) if waits else None,
        is_new=not before,
        has_preview=waits and said is not None,
        changes=None if content is None else changes_of(before, content),
    )


def confirm_campaign(number: int, _seen: int, by: str) -> object:
    """Confirm a proposal. It never changes after it was read, and what it replaces is compared."""
    return campaign_desk.confirm(number, by=by)


def _problem(proposal: Proposal, work: Work) -> str | None:
    try:
        campaign_desk.require_confirmable(proposal, work, clock.today())
    except Refusal as error:
        return refusal(error)
    return None


def _work(proposal: Proposal) -> Work:
    return campaign_desk.of(campaign_desk.campaign_of(proposal) or "") or abort(404)
