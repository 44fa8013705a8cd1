"""Names are dropped wherever they stand; what the description knows stays."""

import json

import pytest

from portal.watch import people

NAME = "Жұмбақжан Тайноименов"


def kept(value):
    return people.read(json.dumps(value))


PERSONAL = (
    *("fio", "firstName", "lastName", "middleName", "patronymic", "fullName", "first_name", "FIRSTNAME", "userName"),
    *("comment", "comments", "signers", "applicantName", "authorFio", "createdBy", "editedBy"),
    *("iin", "phone", "email", "contactPhone"),
)


@pytest.mark.parametrize("field", PERSONAL)
@pytest.mark.parametrize("value", [NAME, {"name": NAME}, [NAME], 77011234567])
def test_a_field_of_people_is_dropped_at_any_depth(field, value):
    found = kept({"id": "x", "a": [{"b": {field: value}}]})
    assert found.value["a"] == [{"b": {}}]
    assert found.dropped == [f"a[].b.{field}"]


@pytest.mark.parametrize("field", ["signersCount", "viewersCount", "commentsCount"])
def test_a_count_of_people_stays(field):
    assert kept({field: 7}).value == {field: 7}


def test_a_name_under_a_field_that_nobody_foresaw_is_dropped():
    found = kept({"label": NAME, "deep": [NAME, {"call": [NAME]}], NAME: 1, "x": {NAME: NAME}, "num": 850101300123})
    text = people.written(found.value).decode()
    assert "Жұмбақжан" not in text
    assert "850101300123" not in text
    assert not any("Жұмбақжан" in path for path in found.dropped)
    assert found.value["label"] == "[…21]"


@pytest.mark.parametrize(
    "value",
    ["SUSPENDED_X", "2026-01-01T10:00:00", "ab12cd34", 4.5, 7, None, True, "", "0f8fad5b-d9cb-469f-a165-70867728950e"],
)
def test_codes_dates_and_numbers_stay_where_nothing_is_known(value):
    assert kept({"whatever": value}).value == {"whatever": value}


def test_a_state_under_an_unknown_name_stays():
    assert kept({"subState": "Suspended"}).value == {"subState": "Suspended"}


def test_known_texts_stay_whole():
    record = {
        "title": "Тақырып",
        "description": "Мәтін " * 100,
        "organization": {"nameRu": "МФ", "orgType": {"nameKk": "Орган"}},
        "decision": {"messageRu": "Ответ", "files": [{"fileName": "жауап.pdf"}]},
        "files": [{"fileName": "a b.pdf"}],
    }
    found = kept(record)
    assert found.value == record
    assert found.dropped == []


@pytest.mark.parametrize("applicant", [{"firstName": "А", "lastName": "Б"}, {"fio": "Б А"}, "Б А", None, {}, [1]])
def test_the_applicants_name_is_dropped_however_it_stands_there(applicant):
    found = kept({"title": "Т", "applicant": applicant})
    assert "Б" not in repr(found.value)
    assert not found.value.get("applicant")


def test_what_no_database_can_carry_is_replaced():
    found = people.read('{"title":"a\\u0000b\\ud800c","x":NaN,"y":1e999,"z":[Infinity]}')
    assert found.value == {"title": "a\ufffdb\ufffdc", "x": None, "y": None, "z": [None]}
    people.written(found.value)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' + "9" * 5000 + "}", "nonsense", '{"a":1}x'])
def test_what_is_no_json_is_none(text):
    assert people.read(text) is None
