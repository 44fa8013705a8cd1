"""How it works: the path as a picture, in numbers, and edition by edition."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import html5lib
import pytest
from flask.testing import FlaskClient

from portal.domain.dates import DateRange
from portal.domain.statute import Edition, Statute
from portal.domain.terms import Term, Unit
from portal.domain.texts import LANGUAGES
from portal.i18n.library import ACTS
from portal.i18n.locale import speak
from portal.services.catalogue import Catalogue, catalogue
from portal.web.public import lifecycle_view
from portal.web.public.edition_view import ComparedRow, Difference, compared
from portal.web.public.lifecycle_picture import PARTS, Way, parts_of
from tests.fixtures.pages import markup_of

pytestmark = pytest.mark.slow

READ = date(2026, 4, 1)
"""A day on which an edition was in force that was read as a whole."""


def picture(client: FlaskClient, path: str) -> str:
    """Return the picture alone: the tables below it say the same numbers."""
    page = markup_of(client.get(path))
    return page[page.index("<figure") : page.index("</figure>")]


def stop(drawn: str, name: str) -> str:
    """Return one stop of the picture, from its term to the end of its words, found by the name of its step."""
    end = drawn.index(f">{name}</strong>")
    return drawn[drawn.rindex("<li class=", 0, end) : drawn.index("</li>", end)]


def cells(stop_of_picture: str) -> int:
    """Return how many cells the drawings of a stop have."""
    return sum(
        path.count("M") for path in re.findall(r'class="cells__(?:day|last|hatched)"[^>]* d="([^"]*)"', stop_of_picture)
    )


def changed(edition: Edition, **terms: Term | None) -> Edition:
    """Return an edition with other terms for some steps."""
    steps = {key: replace(step, term=terms.get(key, step.term)) for key, step in edition.steps.items()}
    return replace(edition, steps=steps)


@pytest.fixture
def law_of(monkeypatch: pytest.MonkeyPatch):
    """Return a way to put other editions before the page."""

    def put(*editions: Edition) -> None:
        held = Catalogue(Statute(editions), catalogue().calendar)
        monkeypatch.setattr(lifecycle_view, "catalogue", lambda: held)

    return put


# The picture


def test_every_step_of_every_edition_has_one_place_in_the_picture() -> None:
    places = [step for steps in PARTS.values() for step in steps]
    assert len(places) == len(set(places))
    for edition in catalogue().statute.editions:
        assert {stop.step.key for part in parts_of(edition) for stop in part.stops} == set(edition.steps)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_six_stations_are_numbered_and_what_comes_after_is_not(client: FlaskClient, lang: str) -> None:
    drawn = picture(client, f"/{lang}/how-it-works?on={READ}")
    assert re.findall(r'class="rail__no"[^>]*>(\d)<', drawn) == ["1", "2", "3", "4", "5", "6"]
    assert drawn.count("<h3>") == 7


@pytest.mark.parametrize(
    ("name", "term", "count"),
    [
        ("Moderation", "20 working days", 20),
        ("Collection of signatures", "6 months", 7),
        ("Notice of forwarding", "3 working days", 3),
        ("Registration", "the same day; on a day off, the next working day", 1),
        ("Forwarding to the reviewing body", "The law sets no term", 0),
        ("Pre-trial complaint", "3 months", 4),
        ("No new petition on the same subject", "12 months", 0),
    ],
)
def test_a_term_is_worded_and_drawn_cell_by_cell(client: FlaskClient, name: str, term: str, count: int) -> None:
    """Months are a field each, and the last day is a cell within the last."""
    found = stop(picture(client, f"/en/how-it-works?on={READ}"), name)
    assert f">{term}<" in found
    assert cells(found) == count


def test_the_two_tracks_of_review_stand_side_by_side(client: FlaskClient) -> None:
    drawn = picture(client, f"/en/how-it-works?on={READ}")
    both = drawn[
        drawn.index('class="stop stop--either"') : drawn.index('class="stop stop--beside"', drawn.index("stop--either"))
    ]
    assert cells(both) == 40 + 20
    assert "40 working days" in both
    assert "20 working days" in both


def test_each_stop_names_who_acts_and_links_its_article_with_its_mark(client: FlaskClient) -> None:
    found = stop(picture(client, f"/ru/how-it-works?on={READ}"), "Рассмотрение центральным государственным органом")
    assert "Рассматривающий орган" in found
    assert re.search(r'href="/ru/norms/KZ.APPC.90-5.1">90-5\(1\)</a> <abbr class="certainty"[^>]*>A<', found)


def test_another_edition_makes_another_picture(client: FlaskClient, law_of) -> None:
    read = catalogue().statute.on(READ)
    law_of(
        changed(read, review_central=Term(30, Unit.WORKING_DAYS), collection=Term(4, Unit.MONTHS), media_notice=None)
    )
    drawn = picture(client, f"/en/how-it-works?on={READ}")
    assert "40 working days" not in drawn
    assert ">30 working days<" in drawn
    assert ">4 months<" in stop(drawn, "Collection of signatures")
    assert cells(stop(drawn, "Collection of signatures")) == 5


def test_colour_is_no_style_of_an_element_and_drawings_stay_silent(client: FlaskClient) -> None:
    drawn = picture(client, "/kk/how-it-works")
    assert "style=" not in drawn
    assert drawn.count("<svg") - drawn.count('<svg y="100%"') == drawn.count('aria-hidden="true" focusable="false"')


# The day


def test_the_numbers_of_a_day_are_those_of_the_edition_in_force_on_it(client: FlaskClient, law_of) -> None:
    read = catalogue().statute.on(READ)
    early = replace(read, id="early", in_force=DateRange.on(date(2025, 1, 1)))
    later = replace(changed(read, review_local=Term(25, Unit.WORKING_DAYS)), in_force=DateRange.on(date(2026, 1, 1)))
    law_of(early, later)
    assert "25 working days" not in picture(client, "/en/how-it-works?on=2025-12-31")
    assert "25 working days" in picture(client, "/en/how-it-works?on=2026-01-01")


def test_a_day_on_which_two_editions_are_possible_names_both(client: FlaskClient) -> None:
    page = markup_of(client.get("/en/how-it-works?on=2024-09-10"))
    assert "either of two editions may have been in force" in page
    assert "Edition in force from: 4 April 2024" in page
    assert "31 August 2024 to 30 September 2024" in page
    assert page.count("<figure") == 1
    assert "As far as we have read it, its steps are the same." in page


def test_two_possible_editions_with_different_steps_are_both_drawn(client: FlaskClient, law_of) -> None:
    first, second, *rest = catalogue().statute.editions
    law_of(first, changed(second, review_local=Term(25, Unit.WORKING_DAYS)), *rest)
    assert markup_of(client.get("/en/how-it-works?on=2024-09-10")).count("<figure") == 2


def test_a_step_that_was_not_read_in_the_edition_says_so_and_is_hatched(client: FlaskClient) -> None:
    old = picture(client, "/en/how-it-works?on=2024-05-01")
    assert "not read in this edition" in stop(old, "Moderation")
    assert "cells__hatched" in stop(old, "Moderation")
    assert "not read" not in stop(old, "Collection of signatures")
    assert "Hatched: not read in this edition." in old
    new = picture(client, f"/en/how-it-works?on={READ}")
    assert "not read" not in new
    assert "cells__hatched" not in new


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "Бұл редакцияны оқыған жоқпыз."),
        ("ru", "Этой редакции мы не читали."),
        (
            "en",
            "We have not read this edition. The picture shows another one instead.",
        ),
    ],
)
def test_an_edition_that_nobody_read_is_named_before_the_one_that_stands_in(
    client: FlaskClient, lang: str, said: str
) -> None:
    drawn = picture(client, f"/{lang}/how-it-works?on=2026-11-21")
    assert drawn.index(said) < drawn.index("<ol")
    table = markup_of(client.get(f"/{lang}/how-it-works?on=2026-11-21"))
    unread = {"kk": "оқылмаған", "ru": "не прочитана", "en": "not read"}[lang]
    row = table[table.index('id="2026-08-25-pre_moderation"') : table.index('id="2026-08-25-initial_support"')]
    assert unread in row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_of_the_edition_stands_in_the_table_in_order(client: FlaskClient, lang: str) -> None:
    page = markup_of(client.get(f"/{lang}/how-it-works?on=2026-04-01"))
    steps = catalogue().statute.on(date(2026, 4, 1)).steps
    places = [page.index(f'id="2026-03-02-{key}"') for key in steps]
    assert places == sorted(places)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_before_the_chapter_gets_a_sentence_and_no_picture(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/{lang}/how-it-works?on=2024-04-03")
    page = markup_of(answer)
    assert answer.status_code == 422
    assert "<figure" not in page
    assert "12-1" in page[page.index('id="on-problem"') :]
    assert 'value="03.04.2024"' in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2020-01-01", 422),
        ("2024-04-03", 422),
        ("1990-01-01", 400),
        ("0000-01-01", 400),
        ("9999-01-01", 400),
        ("2024-02-30", 400),
        ("yesterday", 400),
        ("2024-1-1", 400),
        ("x" * 3000, 400),
    ],
)
def test_a_day_that_cannot_be_used_is_answered_with_the_form_and_a_sentence(
    client: FlaskClient, lang: str, day: str, status: int
) -> None:
    answer = client.get(f"/{lang}/how-it-works", query_string={"on": day})
    page = markup_of(answer)
    assert answer.status_code == status
    assert 'href="#on"' in page
    assert 'id="on-problem"' in page
    assert "<table" not in page
    assert "<figure" not in page


def test_a_day_may_be_typed_as_people_write_it(client: FlaskClient) -> None:
    assert 'value="06.08.2024"' in markup_of(client.get("/ru/how-it-works?on=06.08.2024"))


# What you can do


def test_the_times_that_people_have_come_from_the_edition(client: FlaskClient, law_of) -> None:
    read = catalogue().statute.on(READ)
    law_of(changed(read, collection=Term(4, Unit.MONTHS)))
    page = markup_of(client.get(f"/en/how-it-works?on={READ}"))
    doing = page[page.index('id="you"') : page.index('id="thresholds"')]
    assert "Among the first 50: 20 working days. After publication: 4 months." in doing
    assert "Time for a complaint: 3 months from learning of the decision" in doing


# Numbers and subjects


def test_the_sixteen_subjects_are_shown_for_their_edition_and_never_dated_back(client: FlaskClient) -> None:
    first = "violation of human and civil rights"
    assert first in markup_of(client.get("/en/how-it-works?on=2026-04-01"))
    later = markup_of(client.get("/en/how-it-works?on=2026-11-21"))
    assert first in later
    assert "A later edition has been in force since, and we have not read it." in later
    for day in ("2024-05-01", "2024-09-10", "2026-03-01"):
        page = markup_of(client.get(f"/en/how-it-works?on={day}"))
        assert first not in page, day
        assert "We have not read the list of barred subjects of this edition." in page


def test_the_threshold_of_each_region_shows_its_arithmetic(client: FlaskClient) -> None:
    page = markup_of(client.get("/en/how-it-works"))
    assert page.count(" × 2% = ") == 20
    assert page.count(" × 1% = ") == 20
    assert "595,676 × 2% = 11,913.52 → 11,914" in page
    assert "2,347,924 × 1% = 23,479.24 → 23,480" in page
    russian = markup_of(client.get("/ru/how-it-works"))
    assert "595 676 × 2 % = 11 913,52 → 11 914" in russian


def test_both_readings_of_three_working_days_before_are_shown(client: FlaskClient) -> None:
    page = markup_of(client.get("/ru/how-it-works"))
    assert "30 июля 2024 года" in page
    assert "29 июля 2024 года" in page


# Editions


def of_name(statute: Statute) -> Mapping[str, ComparedRow]:
    return {row.name: row for row in compared(statute).rows}


def test_what_was_read_twice_is_the_same_and_what_was_read_once_is_not_known(served) -> None:
    with served.test_request_context("/en/how-it-works"):
        speak("en")
        rows = of_name(catalogue().statute)
        collection, moderation = rows["Collection of signatures"], rows["Moderation"]
        assert collection.says == "the same in 3 editions read"
    assert collection.difference is Difference.SAME
    assert moderation.difference is Difference.NOT_KNOWN
    assert moderation.cells == [None, None, "20 working days", None]


def test_a_rule_that_changed_is_said_to_differ(client: FlaskClient, law_of) -> None:
    first, *rest = catalogue().statute.editions
    law_of(changed(first, review_central=Term(30, Unit.WORKING_DAYS)), *rest)
    page = markup_of(client.get("/en/how-it-works"))
    assert "1 rule is known to differ." in page
    table = page[page.index('id="compared-open"') : page.index("</table>", page.index('id="compared-open"'))]
    row = table[table.index("Review by a central state body") :]
    assert "30 working days" in row[: row.index("</tr>")]
    assert "differs" in row[: row.index("</tr>")]


def test_nothing_unread_is_taken_for_unchanged(client: FlaskClient) -> None:
    page = markup_of(client.get("/en/how-it-works"))
    assert "We know of no number that changed. That says little" in page
    table = page[page.index('id="compared-open"') : page.index("</table>", page.index('id="compared-open"'))]
    row = table[table.index("Moderation") :]
    assert row[: row.index("</tr>")].count("not read") == 3


# Marks and calendars


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_that_the_kazakh_text_was_not_read_and_explains_every_mark(
    client: FlaskClient, lang: str
) -> None:
    page = markup_of(client.get(f"/{lang}/how-it-works"))
    assert "adilet.zan.kz" in page
    for mark in ("A", "B", "C", "D", r"\?"):
        assert re.search(rf"<dt>{mark} – \w", page), mark


def test_long_tables_wait_until_somebody_opens_them(client: FlaskClient) -> None:
    page = html5lib.parse(client.get("/kk/how-it-works").get_data(as_text=True), namespaceHTMLElements=False)
    folded = {table for details in page.iter("details") for table in details.iter("table")}
    open_tables = [table.find("caption").get("id") for table in page.iter("table") if table not in folded]
    assert open_tables == ["edition-table", "compared-open"]


def test_every_special_day_of_every_calendar_stands_in_its_year(client: FlaskClient) -> None:
    page = markup_of(client.get("/kk/how-it-works"))
    years = catalogue().calendar.years
    assert page.count('id="calendar-') == len(years) == 4
    for year in years:
        for day in year.days:
            assert f"{day.on:%d.%m.%Y}" in page
            assert day.names["kk"] in page


def test_no_act_behind_a_day_off_lacks_words() -> None:
    assert {day.act for year in catalogue().calendar.years for day in year.days} <= ACTS.keys()


def test_only_the_named_ways_of_standing_to_the_line_are_used() -> None:
    assert {way for steps in PARTS.values() for way in steps.values()} == set(Way)
