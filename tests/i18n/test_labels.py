"""Every code of the domain has its word in every language."""

import tomllib
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

from portal.domain import (
    campaign_refusals,
    decisions,
    events,
    groups,
    questions,
    refusals,
    stages,
    statute,
    terms,
    texts,
    timeline,
    working_days,
)
from portal.domain.rights import Role
from portal.domain.terms import Term, Unit
from portal.i18n import labels
from portal.i18n.locale import speaking
from portal.i18n.refusals import FACTS, bad_input, refusal
from portal.models.source import SourceKind
from portal.services import register_format as files

ROOT = Path(__file__).resolve().parents[2]

ENUMS = [
    *(
        code
        for module in (stages, events, statute, terms, timeline, texts, working_days, groups, decisions, questions)
        for code in vars(module).values()
        if isinstance(code, type) and issubclass(code, StrEnum) and code is not StrEnum
    ),
    SourceKind,
    Role,
]
TABLES = [(table, code) for table, words in labels.WORDS.items() for code in words]


def choices(model, field):
    """The plain codes that a field of a register file may hold."""
    annotation = model.model_fields[field].annotation
    return set(get_args(annotation))


@pytest.mark.parametrize("codes", sorted(set(ENUMS), key=str))
def test_every_member_of_an_enum_has_a_word(lang, codes):
    for member in codes:
        words = labels.label(member)
        assert words
        assert words != member.value
        assert words == labels.label(member.value, labels.table_of(codes))


@pytest.mark.parametrize(("table", "code"), TABLES)
def test_a_word_is_no_raw_code(said, table, code):
    for lang, words in said(labels.label, code, table).items():
        assert words.strip() == words != ""
        assert "_" not in words
        assert words != code, lang


@pytest.mark.parametrize("table", labels.WORDS)
def test_the_words_of_the_languages_differ(said, table):
    """A Kazakh or Russian text left in English would be one."""
    for code in labels.WORDS[table]:
        words = said(labels.label, code, table)
        assert words["en"] not in (words["kk"], words["ru"]), (table, code)


@pytest.mark.parametrize(
    ("table", "model", "field"),
    [
        ("title_role", files.TitleVariantIn, "role"),
        ("addressee_role", files.AddresseeIn, "role"),
        ("qualifier", files.SnapshotIn, "qualifier"),
        ("meeting_kind", files.MeetingIn, "kind"),
        ("norm_kind", files.NormIn, "kind"),
        ("direction", files.InvocationIn, "direction"),
        ("says_by", files.NormIn, "says_by"),
        ("certainty", files.NormIn, "certainty"),
        ("directory_section", files.DirectoryIn, "section"),
        ("body_level", files.BodyIn, "level"),
        ("organisation_kind", files.OrganisationIn, "kind"),
        ("contradiction_state", files.ContradictionIn, "state"),
        ("follow_up_kind", files.FollowUpIn, "kind"),
        ("communication_kind", files.CommunicationIn, "kind"),
        ("statement_about", files.StatementIn, "about"),
    ],
)
def test_every_code_of_the_register_has_a_word(table, model, field):
    found = choices(model, field)
    assert found
    assert found <= set(labels.WORDS[table])


def test_every_kind_of_record_has_its_words_in_the_change_log():
    sections = set(files.SECTIONS) - {"petitions"}
    expected = {f"{section}.{done}" for section in sections for done in ("added", "corrected")}
    expected |= {"sources.checked", "task.noted", "petition.imported"}
    expected |= {f"campaign.{done}" for done in ("drafted", "opened", "corrected", "closed")}
    expected |= {"petition.added", "petition.corrected", "register.rebuilt", "personal.erased"}
    expected |= {
        f"account.{done}"
        for done in (
            "invited", "accepted", "roles_changed", "reset", "closed", "password_changed", "recovery_renewed",
        )
    }  # fmt: skip
    assert expected == set(labels.WORDS["action"])


def test_every_step_of_the_law_has_a_name_and_a_sentence(lang):
    edition = tomllib.loads((ROOT / "portal/data/editions/2026-03-02.toml").read_text("utf-8"))
    for step in edition["step"]:
        name, sentence = labels.step_name(step["key"]), labels.step_says(step["key"])
        assert name != step["key"]
        assert not name.endswith(".")
        assert sentence.endswith(".")
        assert labels.label(step["actor"], "actor")
    for key, _ in timeline.NEXT_BY_LAW.values():
        assert labels.step_name(key)


def test_an_unknown_code_has_no_word(app):
    with pytest.raises(KeyError):
        labels.label("nothing", "stage")
    with pytest.raises(KeyError):
        labels.label("review")
    with pytest.raises(KeyError):
        labels.step_name("nothing")


@pytest.mark.parametrize(
    ("term", "kk", "ru", "en"),
    [
        (Term(1, Unit.WORKING_DAYS), "1 жұмыс күні", "1 рабочий день", "1 working day"),
        (Term(2, Unit.WORKING_DAYS), "2 жұмыс күні", "2 рабочих дня", "2 working days"),
        (Term(5, Unit.WORKING_DAYS), "5 жұмыс күні", "5 рабочих дней", "5 working days"),
        (Term(21, Unit.WORKING_DAYS), "21 жұмыс күні", "21 рабочий день", "21 working days"),
        (Term(22, Unit.WORKING_DAYS), "22 жұмыс күні", "22 рабочих дня", "22 working days"),
        (Term(40, Unit.WORKING_DAYS), "40 жұмыс күні", "40 рабочих дней", "40 working days"),
        (Term(1, Unit.MONTHS), "1 ай", "1 месяц", "1 month"),
        (Term(3, Unit.MONTHS), "3 ай", "3 месяца", "3 months"),
        (Term(6, Unit.MONTHS), "6 ай", "6 месяцев", "6 months"),
        (
            Term(3, Unit.WORKING_DAYS, before=True),
            "3 жұмыс күні бұрын",
            "за 3 рабочих дня",
            "3 working days before",
        ),
        (
            Term(0, Unit.WORKING_DAYS),
            "сол күні; демалыс күні болса, келесі жұмыс күні",
            "в тот же день; в выходной — на следующий рабочий день",
            "the same day; on a day off, the next working day",
        ),
    ],
)
def test_a_term_is_worded_in_the_form_of_its_number(said, term, kk, ru, en):
    assert said(labels.term_words, term) == {"kk": kk, "ru": ru, "en": en}


def test_the_longer_term_names_its_condition(said):
    assert said(labels.longer_term_words, Term(6, Unit.MONTHS))["ru"] == (
        "6 месяцев, если в решении не разъяснен порядок обжалования"
    )


def test_every_day_of_a_derivation_has_its_reason(lang, calendar):
    """From 10 June 2024 forty working days cross Capital Day and its day off."""
    days = [
        *terms.derivation(Term(40, Unit.WORKING_DAYS), date(2024, 6, 10), calendar),
        *terms.derivation(Term(6, Unit.MONTHS), date(2024, 5, 29), calendar),
        *terms.derivation(Term(1, Unit.MONTHS), date(2024, 5, 31), calendar),
        *terms.derivation(Term(0, Unit.WORKING_DAYS), date(2024, 5, 4), calendar),
    ]
    for day in days:
        assert labels.day_reason(day, calendar) not in ("", day.why)
    assert len({day.why for day in days}) >= 6


def test_a_day_off_has_its_name_from_the_calendar(said, calendar):
    day = terms.DerivedDay(date(2024, 7, 6), False, calendar.why(date(2024, 7, 6)))
    assert said(labels.day_reason, day, calendar) == dict(calendar.special(day.day).names)


@pytest.mark.parametrize(
    ("words", "inside"),
    [("Granted in part", "granted in part"), ("БАҚ-қа хабарлау", "БАҚ-қа хабарлау"), ("", "")],
)
def test_a_label_within_a_sentence_begins_small(words, inside):
    assert labels.within(words) == inside


# Refusals


class Unforeseen(refusals.Refusal):
    code = "unforeseen"


@pytest.mark.parametrize(
    ("error", "kk", "ru", "en"),
    [
        (
            refusals.CalendarMissing(2031),
            "Мерзімді есептеу мүмкін емес: 2031 жылғы жұмыс күндерінің күнтізбесі жоқ.",
            "Срок нельзя рассчитать: нет календаря рабочих дней на 2031 год.",
            "Cannot be computed: there is no working-day calendar for 2031.",
        ),
        (
            refusals.BeforeTheChapter(date(2023, 1, 5)),
            (
                "Мерзімді есептеу мүмкін емес: ӘРПК-нің 12-1-тарауы әлі күшіне енбеген еді."
                " Сұралған күн: 2023 жылғы 5 қаңтар."
            ),
            "Срок нельзя рассчитать: глава 12-1 АППК еще не действовала. Запрошенная дата: 5 января 2023 года.",
            "Cannot be computed: chapter 12-1 of the APPC was not yet in force. Day asked for: 5 January 2023.",
        ),
        (
            refusals.StepUnknown("flight"),
            "Мұндай қадам жоқ: flight.",
            "Такого шага нет: flight.",
            "The lifecycle has no such step: flight.",
        ),
        (
            refusals.NoTerm("forwarding"),
            "Заңда мерзім белгіленбеген. Қадам: Қарайтын органға жолдау.",
            "Срок законом не установлен. Шаг: Направление в рассматривающий орган.",
            "The law sets no term. Step: Forwarding to the reviewing body.",
        ),
        (
            refusals.PopulationMissing(stages.Level.AKIMAT_REGION),
            (
                "Шекті мәнді есептеу мүмкін емес: халық саны белгісіз. Деңгейі: Облыстың, республикалық"
                " маңызы бар қаланың немесе астананың әкімдігі."
            ),
            (
                "Пороговое значение нельзя рассчитать: численность населения неизвестна. Уровень: Акимат"
                " области, города республиканского значения или столицы."
            ),
            (
                "The threshold cannot be computed: the population is not known. Level: Akimat of an"
                " oblast, a city of republican significance or the capital."
            ),
        ),
        (
            Unforeseen(),
            "Қағидалар бұған жол бермейді.",
            "Правила этого не допускают.",
            "The rules do not allow this.",
        ),
    ],
)
def test_a_refusal_is_a_sentence(said, error, kk, ru, en):
    assert said(refusal, error) == {"kk": kk, "ru": ru, "en": en}


def test_every_refusal_of_the_domain_has_a_sentence_of_its_own(app):
    known = {
        "calendar_missing": refusals.CalendarMissing(2031),
        "before_the_chapter": refusals.BeforeTheChapter(date(2023, 1, 5)),
        "step_unknown": refusals.StepUnknown("flight"),
        "no_term": refusals.NoTerm("forwarding"),
        "bad_cursor": refusals.CursorUnreadable("~"),
        "population_missing": refusals.PopulationMissing(stages.Level.AKIMAT_REGION),
        "changed_meanwhile": refusals.ChangedMeanwhile((7,)),
        "reason_missing": refusals.ReasonMissing(),
        "row_missing": refusals.RowMissing("event", "filed"),
        "source_missing": refusals.SourceMissing("https://example.org"),
        "nothing_changed": refusals.NothingChanged(),
        "own_proposal": refusals.OwnProposal(),
        "day_ahead": refusals.DayAhead(date(2026, 11, 21)),
        "day_over": refusals.DayOver(date(2026, 11, 20)),
        "account_missing": refusals.AccountMissing(),
        "import_gone": refusals.ImportGone(),
        "already_settled": refusals.AlreadySettled("confirmed"),
        "already_recorded": refusals.AlreadyRecorded(3),
        "record_busy": refusals.RecordBusy(),
        "official_id_missing": refusals.OfficialIdMissing(),
        "file_empty": refusals.FileEmpty(),
        "file_too_large": refusals.FileTooLarge(),
        "file_kind_unknown": refusals.FileKindUnknown(),
    }
    known |= {each.code: each() for each in campaign_refusals.CampaignRefusal.__subclasses__()}
    domain = [each for each in refusals.Refusal.__subclasses__() if each.__module__ == refusals.__name__]
    domain += campaign_refusals.CampaignRefusal.__subclasses__()
    assert {each.code for each in domain} == set(known)
    with speaking("en"):
        assert len({refusal(error) for error in known.values()}) == len(known)


@pytest.mark.parametrize("code", FACTS)
def test_an_input_error_is_a_sentence_in_every_language(said, code):
    facts = {"name": "colour", "value": "100%(x)s", "first": 1900, "last": 2100, "longest": 200, "most": 4}
    sentences = said(bad_input, code, **{name: facts[name] for name in FACTS[code]})
    assert len(set(sentences.values())) == 3
    for sentence in sentences.values():
        assert sentence.endswith(".")
        assert code not in sentence


def test_an_input_error_shows_how_a_date_is_written(said):
    assert said(bad_input, "date_malformed", example="06.08.2024") == {
        "kk": "Күнді мынадай үлгімен жазыңыз: 06.08.2024.",
        "ru": "Введите дату в таком виде: 06.08.2024.",
        "en": "Enter the date like this: 06.08.2024.",
    }


def test_an_input_error_needs_its_facts(app):
    with pytest.raises(KeyError):
        bad_input("unknown_filter")
    with pytest.raises(KeyError):
        bad_input("nothing")
