"""Letters: the vectors that the browser composes too, and what holds for any letter."""

import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.letters import (
    BLANK,
    Choice,
    Item,
    ItemKind,
    Line,
    Role,
    Rule,
    Run,
    Sheet,
    compose,
    fill,
    joined,
    plain,
    short,
)
from portal.settings import ROOT

VECTORS = json.loads((ROOT / "tests" / "vectors" / "letters.json").read_text(encoding="utf-8"))


def sheet_of(data):
    """Read a sheet as the vectors have it."""
    return Sheet(
        **{
            **data,
            "opening": tuple(data["opening"]),
            "values": values_of(data["values"]),
            "topics": {key: values_of(values) for key, values in data["topics"].items()},
            "rules": tuple(map(rule_of, data["rules"])),
            "items": tuple(
                Item(**{**item, "kind": ItemKind(item["kind"]), "rules": tuple(map(rule_of, item["rules"]))})
                for item in data["items"]
            ),
        }
    )


def values_of(values):
    return {name: Run(**value) if isinstance(value, dict) else value for name, value in values.items()}


def rule_of(data):
    days = {name: date.fromisoformat(data[name]) if data[name] else None for name in ("since", "until")}
    return Rule(**{**data, **days})


def choice_of(data):
    """Read a choice as the vectors have it."""
    lists = {name: tuple(data[name]) for name in ("items", "enclosures") if name in data}
    return Choice(**{**data, **lists, "day": date.fromisoformat(data["day"])})


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_a_vector_makes_its_letter(vector):
    sheet, choice = sheet_of(vector["sheet"]), choice_of(vector["choice"])
    lines = compose(sheet, choice)
    assert plain(lines) == vector["text"]
    assert short(sheet, choice) == vector["short"]
    assert [line.role.value for line in lines] == vector["roles"]


def test_the_vectors_hold_what_they_are_for():
    by_name = {vector["name"]: vector["text"] for vector in VECTORS}
    assert "33-бабы" in by_name["everything"]
    assert "33-бабы" not in by_name["a day later the norm is out of force and another is in"]
    assert "Жаңа норма ғана." not in by_name["everything"]
    assert "Жаңа норма ғана." in by_name["a day later the norm is out of force and another is in"]
    assert f"ЖСН: {BLANK}" in by_name["blanks"]
    assert "2026" not in by_name["blanks"]
    assert "“{body}” [due>x] {never}" in by_name["what is typed fills what the record does not know"]


def test_a_title_keeps_its_language():
    runs = fill("Петиция: {petition}.", {"petition": Run("kk", "«Әділ»")}, "ru")
    assert runs == (Run("ru", "Петиция: "), Run("kk", "«Әділ»"), Run("ru", "."))


def test_a_flag_stands_only_where_there_is_a_value():
    template = "A[due> until {due}]."
    assert fill(template, {"due": "May"}, "en") == (Run("en", "A until May."),)
    assert fill(template, {"due": ""}, "en") == fill(template, {}, "en") == (Run("en", "A."),)


words = st.text(alphabet="аәғ{}[]>_ab ", max_size=30)


@given(value=words)
def test_what_fills_a_placeholder_is_never_read_as_a_template(value):
    assert fill("{x}", {"x": value, "a": "SECRET", "b": "SECRET"}, "kk") == (Run("kk", value or BLANK),)


@given(runs=st.lists(st.builds(Run, st.sampled_from(["kk", "ru"]), st.text(max_size=3))))
def test_joining_runs_loses_no_word_and_leaves_no_neighbours_alike(runs):
    found = joined(runs)
    assert "".join(run.text for run in found) == "".join(run.text for run in runs)
    assert all(run.text for run in found)
    assert all(one.lang != other.lang for one, other in pairwise(found))


def test_a_gap_is_an_empty_line():
    assert plain([Line(Role.TEXT, (Run("en", "a"),)), Line(Role.GAP)]) == "a\n\n"
