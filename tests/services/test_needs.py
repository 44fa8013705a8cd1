"""The needs of the directory: every id is one that there is, or the file is refused by name."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from portal.domain.texts import LANGUAGES
from portal.services.catalogue import REGISTER
from portal.services.needs import ids_in, is_stale, load_needs, needs

ROWS = {"S-01", "S-02"}
NORMS = {"KZ.APPC.91.2"}


def said(text):
    return {"kk": text, "ru": text, "en": text}


def need(**changes):
    return {
        "key": "no_answer",
        "title": said("No answer"),
        "about": said("Look first."),
        "steps": [{"entry": "S-01", "why": said("Here."), "norms": ["KZ.APPC.91.2"], "through": ["S-02"]}],
        **changes,
    }


def load(tmp_path: Path, *records):
    path = tmp_path / "needs.yaml"
    path.write_text(yaml.safe_dump({"needs": list(records)}, allow_unicode=True), encoding="utf-8")
    return load_needs(path, rows=ROWS, norms=NORMS)


@pytest.mark.slow
def test_the_shipped_needs_name_only_rows_and_norms_of_the_register():
    rows = ids_in(REGISTER / "directory.yaml", "directory")
    norms = ids_in(REGISTER / "norms.yaml", "norms")
    assert len(rows) == 112
    for each in needs():
        assert {*each.norms} <= norms
        for step in each.steps:
            assert {step.entry, *step.through} <= rows
            assert {*step.norms} <= norms


def test_every_need_speaks_the_three_languages_and_differs_between_them():
    for each in needs():
        for text in (each.title, each.about, *(step.why for step in each.steps)):
            assert {*text.by_language} == {*LANGUAGES}
            assert len({*text.by_language.values()}) == len(LANGUAGES)


def test_a_good_file_is_read_in_its_order(tmp_path):
    found = load(tmp_path, need(), need(key="refused"))
    assert [each.key for each in found] == ["no_answer", "refused"]
    assert found[0].steps[0].through == ("S-02",)


@pytest.mark.parametrize(
    ("step", "named"),
    [
        ({"entry": "S-99"}, "no_answer, step 1: there is no row of the directory 'S-99'"),
        ({"through": ["R-99"]}, "no_answer, step 1: there is no row of the directory 'R-99'"),
        ({"norms": ["KZ.NONE"]}, "no_answer, step 1: there is no norm 'KZ.NONE'"),
    ],
)
def test_an_unknown_id_is_refused_with_the_file_the_need_and_the_step(tmp_path, step, named):
    with pytest.raises(ValueError, match=f"needs.yaml: {named}"):
        load(tmp_path, need(steps=[{**need()["steps"][0], **step}]))


@pytest.mark.parametrize(
    ("records", "named"),
    [
        ([need(norms=["KZ.NONE"])], "no_answer: there is no norm 'KZ.NONE'"),
        ([need(), need()], "the need 'no_answer' stands twice"),
        ([need(title={"kk": "Жауап жоқ", "ru": "Нет ответа"})], "no en in"),
        ([need(steps=[])], "without a row"),
        ([need(advice="win")], "needs.0.advice"),
        ([need(pages=["elsewhere"])], "needs.0.pages.0"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path, records, named):
    with pytest.raises(ValueError, match=f"needs.yaml: .*{named}"):
        load(tmp_path, *records)


def test_a_check_is_old_on_the_181st_day_and_not_on_the_180th():
    checked_on = date(2026, 5, 26)
    assert not is_stale(checked_on, checked_on)
    assert not is_stale(checked_on, checked_on + timedelta(days=180))
    assert is_stale(checked_on, checked_on + timedelta(days=181))
