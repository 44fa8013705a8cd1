"""Two readings of the official portal compared: every shape is borne, and what is not understood is only named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.official import ANNOUNCED, COMPARED
from portal.domain.official_changes import FIELDS, File, Organisation, differing, file_changes, read
from portal.i18n.official import OFFICIAL_FIELDS

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "nameKk", "nameRu", "fileName", "x y"]), inner, max_size=3)
    ),
    max_leaves=6,
)
READINGS = st.dictionaries(st.sampled_from(COMPARED), ANYTHING)

BODY = {"id": 7, "nameKk": "Көлік министрлігі", "nameRu": "Министерство транспорта", "path": "1/7"}


def fields_of(before, after):
    return [each.field for each in differing(before, after)]


@given(before=READINGS, after=READINGS)
def test_whatever_the_portal_says_two_readings_can_be_compared(before, after):
    canonical = [
        json.dumps({name: value for name, value in each.items() if value is not None}, sort_keys=True)
        for each in (before, after)
    ]
    found = differing(before, after)
    if canonical[0] == canonical[1]:
        assert found == ()
    assert all(each.field in OFFICIAL_FIELDS for each in found)
    assert {each.field for each in differing(after, before)} == {each.field for each in found}


def test_every_field_that_is_compared_or_announced_has_a_word():
    assert set(COMPARED) | set(ANNOUNCED) | set(FIELDS) <= set(OFFICIAL_FIELDS)
    assert set(read({})) == set(FIELDS)


def test_a_body_is_compared_by_its_names_and_its_number():
    (found,) = differing({"organization": BODY}, {"organization": {**BODY, "nameRu": "Минтранс"}})
    assert found.before == Organisation("7", "Көлік министрлігі", "Министерство транспорта")
    assert found.after.ru == "Минтранс"


def test_what_else_the_portal_says_of_a_body_is_only_named():
    (found,) = differing({"organization": BODY}, {"organization": {**BODY, "path": "1/9"}})
    assert (found.field, found.before, found.after, found.parts) == ("organization", None, None, ("path",))


@pytest.mark.parametrize("field", ["location", "unknown"])
def test_places_and_unknown_fields_are_named_and_never_repeated(field):
    (found,) = differing({field: {"a": "Болат", "b": 1}}, {field: {"a": "Айжан", "b": 1, "fio Болат": 2}})
    assert (found.field, found.before, found.after, found.parts) == (field, None, None, ("a",))


def test_files_are_told_apart_by_hash_then_id_then_name():
    one, other = (
        read({"files": [{"fileName": "a", "fileHash": "1"}, "b"]})["files"],
        read({"files": [{"fileName": "c", "fileHash": "1"}]})["files"],
    )
    assert file_changes(one, other) == ([File("b")], [])
    assert fields_of({"files": []}, {"files": [{"fileName": "c"}]}) == ["files"]


def test_a_decision_is_told_by_its_parts():
    after = {
        "decision": {
            "messageKk": "Жоқ",
            "messageRu": "Нет",
            "replyDate": "2026-09-01",
            "files": [{"fileName": "1.pdf"}],
        }
    }
    assert fields_of({"decision": None}, after) == ["decision_kk", "decision_ru", "decision_replied", "decision_files"]


def test_nothing_given_and_no_field_at_all_are_the_same():
    assert differing({"deadline": None, "unknown": {}}, {}) == ()
