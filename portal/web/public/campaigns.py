"""Campaigns: the list of them, the page of one, and its pictures. Drafts are not found, and withheld ones say so."""

from collections.abc import Collection

from flask import Flask, Response, abort, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.campaigns import ACTIVE, State
from portal.services import campaigns as calls
from portal.services.campaign_format import Campaign
from portal.web import query
from portal.web.public import bp, campaign_kit, campaign_view

AN_HOUR = 3600


def init(app: Flask) -> None:
    """Read the campaigns, so that no application starts with a bad file or with a slip in what is to be withheld."""
    with app.app_context():
        calls.require_known(withheld_of(app))


def withheld_of(app: Flask) -> Collection[str]:
    """Return the ids of the campaigns that the settings withhold."""
    named = app.extensions["settings"].withheld_campaigns.split(",")
    return frozenset(each.strip() for each in named if each.strip())


@bp.get("/campaigns")
def campaigns() -> ResponseReturnValue:
    """List the campaigns: those that still ask for something, then the closed ones and the archive."""
    query.read(())
    page = campaign_view.list_of(calls.shown(clock.today(), withheld_of(current_app)), clock.today(), g.lang)
    return render_template("public/campaigns.html", parts=page)


@bp.get("/campaigns/<string:campaign_id>")
def campaign(campaign_id: str) -> ResponseReturnValue:
    """Show a campaign: whose call it is, where it stands, and what it asks for or once asked for."""
    query.read(())
    found, on = _asked(campaign_id), clock.today()
    page = campaign_view.page_of(found, on, g.lang, withheld_of(current_app))
    return render_template("public/campaign.html", page=page)


@bp.get("/campaigns/<string:campaign_id>/<string:name>.png")
def campaign_picture(campaign_id: str, name: str) -> ResponseReturnValue:
    """Draw a picture of a running campaign of the desk. ``v`` only makes a new address of it."""
    query.read({"v"})
    found = _asked(campaign_id)
    picture = campaign_kit.drawn(found, name, g.lang) if found.states.on(clock.today()) in ACTIVE else None
    if picture is None:
        abort(404)
    return picture_answer(picture)


def picture_answer(picture: bytes) -> Response:
    """Return a picture that a browser may keep for an hour."""
    answer = Response(picture, mimetype="image/png")
    answer.cache_control.public = True
    answer.cache_control.max_age = AN_HOUR
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _asked(campaign_id: str) -> Campaign:
    """Return the campaign of an address, where the public may read it today."""
    found = calls.by_id(campaign_id)
    if found is not None and found.id in withheld_of(current_app):
        raise query.BadInput("campaign_withheld", status=404)
    if found is None or found.states.on(clock.today()) is State.DRAFT:
        abort(404)
    return found
