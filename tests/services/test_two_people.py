"""Two people for a decision, also where several act at once: on SQLite and on PostgreSQL exactly one confirms."""

import threading
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal import create_app
from portal.db import db
from portal.domain.refusals import AlreadySettled, OwnProposal, Refusal
from portal.domain.stages import Jurisdiction
from portal.domain.texts import Text
from portal.models import Petition, Proposal
from portal.services import audit_check, proposals, recording, tracking
from portal.services.recording import Draft
from portal.services.register_rows import Citation, Row

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 20)
EDITOR, SECOND, THIRD = "editor", "second", "third"


def event(kind, details=None):
    claim = {"earliest": DAY, "latest": DAY, "wording": None, "derived": False, "counts": False}
    rows = (Row("claim", "", {**claim, "value": None, "speaker": None, "note": None}, Citation(None)),)
    return Row("event", kind, {"kind": kind, "text": None, "note": None, "details": details}, children=rows)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def app(request, tmp_path):
    """An application whose record holds one petition and one proposal to decide it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'two.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_url")
    app = create_app({"database_url": url, "cache_url": "none:"})
    with app.app_context():
        db.create_all()
        particulars = {"jurisdiction": Jurisdiction.STATUTORY, "level": "gov", "label": Text.of(en="A test")}
        recording.found(particulars, [event("filed")], by=EDITOR)
        petition = db.session.scalars(select(Petition)).one()
        decision = event("decided", {"outcome": "refused"})
        recording.record(Draft(petition.number, petition.changed_in, "decision.recorded", (decision,)), by=EDITOR)
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def at_once(app, acts):
    """Let several people act at the same moment, each in a browser of their own; return what each was told."""
    start = threading.Barrier(len(acts))
    told: list[object] = [None] * len(acts)

    def run(place, act):
        with app.app_context():
            start.wait()
            try:
                act()
                told[place] = "done"
            except Refusal as error:
                told[place] = type(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def waiting(app):
    with app.app_context():
        found = db.session.scalars(select(Proposal)).one()
        petition = tracking.by_number(1)
        return found.id, petition.changed_in


def decided(app):
    with app.app_context():
        events = tracking.record_of(tracking.by_number(1)).events
        assert list(audit_check.verify()) == []
        return [each.kind for each in events].count("decided")


def test_of_two_who_confirm_at_once_one_does_and_the_other_is_told(app):
    number, seen = waiting(app)
    told = at_once(app, [lambda by=by: recording.confirm(number, seen=seen, by=by) for by in (SECOND, THIRD)])
    assert sorted(map(str, told)) == sorted(map(str, ["done", AlreadySettled]))
    assert decided(app) == 1


def test_one_person_in_two_browsers_cannot_confirm_what_they_proposed(app):
    number, seen = waiting(app)
    told = at_once(app, [lambda: recording.confirm(number, seen=seen, by=EDITOR)] * 2)
    assert told == [OwnProposal, OwnProposal]
    assert decided(app) == 0


def test_of_one_who_confirms_and_one_who_declines_at_once_one_is_told(app):
    number, seen = waiting(app)
    told = at_once(
        app,
        [
            lambda: recording.confirm(number, seen=seen, by=SECOND),
            lambda: proposals.decline(number, by=THIRD, reason="No."),
        ],
    )
    assert AlreadySettled in told
    assert decided(app) == (told[0] == "done")


def test_confirming_and_taking_back_at_once_leaves_one_of_the_two(app):
    number, seen = waiting(app)
    told = at_once(
        app,
        [
            lambda: recording.confirm(number, seen=seen, by=SECOND),
            lambda: proposals.withdraw(number, by=EDITOR, reason="Wrong day."),
        ],
    )
    assert sorted(map(str, told)) == sorted(map(str, ["done", AlreadySettled]))
    assert decided(app) == (told[0] == "done")


def test_the_database_refuses_one_person_for_both(app):
    number, _ = waiting(app)
    values = {"state": "confirmed", "settled_by": EDITOR, "settled_at": Proposal.proposed_at, "settled_in": 1}
    with app.app_context():
        with pytest.raises(IntegrityError, match="two_people"):
            db.session.execute(update(Proposal).where(Proposal.id == number).values(**values))
        db.session.rollback()
