"""The steps of a campaign: one person proposes, another confirms or declines; one person closes, and says why."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.campaign_refusals import CampaignUnready
from portal.domain.refusals import Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.models import Proposal
from portal.services import campaign_desk, proposals
from portal.services.campaign_desk import Work
from portal.services.campaign_flaws import opened
from portal.web import query
from portal.web.desk import access, bp
from portal.web.desk import campaign_view as view
from portal.web.desk.access import requires
from portal.web.desk.campaigns import work_on
from portal.web.desk.forms.campaign import ReasonForm

BOTH = ["GET", "POST"]
UNPROCESSABLE = 422
Step = Callable[[], str]
"""Takes a step and returns what was done, in a sentence."""


@bp.route("/campaigns/<string:campaign_id>/propose", methods=BOTH)
@requires(Right.RECORD)
def propose_campaign(campaign_id: str) -> ResponseReturnValue:
    """Propose that a draft become public, exactly as it is."""
    work, by = work_on(campaign_id), access.account().code
    form, bench = _form(work.seen), view.bench_of(work, clock.today(), by)

    def step() -> str:
        if bench.flaws:  # The pictures among them, of which the service knows nothing.
            raise CampaignUnready
        campaign_desk.propose(campaign_id, by=by, seen=_seen(form), reason=form.reason.data)
        return gettext("Proposed. It becomes public when somebody else confirms it.")

    return _answered(work, form, "desk/campaign_propose.html", step, bench=bench)


@bp.route("/campaigns/<string:campaign_id>/decide", methods=BOTH)
@requires(Right.CONFIRM)
def decide_campaign(campaign_id: str) -> ResponseReturnValue:
    """Confirm what somebody else proposed, or say no to it."""
    work = work_on(campaign_id)
    form = _form(work.proposal.id if work.proposal else 0)
    proposal = _proposal(work, form)
    by = access.account().code

    def step() -> str:
        if form.wants("decline"):
            proposals.decline(proposal.id, by=by, reason=form.reason.data or "")
            return gettext("Declined. The draft stays at the desk.")
        campaign_desk.confirm(proposal.id, by=by)
        return gettext("Confirmed. It is public now.")

    return _answered(work, form, "desk/campaign_decide.html", step, **_proposed(work, proposal), by=by)


@bp.route("/campaigns/<string:campaign_id>/withdraw", methods=BOTH)
@requires(Right.RECORD)
def withdraw_campaign(campaign_id: str) -> ResponseReturnValue:
    """Take back what one proposed oneself."""
    work = work_on(campaign_id)
    form = _form(work.proposal.id if work.proposal else 0)
    proposal = _proposal(work, form)
    if proposal.proposed_by != access.account().code:
        abort(403)

    def step() -> str:
        proposals.withdraw(proposal.id, by=access.account().code, reason=form.reason.data or "")
        return gettext("Withdrawn. The draft stays at the desk.")

    return _answered(work, form, "desk/campaign_withdraw.html", step)


@bp.route("/campaigns/<string:campaign_id>/close", methods=BOTH)
@requires(Right.RECORD)
def close_campaign(campaign_id: str) -> ResponseReturnValue:
    """Close a call at once. One person may: what is closed asks nobody for anything."""
    work = work_on(campaign_id)
    form, by = _form(0), access.account().code

    def step() -> str:
        campaign_desk.close(campaign_id, by=by, reason=form.reason.data or "")
        return gettext("Closed. Its page says so from now on.")

    return _answered(work, form, "desk/campaign_close.html", step, bench=view.bench_of(work, clock.today(), by))


def _form(seen: int) -> ReasonForm:
    query.read(())
    form = ReasonForm.asked(data={"seen": str(seen)})
    assert isinstance(form, ReasonForm)
    return form


def _seen(form: ReasonForm) -> int:
    text = str(form.seen.data or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _proposal(work: Work, form: ReasonForm) -> Proposal:
    """Return the proposal that the person read: not another one that may wait by now."""
    found = proposals.by_id(_seen(form))
    if found is None or campaign_desk.campaign_of(found) != work.id:
        abort(404)
    return found


def _proposed(work: Work, proposal: Proposal) -> dict[str, Any]:
    said = campaign_desk.proposed(proposal) or abort(404)
    content = opened(said.content, clock.today())
    return {"proposal": proposal, "said": said, "changes": view.changes_of(work.served or {}, content)}


def _answered(work: Work, form: ReasonForm, template: str, step: Step, **page: Any) -> ResponseReturnValue:
    """Take a step and go back to the workbench; what is refused is said above the form."""
    problem = None
    if form.is_valid():
        try:
            flash(step())
            return redirect(url_for("desk.campaign", campaign_id=work.id), 303)
        except Refusal as error:
            problem = refusal(error)
    line = view.line_of(campaign_desk.of(work.id) or work, clock.today())
    body = render_template(template, work=work, line=line, form=form, problem=problem, **page)
    return body, UNPROCESSABLE if form.was_sent else 200
