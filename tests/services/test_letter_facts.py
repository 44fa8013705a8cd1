"""What a letter takes from the record of the petition that its writer came from."""

from datetime import date

import pytest

from portal.domain.letters import Choice, Run, compose, plain
from portal.domain.texts import LANGUAGES
from portal.services import letters, tracking
from portal.services.letter_facts import facts_of
from portal.services.letter_sheets import Sheets

TODAY = date(2026, 11, 22)


def facts(code, number, on=TODAY):
    record = tracking.record_of(tracking.by_number(number))
    return facts_of(record, tracking.standing_of(record, on), letters.stock().kinds[code], on)


def sheet(code, number, lang, on=TODAY):
    return Sheets(letters.stock(), letters.stock().kinds[code], facts(code, number, on)).of(lang)


@pytest.fixture(autouse=True)
def within_the_application(served):
    with served.app_context():
        yield


def test_a_step_that_nobody_saw_is_asked_about_and_never_complained_of():
    assert "decision_published" in facts("question", 1).topics
    assert {*facts("complaint", 1).topics} == {"decision"}


def test_a_question_names_the_step_its_article_its_last_day_and_the_working_days_since():
    topic = facts("question", 2).topics["decision_published"]
    assert topic["ru"] == {
        "step": "публикация решения",
        "article": "часть 3 статьи 90-6 АППК",
        "due": "5 августа 2024 года",
        "days": "568",
        "as_of": "22 ноября 2026 года",
    }
    assert topic["kk"]["due"] == "2024 жылғы 5 тамыз"
    assert topic["en"]["article"] == "Article 90-6(3) APPC"


def test_the_day_after_the_last_day_is_one_working_day_ago():
    topic = facts("question", 2, date(2024, 8, 6)).topics["decision_published"]["en"]
    assert (topic["days"], topic["as_of"]) == ("1", "6 August 2024")


def test_on_the_last_day_there_is_nothing_to_ask():
    assert "decision_published" not in facts("question", 2, date(2024, 8, 5)).topics


def test_the_addressee_is_a_body_and_never_a_person():
    found = facts("complaint", 1)
    assert found.values["kk"]["body"] == "Мәдениет және ақпарат министрлігі"
    assert facts("ombudsman", 1).values["ru"]["body"].startswith("Уполномоченный")
    assert facts("ombudsman", 1).values["ru"]["reviewing"] == "Министерство культуры и информации"


def test_where_the_record_names_no_body_the_writer_does():
    assert "body" not in facts("question", 12).values["kk"]


def test_a_title_in_another_language_keeps_its_own():
    assert facts("question", 2).values["kk"]["petition"].lang != "kk"
    assert isinstance(facts("question", 1).values["kk"]["petition"], Run)


def test_a_day_that_sources_dispute_is_not_put_into_a_letter():
    assert "decided" not in facts("complaint", 1).topics["decision"]["ru"]
    assert facts("complaint", 2).topics["decision"]["ru"]["decided"] == "2 августа 2024 года"


def test_promised_measures_are_topics_and_what_was_reported_of_them_are_facts_with_their_sources():
    found = facts("measures", 1)
    assert found.topics["R-fu-programme"]["ru"] == {"undertaken": "разработка программы исследований"}
    item = next(item for item in found.items["ru"] if item.id == "R-fu-programme-2024-11")
    assert item.text == "Программа исследований: разрабатывается (по состоянию на 1 ноября 2024 года)."
    assert item.source


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", range(1, 20))
def test_every_letter_about_every_petition_can_be_made(lang, number):
    for kind in letters.stock().kinds.values():
        found = sheet(kind.code, number, lang)
        for topic in (None, *found.topics):
            choice = Choice(TODAY, items=(*kind.chosen, *kind.chosen_demands), topic=topic, who={"name": ""})
            text = plain(compose(found, choice))
            assert not {*"{}[]>"} & {*text.replace("«", "").replace("»", "")}
