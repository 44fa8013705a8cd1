"""How every form of the desk that records something is answered: read, shown with what it would do, and then saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.refusals import ChangedMeanwhile, ReasonMissing, Refusal
from portal.domain.standing_difference import Difference, ObligationDifference, differences
from portal.domain.timeline import Status
from portal.i18n import order
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.i18n.standing_differences import sentences
from portal.models import AuditEntry, Petition
from portal.services import changes, library, record_rows, recording
from portal.services.recording import Draft, Saved
from portal.web.desk import access
from portal.web.desk.forms.base import DeskForm
from portal.web.desk.forms.record import RecordForm
from portal.web.desk.row_words import line_of
from portal.web.public.change_words import name_of

UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands beside a form: the effect of saving it, what is wrong as a whole, what others changed meanwhile."""

    effect: Sequence[str] | None = None
    further: Sequence[str] = ()
    needs_second: bool = False
    warnings: Sequence[str] = ()
    problem: str | None = None
    meanwhile: Sequence[AuditEntry] = field(default_factory=tuple)
    status: int = 200


def answer(form: RecordForm) -> ResponseReturnValue:
    """Answer a form about a petition's record.

    Nothing is saved that was not shown before with its effect: a form that differs from what was shown is shown again.
    """
    if form.grow():
        return page(form)
    if not form.is_valid():
        return page(form, Shown(status=UNPROCESSABLE if form.was_sent else 200))
    draft = form.draft()
    try:
        if form.wants("save") and form.previewed.data == form.digest(draft):
            return done(form.petition, recording.record(draft, by=access.account().code))
        return page(form, previewed(form, draft))
    except Refusal as error:
        return page(form, refused(form, error))


def status_of(form: DeskForm) -> int:
    """Return the status of a page that shows a form: what was sent and refused is unprocessable."""
    return UNPROCESSABLE if form.was_sent and form.problems else 200


def previewed(form: RecordForm, draft: Draft) -> Shown:
    """Return what a draft would do to where the petition stands today, and remember that it was shown."""
    effect = recording.preview(draft, clock.today())
    form.previewed.data = form.digest(draft)
    found = differences(effect.before, effect.after)
    return Shown(
        effect=sentences(each for each in found if not is_quiet(each)),
        further=sentences(each for each in found if is_quiet(each)),
        needs_second=effect.needs_second,
        warnings=[*(order.sentence(each) for each in effect.misplaced), *form.warnings()],
    )


def is_quiet(difference: Difference) -> bool:
    """Tell whether a difference is only that a term without a start still has none, for another reason."""
    if not isinstance(difference, ObligationDifference):
        return False
    statuses = {each.status for each in (difference.before, difference.after) if each is not None}
    return statuses <= {Status.NOT_DUE, Status.START_UNKNOWN}


def refused(form: RecordForm, error: Refusal) -> Shown:
    """Return what was refused, in words. Where somebody else was faster, the form now knows and can be sent again."""
    form.previewed.data = ""
    if isinstance(error, ReasonMissing):
        form.reason.errors = [refusal(error)]
        return Shown(status=UNPROCESSABLE)
    if not isinstance(error, ChangedMeanwhile):
        return Shown(problem=refusal(error), status=UNPROCESSABLE)
    form.seen.data = str(form.petition.changed_in)
    found = [each for each in map(changes.entry, error.sequences) if each is not None]
    return Shown(problem=refusal(error), meanwhile=found, status=CONFLICT)


def page(form: RecordForm, shown: Shown | None = None) -> ResponseReturnValue:
    """Return the page of a form."""
    shown = shown or Shown()
    facts = {"petition": form.petition, "cited": library.keys_cited(form.petition), "stands": stands(form)}
    body = render_template("desk/record.html", form=form, shown=shown, **facts)
    return body, shown.status


def stands(form: RecordForm) -> tuple[str, str] | None:
    """Return what the record says where the form changes it: what it is called, and what it says in short."""
    row = record_rows.kept(form.petition, form.kept.table, form.kept.key) if form.kept else None
    return None if row is None else (str(name_of(row)), line_of(row))


def done(petition: Petition, saved: Saved) -> ResponseReturnValue:
    """Say what was done and go back to the petition."""
    if saved.proposal is None:
        flash(gettext("Recorded. It is public now."))
    else:
        flash(gettext("Recorded. It becomes public when somebody else confirms it."))
    return redirect(url_for("desk.petition", number=petition.number), 303)
