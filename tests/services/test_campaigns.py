"""The files of campaigns: what they must say, and that a flaw is refused with the file and the place."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from portal.domain.campaigns import State
from portal.domain.texts import LANGUAGES
from portal.services.campaign_format import sources_of, texts_of
from portal.services.campaigns import CampaignUnknown, Known, in_order, load_campaigns, of_files, require_known

KNOWN = Known(petitions={"park"}, sources={"source:1"}, norms={"N.1"}, items={"F-01"})


def said(text):
    return {"kk": f"{text} kk", "ru": f"{text} ru", "en": text}


def call(**changes):
    """Return an open campaign; a change to None takes a key out."""
    whole = {
        "id": "c7",
        "petition": "park",
        "open": "2030-03-01",
        "closed": "2030-05-01",
        "whose": {"name": said("Park friends"), "about": said("A club.")},
        "title": said("Ask"),
        "lead": said("One may ask."),
        "why": [{"text": said("Trees."), "source": "source:1"}],
        "steps": [{"text": said("Write.")}],
        "kind": "question",
        "items": ["F-01"],
        "press": ["source:1"],
        "share": {name: said(name) for name in ("heading", "text", "caption", "alt")},
        "attribution": said("Ours."),
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not None}


LETTER = {"about": {"text": said("A letter.")}, "arguments": [{"says": {"text": said("So.")}, "norms": ["N.1"]}]}
ARCHIVE = {"archived": "2030-06-01", "share": None, "press": None, "letter": LETTER}


def load(folder: Path, *calls, known=KNOWN):
    for each in calls:
        (folder / f"{each['id']}.yaml").write_text(yaml.safe_dump(each, allow_unicode=True), encoding="utf-8")
    return load_campaigns(folder, known)


def test_good_files_are_read_by_number(tmp_path):
    found = load(tmp_path, call(id="c10"), call(successor="c10"), call(id="c2", **ARCHIVE))
    assert [each.id for each in found] == ["c2", "c7", "c10"]
    assert found[1].states.on(date(2030, 3, 1)) is State.OPEN
    assert found[0].states.is_archived


def test_a_draft_may_still_lack_what_an_open_campaign_has(tmp_path):
    (draft,) = load(tmp_path, call(open=None, closed=None, why=None, steps=None, kind=None, share=None))
    assert draft.states.on(date(2040, 1, 1)) is State.DRAFT


def test_items_are_not_looked_up_where_there_is_no_file_of_them(tmp_path):
    known = Known(KNOWN.petitions, KNOWN.sources, KNOWN.norms, items=None)
    assert load(tmp_path, call(items=["F-99"]), known=known)[0].items == ("F-99",)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"petition": "lake"}, "c7.yaml: there is no petition 'lake'"),
        ({"items": ["F-99"]}, "c7.yaml: there is no item of letters 'F-99'"),
        ({"press": ["source:9"]}, "c7.yaml: there is no source 'source:9'"),
        ({"why": [{"text": said("So."), "source": "source:9"}]}, "c7.yaml: there is no source 'source:9'"),
        ({"successor": "c8"}, "c7.yaml: there is no other campaign 'c8'"),
        ({"successor": "c7"}, "c7.yaml: there is no other campaign 'c7'"),
        ({"kind": "protest"}, "c7.yaml: kind"),
        ({"kind": None}, "by which kind of letter"),
        ({"why": None}, "says why"),
        ({"steps": None}, "what to do"),
        ({"title": {"kk": "Сұраңыз", "ru": "Спросите"}}, "no en in"),
        ({"whose": {"name": {"en": "Friends"}, "about": said("A club.")}}, "no kk, ru in"),
        ({"share": {"heading": said("h"), "text": said("t"), "caption": said("c")}}, "c7.yaml: share.alt"),
        ({"share": {**call()["share"], "alt": {"en": "Text"}}}, "no kk, ru in"),
        ({"whose": None}, "c7.yaml: whose"),
        ({"closed": "2030-02-28"}, "closed does not begin after open"),
        ({"open": "1 March"}, "c7.yaml: open"),
        ({"open": None}, "never opened"),
        ({"letter": LETTER}, "belongs to an archive"),
        ({**ARCHIVE, "share": call()["share"]}, "an archive has no share kit"),
        ({**ARCHIVE, "press": ["source:1"]}, "no press list"),
        ({**ARCHIVE, "letter": {**LETTER, "arguments": []}}, "c7.yaml: letter.arguments"),
        (
            {**ARCHIVE, "letter": {**LETTER, "arguments": [{"says": {"text": said("So.")}, "norms": ["N.9"]}]}},
            "there is no norm 'N.9'",
        ),
        ({"colour": "green"}, "c7.yaml: colour"),
    ],
)
def test_a_flaw_is_refused_with_the_file_and_the_place(tmp_path, changes, named):
    with pytest.raises(ValueError, match=named):
        load(tmp_path, call(**changes))


@pytest.mark.parametrize("named", ["lgbt-2024", "c0", "c", "C1", "c1-park"])
def test_an_id_says_nothing_of_the_subject(tmp_path, named):
    with pytest.raises(ValueError, match=f"{named}.yaml: id"):
        load(tmp_path, call(id=named))


def test_a_file_bears_the_name_of_its_campaign(tmp_path):
    (tmp_path / "c8.yaml").write_text(yaml.safe_dump(call()), encoding="utf-8")
    with pytest.raises(ValueError, match=r"c8\.yaml: the file has another name"):
        load_campaigns(tmp_path, KNOWN)


# What is shipped


def texts(value):
    return [text for _, text in texts_of(value)]


def test_the_shipped_campaigns_speak_three_languages():
    for each in of_files().values():
        for text in texts(each):
            assert {*text.by_language} == {*LANGUAGES}
        assert len({*each.title.by_language.values()}) == len(LANGUAGES)


def test_the_call_of_2024_is_an_archive_that_asks_for_nothing():
    found = of_files()["c1"]
    assert found.states.is_archived
    assert (found.share, found.press, found.kind, found.items) == (None, (), None, ())
    assert {"source:000", "source:002"} <= {*sources_of(found)}
    assert not found.whose.ours
    assert found.states.on(date(2024, 7, 7)) is State.DRAFT
    assert found.states.on(date(2024, 7, 8)) is State.OPEN
    assert found.states.on(date(2024, 9, 5)) is State.CLOSED


def test_each_argument_of_2024_has_the_answer_of_the_state_or_is_an_allegation_without_one():
    arguments = of_files()["c1"].letter.arguments
    without = [each for each in arguments if each.answer is None]
    assert [each.says.locator for each in without] == ["002:27"]
    assert all(each.answer.source == "source:000" for each in arguments if each.answer)


def test_our_own_call_asks_about_measures_and_is_open_from_its_day():
    found = of_files()["c2"]
    assert (found.whose.ours, found.kind, found.petition) == (True, "measures", "lgbt-propaganda-2024")
    assert found.states.on(date(2026, 11, 21)) is State.DRAFT
    assert found.states.on(date(2026, 11, 22)) is State.OPEN
    assert found.states.on(date(2027, 5, 17)) is State.CLOSING
    assert found.states.on(date(2027, 5, 31)) is State.CLOSING
    assert found.states.on(date(2027, 6, 1)) is State.CLOSED


def test_what_runs_is_listed_first_and_drafts_and_withheld_campaigns_not_at_all():
    day, files = date(2026, 11, 22), of_files().values()
    assert [each.id for each, _ in in_order(files, day, ())] == ["c2", "c1"]
    assert [each.id for each, _ in in_order(files, day, {"c2"})] == ["c1"]
    assert [(each.id, state) for each, state in in_order(files, date(2026, 11, 21), ())] == [("c1", State.CLOSED)]


def test_a_slip_in_what_is_withheld_is_refused(empty):
    require_known({"c1", "c2"})
    with pytest.raises(CampaignUnknown, match="'c3'"):
        require_known({"c1", "c3"})
