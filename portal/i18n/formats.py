"""Dates, numbers and quotation marks as each language writes them.

Dates are written with plain spaces, so that they can be searched and may wrap; groups of digits and
the percent sign take a no-break space in Kazakh and Russian. No function glues a suffix to a value.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from portal.clock import LAW_ZONE
from portal.domain.dates import DateRange
from portal.i18n.locale import LOCALES, gettext, language, locale, npgettext, pgettext

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

LONG_DATES: Mapping[str, str] = {
    "kk": "y 'жылғы' d MMMM",
    "ru": "d MMMM y 'года'",
    "en": "d MMMM y",
}
FULL_DATES: Mapping[str, str] = {
    "kk": "y 'жылғы' d MMMM, EEEE",
    "ru": "EEEE, d MMMM y 'года'",
    "en": "EEEE, d MMMM y",
}
FIELD_NAMES = {"y": "year", "MMMM": "month", "d": "day", "EEEE": "weekday"}
FIELDS = re.compile("|".join(FIELD_NAMES))
MONTHS: Mapping[str, str] = {"kk": "y 'жылғы' MMMM", "ru": "LLLL y 'года'", "en": "MMMM y"}
SHORT_DATES: Mapping[str, str] = {"kk": "y 'ж.' d MMMM", "ru": "d MMMM y 'г.'", "en": "d MMMM y"}
DIGITS = "dd.MM.y"

QUOTATION_MARKS: Mapping[str, tuple[str, str, str, str]] = {
    "kk": ("«", "»", "“", "”"),
    "ru": ("«", "»", "„", "“"),
    "en": ("“", "”", "‘", "’"),
}
"""The outer pair of each language, and the pair within it."""


def long_date(day: date) -> str:
    """Return a day in words: 2024 жылғы 6 тамыз, 6 августа 2024 года, 6 August 2024."""
    return _written(day, LONG_DATES[language()], language())


def short_date(day: date) -> str:
    """Return a day in words for a narrow column: 2024 ж. 6 тамыз, 6 августа 2024 г., 6 August 2024."""
    return _written(day, SHORT_DATES[language()], language())


def table_date(day: date) -> str:
    """Return a day in digits, for tables: 06.08.2024."""
    return _written(day, DIGITS, language())


def weekday(day: date) -> str:
    """Return the name of a day of the week: сейсенбі, вторник, Tuesday."""
    return _written(day, "EEEE", language())


def weekday_short(day: date) -> str:
    """Return a day of the week as the head of a calendar writes it: сс, вт, Tue."""
    return _written(day, "ccc", language())


def full_date(day: date) -> str:
    """Return a day in words with its day of the week: вторник, 6 августа 2024 года; Tuesday, 6 August 2024."""
    return _written(day, FULL_DATES[language()], language())


def date_words() -> Mapping[str, str | Sequence[str]]:
    """Return what a script needs to write ``full_date``: the pattern, the months, and the days from Sunday on."""
    lang = language()
    pattern = FIELDS.sub(lambda found: f"%({FIELD_NAMES[found[0]]})s", FULL_DATES[lang]).replace("'", "")
    return {
        "pattern": pattern,
        "months": [_written(date(2024, number, 1), "MMMM", lang) for number in range(1, 13)],
        "weekdays": [_written(date(2024, 9, number), "EEEE", lang) for number in range(1, 8)],
    }


def month(day: date) -> str:
    """Return the month of a day: 2024 жылғы тамыз, август 2024 года, August 2024."""
    return _written(day, MONTHS[language()], language())


@lru_cache(maxsize=20_000)
def _written(day: date, pattern: str, lang: str) -> str:
    """Babel takes its time over a date, and a page has hundreds of the same few."""
    return format_date(day, pattern, locale=LOCALES[lang])


def short_range(when: DateRange | None) -> str:
    """Return a date for a narrow column, as exact as it is known."""
    return _ranged(when, short_date)


def date_range(when: DateRange | None) -> str:
    """Return a date in words, as exact as it is known; it stands well after a colon or a label."""
    return _ranged(when, long_date)


def _ranged(when: DateRange | None, written: Callable[[date], str]) -> str:
    if when is None or not when.is_dated:
        return pgettext("date", "date not known")
    if when.latest is None:
        assert when.earliest is not None
        return pgettext("date", "from %(date)s", date=written(when.earliest))
    if when.earliest is None:
        return pgettext("date", "on or before %(date)s", date=written(when.latest))
    if when.is_exact:
        return written(when.latest)
    return pgettext("date", "%(first)s to %(last)s", first=written(when.earliest), last=written(when.latest))


def table_range(when: DateRange | None) -> str:
    """Return a date in digits, as exact as it is known, for tables."""
    if when is None or not when.is_dated:
        return no_data()
    if when.latest is None:
        assert when.earliest is not None
        return pgettext("date", "from %(date)s", date=table_date(when.earliest))
    if when.earliest is None:
        return pgettext("date", "on or before %(date)s", date=table_date(when.latest))
    if when.is_exact:
        return table_date(when.latest)
    return f"{table_date(when.earliest)}–{table_date(when.latest)}"


def instant(at: datetime) -> str:
    """Return an instant in the time of Astana, saying so.

    Raises ``ValueError`` for an instant without a time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone is none")
    there = at.astimezone(LAW_ZONE)
    return gettext("%(date)s, %(time)s (Astana time)", date=long_date(there.date()), time=f"{there:%H:%M}")


def number(value: int) -> str:
    """Return a whole number with its digits in groups: 50 000; in English 50,000."""
    return _grouped(value, language())


@lru_cache(maxsize=8192)
def _grouped(value: int, _lang: str) -> str:
    """Write a number in the language that is being spoken; lists ask for the same ones again and again."""
    return format_decimal(value, locale=locale())


def hundredths(value: int) -> str:
    """Return a number of hundredths as a number with two decimals: 1191352 is 11 913,52."""
    return format_decimal(Decimal(value) / 100, "#,##0.00", locale=locale())


def percent(value: float) -> str:
    """Return so many per cent (1.5 and not 0.015), to one decimal at most: 1,5 %; 1.5%."""
    space = "" if language() == "en" else NO_BREAK_SPACE
    return f"{format_decimal(value, '#,##0.#', locale=locale())}{space}%"


def no_data() -> str:
    """Return what stands where nothing is known; never a zero."""
    return pgettext("value", "no data")


def count(value: int | None, qualifier: str | None = None, *, of: str | None = None) -> str:
    """Return a number as exactly as its source gives it.

    ``qualifier`` is ``exact``, ``at_least``, ``about``, ``fewer_than`` or ``more_than``. ``of``
    names what is counted, ``signatures`` or ``people``; without it the number stands alone.
    ``None`` is no data.
    """
    if value is None:
        return no_data()
    said = {"num": number(value)}
    if of == "signatures":
        return _of_signatures(value, qualifier or "exact", said)
    if of == "people":
        return _of_people(value, qualifier or "exact", said)
    match qualifier or "exact":
        case "exact":
            return said["num"]
        case "at_least":
            return pgettext("count", "at least %(num)s", **said)
        case "about":
            return pgettext("count", "about %(num)s", **said)
        case "fewer_than":
            return pgettext("count", "fewer than %(num)s", **said)
        case "more_than":
            return pgettext("count", "more than %(num)s", **said)
        case unknown:
            raise ValueError(f"no such qualifier: {unknown!r}")


def _of_signatures(value: int, qualifier: str, said: Mapping[str, str]) -> str:
    match qualifier:
        case "exact":
            return npgettext("count", "%(num)s signature", "%(num)s signatures", value, **said)
        case "at_least":
            return npgettext("count", "at least %(num)s signature", "at least %(num)s signatures", value, **said)
        case "about":
            return npgettext("count", "about %(num)s signature", "about %(num)s signatures", value, **said)
        case "fewer_than":
            return npgettext(
                "count",
                "fewer than %(num)s signature",
                "fewer than %(num)s signatures",
                value,
                **said,
            )
        case "more_than":
            return npgettext(
                "count",
                "more than %(num)s signature",
                "more than %(num)s signatures",
                value,
                **said,
            )
        case unknown:
            raise ValueError(f"no such qualifier: {unknown!r}")


def _of_people(value: int, qualifier: str, said: Mapping[str, str]) -> str:
    match qualifier:
        case "exact":
            return npgettext("count", "%(num)s person", "%(num)s people", value, **said)
        case "at_least":
            return npgettext("count", "at least %(num)s person", "at least %(num)s people", value, **said)
        case "about":
            return npgettext("count", "about %(num)s person", "about %(num)s people", value, **said)
        case "fewer_than":
            return npgettext("count", "fewer than %(num)s person", "fewer than %(num)s people", value, **said)
        case "more_than":
            return npgettext("count", "more than %(num)s person", "more than %(num)s people", value, **said)
        case unknown:
            raise ValueError(f"no such qualifier: {unknown!r}")


def quoted(text: str, lang: str | None = None) -> str:
    """Return a text between the quotation marks of its language (of the page, where none is given).

    Marks of the same kind within it become the inner ones.
    """
    opening, closing, inner_opening, inner_closing = QUOTATION_MARKS.get(lang or language(), QUOTATION_MARKS["ru"])
    inner = text.replace(opening, inner_opening).replace(closing, inner_closing)
    return f"{opening}{inner}{closing}"
