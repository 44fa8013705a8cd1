"""What needs a person: found in the record, told without accusing, put off with a reason, and back when it changes."""

from datetime import date

import pytest

from portal import clock
from portal.db import db, writing
from portal.domain.refusals import DayAhead, DayOver, ReasonMissing
from portal.domain.tasks import Check, Form, TaskKind
from portal.domain.texts import Text
from portal.models import Account, AuditEntry, PetitionTerm, Source
from portal.models.desk import SourceState
from portal.services import audit, audit_check, proposals, recording, source_checks, task_notes, tasks
from portal.services.recording import Draft
from portal.services.register_rows import Citation, Row

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 20)
SOURCE = "https://example.org/one"


def found(kind, on=TODAY, **asked):
    return [each for each in tasks.tasks(on, **asked) if each.kind is kind]


def words(**by_language):
    return Text.of(**by_language)


def put(*rows, number=1, reason="as the source says"):
    return recording.record(Draft(number, None, "test.recorded", rows, reason=reason), by="test")


def event(kind, on=None, key=None, **values):
    claim = Row(
        "claim",
        "",
        {
            "earliest": on,
            "latest": on,
            "wording": values.pop("wording", None),
            "derived": False,
            "counts": False,
            "value": None,
            "speaker": None,
            "note": None,
        },
        Citation(values.pop("source", SOURCE)),
    )
    return Row(
        "event", key or kind, {"kind": kind, "text": None, "note": None, "details": None, **values}, None, (claim,)
    )


@pytest.fixture
def collecting(given_petition):
    """A petition whose collection ends on 20 November 2026, which is a working day."""
    given_petition("one", dates={"published": [{"value": "2026-05-20", "source": SOURCE}]})


def test_a_last_day_is_near_within_so_many_working_days_and_not_before(collecting):
    due = db.session.query(PetitionTerm).filter_by(key="collection").one().due_latest
    on = date(2026, 11, 13)
    assert due == date(2026, 11, 20)
    assert [each.facts["step"] for each in found(TaskKind.DUE, on, within=5)] == ["collection"]
    assert not found(TaskKind.DUE, on, within=4)


def test_a_last_day_that_nobody_saw_pass_asks_to_go_and_look_and_does_not_accuse(collecting):
    [task] = found(TaskKind.UNSEEN, date(2026, 11, 21))
    assert task.form is Form.SIGHTING
    assert not found(TaskKind.OVERDUE, date(2026, 11, 21))
    assert not found(TaskKind.UNSEEN, date(2026, 11, 20)), "the last day itself is not over"


def test_overdue_is_what_somebody_saw_undone_after_the_last_day(given_petition):
    given_petition(
        "one",
        dates={"registered": [{"value": "2026-06-01", "source": SOURCE}]},
        sightings=[{"value": "2026-09-01", "stage": "review", "source": SOURCE}],
    )
    [task] = found(TaskKind.OVERDUE)
    assert (task.facts["step"], task.facts["seen"]) == ("review_central", date(2026, 9, 1))
    assert not found(TaskKind.UNSEEN)


def test_a_task_keeps_its_key_while_its_last_day_comes_and_goes(collecting):
    [before], [after] = found(TaskKind.DUE, date(2026, 11, 19)), found(TaskKind.UNSEEN, date(2026, 11, 23))
    assert before.key == after.key
    assert before.matter != after.matter


def test_a_proposal_waits_and_says_whose_it_is(collecting):
    proposals.propose("petition/1", {"petition": 1}, by="anna")
    [task] = found(TaskKind.PROPOSAL)
    assert (task.petition, task.by, task.form) == (1, "anna", Form.PROPOSAL)


def test_an_event_without_any_day_is_a_task_until_it_has_one(collecting):
    put(event("forwarded"))
    [task] = found(TaskKind.UNDATED)
    assert task.target == ("event", "forwarded")
    put(event("forwarded", date(2026, 8, 1)))
    assert not found(TaskKind.UNDATED)


# Translations
# ------------------------------------------------------------------------------------------------------------------


def test_a_text_that_lacks_a_language_is_a_task_of_its_row(collecting):
    put(event("group_met", date(2026, 8, 1), note=words(ru="заметка"), wording=words(ru="в августе", kk="тамызда")))
    [task] = found(TaskKind.TRANSLATION)
    assert task.facts["languages"] == ("kk", "en")
    assert task.facts["parts"] == ("note", "wording")
    assert task.target == ("event", "group_met")


def test_a_text_within_the_details_of_an_event_is_looked_at_too(collecting):
    put(event("discussion_held", date(2026, 8, 1), details={"place": words(ru="зал").as_json(), "one_sitting": True}))
    [task] = found(TaskKind.TRANSLATION)
    assert task.facts["parts"] == ("place",)


def test_a_complete_text_and_no_text_are_no_tasks(collecting):
    put(event("group_met", date(2026, 8, 1), note=words(kk="а", ru="б", en="c")))
    assert not found(TaskKind.TRANSLATION)


def test_a_title_in_one_language_needs_the_others_and_no_title_needs_nothing(given_petition):
    given_petition("one", title={"ru": "О часах"})
    given_petition("two")
    [task] = found(TaskKind.TRANSLATION)
    assert (task.petition, task.facts["languages"]) == (1, ("kk", "en"))


def test_an_organisation_with_a_name_in_one_language_is_a_task(collecting, tmp_path):
    with writing() as session:
        audit.append("test.done", "register", by="test")
        source = session.query(Source).filter_by(key=SOURCE).one()
        source.title, number = words(ru="Заголовок"), source.id
    [task] = found(TaskKind.TRANSLATION)
    assert (task.petition, task.target, task.facts["parts"]) == (None, ("sources", str(number)), ("title",))


def said(kk, ru, en="c", original="ru"):
    return Text({"kk": kk, "ru": ru, "en": en}, {}, original)


def corrected(*notes):
    for note in notes:
        put(event("group_met", date(2026, 8, 1), note=note))
    return found(TaskKind.STALE)


def test_a_translation_is_stale_when_the_original_alone_was_corrected(collecting):
    [task] = corrected(said("а", "б"), said("а", "в"))
    assert task.facts["languages"] == ("kk", "en")


def test_a_later_correction_of_something_else_leaves_it_stale(collecting):
    put(event("group_met", date(2026, 8, 1), note=said("а", "б")))
    put(event("group_met", date(2026, 8, 1), note=said("а", "в")))
    put(event("group_met", date(2026, 8, 2), note=said("а", "в", en="d")))
    [task] = found(TaskKind.STALE)
    assert task.facts["languages"] == ("kk",)


def test_a_translation_corrected_with_or_after_the_original_is_not_stale(collecting):
    assert not corrected(said("а", "б", "c"), said("ә", "в", "c"), said("ә", "в", "d"))


def test_a_text_that_nobody_said_before_us_has_no_stale_translation(collecting):
    assert not corrected(said("а", "б", original=None), said("а", "в", original=None))


# What does not fit
# ------------------------------------------------------------------------------------------------------------------


def checks():
    return [each.facts["check"] for each in found(TaskKind.MISFIT)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("registered", "decided"),
        ("group_met", "decided"),
        ("published", "threshold_reached"),
        ("message_registered", "message_answered"),
    ],
)
def test_steps_in_the_wrong_order_are_told_and_those_of_one_day_are_not(given_petition, first, second):
    given_petition("one", dates={first: [{"value": "2026-08-10"}], second: [{"value": "2026-08-02"}]})
    given_petition("two", dates={first: [{"value": "2026-08-10"}], second: [{"value": "2026-08-10"}]})
    given_petition("three", dates={first: [{"value": "2026-08-10"}], second: [{"earliest": "2026-08-02"}]})
    [task] = found(TaskKind.MISFIT)
    assert (task.petition, task.facts["check"]) == (1, Check.DAY_ORDER)
    assert (task.facts["first"], task.facts["second"]) == (first, second)


def test_where_one_of_the_disagreeing_sources_fits_nothing_is_told(given_petition):
    claims = [{"value": "2026-08-10", "source": SOURCE}, {"value": "2026-08-01", "source": "https://example.org/two"}]
    given_petition("one", dates={"registered": claims, "decided": [{"value": "2026-08-02"}]})
    assert not checks()


def test_a_sitting_that_was_called_off_comes_before_nothing(given_petition):
    meeting = {"date": "2026-08-10", "kind": "working_group", "held": False}
    given_petition("one", dates={"decided": [{"value": "2026-08-02"}]}, working_group={"meetings": [meeting]})
    assert not checks()


def test_categories_that_add_up_to_more_than_the_total_are_told(given_petition):
    rows = [{"key": "mp", "category": {"kk": "а", "ru": "б", "en": "c"}, "count": count} for count in (3, 4)]
    given_petition("one", working_group={"size": 6, "composition": rows})
    given_petition("two", working_group={"size": 7, "composition": rows})
    [task] = found(TaskKind.MISFIT)
    assert (task.petition, task.facts["known"], task.facts["total"]) == (1, 7, 6)


def test_an_outcome_that_the_demands_contradict_is_told(given_petition):
    demand = {"id": "d1", "text": {"kk": "а", "ru": "б", "en": "c"}}
    decision = {"id": "d", "outcome": "partially_granted", "demands": {"d1": "granted"}}
    given_petition("one", demands=[demand], decisions=[decision])
    [task] = found(TaskKind.MISFIT)
    assert task.facts["check"] is Check.PARTIAL_BUT_ALL_GRANTED
    assert task.target == ("decision", "d")


def test_an_answer_before_its_letter_and_a_letter_sent_unsigned_are_told(given_petition):
    given_petition(
        "one",
        communications=[
            {"id": "a", "kind": "joint_communication", "sent": "2026-08-10", "signed": "2026-08-11"},
            {"id": "b", "kind": "state_reply", "sent": "2026-08-01", "replies_to": "a"},
        ],
    )
    assert set(checks()) == {Check.SIGNED_AFTER_SENT, Check.ANSWER_BEFORE_LETTER}


def test_an_undertaking_due_before_its_day_is_told(given_petition):
    what = {"kk": "а", "ru": "б", "en": "c"}
    given_petition("one", follow_up=[{"kind": "undertaken", "what": what, "date": "2026-08-10", "until": "2026-08-01"}])
    assert checks() == [Check.UNTIL_BEFORE_DAY]


def test_the_shipped_record_lacks_titles_alone_and_the_one_outcome_that_does_not_fit_is_the_states(shipped):
    assert {each.target[0] for each in found(TaskKind.TRANSLATION)} == {"title"}
    [misfit] = found(TaskKind.MISFIT)
    assert (misfit.petition, misfit.facts["check"]) == (1, Check.PARTIAL_BUT_ALL_GRANTED)


def test_only_what_an_entry_changed_is_looked_at_again_and_another_database_is_another_record(shipped, monkeypatch):
    every = {each.key for each in tasks.tasks(TODAY)}
    key = db.session.query(Source).first().key
    put(event("forwarded", source=key), number=3)
    now = {each.key for each in tasks.tasks(TODAY)}
    assert now - every == {"undated/3/event/forwarded"}
    kept = tasks._last[0]
    monkeypatch.setattr(tasks, "_last", [tasks._NOTHING])
    assert {each.key for each in tasks.tasks(TODAY)} == now
    assert kept.by_petition == tasks._last[0].by_petition


# Sources
# ------------------------------------------------------------------------------------------------------------------


def source_id():
    return db.session.query(Source).filter_by(key=SOURCE).one().id


def test_a_source_that_was_last_found_dead_is_a_task_until_it_works_again(collecting):
    assert [each.key for each in source_checks.unchecked()] == [SOURCE]
    source_checks.check(source_id(), SourceState.DEAD, TODAY, by="anna", today=TODAY)
    [task] = found(TaskKind.SOURCE)
    assert task.facts["state"] == "dead"
    source_checks.check(source_id(), SourceState.WORKS, TODAY, by="anna", today=TODAY)
    assert not found(TaskKind.SOURCE)
    assert not source_checks.unchecked()


def test_nobody_has_opened_a_source_on_a_day_that_has_not_come(collecting):
    with pytest.raises(DayAhead):
        source_checks.check(source_id(), SourceState.DEAD, date(2026, 11, 21), by="anna", today=TODAY)


def test_the_commands_list_what_nobody_has_tried(collecting, empty):
    answer = empty.test_cli_runner().invoke(args=["sources", "list-unchecked"])
    assert answer.output.splitlines() == [SOURCE, "1 source has never been opened and compared."]


# Notes
# ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def anna(empty):
    with writing() as session:
        session.add(Account(code="a1", name="anna", roles=["editor"], lang="en", created_at=clock.now()))
    return "a1"


def noted(task, **said):
    values = {"assigned_to": None, "snoozed_until": None, "text": None, **said}
    return task_notes.note(task, **values, by="a1", today=TODAY)


def test_a_task_is_put_off_with_a_reason_until_its_day(collecting, anna):
    [task] = found(TaskKind.DUE)
    with pytest.raises(ReasonMissing):
        noted(task, snoozed_until=date(2026, 12, 1))
    with pytest.raises(DayOver):
        noted(task, snoozed_until=TODAY, text="later")
    noted(task, snoozed_until=date(2026, 12, 1), text="nothing can be seen before")
    [with_note] = task_notes.with_notes([task])
    assert with_note.waits(TODAY)
    assert not with_note.waits(date(2026, 12, 1))


def test_a_task_whose_matter_changed_comes_back_and_stays_whose_it_was(collecting, anna):
    [task] = found(TaskKind.DUE)
    noted(task, snoozed_until=date(2026, 12, 24), text="wait", assigned_to=anna)
    [now] = task_notes.with_notes(found(TaskKind.UNSEEN, date(2026, 11, 23)))
    assert not now.waits(date(2026, 11, 23))
    assert now.assigned_to == anna


def test_the_last_note_counts_and_the_earlier_ones_are_kept(collecting, anna):
    [task] = found(TaskKind.DUE)
    noted(task, assigned_to=anna, text="first")
    noted(task, text="second")
    assert task_notes.with_notes([task])[0].assigned_to is None
    assert [each.note for each in task_notes.history(task.key)] == ["second", "first"]


def test_the_chain_says_who_has_a_task_and_not_what_was_written(collecting, anna):
    [task] = found(TaskKind.DUE)
    noted(task, assigned_to=anna, text="Иванов сказал")
    entry = db.session.query(AuditEntry).filter_by(action="task.noted").one()
    assert (entry.subject, entry.by) == ("task/due", "a1")
    assert task.key in entry.after
    assert "Иванов" not in entry.after
    assert not list(audit_check.verify())
