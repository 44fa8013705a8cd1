"""Dates, numbers and marks as ``wording.md`` asks for them."""

from datetime import UTC, date, datetime

import pytest

from portal.domain.dates import UNDATED, DateRange
from portal.i18n import formats
from portal.i18n.locale import speaking

SIXTH = date(2024, 8, 6)
FIRST = date(2024, 8, 1)


def test_a_day_is_written_in_words(said):
    assert said(formats.long_date, SIXTH) == {
        "kk": "2024 жылғы 6 тамыз",
        "ru": "6 августа 2024 года",
        "en": "6 August 2024",
    }


def test_a_day_in_a_table_is_the_same_in_every_language(said):
    assert set(said(formats.table_date, SIXTH).values()) == {"06.08.2024"}


def test_a_month_is_written_in_words(said):
    assert said(formats.month, SIXTH) == {
        "kk": "2024 жылғы тамыз",
        "ru": "август 2024 года",
        "en": "August 2024",
    }


@pytest.mark.parametrize(
    ("when", "kk", "ru", "en"),
    [
        (DateRange.on(SIXTH), "2024 жылғы 6 тамыз", "6 августа 2024 года", "6 August 2024"),
        (
            DateRange(FIRST, SIXTH),
            "2024 жылғы 1 тамыз – 2024 жылғы 6 тамыз",
            "1 августа 2024 года — 6 августа 2024 года",
            "1 August 2024 to 6 August 2024",
        ),
        (
            DateRange(None, SIXTH),
            "2024 жылғы 6 тамыз немесе одан бұрын",
            "6 августа 2024 года или раньше",
            "on or before 6 August 2024",
        ),
        (
            DateRange(SIXTH, None),
            "2024 жылғы 6 тамыз күнінен бастап",
            "с 6 августа 2024 года",
            "from 6 August 2024",
        ),
        (UNDATED, "күні белгісіз", "дата неизвестна", "date not known"),
        (None, "күні белгісіз", "дата неизвестна", "date not known"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(said, when, kk, ru, en):
    assert said(formats.date_range, when) == {"kk": kk, "ru": ru, "en": en}


def test_a_range_in_a_table_is_in_digits(said):
    assert set(said(formats.table_range, DateRange(FIRST, SIXTH)).values()) == {"01.08.2024–06.08.2024"}
    assert set(said(formats.table_range, DateRange.on(SIXTH)).values()) == {"06.08.2024"}
    assert said(formats.table_range, DateRange(None, SIXTH))["kk"] == "06.08.2024 немесе одан бұрын"
    assert said(formats.table_range, DateRange(SIXTH, None))["ru"] == "с 06.08.2024"
    assert said(formats.table_range, None)["en"] == "no data"


def test_an_instant_is_told_in_the_time_of_astana(said):
    assert said(formats.instant, datetime(2024, 6, 9, 15, 21, tzinfo=UTC)) == {
        "kk": "2024 жылғы 9 маусым, сағат 20:21 (Астана уақыты)",
        "ru": "9 июня 2024 года, 20:21 (время Астаны)",
        "en": "9 June 2024, 20:21 (Astana time)",
    }


def test_an_instant_may_fall_on_the_next_day_in_astana(said):
    late = datetime(2024, 6, 9, 19, 0, tzinfo=UTC)
    assert said(formats.instant, late)["en"] == "10 June 2024, 00:00 (Astana time)"


def test_an_instant_without_a_zone_is_refused(app):
    with pytest.raises(ValueError):
        formats.instant(datetime(2024, 6, 9, 15, 21))  # noqa: DTZ001 (what is refused)


def test_numbers_are_grouped_by_a_space_that_does_not_break(said):
    assert said(formats.number, 50_000) == {
        "kk": "50\N{NO-BREAK SPACE}000",
        "ru": "50\N{NO-BREAK SPACE}000",
        "en": "50,000",
    }
    assert set(said(formats.number, 200).values()) == {"200"}


@pytest.mark.parametrize(
    ("value", "kk", "en"),
    [(1.5, "1,5\N{NO-BREAK SPACE}%", "1.5%"), (2, "2\N{NO-BREAK SPACE}%", "2%"), (0, "0 %", "0%")],
)
def test_the_percent_sign_does_not_break_away(said, value, kk, en):
    kk = kk.replace(" ", "\N{NO-BREAK SPACE}")
    assert said(formats.percent, value) == {"kk": kk, "ru": kk, "en": en}


@pytest.mark.parametrize(
    ("qualifier", "kk", "ru", "en"),
    [
        ("exact", "200", "200", "200"),
        (None, "200", "200", "200"),
        ("at_least", "кемінде 200", "не менее 200", "at least 200"),
        ("about", "шамамен 200", "около 200", "about 200"),
        ("fewer_than", "200 санынан аз", "менее 200", "fewer than 200"),
        ("more_than", "200 санынан астам", "более 200", "more than 200"),
    ],
)
def test_a_count_is_as_exact_as_its_source(said, qualifier, kk, ru, en):
    assert said(formats.count, 200, qualifier) == {"kk": kk, "ru": ru, "en": en}


@pytest.mark.parametrize(
    ("of", "qualifier", "kk", "ru", "en"),
    [
        ("people", "more_than", "200 адамнан астам", "более 200 человек", "more than 200 people"),
        ("people", "at_least", "кемінде 200 адам", "не менее 200 человек", "at least 200 people"),
        ("people", "exact", "200 адам", "200 человек", "200 people"),
        ("people", "about", "шамамен 200 адам", "около 200 человек", "about 200 people"),
        ("people", "fewer_than", "200 адамнан аз", "менее 200 человек", "fewer than 200 people"),
        ("signatures", "exact", "200 қол", "200 подписей", "200 signatures"),
        (
            "signatures",
            "at_least",
            "кемінде 200 қол",
            "не менее 200 подписей",
            "at least 200 signatures",
        ),
        ("signatures", "about", "шамамен 200 қол", "около 200 подписей", "about 200 signatures"),
        (
            "signatures",
            "fewer_than",
            "200 қолдан аз",
            "менее 200 подписей",
            "fewer than 200 signatures",
        ),
        (
            "signatures",
            "more_than",
            "200 қолдан астам",
            "более 200 подписей",
            "more than 200 signatures",
        ),
    ],
)
def test_what_is_counted_carries_the_suffix(said, of, qualifier, kk, ru, en):
    assert said(formats.count, 200, qualifier, of=of) == {"kk": kk, "ru": ru, "en": en}


@pytest.mark.parametrize(
    ("value", "kk", "ru", "en"),
    [
        (1, "1 қол", "1 подпись", "1 signature"),
        (2, "2 қол", "2 подписи", "2 signatures"),
        (5, "5 қол", "5 подписей", "5 signatures"),
        (11, "11 қол", "11 подписей", "11 signatures"),
        (21, "21 қол", "21 подпись", "21 signatures"),
        (0, "0 қол", "0 подписей", "0 signatures"),
    ],
)
def test_signatures_stand_in_the_form_of_their_number(said, value, kk, ru, en):
    assert said(formats.count, value, of="signatures") == {"kk": kk, "ru": ru, "en": en}


def test_nothing_known_is_no_data_and_not_zero(said):
    words = {"kk": "дерек жоқ", "ru": "нет данных", "en": "no data"}
    assert said(formats.count, None) == words
    assert said(formats.no_data) == words


@pytest.mark.parametrize("of", [None, "people", "signatures"])
def test_an_unknown_qualifier_is_refused(app, of):
    with pytest.raises(ValueError):
        formats.count(5, "nearly", of=of)


def test_quotation_marks_are_those_of_the_language(said):
    assert said(formats.quoted, "Qadam") == {"kk": "«Qadam»", "ru": "«Qadam»", "en": "“Qadam”"}


def test_marks_within_marks_are_the_inner_ones(app):
    assert formats.quoted("a «b» c", "kk") == "«a “b” c»"
    assert formats.quoted("a «b» c", "ru") == "«a „b“ c»"
    with speaking("en"):
        assert formats.quoted("a “b” c") == "“a ‘b’ c”"
