"""Recording in a petition's record: a new row, another claim, a correction, a withdrawal."""

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.events import EventKind
from portal.domain.rights import Right
from portal.models import Petition
from portal.services import record_rows, tracking
from portal.services.register_rows import Row
from portal.web import query
from portal.web.desk import bp, saving
from portal.web.desk.access import requires
from portal.web.desk.forms.addressee import AddresseeForm
from portal.web.desk.forms.aftermath import CaseForm, FollowUpForm
from portal.web.desk.forms.communication import CommunicationForm
from portal.web.desk.forms.count import CountForm
from portal.web.desk.forms.decision import DecisionForm
from portal.web.desk.forms.demand import DemandForm
from portal.web.desk.forms.event import ClaimForm, EventForm
from portal.web.desk.forms.group import GroupForm
from portal.web.desk.forms.position import PositionForm, ViewForm
from portal.web.desk.forms.record import RecordForm, WithdrawForm
from portal.web.desk.forms.sighting import SightingForm
from portal.web.desk.forms.sitting import SittingForm
from portal.web.desk.forms.spoken import AllegationForm, StatementForm
from portal.web.desk.forms.title import TitleForm

FORMS: Mapping[str, type[RecordForm]] = {
    "sighting": SightingForm,
    "event": EventForm,
    "group": GroupForm,
    "sitting": SittingForm,
    "decision": DecisionForm,
    "follow-up": FollowUpForm,
    "position": PositionForm,
    "view": ViewForm,
    "statement": StatementForm,
    "allegation": AllegationForm,
    "communication": CommunicationForm,
    "case": CaseForm,
    "count": CountForm,
    "demand": DemandForm,
    "title": TitleForm,
    "addressee": AddresseeForm,
}
"""The forms by their names in addresses."""

GREATEST_NUMBER = 2**31 - 1
BOTH = ["GET", "POST"]


def petition_of(number: int) -> Petition:
    """Return a petition, or answer that there is none."""
    found = tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None
    return found or abort(404)


def form_for(row: Row) -> type[RecordForm]:
    """Return the form that a row of the record is corrected with: the first that takes it."""
    return next((form for form in FORMS.values() if form.takes(row)), None) or abort(404)


@bp.route("/petitions/<int:number>/record/event/<kind>", methods=BOTH)
@requires(Right.RECORD)
def record_event(number: int, kind: str) -> ResponseReturnValue:
    """Record an event of a kind; a step that is recorded already gets another claim instead."""
    petition = petition_of(number)
    form = EventForm.of_kind(petition, EventKind(query.one_of("kind", kind, set(EventKind))))
    if record_rows.current(petition, "event", form.new_key()) is not None and request.method == "GET":
        return redirect(url_for("desk.add_claim", number=number, key=form.new_key()), 303)
    return saving.answer(form)


@bp.route("/petitions/<int:number>/record/<what>", methods=BOTH)
@requires(Right.RECORD)
def record(number: int, what: str) -> ResponseReturnValue:
    """Record what the form of this name is about."""
    form = (FORMS.get(what) or abort(404)).of(petition_of(number))
    if request.method == "GET" and form.is_recorded():
        return redirect(url_for("desk.correct", number=number, table=form.table, key=form.new_key()), 303)
    return saving.answer(form)


@bp.route("/petitions/<int:number>/event/<key>/claim", methods=BOTH)
@requires(Right.RECORD)
def add_claim(number: int, key: str) -> ResponseReturnValue:
    """Add what another source claims of an event's day."""
    petition = petition_of(number)
    row = record_rows.current(petition, "event", key) or abort(404)
    return saving.answer(ClaimForm.of(petition, row))


@bp.route("/petitions/<int:number>/<table>/<key>/correct", methods=BOTH)
@requires(Right.CORRECT)
def correct(number: int, table: str, key: str) -> ResponseReturnValue:
    """Correct a row of the record, with a reason; what stood is kept."""
    petition = petition_of(number)
    row = record_rows.current(petition, table, key) or abort(404)
    return saving.answer(form_for(row).of(petition, row))


@bp.route("/petitions/<int:number>/<table>/<key>/withdraw", methods=BOTH)
@requires(Right.CORRECT)
def withdraw(number: int, table: str, key: str) -> ResponseReturnValue:
    """Take a row out of the record, with a reason; what stood is kept."""
    petition = petition_of(number)
    row = record_rows.current(petition, table, key) or abort(404)
    return saving.answer(WithdrawForm.of(petition, row))
