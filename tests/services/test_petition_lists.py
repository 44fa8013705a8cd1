"""Each question's list: what belongs to it, what nearly does, and the days on which that changes."""

from datetime import date, timedelta

import pytest

from portal import create_app
from portal.db import db
from portal.domain.questions import DUE_WITHIN, Question, percent_of
from portal.domain.refusals import CursorUnreadable
from portal.models import Event, Petition, PetitionTerm
from portal.services import body_record, facets, lifecycle, petition_lists, questions, register
from portal.services.catalogue import REGISTER, catalogue
from portal.services.petition_lists import Filters
from tests.fixtures.record import close

pytestmark = pytest.mark.slow
"""A database for each test, or a page in each language: for the whole run."""

TODAY = date(2026, 11, 16)
"""A Monday; the law counts its working days by the calendar of 2026."""


def dates(**steps):
    """Return the dates of a register file: for each step a day, or a claim."""
    return {key: [on if isinstance(on, dict) else {"value": str(on)}] for key, on in steps.items()}


def seen(on, stage=None, still_open=()):
    """Return a sighting of a register file."""
    return {"value": str(on), "stage": stage, "open": list(still_open)}


def count(votes, on, qualifier="exact"):
    """Return a count of a register file."""
    return {"count": votes, "date": str(on), "qualifier": qualifier}


def filed_so_that_due_on(last_day):
    """Return the day of filing after which moderation, twenty working days, has this last day."""
    return catalogue().calendar.back_working_days(last_day, 20)


def listed(question, on=TODAY, **filters):
    """Return the register ids in the list of a question, in its order."""
    page = petition_lists.list_petitions(Filters(question=question, **filters), on)
    ids = [item.petition.register_id for item in page.items]
    assert facets.total(Filters(question=question, **filters), on) == len(ids)
    return ids


@pytest.fixture
def collecting(given_petition):
    """Three petitions in open access: one in time, one on its last day, one past it."""
    given_petition("in-time", dates=dates(published="2026-09-01"), snapshots=[count(10, "2026-09-02")])
    given_petition("last-day", dates=dates(published="2026-05-16"))
    given_petition("past", dates=dates(published="2026-05-13"))
    return given_petition


def test_a_petition_collects_until_its_last_day_and_that_day_is_not_over(collecting):
    assert set(listed(Question.COLLECTING)) == {"in-time", "last-day"}
    assert set(listed(Question.COLLECTING, TODAY + timedelta(1))) == {"in-time"}
    assert set(listed(Question.ENDED)) == {"past"}
    assert set(listed(Question.ENDED, TODAY + timedelta(1))) == {"past", "last-day"}


@pytest.mark.parametrize(
    ("votes", "qualifier", "close"),
    [
        (40_000, "exact", True),
        (39_999, "exact", False),
        (40_000, "at_least", True),
        (40_000, "about", True),
        (49_000, "fewer_than", False),
    ],
)
def test_close_begins_at_four_fifths_of_the_threshold(given_petition, votes, qualifier, close):
    given_petition("p", dates=dates(published="2026-09-01"), snapshots=[count(votes, "2026-10-01", qualifier)])
    assert listed(Question.CLOSE) == (["p"] if close else [])


def test_close_needs_a_known_threshold_and_a_term_that_is_not_over(given_petition):
    given_petition("over", dates=dates(published="2026-01-05"), snapshots=[count(49_000, "2026-06-01")])
    given_petition(
        "no-threshold", threshold=None, dates=dates(published="2026-09-01"), snapshots=[count(49_000, "2026-10-01")]
    )
    assert listed(Question.CLOSE) == []


@pytest.mark.parametrize(
    ("votes", "qualifier", "threshold", "percent"),
    [
        (None, None, 50_000, None),
        (5, "exact", None, None),
        (5, "fewer_than", 10, None),
        (0, "exact", 10, 0),
        (799, "exact", 1000, 79),
        (1200, "at_least", 1000, 120),
    ],
)
def test_a_share_is_rounded_down_and_unknown_where_a_part_of_it_is(votes, qualifier, threshold, percent):
    assert percent_of(votes, qualifier, threshold) == percent


def test_under_review_are_those_registered_and_not_decided_in_time(given_petition):
    given_petition("reviewed", dates=dates(registered="2026-11-02"))
    given_petition("forwarded", dates=dates(forwarded="2026-11-02"))
    given_petition(
        "decided", dates=dates(registered="2026-10-05", decision="2026-11-10"), outcome={"status": "refused"}
    )
    given_petition("over", dates=dates(registered="2026-06-01"))
    assert listed(Question.REVIEW) == ["reviewed"]
    assert listed(Question.DECIDED) == ["decided"]


@pytest.mark.parametrize(
    ("working_days", "near"), [(0, True), (1, True), (DUE_WITHIN, True), (DUE_WITHIN + 1, False), (-1, False)]
)
def test_due_is_what_ends_from_today_to_the_tenth_working_day(given_petition, working_days, near):
    calendar = catalogue().calendar
    later = working_days >= 0
    last_day = (calendar.add_working_days if later else calendar.back_working_days)(TODAY, abs(working_days))
    given_petition("p", dates=dates(filed=filed_so_that_due_on(last_day)))
    assert listed(Question.DUE) == (["p"] if near else [])
    assert (questions.counts(TODAY)[Question.DUE] == 1) is near


def test_what_is_due_names_the_step_and_who_owes_it(given_petition):
    given_petition("duty", dates=dates(filed=filed_so_that_due_on(TODAY)))
    given_petition("window", dates=dates(published="2026-05-18"))
    items = petition_lists.list_petitions(Filters(question=Question.DUE), TODAY).items
    named = {item.petition.register_id: [(term.key, term.actor) for term in item.terms] for item in items}
    assert named == {"duty": [("pre_moderation", "authorised_body")], "window": [("collection", "citizens")]}


def test_of_a_range_either_end_makes_a_petition_due(given_petition):
    """Filed some day within three weeks: the last day may be near, or not."""
    calendar = catalogue().calendar
    near, far = TODAY, calendar.add_working_days(TODAY, 15)
    early, late = str(filed_so_that_due_on(near)), str(filed_so_that_due_on(far))
    given_petition("perhaps", dates=dates(filed={"earliest": early, "latest": late}))
    given_petition("long-ago-or-later", dates=dates(filed={"earliest": "2026-01-05", "latest": late}))
    assert listed(Question.DUE) == ["perhaps"]


def test_steps_without_a_public_trace_and_windows_that_are_no_stage_are_not_due(given_petition):
    """Notice to the media leaves no trace; the year in which no new petition is accepted is nobody's step."""
    given_petition("published", dates=dates(published=str(TODAY)))
    assert listed(Question.DUE) == []
    given_petition("lock", dates=dates(decision="2025-11-20", registered="2025-10-20"), outcome={"status": "refused"})
    assert listed(Question.DUE) == []


def test_nothing_is_due_of_a_petition_that_was_withdrawn(given_petition):
    given_petition("withdrawn", dates=dates(registered="2026-09-22", withdrawn="2026-11-02"))
    assert listed(Question.DUE) == []
    assert db.session.query(PetitionTerm).filter_by(is_met=False).count() == 0


def test_without_a_calendar_every_last_day_to_come_is_near(given_petition):
    on = date(2027, 12, 20)
    assert questions.due_until(on) is None
    given_petition("p", dates=dates(filed="2027-12-01"))
    assert listed(Question.DUE, on) == ["p"]


def test_only_what_somebody_saw_undone_after_its_last_day_is_overdue(given_petition):
    given_petition("nobody-looked", dates=dates(registered="2026-06-01"))
    given_petition("looked", dates=dates(registered="2026-06-01"), sightings=[seen("2026-10-01", "review")])
    given_petition("too-early", dates=dates(registered="2026-06-01"), sightings=[seen("2026-07-01", "review")])
    given_petition(
        "named", dates=dates(forwarded="2026-06-01"), sightings=[seen("2026-07-01", None, ["forwarding_notice"])]
    )
    given_petition(
        "done-later",
        dates=dates(registered="2026-06-01", decision="2026-10-20"),
        sightings=[seen("2026-10-01", "review")],
        outcome={"status": "refused"},
    )
    assert set(listed(Question.OVERDUE)) == {"looked", "named"}
    assert set(listed(Question.ENDED)) == {"nobody-looked", "too-early"}


def test_a_sighting_on_the_last_day_itself_does_not_make_overdue(given_petition):
    last_day = catalogue().calendar.add_working_days(date(2026, 6, 1), 40)
    given_petition("p", dates=dates(registered="2026-06-01"), sightings=[seen(last_day, "review")])
    assert listed(Question.OVERDUE) == []
    assert listed(Question.ENDED) == ["p"]


def test_signatures_that_came_too_slowly_are_nobody_s_delay(given_petition):
    given_petition("p", dates=dates(published="2026-01-05"), sightings=[seen("2026-10-01", "collection")])
    assert listed(Question.OVERDUE) == []
    assert listed(Question.ENDED) == ["p"]


def test_what_is_overdue_comes_first_by_its_own_last_day(given_petition):
    given_petition("late", dates=dates(registered="2026-07-01"), sightings=[seen("2026-11-01", "review")])
    given_petition("later", dates=dates(registered="2026-08-03"), sightings=[seen("2026-11-02", "review")])
    given_petition("earliest", dates=dates(registered="2026-06-01"), sightings=[seen("2026-11-03", "review")])
    assert listed(Question.OVERDUE) == ["earliest", "late", "later"]
    page = petition_lists.list_petitions(Filters(question=Question.OVERDUE), TODAY, size=2)
    rest = petition_lists.list_petitions(Filters(question=Question.OVERDUE, after=page.next), TODAY, size=2)
    assert [item.petition.register_id for item in (*page.items, *rest.items)] == ["earliest", "late", "later"]
    assert rest.next is None


def test_a_ground_is_only_what_a_source_states(given_petition):
    given_petition("stated", dates=dates(rejected="2026-10-01"), outcome={"status": "rejected", "ground": "90-2(3)(1)"})
    given_petition("silent", dates=dates(rejected="2026-10-02"), outcome={"status": "rejected"})
    given_petition(
        "reported",
        dates=dates(first_reported="2026-10-05"),
        outcome={"status": "rejected", "ground": "90-2(4)(3)"},
    )
    given_petition("open", dates=dates(published="2026-09-01"))
    assert set(listed(Question.REJECTED)) == {"stated", "silent", "reported"}
    assert listed(Question.REJECTED, ground="90-2(3)(1)") == ["stated"]
    assert listed(Question.ALL, ground="unknown") == ["silent"]
    counts = facets.facets_of(Filters(), TODAY).counts["ground"]
    assert counts == {"90-2(3)(1)": 1, "90-2(4)(3)": 1, "unknown": 1}


def undertaking(key, **fields):
    return {"id": key, "kind": "undertaken", "what": "Проект правил", **fields}


def report(key, of, **fields):
    return {"id": key, "kind": "reported", "of": of, "what": "Отчет", **fields}


def test_an_undertaking_is_outstanding_until_a_report_says_that_it_was_done(given_petition):
    given_petition("silent", follow_up=[undertaking("u")])
    given_petition("going-on", follow_up=[undertaking("u"), report("r", "u", state="Разрабатывается")])
    given_petition("one-of-two", follow_up=[undertaking("u"), undertaking("v"), report("r", "u", done=True)])
    given_petition("done", follow_up=[undertaking("u"), report("r", "u", done=True)])
    given_petition("nothing", dates=dates(published="2026-09-01"))
    assert set(listed(Question.FOLLOW_UPS)) == {"silent", "going-on", "one-of-two"}
    kept = {each.register_id: each.undertakings_open for each in db.session.query(Petition)}
    assert kept == {"silent": 1, "going-on": 1, "one-of-two": 1, "done": 0, "nothing": 0}
    undertaken = db.session.query(Event).filter_by(kind="follow_up_set")
    assert {event.key for event in undertaken} == {"follow_up:u", "follow_up:v"}


def test_vanished_is_a_page_that_was_not_seen_open_again(given_petition):
    given_petition("gone", dates=dates(published="2026-09-01", vanished="2026-10-01"))
    given_petition("back", dates=dates(published="2026-09-01", vanished="2026-10-01", reappeared="2026-10-05"))
    given_petition("gone-undated", dates={"vanished": [{"wording": "страница не открывается"}]})
    given_petition("there", dates=dates(published="2026-09-01"))
    assert set(listed(Question.VANISHED)) == {"gone", "gone-undated"}
    since = {each.register_id: each.vanished_on for each in db.session.query(Petition).filter_by(is_vanished=True)}
    assert since == {"gone": date(2026, 10, 1), "gone-undated": None}


def test_the_numbers_of_the_questions_are_those_of_their_lists(collecting):
    collecting("gone", dates=dates(published="2026-09-01", vanished="2026-10-01"))
    collecting("refused", dates=dates(registered="2026-06-01", decision="2026-07-01"), outcome={"status": "refused"})
    for on in (TODAY, TODAY + timedelta(30)):
        assert questions.counts(on) == {question: len(listed(question, on)) for question in Question}


# Facets


@pytest.fixture
def several(given_petition):
    """Four petitions that differ in stage, year and body."""
    to = [{"name_ru": "Министерство воды", "role": "addressee"}]
    other = [
        {"name_ru": "Министерство дорог", "role": "addressee"},
        {"name_ru": "Министерство воды", "role": "named_in_petition"},
    ]
    given_petition("a", dates=dates(published="2026-09-01"), addressees=to)
    given_petition("b", dates=dates(published="2026-09-02"), addressees=other)
    given_petition("c", dates=dates(published="2025-09-01"), addressees=to)
    given_petition(
        "d",
        dates=dates(rejected="2025-10-01"),
        outcome={"status": "rejected"},
        level="maslikhat_region",
        threshold=None,
    )
    return {petition.register_id: petition for petition in db.session.query(Petition)}


def test_a_facet_counts_what_its_values_would_leave_given_the_other_filters(several):
    found = facets.facets_of(Filters(year=2025), TODAY)
    assert found.total == 2
    assert found.counts["year"] == {"2026": 2, "2025": 2}  # As if no year were chosen.
    assert found.counts["stage"] == {"ended_not_seen": 1, "rejected": 1}
    assert found.counts["level"] == {"gov": 1, "maslikhat_region": 1}
    for name in ("stage", "outcome", "level", "region", "year", "platform"):
        for value, number in found.counts[name].items():
            chosen = {"year": 2025, name: int(value) if name == "year" else value}
            assert len(listed(Question.ALL, **chosen)) == number, (name, value)


def test_a_facet_of_bodies_counts_petitions_and_not_roles(several):
    numbers = facets.facets_of(Filters(), TODAY).counts["body"]
    assert sorted(numbers.values()) == [1, 3]
    for body, number in numbers.items():
        assert len(listed(Question.ALL, body=body)) == number
    narrowed = facets.facets_of(Filters(year=2025), TODAY).counts["body"]
    assert list(narrowed.values()) == [1]


def test_dropping_one_filter_leaves_what_the_facets_say(several):
    filters = Filters(year=2026, stage="rejected")
    found = facets.facets_of(filters, TODAY)
    assert found.total == 0
    assert found.without == {"year": 1, "stage": 2}
    assert facets.total(filters.without("year"), TODAY) == 1


def test_counts_follow_the_record_and_the_day(given_petition):
    given_petition("a", dates=dates(published="2026-09-01"))
    assert questions.counts(TODAY)[Question.COLLECTING] == 1
    given_petition("b", dates=dates(published="2026-09-01"))
    assert questions.counts(TODAY)[Question.COLLECTING] == 2
    assert questions.counts(date(2027, 6, 1))[Question.COLLECTING] == 0
    assert facets.facets_of(Filters(), TODAY).counts["stage"] == {"collection": 2}
    assert facets.facets_of(Filters(), date(2027, 6, 1)).counts["stage"] == {"ended_not_seen": 2}


@pytest.mark.parametrize("question", list(Question))
def test_pages_of_a_question_have_each_petition_once(shipped, question):
    for sort in (None, *petition_lists.SORTS):
        whole = listed(question, sort=sort)
        visited: list[str | None] = []
        after = None
        while len(visited) <= len(whole):
            filters = Filters(question=question, sort=sort, after=after)
            page = petition_lists.list_petitions(filters, TODAY, size=1)
            visited += [item.petition.register_id for item in page.items]
            after = page.next
            if after is None:
                break
        assert visited == whole


def test_a_place_that_is_none_of_ours_is_refused_for_a_question_too(shipped):
    with pytest.raises(CursorUnreadable):
        petition_lists.list_petitions(Filters(question=Question.DUE, after="5~5"), TODAY)


# What is derived


def test_a_term_that_was_tampered_with_is_found_and_made_again(given_petition):
    given_petition("p", dates=dates(registered="2026-11-02"))
    assert lifecycle.rebuild() == (1, [])
    with db.engine.begin() as connection:
        connection.execute(db.update(PetitionTerm).values(due_latest=date(2030, 1, 1)))
    number = db.session.query(Petition).one().number
    assert lifecycle.rebuild() == (1, [f"petition/{number}: term review_central"])
    assert lifecycle.rebuild() == (1, [])


def derived_on(url, *, load):
    """Return what lists say on a database, of the shipped record and of what is derived of it."""
    app = create_app({"database_url": url})
    with app.app_context():
        if load:
            db.create_all()
            assert register.load(REGISTER).is_fine
        said = []
        for on in (date(2024, 7, 1), date(2024, 7, 30), TODAY):
            said.append(questions.counts(on))
            for question in Question:
                filters = Filters(question=question, year=2024, q="петиция")
                said.append(
                    (listed(question, on), facets.facets_of(filters, on), facets.facets_of(Filters(body="mci"), on))
                )
        said.append([facets.total(Filters(ground="unknown"), TODAY), listed(Question.ALL, ground="unknown")])
    close(app)
    return said


def test_lists_say_the_same_on_postgresql(shipped_path, postgres_url):
    assert derived_on(postgres_url, load=True) == derived_on(f"sqlite:///{shipped_path}", load=False)


def test_nothing_kept_of_a_term_depends_on_the_day(given_petition):
    """A term that ended years ago and one that runs are kept alike: dates, and whether it was met."""
    given_petition("old", dates=dates(registered="2024-06-10"))
    given_petition("new", dates=dates(registered="2026-11-02"))
    rows = [{**term} for each in db.session.query(Petition) for term in lifecycle.terms_of(db.session(), each).values()]
    assert [(row["key"], row["is_met"], row["seen_undone_on"]) for row in rows] == [("review_central", False, None)] * 2


# Bodies


def test_a_body_s_record_has_decisions_open_steps_and_what_is_overdue_apart(given_petition):
    to = [{"name_ru": "Министерство воды", "role": "addressee"}]
    given_petition(
        "decided",
        addressees=to,
        dates=dates(registered="2026-06-01", decision="2026-07-01"),
        outcome={"status": "refused"},
    )
    given_petition("open", addressees=to, dates=dates(registered="2026-11-02"))
    given_petition("unseen", addressees=to, dates=dates(registered="2026-06-01"))
    given_petition(
        "late", addressees=to, dates=dates(registered="2026-06-01"), sightings=[seen("2026-10-01", "review")]
    )
    body_id = next(iter(facets.facets_of(Filters(), TODAY).counts["body"]))
    steps = body_record.owed_by(body_id, TODAY)
    assert [each.petition.register_id for each in body_record.decided_by(body_id)] == ["decided"]
    assert [each.petition.register_id for each in steps.coming] == ["open"]
    assert [each.petition.register_id for each in steps.overdue] == ["late"]
    assert {(each.petition.register_id, each.term.key) for each in steps.ended} == {
        ("unseen", "review_central"),
        ("decided", "decision_published"),
    }
    assert body_record.days_of_reviews(body_id) == [(date(2026, 6, 1), date(2026, 7, 1))]


def test_where_a_source_names_who_decides_the_addressee_s_page_does_not_claim_the_decision(given_petition):
    roles = [{"name_ru": "Министерство воды", "role": "addressee"}, {"name_ru": "Правительство", "role": "decides"}]
    given_petition(
        "p",
        addressees=roles,
        dates=dates(registered="2026-06-01", decision="2026-07-01"),
        outcome={"status": "refused"},
    )
    decided = {body: len(body_record.decided_by(body)) for body in facets.facets_of(Filters(), TODAY).counts["body"]}
    assert sorted(decided.values()) == [0, 1]
