"""The steps of a campaign: one person proposes and another confirms (``confirming``); one closes and says why."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.campaign_refusals import CampaignUnready
from portal.domain.refusals import Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.services import campaign_desk
from portal.services.campaign_desk import Work
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
