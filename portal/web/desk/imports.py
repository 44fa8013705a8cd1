"""Imports at the desk: a file, the difference that it makes row by row, and the yes that carries it out."""

from collections.abc import Iterator
from pathlib import Path

from flask import Response, current_app, flash, g, redirect, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.refusals import ImportGone, Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext, speaking
from portal.i18n.refusals import refusal
from portal.services import import_format, imports
from portal.services.import_plan import Plan
from portal.web import query
from portal.web.desk import bp
from portal.web.desk.access import account, may, requires
from portal.web.desk.forms.imports import CarryOutForm, ImportForm
from portal.web.desk.import_view import SECTIONS_WITH_TEMPLATES, columns, difference, kinds

STEPS_SHOWN = 50
"""Into how many parts the progress of an import is told."""


@bp.route("/import", methods=["GET", "POST"], endpoint="imports")
@requires(Right.RECORD)
def choose() -> ResponseReturnValue:
    """Take a file and show what it would do; nothing is written."""
    form = ImportForm.asked()
    if form.is_valid():
        data = form.sent()
        if data:
            return _shown(data, str(form.reason.data))
        form.file.errors = [gettext("Choose a file.")]
    page = render_template(
        "desk/import.html", form=form, sections=SECTIONS_WITH_TEMPLATES, columns=columns, kinds=kinds()
    )
    return page, 422 if form.problems else 200


@bp.get("/import/<section>.csv")
@requires(Right.RECORD)
def import_template(section: str) -> ResponseReturnValue:
    """Give an empty table to fill in."""
    found = import_format.Section(query.one_of("section", section, SECTIONS_WITH_TEMPLATES))
    table = Response(import_format.template_of(found), mimetype="text/csv")
    table.headers["Content-Disposition"] = f'attachment; filename="{found}.csv"'
    return table


@bp.post("/import/carry-out")
@requires(Right.RECORD)
def carry_out() -> ResponseReturnValue:
    """Carry out what was shown; show the difference again where it is another one by now."""
    form = CarryOutForm.asked()
    if not form.is_valid():
        flash(next(iter(form.problems.values()), gettext("This cannot be read here.")))
        return redirect(url_for("desk.imports"), 303)
    try:
        data = imports.kept(_folder(), str(form.digest.data), by=account().code)
    except ImportGone as error:
        flash(refusal(error))
        return redirect(url_for("desk.imports"), 303)
    reason = str(form.reason.data)
    planned = _plan(data, reason)
    if planned.digest != form.shown.data or not planned.is_possible:
        return _shown(data, reason, changed=True)
    return Response(stream_with_context(_told(planned, str(form.digest.data), reason)), mimetype="text/html")


def _folder() -> Path:
    return Path(current_app.instance_path) / "imports"


def _plan(data: bytes, reason: str) -> Plan:
    return imports.plan(data, reason=reason, may_correct=may(Right.CORRECT), today=clock.today())


def _shown(data: bytes, reason: str, *, changed: bool = False) -> ResponseReturnValue:
    planned = _plan(data, reason)
    form = CarryOutForm()
    if planned.is_possible:
        form.digest.data = imports.keep(_folder(), data, by=account().code)
        form.shown.data, form.reason.data = planned.digest, reason
    page = render_template("desk/import_plan.html", view=difference(planned), form=form, changed=changed, reason=reason)
    return page, 422 if planned.faults else 409 if changed else 200


def _told(planned: Plan, digest: str, reason: str) -> Iterator[str]:
    """Carry the plan out, telling how far it is as it goes; whoever goes away before the end undoes it."""
    lang, code, folder = g.lang, account().code, _folder()
    each = max(planned.steps // STEPS_SHOWN, 1)
    with speaking(lang):
        head, foot = render_template("desk/import_running.html", total=planned.steps).split("<!-- progress -->")
        yield head
        try:
            for done in imports.carry_out(planned, by=code, reason=reason):
                if done % each == 0:
                    yield render_template("desk/import_progress.html", done=done, total=planned.steps)
        except Refusal as error:
            yield render_template("desk/import_end.html", problem=refusal(error), plan=planned)
        else:
            imports.drop(folder, digest, by=code)
            yield render_template("desk/import_end.html", problem=None, plan=planned)
        yield foot
