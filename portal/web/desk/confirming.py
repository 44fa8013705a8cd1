"""What waits for a second person: everything that is proposed, one proposal, and its end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.refusals import ChangedMeanwhile, Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.models import Proposal
from portal.models.desk import ProposalState
from portal.services import proposals, recording
from portal.web.desk import access, bp
from portal.web.desk.access import requires
from portal.web.desk.campaign_review import confirm_campaign, name_of_campaign, proposed_campaign
from portal.web.desk.forms.settling import ConfirmForm, ReasonForm
from portal.web.desk.proposal_view import name_of_change, proposed_change
from portal.web.desk.saving import CONFLICT, UNPROCESSABLE

BOTH = ["GET", "POST"]
GREATEST_NUMBER = 2**31 - 1
SETTLED_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Review:
    """How a kind of subject is confirmed: template and style of what is proposed, its name, what it says, the verb.

    ``shown`` returns an object whose ``seen`` goes back with the confirmation; ``confirm`` raises refusals.
    """

    template: str
    name: Callable[[Proposal], str]
    shown: Callable[[Proposal], Any]
    confirm: Callable[[int, int, str], object]
    style: str = ""


def _confirm_change(number: int, seen: int, by: str) -> object:
    return recording.confirm(number, seen=seen, by=by)


REVIEWS: Mapping[str, Review] = {
    "petition": Review("desk/proposed_change.html", name_of_change, proposed_change, _confirm_change),
    "campaign": Review(
        "desk/proposed_campaign.html",
        name_of_campaign,
        proposed_campaign,
        confirm_campaign,
        style="css/desk-campaigns.css",
    ),
}
"""By the kind that the subject of a proposal begins with."""


@dataclass(frozen=True, slots=True)
class Page:
    """One proposal: what it is, what may be done with it, and what was refused just now."""

    proposal: Proposal
    review: Review
    shown: Any
    is_own: bool
    why: str | None
    confirm: ConfirmForm
    end: ReasonForm
    problem: str | None = None
    status: int = 200

    @property
    def is_waiting(self) -> bool:
        """Whether nobody settled it yet."""
        return self.proposal.state == ProposalState.WAITING


@bp.get("/proposals")
@requires(Right.SEE)
def proposals_waiting() -> ResponseReturnValue:
    """List what waits for a second person, one's own apart, and what was settled last."""
    own = access.account().code
    waiting, settled = _named(proposals.waiting()), _named(proposals.settled(SETTLED_SHOWN))
    others = [(each, name) for each, name in waiting if each.proposed_by != own]
    mine = [(each, name) for each, name in waiting if each.proposed_by == own]
    return render_template("desk/proposals.html", others=others, own=mine, settled=settled)


@bp.get("/proposals/<int:number>")
@requires(Right.SEE)
def proposal(number: int) -> ResponseReturnValue:
    """Show what is proposed, field by field, what it would do, and what can be done with it."""
    return _answer(_page(_found(number)))


@bp.route("/proposals/<int:number>/confirm", methods=BOTH)
@requires(Right.CONFIRM)
def confirm(number: int) -> ResponseReturnValue:
    """Bring what somebody else proposed into the record."""
    page = _page(_found(number))
    return _settle(
        page,
        page.confirm,
        lambda: page.review.confirm(number, page.confirm.seen_number(), access.account().code),
        gettext("Confirmed. It is public now."),
    )


@bp.route("/proposals/<int:number>/decline", methods=BOTH)
@requires(Right.CONFIRM)
def decline(number: int) -> ResponseReturnValue:
    """Say no to what somebody else proposed, with a reason."""
    page = _page(_found(number))
    return _settle(
        page,
        page.end,
        lambda: proposals.decline(number, by=access.account().code, reason=str(page.end.reason.data)),
        gettext("Declined. It stays readable at the desk."),
    )


@bp.route("/proposals/<int:number>/withdraw", methods=BOTH)
@requires(Right.RECORD)
def withdraw_proposal(number: int) -> ResponseReturnValue:
    """Take back what one proposed oneself, with a reason."""
    page = _page(_found(number))
    if not page.is_own:
        abort(403)
    return _settle(
        page,
        page.end,
        lambda: proposals.withdraw(number, by=access.account().code, reason=str(page.end.reason.data)),
        gettext("Taken back. It stays readable at the desk."),
    )


def _named(found: Sequence[Proposal]) -> list[tuple[Proposal, str]]:
    """Return proposals with what each is about."""
    return [(each, _name(each)) for each in found]


def _name(found: Proposal) -> str:
    return REVIEWS[_kind(found)].name(found)


def _kind(found: Proposal) -> str:
    return found.subject.partition("/")[0]


def _found(number: int) -> Proposal:
    found = proposals.by_id(number) if 0 < number <= GREATEST_NUMBER else None
    return found or abort(404)


def _page(found: Proposal) -> Page:
    review = REVIEWS.get(_kind(found)) or abort(404)
    why = None if found.state == ProposalState.WAITING else proposals.reason_of(found)
    is_own = found.proposed_by == access.account().code
    shown = review.shown(found)
    forms = ConfirmForm.asked(data={"seen": str(shown.seen)}), ReasonForm.asked()
    return Page(found, review, shown, is_own, why, *forms)


def _settle(page: Page, form: ConfirmForm | ReasonForm, act: Callable[[], object], said: str) -> ResponseReturnValue:
    """Do what was asked; where it is refused, show the proposal again as it is now, with the refusal."""
    number = page.proposal.id
    if request.method == "GET":
        return redirect(url_for("desk.proposal", number=number), 303)
    if not form.is_valid():
        return _answer(replace(page, status=UNPROCESSABLE))
    try:
        act()
    except Refusal as error:
        return _refused(number, error)
    flash(said)
    return redirect(url_for("desk.proposal", number=number), 303)


def _refused(number: int, error: Refusal) -> ResponseReturnValue:
    """Show the proposal again, as it stands after somebody else was faster."""
    again = _page(_found(number))
    again.confirm.seen.data = str(again.shown.seen)
    words = refusal(error)
    if isinstance(error, ChangedMeanwhile):
        words = gettext("The record changed while you read this. Look at it again before you confirm.")
    return _answer(replace(again, problem=words, status=CONFLICT))


def _answer(page: Page) -> ResponseReturnValue:
    return render_template("desk/proposal.html", page=page, proposal=page.proposal), page.status
