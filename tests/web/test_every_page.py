"""Every page in every language: one heading, the right language, no word of another, no raw key, valid HTML."""

import pytest

from portal import clock
from portal.domain.questions import Question
from portal.domain.texts import LANGUAGES
from portal.services.needs import needs
from tests import given_series
from tests.fixtures.pages import SPOKEN, check

AS_OF = clock.today().isoformat()
"""The one day on which the shipped record is recorded already: that of the test."""

PATHS = [
    "/",
    "/petitions",
    "/petitions?stage=ended_not_seen&sort=due",
    "/petitions?q=нет+такой+петиции",
    "/petitions?q=нет+такой+петиции&stage=decided&body=mci",
    *(f"/petitions?list={question}" for question in Question),
    "/petitions?list=decided&outcome=refused",
    "/petitions?list=rejected&ground=unknown&sort=number",
    *(f"/petitions/{number}" for number in range(1, 20)),
    "/petitions/1/statements",
    "/petitions/2/statements",
    "/petitions/1/official",
    "/petitions/1?on=2024-07-01",
    "/petitions/3?on=2024-07-01",
    "/how-it-works",
    "/how-it-works?on=2024-05-01",
    "/how-it-works?on=2024-09-15",
    "/how-it-works?on=2026-05-01",
    "/how-it-works?on=2026-11-21",
    "/deadlines",
    "/deadlines?stage=review_central&from=2024-06-10",
    "/deadlines?stage=review_local&from=2026-12-10",
    "/deadlines?stage=public_discussion_notice&from=2024-08-02",
    "/deadlines?stage=pre_trial_complaint&from=2026-06-01",
    "/deadlines?stage=collection&from=2026-08-31",
    "/deadlines?stage=registration&from=2024-06-10",
    "/norms",
    "/norms/90-2",
    "/norms/KZ.APPC.90-2.3",
    "/norms/KZ.CONST",
    "/norms/33",
    "/bodies",
    "/bodies/mci",
    "/bodies/parliament",
    "/bodies/mti",
    "/bodies/mohc",
    "/working-groups",
    "/petitions/1/working-group",
    "/petitions/2/working-group",
    "/petitions/3/working-group",
    "/organisations",
    "/organisations/unaids",
    "/organisations/adil-soz",
    "/directory",
    "/directory?q=ЭЦП",
    *(f"/directory?need={need.key}" for need in needs()),
    "/before-you-file",
    "/before-you-file?level=akimat_region&region=KZ-10&q=мектеп&from=2026-12-01",
    "/before-you-file?level=gov&q=время&from=2026-03-02",
    "/letters",
    "/letters?petition=1",
    "/sources",
    "/contradictions",
    "/changes",
    "/changes?about=norms",
    "/changes/how-to-check",
    "/changes/1",
    "/changes/641",
    "/petitions/1/changes",
    "/petitions/1/difference",
    "/petitions/1/difference?from=2024-01-01",
    "/petitions/1/difference?from=31.12.2024&to=2024-01-01",
    f"/petitions/1?as_of={AS_OF}",
    f"/petitions/1?as_of={AS_OF}&on=2024-07-01",
    "/petitions/1?as_of=2024-01-01",
    f"/petitions/1/statements?as_of={AS_OF}",
    "/audit",
    "/audit?before=2024-01-01",
    "/changes?about=all&runs=shown",
    "/health",
    "/corrections",
    "/campaigns",
    "/campaigns/c1",
    "/campaigns/c2",
    "/compare",
    "/compare?petition=1&petition=2",
    "/about",
    "/styleguide",
]
LETTERS = [
    "/letters/message",
    "/letters/message?petition=1",
    "/letters/complaint?petition=2",
    "/letters/question?petition=1",
    "/letters/measures?petition=1",
    "/letters/ombudsman",
]
"""Pages on which a letter is drafted: on paper they are the letter alone, so the browser tests have their own."""

WITH_SERIES = [
    *(f"/petitions/{number}" for number in given_series.GIVEN),
    *(f"/petitions/{number}/votes" for number in given_series.GIVEN),
    "/compare?petition=3",
    "/compare?petition=3&petition=17&petition=2&petition=4",
    "/compare?petition=5&petition=6&petition=1",
]
"""Pages that the shipped record alone does not have: those of counts through time."""

REFUSED = {
    "/petitions/999": 404,
    "/petitions/0": 404,
    "/petitions/99999999999999999999": 404,
    "/petitions/no-such-petition": 404,
    "/petitions?stage=dreaming": 400,
    "/petitions?list=dreams": 400,
    "/petitions?ground=90-9": 400,
    "/petitions?colour=green": 400,
    "/petitions?year=twelve": 400,
    "/petitions?year=99999999999999999999": 400,
    "/petitions?after=~": 400,
    "/petitions?after=0000-00-00~1": 400,
    "/petitions?after=2024-01-01~99999999999999": 400,
    "/petitions?q=%00": 400,
    f"/petitions?q={'я' * 5000}": 400,
    "/petitions/1?on=2024-02-30": 400,
    "/petitions/1?on=0000-01-01": 400,
    "/petitions/1?on=9999-12-31": 400,
    "/how-it-works?on=yesterday": 400,
    "/how-it-works?on=2024-04-03": 422,
    "/deadlines?stage=review_central&from=31.02.2024": 400,
    "/deadlines?stage=review_central": 400,
    "/deadlines?stage=review_central&from=0000-00-00": 400,
    "/deadlines?stage=review_central&from=9999-12-31": 400,
    "/deadlines?stage=dreaming&from=2024-06-10": 404,
    "/deadlines?stage=forwarding&from=2024-06-10": 422,
    "/deadlines?stage=review_central&from=2027-12-20": 422,
    "/deadlines?stage=review_central&from=2024-04-03": 422,
    "/norms/no-such-norm": 404,
    "/norms/%00": 400,
    "/bodies/no-such-body": 404,
    "/directory?need=revenge": 400,
    "/before-you-file?level=&population=abc&from=31.02.2027": 400,
    "/before-you-file?level=akimat_district": 422,
    "/letters/nothing": 404,
    "/letters?name=a": 400,
    "/letters/complaint?petition=one": 400,
    "/letters/after?day=2026-11-20": 400,
    "/before-you-file?text=petition": 400,
    "/petitions/999/working-group": 404,
    "/petitions/999/official": 404,
    "/petitions/1/official?version=1": 404,
    "/petitions/1/official?version=0": 400,
    "/petitions/1/official?before=one": 400,
    "/petitions/1/official?on=2024-07-10": 400,
    "/organisations/no-such-organisation": 404,
    "/working-groups?page=1": 400,
    "/organisations?letter=A": 400,
    "/changes?before=minus": 400,
    "/changes/0": 404,
    "/changes/99999999": 404,
    "/changes/99999999999999999999": 404,
    "/petitions/999/changes": 404,
    "/petitions/1/changes?about=norms": 400,
    "/corrections?before=0": 400,
    "/health?after=x": 400,
    "/changes?about=all&runs=x": 400,
    "/campaigns/c99": 404,
    "/campaigns?state=open": 400,
    "/campaigns/c1?on=2024-07-10": 400,
    "/petitions/1/votes": 404,
    "/petitions/999/votes": 404,
    "/petitions/1/votes?on=2024-07-10": 400,
    "/compare?petition=999&petition=one": 422,
    "/compare?petition=1&petition=2&petition=3&petition=4&petition=5": 400,
    "/nothing-here": 404,
}


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=[pytest.mark.slow] if "?" in path else []) for path in [*PATHS, *LETTERS]]
)
def test_a_page_is_whole_in_each_language(client, english_only, lang, path):
    answer = client.get(f"/{lang}{path}")
    assert answer.status_code == 200
    page = check(answer, lang, english_only)
    others = {node.get("hreflang"): node.get("href") for node in page.iter("a") if node.get("hreflang")}
    assert set(others) == set(LANGUAGES)
    assert "Set-Cookie" not in answer.headers
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("path", WITH_SERIES)
def test_a_page_of_a_series_is_whole_in_each_language(with_series, english_only, lang, path):
    answer = with_series.test_client().get(f"/{lang}{path}")
    assert answer.status_code == 200
    check(answer, lang, english_only)


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("path", REFUSED)
def test_bad_input_gets_a_sentence_in_the_asked_language(client, english_only, lang, path):
    answer = client.get(f"/{lang}{path}")
    assert answer.status_code == REFUSED[path]
    check(answer, lang, english_only)


@pytest.mark.parametrize(
    ("header", "lang"),
    [("kk-KZ,kk;q=0.9,ru;q=0.8", "kk"), ("en-GB", "en"), ("de,fr", "ru"), (None, "ru"), ("x" * 10_000, "ru")],
)
def test_the_root_chooses_by_the_browsers_languages(client, header, lang):
    answer = client.get("/", headers={"Accept-Language": header} if header else {})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{lang}/"
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/de/petitions", "/xx/", "/english/petitions", "/%00"])
def test_an_address_that_is_none_of_ours_is_answered_in_the_readers_language(client, english_only, path):
    for lang in LANGUAGES:
        answer = client.get(path, headers={"Accept-Language": lang})
        assert answer.status_code in {400, 404}
        check(answer, lang, english_only)


def test_only_reading_is_allowed(client):
    for path in ("/kk/", "/ru/petitions/1", "/en/deadlines"):
        answer = client.post(path)
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


def test_a_link_that_a_messenger_decorated_still_opens(client):
    assert client.get("/kk/petitions/1?fbclid=abc&utm_source=x").status_code == 200


def test_a_link_to_a_petition_by_its_register_id_leads_to_its_number(client):
    answer = client.get("/ru/petitions/lgbt-propaganda-2024")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/ru/petitions/1")


@pytest.mark.parametrize("written", ["90-2", "90 (2)", "ст. 90-2", "90-2-бап", "KZ.APPC.90-2"])
def test_the_ways_of_writing_90_2_open_one_norm(client, written):
    pages = {client.get(f"/ru/norms/{form}").get_data(as_text=True).split("<h1")[1] for form in ("90-2", written)}
    assert len(pages) == 1
    found = client.get("/ru/norms", query_string={"q": written})
    assert found.status_code == 302
    assert client.get(found.headers["Location"]).status_code == 200


def test_every_page_is_valid_html(client, with_series, html_problems):
    reader = with_series.test_client()
    places = [f"/{lang}{path}" for lang in LANGUAGES for path in WITH_SERIES]
    counted = {place: reader.get(place).get_data(as_text=True) for place in places}
    pages = {
        f"/{lang}{path}": client.get(f"/{lang}{path}").get_data(as_text=True)
        for lang in LANGUAGES
        for path in [*PATHS, *LETTERS, *REFUSED]
    }
    assert html_problems({**pages, **counted}) == []
