"""The hub: what needs a person, whose it is, until when it waits; and whether sources still open."""

from datetime import date
from typing import cast

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from portal import clock
from portal.domain.refusals import Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.models.desk import SourceState
from portal.services import source_checks, task_notes, tasks
from portal.web import query
from portal.web.desk import bp
from portal.web.desk.access import account, may, requires
from portal.web.desk.forms.tasks import CheckForm, NoteForm
from portal.web.desk.hub_view import Asked, hub_of, view_of

STATES = ("unchecked", *SourceState)


@bp.get("/")
@requires(Right.SEE)
def hub() -> ResponseReturnValue:
    """Show what needs a person."""
    return render_template("desk/hub.html", hub=hub_of(Asked.read(), clock.today()))


@bp.route("/tasks/<path:key>", methods=["GET", "POST"])
@requires(Right.SEE)
def task(key: str) -> ResponseReturnValue:
    """Show one task with its notes; note whose it is and until when it waits."""
    found = tasks.by_key(key, clock.today()) or abort(404)
    noted = task_notes.with_notes([found])[0]
    form = NoteForm.asked(data=_last(noted))
    if form.is_valid() and _noted(noted, form):
        flash(gettext("Noted."))
        return redirect(url_for("desk.hub"), 303)
    people = task_notes.names()
    view = view_of(noted, clock.today(), people)
    notes = task_notes.history(key)
    page = render_template("desk/task.html", task=view, form=form, notes=notes, people=people)
    return page, 422 if form.problems else 200


def _last(noted: task_notes.Noted) -> dict[str, object]:
    until = noted.note.snoozed_until if noted.note and noted.waits(clock.today()) else None
    return {"assigned_to": noted.assigned_to, "snoozed_until": until}


def _noted(noted: task_notes.Noted, form: NoteForm) -> bool:
    if not may(noted.task.right):
        raise Forbidden
    try:
        task_notes.note(
            noted.task,
            assigned_to=form.assigned_to.data,
            snoozed_until=cast(date | None, form.snoozed_until.data),
            text=form.text.data,
            by=account().code,
            today=clock.today(),
        )
    except Refusal as error:
        _beside(form, error)
        return False
    return True


def _beside(form: NoteForm, error: Refusal) -> None:
    fields = {"reason_missing": form.text, "day_over": form.snoozed_until, "account_missing": form.assigned_to}
    words = gettext("Say why it is put off.") if error.code == "reason_missing" else refusal(error)
    fields[error.code].errors = [words]


@bp.get("/checks")
@requires(Right.SEE)
def source_check_list() -> ResponseReturnValue:
    """List sources by what was found when somebody last opened them."""
    given = query.read(("state", "after"))
    state = query.one_of("state", given["state"], STATES) if "state" in given else "unchecked"
    rows = source_checks.listed(state, after=query.number("after", given.get("after", "0")), size=51)
    following = rows[49].source.id if len(rows) > 50 else None
    return render_template(
        "desk/checks.html", rows=rows[:50], state=state, states=STATES, following=following, people=task_notes.names()
    )


@bp.route("/checks/<int:number>", methods=["GET", "POST"])
@requires(Right.RECORD)
def source_check(number: int) -> ResponseReturnValue:
    """Record what somebody found when they opened a source."""
    found = source_checks.by_id(number) or abort(404)
    form = CheckForm.asked(data={"checked_on": clock.today()})
    if form.is_valid() and _checked(number, form):
        flash(gettext("The check is recorded."))
        return redirect(url_for("desk.source_check_list"), 303)
    page = render_template("desk/check.html", checked=found, form=form, people=task_notes.names())
    return page, 422 if form.problems else 200


def _checked(number: int, form: CheckForm) -> bool:
    state, on, today = SourceState(str(form.state.data)), cast(date, form.checked_on.data), clock.today()
    try:
        source_checks.check(number, state, on, by=account().code, today=today)
    except Refusal as error:
        form.checked_on.errors = [refusal(error)]
        return False
    return True
