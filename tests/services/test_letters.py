"""The files that letters are made from: what they name is there, what is wrong in them is refused by name."""

from datetime import date
from itertools import product
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from portal.domain.letters import BLANK, TEMPLATE, Choice, ItemKind, compose, plain, short
from portal.domain.texts import LANGUAGES
from portal.services import letters
from portal.services.catalogue import REGISTER
from portal.services.letter_sheets import Sheets
from portal.services.letters import LETTERS, Known
from portal.services.needs import ids_in
from portal.services.needs import plain as plain_yaml

OLD_CONSTITUTION = {"G-01", "G-03", "G-06", "G-07", "G-08", "G-09"}
VALUES = {"petition", "official_number", "body", "superior", "reviewing", "step", "article", "due", "days", "as_of"}
VALUES |= {"checked", "met", "decided", "outcome", "undertaken", "ask"}
MOST = 1_000


@pytest.fixture(scope="module")
def known():
    return Known(
        norms=ids_in(REGISTER / "norms.yaml", "norms"),
        sources=ids_in(REGISTER / "sources.yaml", "sources"),
        bodies=ids_in(REGISTER / "bodies.yaml", "bodies"),
        petitions={path.stem for path in (REGISTER / "petitions").glob("*.yaml")},
    )


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files to spoil."""
    return Path(copytree(LETTERS, tmp_path / "letters"))


def spoil(folder, file, change):
    path = folder / file
    data = plain_yaml(path)
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def test_the_kinds_are_the_seven_of_the_law_and_say_nothing_of_a_subject():
    assert [*letters.stock().kinds] == [
        *("message", "complaint", "question", "materials", "proposal", "measures", "ombudsman"),
    ]


def test_every_kind_says_who_to_whom_on_what_and_what_is_not_settled():
    for kind in letters.stock().kinds.values():
        for text in (kind.name, kind.title, kind.about, kind.who, kind.to, kind.subject, kind.short):
            assert {*text.by_language} == {*LANGUAGES}
        assert kind.norms
        assert kind.chosen_demands
        assert kind.checked.by is None  # Nobody has; the page says so. Change this with the name of who did.


def test_a_request_for_information_is_due_by_both_readings_and_neither_is_confirmed():
    terms = letters.stock().kinds["question"].terms
    assert [(term.length, term.unit) for term in terms] == [(15, "WD"), (15, "D")]
    assert {str(term.certainty) for term in terms}.isdisjoint({"A", "B"})


def test_the_kazakh_word_for_an_appeal_is_that_of_the_code():
    texts = [path.read_text(encoding="utf-8") for path in LETTERS.glob("*.yaml")]
    assert any("жолданым" in text.casefold() for text in texts)


def test_templates_name_only_values_that_there_are():
    for kind, lang in product(letters.stock().kinds.values(), LANGUAGES):
        for template in (*kind.opening[lang], kind.short.by_language[lang]):
            named = {name for found in TEMPLATE.finditer(template) for name in (found[1], found[3]) if name}
            inner = {name for found in TEMPLATE.finditer(template) if found[2] for name in _names(found[2])}
            assert named | inner <= VALUES, (kind.code, lang)
            assert not _leftover(template), template


def _names(text):
    return {found[3] for found in TEMPLATE.finditer(text) if found[3]}


def _leftover(template):
    return set(TEMPLATE.sub("", template)) & set("{}[]>")


def test_six_grounds_rest_on_the_constitution_of_1995_and_end_with_it(served):
    with served.app_context():
        for kind in letters.stock().kinds.values():
            items = Sheets(letters.stock(), kind, None).of("kk").items
            ended = {
                item.id for item in items if item.holds_on(date(2026, 6, 30)) and not item.holds_on(date(2026, 7, 1))
            }
            assert ended == OLD_CONSTITUTION & {item.id for item in items}
        message = Sheets(letters.stock(), letters.stock().kinds["message"], None).of("kk")
    assert {item.id for item in message.items} >= OLD_CONSTITUTION


def test_a_letter_that_always_goes_to_one_body_names_it_without_a_petition(served):
    with served.app_context():
        named = {
            code: Sheets(letters.stock(), kind, None).of("ru").values.get("body")
            for code, kind in letters.stock().kinds.items()
        }
    assert named.pop("ombudsman").startswith("Уполномоченный по правам человека")
    assert set(named.values()) == {None}


def test_what_belongs_to_one_petition_is_not_offered_for_another():
    stock = letters.stock()
    kind = stock.kinds["message"]
    own = {item.id for item in stock.offered(kind, "lgbt-propaganda-2024")}
    others = {item.id for item in stock.offered(kind, "time-zone-2024")}
    assert "G-02" in own - others
    assert others == {item.id for item in stock.offered(kind, None)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_letter_without_a_petition_is_whole_and_has_blanks(served, lang):
    with served.app_context():
        for kind in letters.stock().kinds.values():
            sheet = Sheets(letters.stock(), kind, None).of(lang)
            choice = Choice(date(2026, 11, 22), items=(*kind.chosen, *kind.chosen_demands), who={"name": ""})
            text = plain(compose(sheet, choice))
            assert BLANK in text
            assert sheet.title in text
            assert "  " not in text
            assert len(short(sheet, choice)) <= MOST


def test_allegations_and_forecasts_name_their_speaker():
    stock = letters.stock()
    for item in stock.items.values():
        if item.type in (ItemKind.ALLEGATION, ItemKind.FORECAST):
            assert item.speaker


def test_what_takes_a_side_stands_beside_what_is_said_against_it():
    stock = letters.stock()
    for each in ("G-02", "G-03", "G-04", "F-12", "D-01"):
        assert stock.items[each].counters


def test_an_allegation_that_nobody_answered_says_so_itself():
    allegation = letters.stock().items["F-10"]
    assert not allegation.counters
    assert "no response" in allegation.text.by_language["en"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "change", "named"),
    [
        ("kinds.yaml", lambda data: data["kinds"][0]["norms"].append("KZ.NONE"), "message: there is no norm 'KZ.NONE'"),
        ("kinds.yaml", lambda data: data["kinds"][0]["items"].append("D-01"), "message: there is no item 'D-01'"),
        ("kinds.yaml", lambda data: data["kinds"][0]["demands"].append("G-01"), "message: there is no demand 'G-01'"),
        ("kinds.yaml", lambda data: data["kinds"][0].update(chosen=["F-99"]), "'F-99' is chosen and not offered"),
        ("kinds.yaml", lambda data: data["kinds"][0].update(addressee="body:nobody"), "there is no body 'nobody'"),
        ("kinds.yaml", lambda data: data["kinds"][0]["next"][0].update(kind="appeals"), "there is no kind 'appeals'"),
        ("kinds.yaml", lambda data: data["kinds"][0]["opening"]["kk"].pop(), "has not the same paragraphs"),
        ("kinds.yaml", lambda data: data["kinds"][0]["title"].pop("kk"), "no kk in"),
        ("kinds.yaml", lambda data: data["kinds"].append(data["kinds"][0]), "'message' stands twice"),
        ("kinds.yaml", lambda data: data["kinds"][0].update(code="lgbt-2024"), "kinds.0.code"),
        ("items.yaml", lambda data: data["items"][0].update(source="nowhere"), "G-01: there is no source 'nowhere'"),
        ("items.yaml", lambda data: data["items"][0].update(petitions=["no"]), "G-01: there is no petition 'no'"),
        ("items.yaml", lambda data: data["items"][0].update(counters=["X-99"]), "G-01: there is no counter 'X-99'"),
        ("items.yaml", lambda data: data["items"][0]["text"].pop("en"), "no en in"),
        ("items.yaml", lambda data: data["items"][0].update(type="rumour"), "items.0.type"),
        ("items.yaml", lambda data: data["items"][0].update(type="allegation"), "names who says so"),
        ("items.yaml", lambda data: data["items"][0].update(norms=[], source=None), "neither a norm nor a source"),
        ("words.yaml", lambda data: data["words"].pop("signature"), "there is no 'signature'"),
        ("words.yaml", lambda data: data["words"]["to"].pop("kk"), "to: no kk"),
        ("requirements.yaml", lambda data: data["requires"].pop("complaint"), "there is no 'complaint'"),
        (
            "requirements.yaml",
            lambda data: data["requires"]["appeal"]["parts"][0].update(norm="KZ.NONE"),
            "appeal: there is no norm 'KZ.NONE'",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_refused_with_its_place(folder, known, file, change, named):
    spoil(folder, file, change)
    with pytest.raises(ValueError, match=rf"{file}: .*{named}"):
        letters.load(folder, known)


def test_the_shipped_files_are_fine(folder, known):
    assert letters.load(folder, known).kinds.keys() == letters.stock().kinds.keys()
