"""Taking words that name a person out of what we kept of the official portal."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.domain.refusals import Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.models import OfficialVersion, Petition
from portal.services import official_wordings as wordings
from portal.web import query
from portal.web.desk import bp
from portal.web.desk.access import account, requires
from portal.web.desk.forms.official_wordings import HideForm
from portal.web.desk.official_wordings_view import listed, whole
from portal.web.desk.records import BOTH, GREATEST_NUMBER, petition_of
from portal.web.desk.references import folder


@bp.get("/petitions/<int:number>/personal/official")
@requires(Right.MANAGE)
def official_wordings(number: int) -> ResponseReturnValue:
    """List the versions of a petition that were read on the official portal, with the fields that may name people."""
    query.read(())
    found = petition_of(number)
    versions = listed(wordings.versions_of(found))
    return render_template("desk/official_wordings.html", petition=found, versions=versions)


@bp.route("/petitions/<int:number>/personal/official/<int:version_id>", methods=BOTH)
@requires(Right.MANAGE)
def hide_official_wording(number: int, version_id: int) -> ResponseReturnValue:
    """Show what a version says where people may stand, and take some of it out for good."""
    found = petition_of(number)
    version = (wordings.version_of(found, version_id) if version_id <= GREATEST_NUMBER else None) or abort(404)
    form = HideForm.of(wordings.words_of(version))
    if form.is_valid() and _hidden(found, version, form):
        flash(gettext("Taken out. The log says from which versions, and why."))
        return redirect(url_for("desk.official_wordings", number=number), 303)
    view = whole(version, wordings.versions_of(found))
    page = render_template("desk/official_wording.html", petition=found, version=view, form=form)
    return page, 422 if form.problems else 200


def _hidden(petition: Petition, version: OfficialVersion, form: HideForm) -> bool:
    """Take out what was chosen; where that was refused, a sentence stands beside the field."""
    try:
        wordings.hide(
            petition,
            version.id,
            form.fields.data or (),
            everywhere=bool(form.everywhere.data),
            folder=folder(),
            by=account().code,
            reason=str(form.reason.data),
        )
    except Refusal as error:
        form.fields.errors = [refusal(error)]
        return False
    return True
