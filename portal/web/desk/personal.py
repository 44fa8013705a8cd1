"""Erasing what a person asked us to erase."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.models import Petition
from portal.services import old_wordings
from portal.services import personal as values
from portal.web.desk import access, bp
from portal.web.desk.access import requires
from portal.web.desk.forms.personal import PersonalForm, value_words
from portal.web.desk.records import petition_of


@bp.route("/petitions/<int:number>/personal", methods=["GET", "POST"])
@requires(Right.MANAGE)
def personal(number: int) -> ResponseReturnValue:
    """Show the personal values of a petition's record, and erase one of them."""
    found = petition_of(number)
    kept = values.values_of(found)
    form = PersonalForm.of(kept, old_wordings.old_wordings(found))
    if form.is_valid():
        _erase(found, form)
        flash(gettext("Erased. The log says that something was erased, and why."))
        return redirect(url_for("desk.personal", number=number), 303)
    erased = [value_words(each) for each in kept if each.value is None]
    page = render_template("desk/personal.html", petition=found, form=form, erased=erased)
    return page, 422 if form.problems else 200


def _erase(petition: Petition, form: PersonalForm) -> None:
    kind, _, key = str(form.what.data).partition(":")
    by, reason = access.account().code, str(form.reason.data)
    if kind == "value":
        values.erase(petition, key, by=by, reason=reason)
    else:
        table, _, row_id = key.partition(":")
        old_wordings.hide(petition, table, int(row_id), by=by, reason=reason)
