"""A form gives back exactly the row that it was made from: a correction never loses what nobody touched."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.db import db
from portal.models import Petition
from portal.services import library, record_rows, register
from portal.services.register import Change
from portal.services.row_writer import digest_of
from portal.web.desk.forms.particulars import ParticularsForm
from portal.web.desk.forms.record import RowForm
from portal.web.desk.forms.reference import BodyForm, OrganisationForm, SourceForm
from portal.web.desk.records import FORMS
from tests.fixtures.entries import entries_of

pytestmark = pytest.mark.slow


def rows_taken(form):
    """Return the rows of the record that this form corrects, each with its petition."""
    for petition in db.session.query(Petition).order_by(Petition.number):
        for standing in (each for rows in record_rows.every(petition).values() for each in rows):
            first = next((other for other in FORMS.values() if other.takes(standing.row)), None)
            if first is form:
                yield petition, standing.row


def sent_again(app, form, petition, row):
    """Return the form as it is read when a browser sends it unchanged."""
    with app.test_request_context("/desk/en/"):
        shown = form.of(petition, row)
        sent = MultiDict(entries_of(shown))
    with app.test_request_context("/desk/en/", method="POST", data=sent):
        again = form.of(petition, row)
        again.validate()
        return again, {field: words for field, words in again.problems.items() if field != "csrf_token"}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_sent_unchanged_describes_the_same_row(served, form):
    with served.app_context():
        rows = list(rows_taken(form))
        assert rows
        for petition, row in rows:
            again, problems = sent_again(served, form, petition, row)
            assert (petition.number, row.key, problems) == (petition.number, row.key, {})
            made = again.row(row.key)
            if digest_of(made.content()) != digest_of(row.content()):
                assert made.content() == row.content()


def referred():
    """Return everything that facts refer to and the desk corrects, with its form."""
    yield from ((SourceForm, each) for each, _claims in library.sources())
    yield from ((BodyForm, each) for each in library.bodies())
    yield from ((OrganisationForm, each) for each in library.organisations())


def test_a_form_of_what_facts_refer_to_changes_nothing_when_sent_unchanged(desk):
    changed = []
    for form, kept in referred():
        with desk.app.test_request_context("/desk/en/"):
            sent = MultiDict(entries_of(form.of(kept)))
        with desk.app.test_request_context("/desk/en/", method="POST", data={**sent, "reason": "Looked again."}):
            again = form.of(kept)
            again.validate()
            assert {field for field in again.problems if field != "csrf_token"} == set(), kept.digest
            if register.put(form.section, again.record(), by="test", reason="Looked again.") is not Change.LEAVE:
                changed.append(again.record().id)
    assert changed == []


def test_the_form_of_a_petition_itself_changes_nothing_when_sent_unchanged(served):
    with served.app_context():
        for petition in db.session.query(Petition).order_by(Petition.number):
            with served.test_request_context("/desk/en/"):
                sent = MultiDict(entries_of(ParticularsForm.of(petition)))
            with served.test_request_context("/desk/en/", method="POST", data=sent):
                again = ParticularsForm.of(petition)
                again.validate()
                assert again.problems.keys() <= {"csrf_token"}, petition.number
                assert again.draft().particulars == {}, petition.number


def test_a_form_that_lacks_what_its_row_needs_cannot_be_made(served):
    class Unfinished(RowForm):
        pass

    with served.test_request_context("/desk/en/"), pytest.raises(TypeError, match="abstract"):
        Unfinished()  # type: ignore[abstract]  # What mypy would refuse is what is tried.
