"""Writing a campaign at the desk: a new one, a draft of one, and its translation. Nothing of it is public."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.refusals import ChangedMeanwhile, Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.services import campaign_desk, campaigns, tracking
from portal.services.campaign_desk import Work
from portal.services.campaign_differences import texts_in
from portal.services.campaign_flaws import Content, Flaw, flaws_of
from portal.web import query
from portal.web.desk import access, bp
from portal.web.desk import campaign_view as view
from portal.web.desk.access import requires
from portal.web.desk.campaigns import work_on
from portal.web.desk.forms.base import DeskForm
from portal.web.desk.forms.campaign import (
    CampaignForm,
    content_of,
    data_of,
    original_of,
    pruned,
    translated,
    translation_of,
)

BOTH = ["GET", "POST"]
UNPROCESSABLE, CONFLICT = 422, 409
NEW = "c9999999"
"""What a campaign is called that has no number yet."""


@bp.route("/campaigns/new", methods=BOTH)
@requires(Right.RECORD)
def new_campaign() -> ResponseReturnValue:
    """Begin a campaign."""
    return _edited(Work(NEW, None, None, None, None))


@bp.route("/campaigns/<string:campaign_id>/edit", methods=BOTH)
@requires(Right.RECORD)
def edit_campaign(campaign_id: str) -> ResponseReturnValue:
    """Write the draft of a campaign, part by part."""
    return _edited(work_on(campaign_id))


def _edited(work: Work) -> ResponseReturnValue:
    query.read(())
    form = _form(work)
    petition = _petition_named(form)
    form.items.choices = view.items(form.kind.data, petition)
    if not form.was_sent or form.grow():
        return _page(work, form)
    content = content_of(form, petition, work.latest)
    if not form.validate() or _blamed(form, work.id, content):
        return _page(work, form, status=UNPROCESSABLE)
    return _kept(work, form, content, "desk/campaign_edit.html")


def _form(work: Work) -> CampaignForm:
    form = CampaignForm.asked(data={**data_of(work.latest, _number(work.latest)), "seen": str(work.seen)})
    assert isinstance(form, CampaignForm)
    form.kind.choices = view.kinds()
    form.successor.choices = view.successors(work.id)
    return form


def _number(content: Content) -> int | None:
    found = campaigns.petition_named(str(content.get("petition", "")))
    return found.number if found else None


def _petition_named(form: CampaignForm) -> str | None:
    """Return what the record calls the petition of a number; of one that there is not, the number."""
    number = form.petition.data
    found = tracking.by_number(int(number)) if number else None
    return (found.register_id if found else None) or (str(number) if number is not None else None)


def _blamed(form: CampaignForm, campaign_id: str, content: Content) -> bool:
    """Put beside the fields what cannot be kept even in a draft; tell whether there is any."""
    wrong: list[Flaw] = [
        each for each in flaws_of(campaign_id, {**content, "id": campaign_id}, clock.today()) if each.stops_saving
    ]
    form.blame(wrong)
    return bool(wrong)


def _kept(work: Work, form: Any, content: Content, template: str, **shown: Any) -> ResponseReturnValue:
    """Keep a draft and go to its workbench; where somebody else was faster, say so and keep what was typed."""
    seen = int(form.seen.data) if str(form.seen.data or "").isdigit() else 0
    campaign_id = None if work.id == NEW else work.id
    try:
        kept = campaign_desk.save(campaign_id, content, by=access.account().code, seen=seen)
    except ChangedMeanwhile as error:
        now = work_on(work.id)
        form.seen.data = str(now.seen)
        return _page(now, form, template, problem=refusal(error), status=CONFLICT, **shown)
    except Refusal as error:
        return _page(work, form, template, problem=refusal(error), status=UNPROCESSABLE, **shown)
    flash(gettext("The draft is kept. It is not public."))
    return redirect(url_for("desk.campaign", campaign_id=kept.campaign), 303)


def _page(
    work: Work,
    form: DeskForm,
    template: str = "desk/campaign_edit.html",
    *,
    problem: str | None = None,
    status: int = 200,
    **shown: Any,
) -> ResponseReturnValue:
    changed: Sequence[view.Change] = ()
    if problem and work.draft:  # What the other one changed.
        before = view.content_before(work, campaign_desk.versions(work.id), work.draft)
        changed = view.changes_of(before, work.draft.content)
    body = render_template(
        template,
        work=work,
        form=form,
        problem=problem,
        changed=changed,
        is_new=work.id == NEW,
        sources=view.sources(),
        **shown,
    )
    return body, status


@bp.route("/campaigns/<string:campaign_id>/translate", methods=BOTH)
@requires(Right.RECORD)
def translate_campaign(campaign_id: str) -> ResponseReturnValue:
    """Write the texts of a campaign in three languages side by side."""
    query.read(())
    work = work_on(campaign_id)
    content = deepcopy(work.latest)
    texts = list(texts_in(content))
    form = translation_of(texts)
    if form.seen.data in (None, ""):
        form.seen.data = str(work.seen)
    shown = {"texts": _rows(texts, work), "original": original_of(content)}
    if not form.was_sent:
        return _page(work, form, "desk/campaign_translate.html", **shown)
    if not form.validate():
        return _page(work, form, "desk/campaign_translate.html", status=UNPROCESSABLE, **shown)
    translated(form, content, texts)
    return _kept(work, form, pruned(content) or {}, "desk/campaign_translate.html", **shown)


def _rows(texts: Any, work: Work) -> Any:
    """Return the texts with the names of their fields, their originals, and the translations that are older."""
    old = set(view.stale_in(work, campaign_desk.versions(work.id)))
    return [
        ("-".join(map(str, where)), text.get("original"), {lang for place, lang in old if place == where})
        for where, text in texts
    ]
