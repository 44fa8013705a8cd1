"""The time-zone petition of 2024, entered at the desk from an empty database: it stands as the register's own does."""

import re

import pytest

from portal.db import db
from portal.domain.stages import Jurisdiction
from portal.domain.texts import Mark, Text
from portal.models import Petition, Proposal
from portal.services import audit_check, recording, register
from portal.services.register_format import BodyIn, SourceIn
from portal.services.register_rows import Citation, Row
from tests import given_timezone as given
from tests.fixtures.desk import opened

pytestmark = pytest.mark.slow
"""A dozen forms, each looked at before it is saved."""

BY = "test-editor"


@pytest.fixture
def desk(empty):
    """The desk on an empty database."""
    with opened(empty) as desk:
        yield desk


def found_petition():
    """Begin the record: sources, the body, and the petition with its title and its demand; return its number."""
    for source in given.SOURCES:
        register.put("sources", SourceIn.model_validate(source), by=BY)
    register.put("bodies", BodyIn.model_validate(given.BODY), by=BY)
    texts = {lang: given.DEMAND[lang] for lang in ("kk", "ru", "en")}
    demand = {"text": Text.of(**texts), "quotes": None, "outcome": "unknown", "note": None}
    addressee = {"body_id": "mti", "role": "addressee", "note": None}
    rows = [
        Row("title", "main:ru", {**given.TITLE, "is_main": True, "note": None}, Citation()),
        Row("demand", given.DEMAND["key"], demand, Citation(given.INTERFAX)),
        Row("addressee", "addressee:1", addressee, Citation(given.SMARTNEWS)),
    ]
    assert given.TITLE["role"] == Mark.PRESS
    recording.found({"jurisdiction": Jurisdiction.STATUTORY, **given.PETITION}, rows, by=BY)
    number = db.session.query(Petition).one().number
    db.session.remove()
    return number


def play(desk, number, step, editor, confirmer):
    """Fill in one form, and have a second person confirm it where that is needed."""
    saved = desk.record(editor, f"/desk/en/petitions/{number}/record/{step.path}", step.entries)
    assert saved.status_code == 303, (step.path, re.findall(r"error-message[^>]*>.*?</p>", saved.text, re.DOTALL))
    waiting = db.session.query(Proposal).filter_by(state="waiting").all()
    assert bool(waiting) == step.needs_second, step.path
    proposal = waiting[0].id if waiting else None
    db.session.remove()
    if proposal is not None:
        path = f"/desk/en/proposals/{proposal}"
        seen = re.search(r'name="seen" value="([^"]+)"', confirmer.get(path).text)[1]
        entries = {"csrf_token": desk.token(confirmer, path), "seen": seen}
        assert confirmer.post(f"{path}/confirm", data=entries).status_code == 303


def said_of_events(answer):
    """Return what the API says of the petition's own events: kind, outcome, and each claim's days and source."""
    return sorted(
        (
            each["kind"],
            each["details"].get("outcome", ""),
            each["details"].get("step", ""),
            sorted((claim["earliest"] or "", claim["latest"] or "", claim["source"]) for claim in each["claims"]),
        )
        for each in answer["events"]
        if each["kind"] in given.KINDS
    )


def obligations_of(answer):
    """Return every obligation, without the numbers that the claims of each reading have in one database."""
    return [
        {**each, "readings": [{**reading, "claims": len(reading["claims"])} for reading in each["readings"]]}
        for each in answer["standing"]["obligations"]
    ]


def test_the_petition_entered_at_the_desk_stands_as_the_registers_own(desk, served):
    number = found_petition()
    editor, confirmer = desk.client("editor"), desk.client("confirmer")
    for step in given.STEPS:
        play(desk, number, step, editor, confirmer)
    ours = desk.app.test_client().get(f"/api/v1/petitions/{number}?lang=en").json
    theirs = served.test_client().get("/api/v1/petitions/2?lang=en").json
    assert said_of_events(ours) == said_of_events(theirs)
    assert obligations_of(ours) == obligations_of(theirs)
    for name in ("stage", "stage_since", "jurisdiction", "by_law_next", "next_due"):
        assert ours["standing"][name] == theirs["standing"][name], name
    for name in ("value", "stated_by", "disputed"):
        assert ours["standing"]["outcome"][name] == theirs["standing"]["outcome"][name], name
    decisions = [
        [(each["status"], each["outcome"], each["earliest"], each["source"], each["demands"]) for each in found]
        for found in (ours["decisions"], theirs["decisions"])
    ]
    assert decisions[0] == decisions[1]
    assert ours["working_group"]["chair"]["en"] == theirs["working_group"]["chair"]["en"]
    page = desk.app.test_client().get(f"/en/petitions/{number}").text
    assert "The decision came in time." in page
    assert list(audit_check.verify()) == []
