"""The guidance for somebody pressed to sign: every id is there, and no letter and nobody's name is in it."""

import pytest
import yaml

from portal.domain.texts import LANGUAGES
from portal.services.letter_advice import advice, load_advice
from portal.services.letters import LETTERS

SAID = {"kk": "Бір", "ru": "Раз", "en": "One"}
SECTION = {
    "key": "turn",
    "title": SAID,
    "norms": ["KZ.APPC.64.9"],
    "paragraphs": [SAID],
    "steps": [{"entry": "S-01", "why": SAID}],
}


def load(tmp_path, section):
    path = tmp_path / "advice.yaml"
    path.write_text(yaml.safe_dump({"title": SAID, "about": SAID, "sections": [section]}, allow_unicode=True))
    return load_advice(path, rows={"S-01"}, norms={"KZ.APPC.64.9"})


def test_the_shipped_guidance_says_everything_in_three_languages():
    for section in advice().sections:
        for text in (section.title, *section.paragraphs, *(step.why for step in section.steps)):
            assert {*text.by_language} == {*LANGUAGES}
            assert len({*text.by_language.values()}) == len(LANGUAGES)


def test_it_leads_somewhere_and_holds_no_template_of_a_letter():
    assert any(section.steps for section in advice().sections)
    assert "{" not in (LETTERS / "advice.yaml").read_text().replace("{kk:", "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"norms": ["KZ.NONE"]}, "turn: there is no norm 'KZ.NONE'"),
        ({"steps": [{"entry": "S-99", "why": SAID}]}, "turn: there is no row of the directory 'S-99'"),
        ({"paragraphs": [{"kk": "Бір", "ru": "Раз"}]}, "advice.yaml"),
        ({"template": "…"}, "advice.yaml: sections.0.template"),
    ],
)
def test_a_bad_file_is_refused_and_named(tmp_path, change, words):
    assert load(tmp_path, SECTION).sections[0].key == "turn"
    with pytest.raises(ValueError, match=words):
        load(tmp_path, SECTION | change)
