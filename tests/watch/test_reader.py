"""What is read of the stand-in over HTTP: all that it says, none of the names."""

import gzip
import json
import logging
import resource
import traceback
import tracemalloc
from datetime import UTC, datetime

import pytest

from portal.domain.official import COMPARED, Forbidden, Unreachable
from portal.watch import interface
from tests.official_portal.clock import seconds
from tests.watch.conftest import respond

pytestmark = pytest.mark.slow

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
NAME = "Жасырынтегі"


def body(**fields):
    return json.dumps({"id": UUID, "title": "Т", **fields}).encode()


def read(raw, reader, **fields):
    return reader(raw(respond(body(**fields))).url).read(UUID)


@pytest.fixture
def readings(official_portal, reader):
    """Read every petition of a stand-in with a trouble: its petition, as it is planted, and the reading."""

    def of(trouble, field="planted", **given):
        portal = official_portal(120, troubles=trouble, **given)
        one = reader(portal.url)
        return portal, [(each, one.read(each.uuid)) for each in portal.truth.planted_on(field)]

    return of


def test_the_whole_list_is_read(official_portal, reader):
    portal = official_portal(250)
    one, found, page = reader(portal.url), [], 0
    while True:
        answer = one.list_page(page)
        found += answer.rows
        page += 1
        if answer.is_last:
            break
    listed = portal.truth.listed_at(portal.clock.now())
    assert {each.uuid for each in found} == set(listed)
    assert all(each.votes == portal.truth.votes_at(each.uuid, portal.clock.now()) for each in found)
    assert answer.total == len(listed)
    assert one.requests == 3


def test_a_record_is_read_in_our_names(official_portal, reader):
    portal = official_portal(20)
    uuid = portal.truth.listed_at(portal.clock.now())[3]
    found = reader(portal.url).read(uuid)
    one = portal.truth[uuid]
    assert set(found.values) == set(COMPARED)
    assert found.votes == portal.truth.votes_at(uuid, portal.clock.now())
    assert found.values["required"] == one.required
    assert found.values["title"].startswith(("Үлгі", "Образец"))
    assert found.values["organization"]["nameRu"].startswith("Учебное ведомство")
    assert found.values["organization"]["type"]["nameKk"] == "Оқу органы"
    assert found.values["unknown"] == {}
    assert one.applicant.last not in str(found.values)
    assert found.url == f"{portal.url}/{uuid}"


def test_a_record_that_is_as_before_says_only_that(official_portal, reader):
    portal = official_portal(20)
    uuid, one = portal.truth.listed_at(portal.clock.now())[0], reader(portal.url)
    first = one.read(uuid)
    again = one.read(uuid, first.etag)
    assert (again.status, again.etag, again.values) == (304, first.etag, None)


def test_as_before_to_nobody_who_asked_is_not_expected(official_portal, reader):
    portal = official_portal(20)
    portal.force("unasked_304", times=9)
    with pytest.raises(Unreachable) as caught:
        reader(portal.url).read(portal.truth.listed_at(portal.clock.now())[0])
    assert caught.value.trouble.code == "not_expected"


def test_a_petition_that_is_gone_is_an_answer(readings, reader):
    portal, _ = readings("vanished", "absences")
    portal.clock_at(portal.start + 20 * 3600)
    statuses = [reader(portal.url).read(each.uuid) for each in portal.truth.planted_on("absences")]
    assert sorted(each.status for each in statuses) == [404, 404, 410]
    assert all(each.is_gone and each.values is None and each.evidence for each in statuses)


@pytest.mark.parametrize(
    "trouble", ["truncated", "cut", "html", "empty", "deep", "failing", "busy", "unavailable", "outage"]
)
@pytest.mark.parametrize("where", ["short", "record", "signers"])
def test_a_trouble_once_is_no_trouble_but_for_pages_that_are_none(official_portal, reader, trouble, where):
    portal = official_portal(20)
    uuid, one = portal.truth.listed_at(portal.clock.now())[0], reader(portal.url)
    calls = {
        "short": lambda: one.list_page(0),
        "record": lambda: one.read(uuid),
        "signers": lambda: one.signers(uuid, 0),
    }
    portal.force(trouble)
    if trouble in {"html", "deep"}:
        with pytest.raises(Unreachable) as caught:
            calls[where]()
        assert caught.value.trouble.code == "not_json"
    else:
        calls[where]()
    assert sum(one.troubles.values()) == 1


def test_another_petitions_record_is_not_taken_for_this_ones(official_portal, reader):
    portal = official_portal(20)
    portal.force("wrong_record", times=5)
    with pytest.raises(Unreachable) as caught:
        reader(portal.url).read(portal.truth.listed_at(portal.clock.now())[0])
    assert caught.value.trouble.code == "not_expected"


@pytest.mark.parametrize("fields", [{"id": OTHER}, {"id": None}, {"id": 7}, {"id": [UUID]}])
def test_a_record_without_its_id_is_not_expected(raw, reader, fields):
    with pytest.raises(Unreachable) as caught:
        read(raw, reader, **fields)
    assert caught.value.trouble.code == "not_expected"
    assert caught.value.trouble.path == f"/api/{UUID}"


def test_an_id_is_the_same_in_capital_letters(raw, reader):
    portal = reader(raw(respond(body(id=UUID.upper()))).url)
    assert portal.read(UUID.upper()).uuid == UUID


@pytest.mark.parametrize("uuid", ["", "../short", "x" * 36, f"{UUID}/signers", f"{UUID}?x=1"])
def test_only_a_uuid_is_asked_for(raw, reader, uuid):
    server = raw()
    with pytest.raises(ValueError):
        reader(server.url).read(uuid)
    assert server.asked == []


# Values


def test_fields_that_are_missing_are_none(raw, reader):
    found = read(raw, reader, title=None)
    assert {name: value for name, value in found.values.items() if value not in (None, {})} == {}
    assert (found.votes, found.views, found.state, found.is_decided) == (None,) * 4


@pytest.mark.parametrize(("fields", "decided"), [({}, None), ({"decision": None}, False), ({"decision": {}}, True)])
def test_a_decision_is_there_not_there_or_unknown(raw, reader, fields, decided):
    assert read(raw, reader, **fields).is_decided is decided


@pytest.mark.parametrize("value", [-1, "5", 1e30, True, [], {}, 2**31, 1.5, "көп"])
def test_a_count_that_is_none_is_unknown_and_counted(raw, reader, value):
    portal = reader(raw(respond(body(signersCount=value))).url)
    assert portal.read(UUID).votes is None
    assert portal.counters.odd["signersCount"] == 1


def test_values_of_a_wrong_kind_stay_as_unknown(raw, reader):
    portal = reader(raw(respond(body(files={"a": 1}, requiredCount="50000", cover=7, organization=[1]))).url)
    found = portal.read(UUID)
    assert found.values["files"] is None
    assert found.values["required"] is None
    assert found.values["unknown"] == {"files": {"a": 1}, "requiredCount": "50000", "cover": 7, "organization": [1]}
    assert sum(portal.counters.odd.values()) == 4


def test_a_state_that_nobody_knows_is_kept_as_its_text(raw, reader):
    assert read(raw, reader, state="ӨЗГЕ_КҮЙ").state == "ӨЗГЕ_КҮЙ"
    assert read(raw, reader, state=17).state == "17"
    assert len(read(raw, reader, state="X" * 500).state) == 80


def test_unknown_fields_are_kept_within_bounds(raw, reader):
    many = {f"field{number}": number for number in range(200)}
    found = read(raw, reader, **many, rating={"score": 4.5}, long=["AB12"] * 5000, repliesCount=7).values["unknown"]
    assert len(json.dumps(found)) < 200_000
    assert found["…"] == 152
    assert "repliesCount" not in found


def test_a_long_unknown_field_is_known_by_its_digest(raw, reader):
    first, second = (read(raw, reader, long=[end] * 5000).values["unknown"]["long"] for end in ("AB12", "AB13"))
    assert first["bytes"] == second["bytes"] == 35_001
    assert first["sha256"] != second["sha256"]


def test_unknown_parts_of_known_objects_are_told_by_their_path(raw, reader):
    found = read(raw, reader, organization={"id": 1, "rank": 3, "orgType": {"weight": 2}, "path": "/1/2"})
    assert found.values["unknown"] == {"organization.rank": 3, "organization.orgType.weight": 2}


def test_odd_rows_of_the_list_are_counted_and_the_rest_is_read(official_portal, reader):
    portal = official_portal(120, troubles="odd_rows,odd_counts,odd_texts")
    odd = portal.truth.odd_rows
    portal.clock_at(min(each.since for each in odd) + 60)
    broken = sum(page.broken for page in (reader(portal.url).list_page(number) for number in range(2)))
    expected = sum(
        1 for each in portal.truth.all
        if (row := each.odd_at(portal.clock.now())) and row.kind == "without_id" and each.opened <= portal.clock.now()
    )  # fmt: skip
    assert broken == expected


def test_odd_texts_and_missing_fields_make_no_reading_fail(readings):
    for field in ("particulars", "missing", "extra"):
        _, found = readings("odd_texts,missing_fields,unknown_fields", field)
        assert found
        for _, reading in found:
            assert reading.status == 200
            assert "\0" not in json.dumps(reading.values, ensure_ascii=False)
            json.dumps(reading.values, ensure_ascii=False).encode()


# Times


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-09-01T05:00:00", datetime(2026, 9, 1, 0, tzinfo=UTC)),
        ("2026-09-01T05:00:00.5", datetime(2026, 9, 1, 0, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-09-01T05:00:00.123456789", datetime(2026, 9, 1, 0, 0, 0, 123_456, tzinfo=UTC)),
        ("2026-09-01T05:00:00Z", datetime(2026, 9, 1, 5, tzinfo=UTC)),
        ("2026-09-01T05:00:00+06:00", datetime(2026, 8, 31, 23, tzinfo=UTC)),
        ("2024-02-29T12:00:00", datetime(2024, 2, 29, 6, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_one_of_almaty(text, instant):
    assert interface.micros_of(text) == int(seconds(instant) * 1_000_000 + 0.5)


NO_TIMES: tuple[object, ...] = (
    *(None, "", "кеше", 1_700_000_000, "2026-09-01", "9" * 50, [], True),
    *("2026-13-45T99:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00", "1970-01-01T00:00:00"),
)


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time_is_none(text):
    assert interface.micros_of(text) is None


def test_signatures_are_times_and_nothing_else(official_portal, reader):
    portal = official_portal(60, troubles="untimed_signers")
    one = portal.truth.planted_on("untimed")[0]
    total = portal.truth.votes_at(one.uuid, portal.clock.now())
    pages = [reader(portal.url).signers(one.uuid, page) for page in range(-(-total // 100))]
    times = [at for page in pages for at in page.times]
    assert len(times) == total == pages[0].total
    assert times.count(None) == len([each for each in one.untimed if each <= total])
    assert pages[-1].is_last
    assert str(times[0]) not in repr(pages[0])


def test_more_rows_than_were_asked_for_are_not_expected(raw, reader):
    rows = json.dumps({"content": [{"createdDate": "2026-09-01T05:00:00"}] * 3}).encode()
    with pytest.raises(Unreachable) as caught:
        reader(raw(respond(rows)).url).signers(UUID, 0, 2)
    assert caught.value.trouble.code == "not_expected"


# Great files


def test_a_cover_of_fifty_megabytes_is_never_held(readings, reader):
    portal, _ = readings("great_cover", "absences")
    great = max(portal.truth.planted_on("cover"), key=lambda each: each.cover)
    one = reader(portal.url)
    one.list_page(0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    found = one.read(great.uuid)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert great.cover == 50_000_000
    assert found.size < 10_000
    assert found.values["cover"]["fileName"] == "cover.png"
    assert b"removed-inline-file-bytes: 50000000" in gzip.decompress(found.evidence)
    assert peak < 8_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000


# Names


def everything(portal, one):
    """Read all that the stand-in has, and give what of it could be kept or shown."""
    for page in range(3):
        yield repr(one.list_page(page))
    for uuid in portal.truth.listed_at(portal.clock.now()):
        found = one.read(uuid)
        yield repr(found)
        yield json.dumps(found.values, ensure_ascii=False)
        yield gzip.decompress(found.evidence).decode()
        yield repr(one.signers(uuid, 0))
    yield repr(one.counters)


def test_no_name_is_in_anything_that_is_kept_or_logged(official_portal, reader, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    portal = official_portal(120, troubles="unknown_fields,names_in_unknown_fields,missing_fields")
    told = "\n".join(everything(portal, reader(portal.url)))
    told += caplog.text + "".join(map(str, capfd.readouterr()))
    assert portal.names.found_in(told.encode()) == set()
    assert "?size=" not in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        respond(json.dumps({"id": OTHER, "applicant": {"firstName": NAME}, "fio": NAME, "title": NAME}).encode()),
        respond(json.dumps({"id": OTHER, "content": {"fio": NAME}, "x": [NAME]}).encode()),
        respond(f'{{"fio":"{NAME}",}}'.encode()),
        respond(f'{{"fio":"{NAME}"'.encode()),
        respond(f"<html>{NAME}".encode()),
        respond(f'{{"fio":"{NAME}'.encode() + b'\xff"}'),
        respond(f'{{"fio":"{NAME}"}}'.encode(), 500),
        respond(f'{{"fio":"{NAME}"}}'.encode(), 403),
        respond(f'{{"fio":"{NAME}"}}'.encode(), Content_Encoding="gzip"),
        f"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{NAME}".encode(),
        f"{NAME}\r\n\r\n".encode(),
        f"HTTP/1.1 200 OK\r\n{NAME}\r\n: {NAME}\r\nContent-Length: 2\r\n\r\n{{}}".encode(),
    ],
)
@pytest.mark.parametrize("ask", ["read", "signers", "list_page"])
def test_no_name_is_in_what_goes_wrong(raw, reader, caplog, answer, ask):
    caplog.set_level(logging.DEBUG)

    def broken(connection):
        connection.sendall(answer)
        connection.close()

    portal = reader(raw(*[broken] * 3).url)
    call = {"read": (UUID,), "signers": (UUID, 0, 1), "list_page": (0,)}[ask]
    with pytest.raises((Unreachable, Forbidden)) as caught:
        getattr(portal, ask)(*call)
    error = caught.value
    told = "".join(traceback.TracebackException.from_exception(error, capture_locals=True, max_group_depth=9).format())
    told = told.replace(repr(answer), "").replace(repr(answer.decode(errors="replace")), "")
    inside = [line for line in told.splitlines() if "answer = " not in line and "told" not in line]
    assert NAME not in "\n".join(inside)
    for spelling in (NAME, NAME.encode().decode("latin-1"), repr(NAME.encode())[2:-1], json.dumps(NAME)[1:-1]):
        assert spelling not in repr((error, error.args, vars(error))) + caplog.text
    assert "size=" not in caplog.text
    assert error.__cause__ is None
    assert error.__context__ is None
