"""Campaigns: the list of them, and the page of one. Drafts are not found, and withheld ones say so."""

from collections.abc import Collection

from flask import Flask, abort, current_app, g, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.campaigns import State
from portal.services import campaigns as calls
from portal.web import query
from portal.web.public import bp, campaign_view


def init(app: Flask) -> None:
    """Read the campaigns, so that no application starts with a bad file or with a slip in what is to be withheld."""
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
    found, on = calls.by_id(campaign_id), clock.today()
    if found is not None and found.id in withheld_of(current_app):
        raise query.BadInput("campaign_withheld", status=404)
    if found is None or found.states.on(on) is State.DRAFT:
        abort(404)
    page = campaign_view.page_of(found, on, g.lang, withheld_of(current_app))
    return render_template("public/campaign.html", page=page)
