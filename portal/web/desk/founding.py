"""Beginning the record of a petition, and correcting its own columns."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.domain.refusals import AlreadyRecorded
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.services import library, recording
from portal.web.desk import access, bp, saving
from portal.web.desk.access import requires
from portal.web.desk.forms.particulars import FoundForm, ParticularsForm
from portal.web.desk.records import BOTH, petition_of


@bp.route("/petitions/new", methods=BOTH)
@requires(Right.RECORD)
def found() -> ResponseReturnValue:
    """Begin the record of a petition; one that the record has already is not begun again."""
    form = FoundForm.asked_for()
    if form.grow() or not form.is_valid():
        return render_template("desk/found.html", form=form, cited=library.latest_keys()), saving.status_of(form)
    try:
        saved = recording.found(form.own(), form.rows(), by=access.account().code)
    except AlreadyRecorded as error:
        flash(refusal(error))
        return redirect(url_for("desk.petition", number=error.number), 303)
    flash(gettext("The record is begun. It is public now."))
    return redirect(url_for("desk.petition", number=saved.petition), 303)


@bp.route("/petitions/<int:number>/particulars", methods=BOTH)
@requires(Right.CORRECT)
def particulars(number: int) -> ResponseReturnValue:
    """Correct a petition's own columns, with a reason; what stood is kept."""
    return saving.answer(ParticularsForm.of(petition_of(number)))
