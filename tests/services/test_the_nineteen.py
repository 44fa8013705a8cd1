"""The nineteen petitions of the shipped register, each row thought through, on three days.

A row: stage, outcome, and the next term (its step and last day) as of the day. "-" is none: nothing is said.
"""

from datetime import timedelta

import pytest

from portal import create_app
from portal.domain.stages import STAGES_WITH_AN_END, Stage
from portal.domain.timeline import Status
from portal.services import facets, petition_lists, questions, tracking
from tests.fixtures.record import close
from tests.given import day

pytestmark = pytest.mark.slow
"""Each replays petitions over many days: for the whole run."""

SUMMER, AUTUMN, TODAY = "2024-07-01", "2024-08-10", "2026-11-21"

TABLE = {
    # The central case: under review until 6 August; announced on the 1st, dated the 6th; publication was never seen.
    "lgbt-propaganda-2024": {
        SUMMER: ("review", "-", "review_central 2024-08-06"),
        AUTUMN: ("decided", "partially_granted", "-"),
        TODAY: ("decided", "partially_granted", "-"),
    },
    # Registered on 7 June by the ministry's word, so due on 5 August; decided on 2 August, published not seen.
    "time-zone-2024": {
        SUMMER: ("review", "-", "review_central 2024-08-05"),
        AUTUMN: ("decided", "refused", "-"),
        TODAY: ("decided", "refused", "-"),
    },
    # Published on 25 May 2024: six months end on Monday 25 November. In 2026 it is not said to collect.
    "income-growth-industry-2024": {
        SUMMER: ("collection", "-", "collection 2024-11-25"),
        AUTUMN: ("collection", "-", "collection 2024-11-25"),
        TODAY: ("last seen in collection", "-", "-"),
    },
    # 16 December 2024 is Independence Day, so the six months from 16 June end on the 17th.
    "against-domestic-violence-law-2024": {
        SUMMER: ("collection", "-", "collection 2024-12-17"),
        AUTUMN: ("collection", "-", "collection 2024-12-17"),
        TODAY: ("last seen in collection", "-", "-"),
    },
    # Its publication was not recorded: it was seen collecting on 20 May, and the chapter is of 4 April.
    "vapes-2024": {
        SUMMER: ("collection", "-", "collection 2024-10-04..2024-11-20"),
        AUTUMN: ("collection", "-", "collection 2024-10-04..2024-11-20"),
        TODAY: ("last seen in collection", "-", "-"),
    },
    # First reported on 13 August, seen collecting in August: before that nothing is known of it.
    "school-dress-law-2024": {
        SUMMER: ("unknown", "-", "-"),
        AUTUMN: ("unknown", "-", "-"),
        TODAY: ("last seen in collection", "-", "-"),
    },
    # Undated pages that do not say at which stage they saw the petition.
    "osms-change-system": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("unknown", "-", "-")),
    "kicksharing-ban": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("unknown", "-", "-")),
    "scooter-ban-opponents-2025": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("unknown", "-", "-")),
    # Seen in moderation in October 2025; the twenty working days ended by 28 November, and no result was seen.
    "timati-concerts-2025": {
        SUMMER: ("unknown", "-", "-"),
        AUTUMN: ("unknown", "-", "-"),
        TODAY: ("last seen in pre_moderation", "-", "-"),
    },
    # Its rejection was reported on 14 November 2025; the day of the rejection is not known.
    "time-zone-again-2025": {
        SUMMER: ("unknown", "-", "-"),
        AUTUMN: ("unknown", "-", "-"),
        TODAY: ("rejected", "rejected", "-"),
    },
    # The platform is not known, so neither is whether the chapter sets them any term.
    "time-zone-new-petition-2024": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("unknown", "-", "-")),
    "osms-liquidation-2025": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("unknown", "-", "-")),
    "animals-euthanasia-2025": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("unknown", "-", "-")),
    "diabetes-2025": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("unknown", "-", "-")),
    # On other sites: chapter 12-1 sets them no terms, however many signed.
    "time-zone-vko-alash-2024": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("outside", "-", "-")),
    "vapes-2023": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("outside", "-", "-")),
    "school-uniform-abolition-gosrating": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("outside", "-", "-")),
    "osms-voluntary-gosrating": dict.fromkeys((SUMMER, AUTUMN, TODAY), ("outside", "-", "-")),
}


@pytest.fixture(scope="module")
def standing_on(shipped_path):
    """Return the standing of a petition on a day, from the shipped record."""
    app = create_app({"database_url": f"sqlite:///{shipped_path}"})
    with app.app_context():
        records = {each: tracking.record_of(tracking.by_register_id(each)) for each in TABLE}
        yield lambda register_id, on: tracking.standing_of(records[register_id], on)
    close(app)


def shown(standing):
    """Return a standing as the table has it."""
    stage = standing.stage.value
    if standing.stage in STAGES_WITH_AN_END and standing.stage_due:
        over = standing.stage_due.when.latest < standing.as_of
        stage = f"last seen in {stage}" if over else stage
    due = standing.next_due
    last = "-"
    if due:
        days = dict.fromkeys(str(each) for each in (due.when.earliest, due.when.latest))
        last = f"{due.key} {'..'.join(days)}"
    return stage, standing.outcome.value.value if standing.outcome else "-", last


@pytest.mark.parametrize("on", [SUMMER, AUTUMN, TODAY])
@pytest.mark.parametrize("register_id", TABLE)
def test_each_petition_stands_as_the_table_says(standing_on, register_id, on):
    assert shown(standing_on(register_id, day(on))) == TABLE[register_id][on]


@pytest.mark.parametrize("register_id", TABLE)
def test_none_of_them_is_overdue_on_any_day(standing_on, register_id):
    """In every week from the first of the chapter to the end of 2026: what nobody looked at accuses nobody."""
    on = day("2024-04-04")
    while on < day("2026-12-31"):
        assert Status.OVERDUE not in {each.status for each in standing_on(register_id, on).obligations}
        on += timedelta(7)


def test_four_that_were_last_seen_collecting_in_2024_are_not_shown_as_collecting(shipped):
    today = day(TODAY)
    collecting = petition_lists.list_petitions(petition_lists.Filters(stage="collection"), today)
    assert collecting.items == []
    ended = petition_lists.list_petitions(petition_lists.Filters(stage=questions.ENDED_NOT_SEEN, sort="number"), today)
    assert [item.petition.register_id for item in ended.items] == [
        "income-growth-industry-2024",
        "against-domestic-violence-law-2024",
        "vapes-2024",
        "school-dress-law-2024",
        "timati-concerts-2025",
    ]
    assert all(item.is_over(today) for item in ended.items)
    on_time = petition_lists.Filters(stage="collection")
    then = petition_lists.list_petitions(on_time, day("2024-09-02"))
    assert {item.petition.stage for item in then.items} == {Stage.COLLECTION}
    assert facets.total(on_time, day("2024-09-02")) == 4


def test_the_table_has_every_petition_of_the_register(shipped):
    listed = petition_lists.list_petitions(petition_lists.Filters(sort="number"), day(TODAY))
    assert [item.petition.register_id for item in listed.items] == list(TABLE)
    assert [item.petition.number for item in listed.items] == list(range(1, 20))
