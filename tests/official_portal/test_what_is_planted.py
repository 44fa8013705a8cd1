"""What is planted on petitions shows when and where the stand-in says so, and nothing else does."""

import json
from collections import Counter

import pytest

from tests.official_portal import OfficialPortal
from tests.official_portal.clock import DAY, HOUR, written
from tests.official_portal.portal import TROUBLES
from tests.official_portal.reader import seconds_of

pytestmark = pytest.mark.slow

PLANTED_IN_RECORDS = {
    "changed_title": "title",
    "changed_text": "description",
    "changed_addressee": "organization",
    "changed_required": "requiredCount",
    "changed_state": "state",
    "changed_decision": "decision",
    "unseen_state": "state",
    "hidden_applicant": "applicant",
}


def test_a_portal_without_troubles_has_none(reads):
    portal, _ = reads(60)
    truth = portal.truth
    assert [*truth.changes, *truth.falls, *truth.absences, *truth.odd_rows, *truth.episodes, *truth.broken] == []
    with pytest.raises(ValueError, match="no such trouble: flood"):
        OfficialPortal(5, troubles="falls,flood")


def test_all_troubles_are_planted_each_on_petitions_of_its_own(reads):
    portal, _ = reads(400, troubles="all,-drip")
    assert {*TROUBLES} - portal.troubles == {"drip", "forbidden"}
    touched = Counter(each.uuid for each in portal.truth.changes)
    for field in ("falls", "absences", "odd_rows", "broken", "untimed", "ahead", "cover", "missing", "extra"):
        planted = portal.truth.planted_on(field)
        assert planted, field
        touched.update({each.uuid for each in planted if not (field == "extra" and each.planted)})
    assert touched.most_common(1)[0][1] == 1
    assert len(list(portal.truth.told())) > 60


@pytest.mark.parametrize("name", PLANTED_IN_RECORDS)
def test_a_planted_change_shows_from_its_instant_on(reads, name):
    portal, reader = reads(400, troubles=name)
    assert len(portal.truth.changes) == 3
    for change in portal.truth.changes:
        assert change.field == PLANTED_IN_RECORDS[name]
        portal.clock_at(change.at - 1)
        assert reader.json(f"/{change.uuid}")[change.field] == change.before
        portal.clock_at(change.at)
        assert reader.json(f"/{change.uuid}")[change.field] == change.after != change.before
        assert portal.start < change.at < portal.start + DAY
        assert change in portal.truth.changed(change.at - 1, change.at)


def test_a_title_changes_in_the_list_too(reads):
    portal, reader = reads(60, troubles="changed_title")
    change = portal.truth.changes[0]
    portal.clock_at(change.at)
    assert {row["id"]: row["title"] for row in reader.rows("/short")}[change.uuid] == change.after


def test_petitions_end_by_themselves_and_some_are_decided():
    portal = OfficialPortal(3000)
    fields = Counter(change.field for change in portal.truth.changed(portal.start, portal.start + 14 * DAY))
    assert fields["state"] > fields["decision"] > 0


def test_a_count_falls_and_the_signatures_are_gone(reads):
    portal, reader = reads(60, troubles="falls")
    (fall,) = portal.truth.falls
    portal.clock_at(fall.at - 1)
    before = reader.rows(f"/{fall.uuid}/signers", 1000)
    portal.clock_at(fall.at)
    after = reader.rows(f"/{fall.uuid}/signers", 1000)
    assert reader.json(f"/{fall.uuid}")["signersCount"] == len(after)
    assert len(before) - fall.votes <= len(after) < len(before)
    assert after[-fall.kept :] == before[-fall.kept :]
    hours = Counter(int(seconds_of(row["createdDate"])) // HOUR for row in after)
    assert hours == portal.truth.signed_hours(fall.uuid, fall.at)


def test_a_vanished_petition_is_gone_everywhere_and_one_comes_back(reads):
    portal, reader = reads(60, troubles="vanished")
    assert sorted(each.status for each in portal.truth.absences) == [404, 404, 410]
    for absence in portal.truth.absences:
        portal.clock_at(absence.since - 1)
        assert reader.json(f"/{absence.uuid}")["id"] == absence.uuid
        portal.clock_at(absence.since)
        for path in ("", "/signers", "/comments"):
            assert reader.json(f"/{absence.uuid}{path}", status=absence.status)
        listed = {row["id"] for row in reader.rows("/short")}
        assert absence.uuid not in listed
        assert listed == set(portal.truth.listed_at(absence.since))
        assert reader.json("/short?size=1")["totalElements"] == len(listed)
        if absence.until:
            portal.clock_at(absence.until)
            assert reader.json(f"/{absence.uuid}")["id"] == absence.uuid
            assert absence.uuid in {row["id"] for row in reader.rows("/short")}


def test_each_page_with_a_broken_signer_fails(reads):
    portal, reader = reads(300, troubles="broken_signers")
    for uuid, broken in portal.truth.broken.items():
        total = portal.truth.votes_at(uuid, portal.start)
        places = {total - ordinal for ordinal in broken}
        for place in places:
            for size in (1, 7, 100):
                assert reader.ask(f"/{uuid}/signers?size={size}&page={place // size}")[0] == 500
        failed = [
            page for page in range(-(-total // 100)) if reader.ask(f"/{uuid}/signers?size=100&page={page}")[0] == 500
        ]
        assert failed == sorted({place // 100 for place in places})
        first = min(places) // 100 * 100
        rows = [
            place for place in range(first, first + 100) if reader.ask(f"/{uuid}/signers?size=1&page={place}")[0] == 500
        ]
        assert rows == sorted(place for place in places if first <= place < first + 100)


def test_signers_without_a_time_or_ahead_of_it_are_told(reads):
    portal, reader = reads(60, seed=4, troubles="signers_ahead,untimed_signers")
    (untimed,), (ahead,) = portal.truth.planted_on("untimed"), portal.truth.planted_on("ahead")
    rows = reader.rows(f"/{untimed.uuid}/signers", 1000)
    assert [rows[-ordinal]["createdDate"] for ordinal in untimed.untimed] == list(untimed.untimed.values())
    rows = reader.rows(f"/{ahead.uuid}/signers", 1000)
    assert [row["createdDate"] > written(portal.start) for row in rows[:6]] == [True] * 5 + [False]
    hours = Counter(int(seconds_of(row["createdDate"])) // HOUR for row in rows)
    assert hours == portal.truth.signed_hours(ahead.uuid, portal.start)


def test_rows_of_the_list_are_odd_for_a_while(reads):
    portal, reader = reads(60, troubles="odd_rows,odd_counts")
    kinds: Counter[str] = Counter()
    for odd in portal.truth.odd_rows:
        usual = portal.truth[odd.uuid]
        for at in (odd.since - 1, odd.since, odd.until - 1, odd.until):
            portal.clock_at(at)
            place = sorted(portal.truth.listed_at(at), key=lambda uuid: -portal.truth[uuid].opened).index(odd.uuid)
            row = reader.rows("/short")[place]
            is_usual = isinstance(row, dict) and row.get("id") == odd.uuid and row["title"] is not None
            is_usual = is_usual and row["signersCount"] == usual.votes_at(at) and row["signersCount"] is not True
            assert is_usual == (at < odd.since or at >= odd.until), odd
        kinds[odd.kind] += 1
    assert kinds == {"without_id": 1, "without_title": 1, "not_a_record": 1, "count": 5}


def test_texts_fields_and_people_that_nobody_foresaw_are_in_records(reads):
    names = "odd_texts,missing_fields,unknown_fields,names_in_unknown_fields"
    portal, reader = reads(100, troubles=names)
    titles = [reader.json(f"/{each.uuid}").get("title") for each in portal.truth.planted_on("particulars")]
    assert sum("\x00" in title or "\ud800" in title or "<script>" in title for title in titles if title) == 3
    assert sorted(len(each.missing) for each in portal.truth.planted_on("missing")) == [6, 7]
    for petition in portal.truth.planted_on("missing"):
        assert not petition.missing & set(reader.json(f"/{petition.uuid}"))
    hidden = set(portal.names.stems("hidden"))
    found = [
        portal.names.found_in(reader.ask(f"/{each.uuid}")[2]) & hidden for each in portal.truth.planted_on("extra")
    ]
    assert sorted(map(len, found)) == [0, 2, 2]


def test_a_great_picture_is_made_while_it_is_sent(reads):
    portal, reader = reads(60, troubles="great_cover", cover=3_000_001)
    sizes = {}
    for petition in portal.truth.planted_on("cover"):
        _, headers, body = reader.ask(f"/{petition.uuid}")
        assert len(body) == int(headers["Content-Length"])
        sizes[petition.cover] = len(json.loads(body)["cover"]["fileData"])
    assert sizes == {3_000_001: 3_000_001, 300_000: 300_000, 4_000: 4_000}
