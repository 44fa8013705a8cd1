"""Campaigns at the desk: the list of all, the workbench of one, its versions, and its page before it is public."""

from datetime import date

from flask import Response, abort, g, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.campaigns import State
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.services import campaign_desk
from portal.services.campaign_desk import Work
from portal.services.campaign_flaws import Content, opened, readable
from portal.services.campaign_format import Campaign
from portal.web import query
from portal.web.desk import access, bp
from portal.web.desk import campaign_view as view
from portal.web.desk.access import requires
from portal.web.public import campaign_kit
from portal.web.public.campaign_view import page_of

OF = {"draft", "proposal", "public"}


def work_on(campaign_id: str) -> Work:
    """Return what there is of a campaign, or answer that there is none."""
    is_id = len(campaign_id) <= 8 and campaign_desk.SUBJECT.fullmatch(campaign_desk.subject_of(campaign_id))
    return (campaign_desk.of(campaign_id) if is_id else None) or abort(404)


@bp.get("/campaigns")
@requires(Right.SEE)
def campaigns() -> ResponseReturnValue:
    """List the campaigns with where each stands, and in which languages it is complete."""
    query.read(())
    lines = [view.line_of(each, clock.today()) for each in campaign_desk.every()]
    return render_template("desk/campaigns.html", lines=lines)


@bp.get("/campaigns/<string:campaign_id>")
@requires(Right.SEE)
def campaign(campaign_id: str) -> ResponseReturnValue:
    """Show the workbench of a campaign."""
    query.read(())
    bench = view.bench_of(work_on(campaign_id), clock.today(), access.account().code)
    return render_template("desk/campaign.html", bench=bench)


@bp.get("/campaigns/<string:campaign_id>/versions/<int:sequence>")
@requires(Right.SEE)
def campaign_version(campaign_id: str, sequence: int) -> ResponseReturnValue:
    """Show what a version changed."""
    query.read(())
    work, versions = work_on(campaign_id), campaign_desk.versions(campaign_id)
    row = next((each for each in versions if each.recorded_in == sequence), None) or abort(404)
    changes = view.changes_of(view.content_before(work, versions, row), row.content)
    return render_template("desk/campaign_version.html", work=work, row=row, changes=changes)


@bp.get("/campaigns/<string:campaign_id>/preview")
@requires(Right.SEE)
def preview_campaign(campaign_id: str) -> ResponseReturnValue:
    """Show the public page of a draft or of a proposal as it would look on the day on which it opens."""
    of = query.one_of("of", query.read({"of"}).get("of", "draft"), OF)
    work = work_on(campaign_id)
    found = _readable(work, of)
    on = _day_of(found)
    page = page_of(found, on, g.lang, (), picture=lambda name, lang: _picture_address(campaign_id, name, lang, of))
    notice = _notice(work, of)
    return render_template("desk/campaign_preview.html", page=page, notice=notice, work=work, preview_of=of)


@bp.get("/campaigns/<string:campaign_id>/preview/<string:name>.png")
@requires(Right.SEE)
def preview_campaign_picture(campaign_id: str, name: str) -> ResponseReturnValue:
    """Draw a picture of a draft or of a proposal."""
    asked = query.read({"of"})
    found = _readable(work_on(campaign_id), query.one_of("of", asked.get("of", "draft"), OF))
    picture = campaign_kit.drawn(found, name, g.lang) or abort(404)
    return Response(picture, mimetype="image/png")


def _readable(work: Work, of: str) -> Campaign:
    found, _ = readable(opened(_content(work, of), clock.today()))
    return found or abort(404)


def _content(work: Work, of: str) -> Content:
    if of == "proposal":
        said = campaign_desk.proposed(work.proposal) if work.proposal else None
        return (said or abort(404)).content
    return work.latest if of == "draft" else work.served or abort(404)


def _day_of(campaign: Campaign) -> date:
    """Return today, or the day on which a campaign opens that has not opened yet."""
    today, starts = clock.today(), campaign.states.starts
    return starts[State.OPEN].day if starts and campaign.states.on(today) is State.DRAFT else today


def _notice(work: Work, of: str) -> str:
    if of == "proposal":
        return gettext("Proposed, not public. This is how the page will look if a second person confirms it.")
    if of == "draft" and work.draft:
        return gettext("Draft, not public. What is not written yet is shown as three dots.")
    return gettext("This is what the public reads.")


def _picture_address(campaign_id: str, name: str, lang: str, of: str) -> str:
    return url_for("desk.preview_campaign_picture", campaign_id=campaign_id, name=name, lang=lang, of=of)
