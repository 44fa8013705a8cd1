"""What the portal says of a petition, against the model sentences of ``wording.md``."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.dates import UNDATED, DateRange
from portal.domain.events import DatedClaim, Event, EventKind
from portal.domain.stages import Jurisdiction, Level, Outcome, Stage
from portal.domain.statute import Certainty, StepKind
from portal.domain.terms import Term, Unit
from portal.domain.timeline import Case, NextByLaw, Obligation, Reading, Sighting, Status, replay
from portal.domain.working_days import CalendarStatus
from portal.i18n import sentences
from portal.i18n.sentences import is_stage_over, obligation_notes, obligation_sentence, status_sentence

SIXTH = date(2024, 8, 6)
LATER = date(2026, 11, 21)
NBSP = "\N{NO-BREAK SPACE}"


def day(text):
    return date.fromisoformat(text)


def dated(earliest, latest):
    return DateRange(earliest and day(earliest), latest and day(latest))


def event(number, kind, *days, **facts):
    """An event with a claim for each day; a pair of days is a range."""
    ranges = [dated(each, each) if isinstance(each, str) else dated(*each) for each in days]
    claims = tuple(DatedClaim(100 * number + n, when) for n, when in enumerate(ranges))
    return Event(number, EventKind(kind), claims, **facts)


PUBLISHED = event(1, "published", "2024-05-29")
THRESHOLD = event(2, "threshold_reached", "2024-06-09")
REGISTERED = event(3, "registered", "2024-06-10")
DECIDED = event(4, "decided", "2024-08-06", outcome=Outcome.PARTIALLY_GRANTED)
DISPUTED = event(4, "decided", "2024-08-06", "2024-08-01", outcome=Outcome.PARTIALLY_GRANTED)
CENTRAL = [PUBLISHED, THRESHOLD, REGISTERED, DECIDED]


@pytest.fixture
def stands(statute, calendar):
    """Where a petition to the Government stands on a day."""

    def standing(*events, on=LATER, jurisdiction=Jurisdiction.STATUTORY):
        case = Case(jurisdiction, Level.GOV)
        return replay(events, statute, calendar, on, case=case)

    return standing


@pytest.fixture
def tells(said):
    """The sentences of a status, joined, in each language."""

    def told(standing, **facts):
        return said(lambda: " ".join(status_sentence(standing, **facts)))

    return told


# The central case


def test_the_central_case_in_collection(stands, tells):
    standing = stands(*CENTRAL, on=day("2024-06-03"))
    assert tells(standing, count=12_500, threshold=50_000) == {
        "kk": f"Қол жиналып жатыр: 12{NBSP}500 / 50{NBSP}000. Соңғы күні: 2024 жылғы 29 қараша.",
        "ru": f"Идет сбор подписей: 12{NBSP}500 из 50{NBSP}000. Последний день: 29 ноября 2024 года.",
        "en": "Collecting signatures: 12,500 of 50,000. Last day: 29 November 2024.",
    }


@pytest.mark.parametrize(
    ("facts", "ru"),
    [
        ({}, "Идет сбор подписей."),
        ({"count": 7}, "Идет сбор подписей: 7."),
        ({"count": "не менее 7", "threshold": 9}, "Идет сбор подписей: не менее 7 из 9."),
        ({"threshold": 9}, "Идет сбор подписей. Пороговое значение: 9."),
        ({"count": 0, "threshold": 9}, "Идет сбор подписей: 0 из 9."),
    ],
)
def test_collection_says_what_is_known_of_the_count(stands, tells, facts, ru):
    told = tells(stands(PUBLISHED, on=day("2024-06-03")), **facts)
    assert told["ru"] == f"{ru} Последний день: 29 ноября 2024 года."


def test_the_central_case_at_the_threshold(stands, tells):
    assert tells(stands(*CENTRAL, on=day("2024-06-09"))) == {
        "kk": "Шекті мәнге жетті: 2024 жылғы 9 маусым. Қарайтын органға жолдануы күтілуде; заңда бұл"
        " қадамға мерзім белгіленбеген.",
        "ru": "Пороговое значение достигнуто: 9 июня 2024 года. Ожидается направление в орган; срок для"
        " этого законом не установлен.",
        "en": "Threshold reached: 9 June 2024. Forwarding is awaited; the law sets no term for it.",
    }


def test_the_central_case_under_review(stands, tells):
    told = tells(stands(*CENTRAL, on=day("2024-07-01")), body="МКИ")
    assert told == {
        "kk": "Петиция қаралып жатыр. Шешім қабылдаудың соңғы күні: 2024 жылғы 6 тамыз. Қарайтын орган: МКИ.",
        "ru": "Петиция на рассмотрении. Последний день для решения: 6 августа 2024 года. Рассматривающий орган: МКИ.",
        "en": "Under review. Last day for the decision: 6 August 2024. Reviewing body: МКИ.",
    }


def test_the_central_case_decided(stands, tells):
    standing = stands(*CENTRAL)
    assert tells(standing, body="МКИ") == {
        "kk": "Шешім қабылданды: 2024 жылғы 6 тамыз. Нәтижесі: ішінара қанағаттандырылды. "
        "МКИ 2024 жылғы 6 тамыз күніне дейін (осы күнді қоса алғанда) шешім қабылдауы тиіс еді. "
        "Шешім мерзімінде қабылданды.",
        "ru": "Решение принято: 6 августа 2024 года. Результат: удовлетворена частично. "
        "МКИ: решение нужно было принять по 6 августа 2024 года включительно. Решение принято в срок.",
        "en": "Decided: 6 August 2024. Outcome: granted in part. "
        "МКИ: the decision had to be taken by 6 August 2024, inclusive. The decision came in time.",
    }
    assert not is_stage_over(standing)


def test_the_central_case_met_its_term_on_the_last_day(stands, said):
    review = stands(*CENTRAL).obligation("review_central")
    assert said(obligation_sentence, review) == {
        "kk": "Мерзімнің соңғы күні орындалды: 2024 жылғы 6 тамыз.",
        "ru": "Исполнено в последний день срока: 6 августа 2024 года.",
        "en": "Met on the last day: 6 August 2024.",
    }
    assert set(map(tuple, said(obligation_notes, review).values())) == {()}


def test_a_disputed_decision_that_was_in_time_by_every_claim_is_said_to_be(stands, tells, said):
    """Both days lie within the term: what sources disagree on does not change how the step stands."""
    standing = stands(PUBLISHED, THRESHOLD, REGISTERED, DISPUTED)
    assert tells(standing)["en"] == (
        "Decided: granted in part. The decision had to be taken by 6 August 2024, inclusive. "
        "The decision came in time. Sources disagree on the decision."
    )
    assert said(obligation_notes, standing.obligation("review_central"))["ru"] == []


def test_a_disputed_decision_that_may_have_been_late_is_not_said_to_be_in_time(stands, tells, said):
    late = event(4, "decided", "2024-08-07", "2024-08-01", outcome=Outcome.PARTIALLY_GRANTED)
    standing = stands(PUBLISHED, THRESHOLD, REGISTERED, late)
    assert "in time" not in tells(standing)["en"]
    notes = said(obligation_notes, standing.obligation("review_central"))
    assert notes["ru"] == ["Источники называют разные даты; результат зависит от того, какая верна."]
    assert notes["kk"] == ["Дереккөздерде күні әртүрлі; нәтиже қайсысының дұрыс екеніне байланысты."]


# Where time went by and nobody looked


def test_last_seen_collecting_in_2024_asked_in_2026(stands, tells):
    """Elapsed time says what the law provides, and that we have seen neither: nothing more."""
    standing = stands(PUBLISHED, event(5, "sighted", "2024-06-20", stage=Stage.COLLECTION))
    assert is_stage_over(standing)
    assert tells(standing) == {
        "kk": "2024 жылғы 20 маусым күні қол жиналып жатқаны көрінді. Алты ай 2024 жылғы 29 қараша күні"
        " аяқталды. Шекті мәнге жетпесе, заңда петицияны қайтару және хабар, үн қосу немесе ұсыныс"
        " ретінде қарау көзделген (90-3-баптың 5-бөлігі). Екеуін де көрген жоқпыз.",
        "ru": "20 июня 2024 года сбор подписей еще шел. Шесть месяцев истекли 29 ноября 2024 года. Если"
        " порог не достигнут, закон предусматривает возврат и рассмотрение как сообщения, отклика или"
        " предложения (часть 5 статьи 90-3). Ни того ни другого мы не видели.",
        "en": "Last seen collecting on 20 June 2024. Six months ended on 29 November 2024. If the"
        " threshold was not reached, the law provides return and handling as a message, response or"
        " proposal (90-3(5)). We have seen neither.",
    }


def test_a_start_bounded_by_a_sighting_bounds_the_end(stands, tells, said):
    standing = stands(event(5, "sighted", "2024-05-20", stage=Stage.COLLECTION))
    told = tells(standing, count=1_200, threshold=50_000)
    assert told["ru"].startswith(
        f"20 мая 2024 года сбор подписей еще шел. Последнее известное число: 1{NBSP}200 из"
        f" 50{NBSP}000. Шесть месяцев истекли не позднее 20 ноября 2024 года. "
    )
    assert said(obligation_notes, standing.obligation("collection")) == {
        "kk": ["Басталған күні тіркелмеген; алғаш көрінген күнінен есептедік: 2024 жылғы 20 мамыр немесе одан бұрын."],
        "ru": ["Начало срока не зафиксировано; считаем от первого наблюдения: 20 мая 2024 года или раньше."],
        "en": ["The start was not recorded; we count from the first sighting: on or before 20 May 2024."],
    }


def test_a_collection_that_nobody_saw_begins_with_its_publication(stands, tells):
    assert tells(stands(PUBLISHED), count=3)["en"].startswith(
        "The collection of signatures began: 29 May 2024. Last known count: 3. Six months ended on 29 November 2024. "
    )


def test_a_return_without_a_date_is_not_denied(stands, tells):
    told = tells(stands(PUBLISHED, event(6, "returned")))
    assert told["en"].endswith(" A source speaks of the return without a date.")


def test_a_sighting_known_by_its_month_stays_a_range(stands, tells):
    seen = event(5, "sighted", ("2024-06-16", "2024-06-30"), stage=Stage.COLLECTION)
    assert tells(stands(PUBLISHED, seen))["kk"].startswith(
        "Осы кезеңде соңғы рет көрінді: қол жинау, 2024 жылғы 16 маусым – 2024 жылғы 30 маусым. "
    )


def test_last_seen_in_moderation(stands, tells):
    standing = stands(event(5, "sighted", "2024-04-20", stage=Stage.PRE_MODERATION))
    assert is_stage_over(standing)
    assert tells(standing) == {
        "kk": "2024 жылғы 20 сәуір күні модерацияда болды. Жиырма жұмыс күні ең кеші 2024 жылғы 22 мамыр"
        " күні аяқталды. Нәтижесін таппадық; ол бар болуы мүмкін.",
        "ru": "20 апреля 2024 года петиция была на модерации. Двадцать рабочих дней истекли не позднее"
        " 22 мая 2024 года. Результата мы не нашли; он может быть.",
        "en": "Seen in moderation on 20 April 2024. Twenty working days ended by 22 May 2024. We found no"
        " result; one may exist.",
    }


def test_a_review_whose_term_ended_is_not_overdue(stands, tells):
    standing = stands(REGISTERED)
    assert is_stage_over(standing)
    assert tells(standing) == {
        "kk": "Тіркелген күні: 2024 жылғы 10 маусым. Мерзім (40 жұмыс күні) 2024 жылғы 6 тамыз күні"
        " аяқталды. Шешімді көрмедік; ол бар болуы мүмкін.",
        "ru": "Зарегистрирована: 10 июня 2024 года. Срок (40 рабочих дней) закончился 6 августа 2024"
        " года. Решения мы не видели; оно может быть.",
        "en": "Registered: 10 June 2024. The term (40 working days) ended on 6 August 2024. We have not"
        " seen a decision; one may exist.",
    }


@pytest.mark.parametrize("stage", [each for each in Stage if each is not Stage.OUTSIDE])
@pytest.mark.parametrize("kind", [None, "filed", "initial_support_opened", "fifty_reached", "received"])
def test_elapsed_time_accuses_nobody(stands, tells, stage, kind):
    """Two years after a single sighting, or a single event and no look at all, no sentence says *overdue*."""
    seen = event(1, "sighted", "2024-05-20", stage=stage)
    recorded = [seen] if kind is None else [event(2, kind, "2024-05-20")]
    standing = stands(*recorded)
    for words in tells(standing).values():
        assert "Overdue" not in words
        assert "истек " not in words.replace("уже истек ", "")
        assert "бұрын өтті" not in words
        assert "None" not in words


# Overdue: somebody looked


def test_overdue_names_the_day_on_which_somebody_looked(stands, tells):
    looked = event(5, "sighted", "2024-08-12", stage=Stage.REVIEW)
    standing = stands(REGISTERED, looked, on=day("2024-08-13"))
    assert not is_stage_over(standing)
    assert tells(standing) == {
        "kk": "2024 жылғы 12 тамыз күні қаралып жатты. Мерзімі 5 жұмыс күні бұрын өтті (соңғы күні:"
        " 2024 жылғы 6 тамыз). 2024 жылғы 12 тамыз күні тексергенімізде орындалмаған еді.",
        "ru": "12 августа 2024 года петиция была на рассмотрении. Срок истек 5 рабочих дней назад"
        " (последний день: 6 августа 2024 года). При проверке 12 августа 2024 года исполнения не было.",
        "en": "Seen under review on 12 August 2024. Overdue by 5 working days (last day: 6 August 2024)."
        " On 12 August 2024 it was still not done.",
    }


def test_a_step_beside_the_stage_is_named(stands, tells):
    looked = event(5, "sighted", "2024-08-12", still_open=("decision_published",))
    told = tells(stands(*CENTRAL, looked, on=day("2024-08-12")))
    assert told["en"].endswith(
        " Publication of the decision: overdue by 3 working days (last day: 7 August 2024)."
        " A check after that day showed that it was still not done."
    )
    assert told["ru"].endswith(
        " Публикация решения: срок истек 3 рабочих дня назад (последний день: 7 августа 2024 года)."
        " При проверке после этого дня исполнения не было."
    )
    assert told["kk"].endswith(
        " Шешімді жариялау: мерзімі 3 жұмыс күні бұрын өтті (соңғы күні: 2024 жылғы 7 тамыз)."
        " Сол күннен кейін тексергенде орындалмаған еді."
    )


# The other stages


@pytest.mark.parametrize(
    ("kind", "kk", "ru", "en"),
    [
        (
            "returned",
            "Алты айда шекті мәнге жетпеді; өтініш берушіге қайтарылды: 2024 жылғы 6 тамыз.",
            "За шесть месяцев порог не достигнут; возвращена заявителю: 6 августа 2024 года.",
            "Threshold not reached in six months; returned to the applicant: 6 August 2024.",
        ),
        (
            "overtaken",
            "Петициядағы мәселе басқа жолмен шешілді: 2024 жылғы 6 тамыз.",
            "Вопрос петиции решен иначе: 6 августа 2024 года.",
            "Overtaken: the matter was settled otherwise, 6 August 2024.",
        ),
        (
            "withdrawn",
            "Өтініш беруші петициясын кері қайтарып алды: 2024 жылғы 6 тамыз.",
            "Заявитель отозвал петицию: 6 августа 2024 года.",
            "Withdrawn by the applicant: 6 August 2024.",
        ),
        (
            "rejected",
            "Петиция қабылданбады, жарияланған жоқ: 2024 жылғы 6 тамыз. Негізі: G.",
            "Петиция отклонена, не опубликована: 6 августа 2024 года. Основание: G.",
            "Rejected before publication: 6 August 2024. Ground: G.",
        ),
        (
            "forwarded",
            "Қарайтын органға жолданды: 2024 жылғы 6 тамыз. Тіркелгені туралы дерек әзірге жоқ.",
            "Направлена в орган: 6 августа 2024 года. Сведений о регистрации пока нет.",
            "Forwarded: 6 August 2024. Its registration has not been seen yet.",
        ),
        (
            "filed",
            "Петиция модерацияда. Соңғы күні: 2024 жылғы 4 қыркүйек.",
            "Петиция на модерации. Последний день: 4 сентября 2024 года.",
            "The petition is in moderation. Last day: 4 September 2024.",
        ),
        (
            "initial_support_opened",
            (
                "Петиция тікелей сілтеме арқылы ғана ашылады: алғашқы 50 азаматтың қосылуы күтілуде."
                " Соңғы күні: 2024 жылғы 4 қыркүйек."
            ),
            (
                "Петиция доступна только по прямой ссылке: ожидается присоединение первых 50 граждан."
                " Последний день: 4 сентября 2024 года."
            ),
            "Open by direct link only: the first 50 citizens have yet to join. Last day: 4 September 2024.",
        ),
        (
            "fifty_reached",
            "50 азамат қосылды; петицияның талаптарға сәйкестігі тексерілуде. Соңғы күні: 2024 жылғы 4 қыркүйек.",
            "50 граждан присоединились; проверяется соответствие требованиям. Последний день: 4 сентября 2024 года.",
            "50 citizens have joined; conformity is being checked. Last day: 4 September 2024.",
        ),
    ],
)
def test_a_stage_has_its_sentence(stands, tells, kind, kk, ru, en):
    standing = stands(event(1, kind, "2024-08-06"), on=day("2024-08-07"))
    ground = "G" if kind == "rejected" else None
    assert tells(standing, ground=ground) == {"kk": kk, "ru": ru, "en": en}


def test_a_petition_elsewhere_has_no_terms(stands, tells):
    standing = stands(PUBLISHED, jurisdiction=Jurisdiction.OUTSIDE)
    assert tells(standing) == {
        "kk": "Петиция ресми порталдан тыс жарияланған; ӘРПК-нің 12-1-тарауындағы мерзімдер оған қолданылмайды.",
        "ru": "Петиция размещена вне официального портала; сроки главы 12-1 АППК к ней не применяются.",
        "en": "Published outside the official portal; the terms of chapter 12-1 do not apply.",
    }


def test_an_unknown_stage_says_what_is_known(stands, tells):
    assert tells(stands(event(1, "term_reported", "2024-08-06"))) == {
        "kk": "Қазіргі кезеңі белгісіз. Күні көрсетілген мәлімет табылмады.",
        "ru": "Текущий этап неизвестен. Сведений с датой не найдено.",
        "en": "Stage not known. No dated information was found.",
    }
    standing = stands(PUBLISHED, jurisdiction=Jurisdiction.UNKNOWN)
    assert tells(standing) == {
        "kk": "Петицияның қайда жарияланғаны белгісіз; мерзімдері есептелмейді."
        " Қазіргі кезеңі белгісіз. Соңғы мәлімет: 2024 жылғы 29 мамыр.",
        "ru": "Неизвестно, где размещена петиция; сроки не рассчитываются."
        " Текущий этап неизвестен. Последние сведения: 29 мая 2024 года.",
        "en": "It is not known where the petition was published; no terms are computed."
        " Stage not known. Last information: 29 May 2024.",
    }


def test_a_decision_without_an_outcome(stands, tells):
    told = tells(stands(event(1, "decided", "2024-08-06")))
    assert told["ru"] == "Решение принято: 6 августа 2024 года. Результат неизвестен."


# Obligations


def owes(status, **facts):
    """A review of forty working days that was due on 6 August 2024."""
    given = {"due": DateRange.on(SIXTH), "start": DateRange.on(day("2024-06-10")), **facts}
    return Obligation(
        key=given.pop("key", "review_central"),
        kind=given.pop("kind", StepKind.DUTY),
        actor="reviewing_body",
        article="90-5(1)",
        certainty=Certainty.READ,
        status=status,
        term=Term(40, Unit.WORKING_DAYS),
        **given,
    )


WINDOW = {"kind": StepKind.WINDOW, "key": "collection"}
ROUGHLY = DateRange(day("2024-08-02"), SIXTH)


@pytest.mark.parametrize(
    ("obligation", "kk", "ru", "en"),
    [
        (
            owes(Status.MET, met=dated("2024-08-01", "2024-08-01"), days=3),
            "Мерзімінде орындалды: 2024 жылғы 1 тамыз.",
            "Исполнено в срок: 1 августа 2024 года.",
            "Met on time: 1 August 2024.",
        ),
        (
            owes(Status.MET, met=DateRange.on(SIXTH), due=None),
            "Орындалды: 2024 жылғы 6 тамыз.",
            "Исполнено: 6 августа 2024 года.",
            "Done: 6 August 2024.",
        ),
        (
            owes(Status.MET_LATENESS_UNKNOWN, met=dated(None, "2024-08-30")),
            "Орындалды; мерзімінде орындалған-орындалмағаны белгісіз: нақты күні табылмады.",
            "Исполнено; в срок или нет, неизвестно: точная дата не найдена.",
            "Done; whether on time is not known: the exact date was not found.",
        ),
        (
            owes(
                Status.MET_LATENESS_UNKNOWN,
                met=dated("2024-08-01", "2024-08-30"),
                readings=(Reading((1,), Status.MET, None, None),),
            ),
            "Орындалды; мерзімінде орындалған-орындалмағаны белгісіз: дереккөздерде күні әртүрлі.",
            "Исполнено; в срок или нет, неизвестно: источники называют разные даты.",
            "Done; whether on time is not known: sources give different dates.",
        ),
        (
            owes(Status.MET_LATE, met=dated("2024-08-10", "2024-08-10"), days=0),
            "Мерзімнің соңғы күнінен кейін орындалды: 2024 жылғы 10 тамыз (соңғы күні: 2024 жылғы 6 тамыз).",
            "Исполнено после последнего дня срока: 10 августа 2024 года (последний день: 6 августа 2024 года).",
            "Done after the last day: 10 August 2024 (last day: 6 August 2024).",
        ),
        (
            owes(Status.OPEN, days=0),
            "Бүгін – мерзімнің соңғы күні.",
            "Сегодня последний день срока.",
            "Today is the last day.",
        ),
        (
            owes(Status.OPEN, days=0, due=ROUGHLY),
            "Бүгін мерзімнің соңғы күні болуы мүмкін: 2024 жылғы 2 тамыз – 2024 жылғы 6 тамыз.",
            "Возможно, сегодня последний день срока: 2 августа 2024 года — 6 августа 2024 года.",
            "Today may be the last day: 2 August 2024 to 6 August 2024.",
        ),
        (
            owes(Status.OPEN),
            "Соңғы күні: 2024 жылғы 6 тамыз.",
            "Последний день: 6 августа 2024 года.",
            "Last day: 6 August 2024.",
        ),
        (
            owes(Status.MAY_HAVE_ENDED, due=ROUGHLY),
            "Мерзімнің соңғы күні: 2024 жылғы 2 тамыз – 2024 жылғы 6 тамыз аралығы. Аяқталған болуы мүмкін.",
            "Последний день срока: 2 августа 2024 года — 6 августа 2024 года. Возможно, срок уже истек.",
            "Last day: 2 August 2024 to 6 August 2024. The term may have ended.",
        ),
        (
            owes(Status.MAY_HAVE_ENDED, due=DateRange(None, SIXTH)),
            "Мерзімнің соңғы күні: 2024 жылғы 6 тамыз немесе одан бұрын. Аяқталған болуы мүмкін.",
            "Последний день срока: 6 августа 2024 года или раньше. Возможно, срок уже истек.",
            "Last day: on or before 6 August 2024. The term may have ended.",
        ),
        (
            owes(Status.ENDED_NOT_SEEN, days=-5),
            "Мерзімі 2024 жылғы 6 тамыз күні аяқталды. Орындалғанын көрмедік; орындалған болуы мүмкін.",
            "Срок закончился 6 августа 2024 года. Исполнения мы не видели; оно могло быть.",
            "The term ended on 6 August 2024. We have not seen it done; it may have been.",
        ),
        (
            owes(Status.ENDED_NOT_SEEN, due=ROUGHLY),
            "Мерзімі ең кеші 2024 жылғы 6 тамыз күні аяқталды. Орындалғанын көрмедік; орындалған болуы мүмкін.",
            "Срок закончился не позднее 6 августа 2024 года. Исполнения мы не видели; оно могло быть.",
            "The term ended by 6 August 2024. We have not seen it done; it may have been.",
        ),
        (
            owes(Status.OVERDUE, days=0),
            "Мерзімі өтті (соңғы күні: 2024 жылғы 6 тамыз). Сол күннен кейін тексергенде орындалмаған еді.",
            "Срок истек (последний день: 6 августа 2024 года). При проверке после этого дня исполнения не было.",
            "Overdue (last day: 6 August 2024). A check after that day showed that it was still not done.",
        ),
        (
            owes(Status.NOT_OBSERVABLE),
            "Бұл қадамнан ашық із қалмайды; орындалған-орындалмағанын көре алмаймыз.",
            "Этот шаг не оставляет открытых следов; исполнен ли он, мы видеть не можем.",
            "This step leaves no public trace; we cannot see whether it was done.",
        ),
        (
            owes(Status.NO_TERM, due=None),
            "Заңда мерзім белгіленбеген.",
            "Срок законом не установлен.",
            "The law sets no term.",
        ),
        (
            owes(Status.NOT_DUE, due=None, reason="registered"),
            "Мерзім әлі басталған жоқ. Ол мына оқиғадан басталады: қарайтын органда тіркеу.",
            "Срок еще не начался. Он начнется с события: регистрация в рассматривающем органе.",
            "The term has not started. It starts with: registration by the reviewing body.",
        ),
        (
            owes(Status.START_UNKNOWN, due=None, reason="published"),
            "Мерзімді есептеу мүмкін емес. Күні табылмаған оқиға: жариялау.",
            "Срок нельзя рассчитать. Не найдена дата события: публикация.",
            "Cannot be computed. Date not found: publication.",
        ),
        (
            owes(Status.START_UNKNOWN, due=None, reason="filed", met=dated(None, "2024-05-29")),
            (
                "Орындалды: 2024 жылғы 29 мамыр немесе одан бұрын. Мерзімді есептеу мүмкін емес."
                " Күні табылмаған оқиға: петицияны беру."
            ),
            "Исполнено: 29 мая 2024 года или раньше. Срок нельзя рассчитать. Не найдена дата события: подача петиции.",
            "Done: on or before 29 May 2024. Cannot be computed. Date not found: filing.",
        ),
        (
            owes(Status.START_UNKNOWN, due=None, reason="before_the_chapter"),
            "Мерзімді есептеу мүмкін емес: ол басталатын кезде 12-1-тарау әлі күшіне енбеген еді.",
            "Срок нельзя рассчитать: когда он начался бы, глава 12-1 еще не действовала.",
            "Cannot be computed: chapter 12-1 was not yet in force when the term would have started.",
        ),
        (
            owes(Status.CALENDAR_MISSING, due=None, reason="2028"),
            "Мерзімді есептеу мүмкін емес: 2028 жылғы жұмыс күндерінің күнтізбесі жоқ.",
            "Срок нельзя рассчитать: нет календаря рабочих дней на 2028 год.",
            "Cannot be computed: there is no working-day calendar for 2028.",
        ),
        (
            owes(Status.RUNS, days=5, **WINDOW),
            "Мүмкіндік бар. Соңғы күні: 2024 жылғы 6 тамыз.",
            "Еще можно. Последний день: 6 августа 2024 года.",
            "Still possible. Last day: 6 August 2024.",
        ),
        (
            owes(Status.RUNS, days=5, kind=StepKind.WINDOW, key="subject_lock"),
            "Бұл мерзім 2024 жылғы 6 тамыз күніне дейін (осы күнді қоса алғанда) жалғасады.",
            "Это время идет по 6 августа 2024 года включительно.",
            "This time runs until 6 August 2024, inclusive.",
        ),
        (
            owes(Status.ENDED, **WINDOW),
            "Мерзім 2024 жылғы 6 тамыз күні аяқталды.",
            "Срок закончился 6 августа 2024 года.",
            "Ended on 6 August 2024.",
        ),
        (
            owes(Status.ENDED, due=ROUGHLY, **WINDOW),
            "Мерзім ең кеші 2024 жылғы 6 тамыз күні аяқталды.",
            "Срок закончился не позднее 6 августа 2024 года.",
            "Ended by 6 August 2024.",
        ),
        (
            owes(Status.ENDED, met=dated("2024-08-01", "2024-08-01"), **WINDOW),
            "Болған күні: 2024 жылғы 1 тамыз.",
            "Состоялось: 1 августа 2024 года.",
            "It happened: 1 August 2024.",
        ),
    ],
)
def test_every_status_has_its_sentence(said, obligation, kk, ru, en):
    assert said(obligation_sentence, obligation) == {"kk": kk, "ru": ru, "en": en}


def test_no_status_is_left_without_words(said):
    for status in Status:
        obligation = owes(status, reason="published", days=3, met=None)
        for words in said(obligation_sentence, obligation).values():
            assert words.endswith(".")
            assert "None" not in words


@pytest.mark.parametrize(
    ("days", "kk", "ru", "en"),
    [
        (1, "1 жұмыс күні қалды.", "Остался 1 рабочий день.", "1 working day left."),
        (2, "2 жұмыс күні қалды.", "Осталось 2 рабочих дня.", "2 working days left."),
        (5, "5 жұмыс күні қалды.", "Осталось 5 рабочих дней.", "5 working days left."),
        (21, "21 жұмыс күні қалды.", "Остался 21 рабочий день.", "21 working days left."),
    ],
)
def test_days_left_stand_in_the_form_of_their_number(said, days, kk, ru, en):
    assert said(obligation_sentence, owes(Status.OPEN, days=days)) == {
        "kk": f"{kk} Соңғы күні: 2024 жылғы 6 тамыз.",
        "ru": f"{ru} Последний день: 6 августа 2024 года.",
        "en": f"{en} Last day: 6 August 2024.",
    }


@pytest.mark.parametrize(("days", "ru"), [(1, "1 рабочего дня"), (2, "2 рабочих дней"), (21, "21 рабочего дня")])
def test_where_the_due_date_is_a_range_the_days_left_are_the_fewest(said, days, ru):
    words = said(obligation_sentence, owes(Status.OPEN, days=days, due=ROUGHLY))
    dates = "2 августа 2024 года — 6 августа 2024 года"
    assert words["ru"] == f"Осталось не менее {ru}. Последний день: {dates}."
    assert words["kk"].startswith(f"Кемінде {days} жұмыс күні қалды. ")


@pytest.mark.parametrize(
    ("days", "ru"),
    [(1, "1 рабочий день"), (2, "2 рабочих дня"), (5, "5 рабочих дней"), (21, "21 рабочий день")],
)
def test_lateness_stands_in_the_form_of_its_number(said, days, ru):
    met = DateRange.on(SIXTH + timedelta(days=30))
    late = said(obligation_sentence, owes(Status.MET_LATE, met=met, days=-days))
    shown = "(последний день: 6 августа 2024 года)"
    assert late["ru"] == f"Исполнено с опозданием на {ru}: 5 сентября 2024 года {shown}."
    assert late["kk"] == (
        f"Мерзімінен {days} жұмыс күні кеш орындалды: 2024 жылғы 5 қыркүйек (соңғы күні: 2024 жылғы 6 тамыз)."
    )
    overdue = said(obligation_sentence, owes(Status.OVERDUE, days=-days))
    assert overdue["ru"].startswith(f"Срок истек {ru} назад {shown}. ")
    assert overdue["kk"].startswith(f"Мерзімі {days} жұмыс күні бұрын өтті ")
    roughly = replace(owes(Status.MET_LATE, met=met, days=-days), due=ROUGHLY)
    assert f"не менее чем на {ru}:" in said(obligation_sentence, roughly)["ru"]


def test_a_window_whose_end_is_a_range_may_have_ended(stands, said):
    standing = stands(event(5, "sighted", "2024-05-20", stage=Stage.COLLECTION), on=day("2024-10-20"))
    window = standing.obligation("collection")
    words = "Last day: 4 October 2024 to 20 November 2024. The term may have ended."
    assert said(obligation_sentence, window, standing)["en"] == words
    assert said(lambda: status_sentence(standing))["en"][-1] == words
    assert not is_stage_over(standing)


def test_notes_say_what_the_computation_rests_on(said):
    obligation = owes(
        Status.OPEN,
        days=3,
        due=DateRange.on(day("2027-02-01")),
        calendar_status=CalendarStatus.BY_RULE,
        editions=("2026-03-02", "2026-08-25"),
        edition_read=False,
    )
    assert said(obligation_notes, obligation) == {
        "kk": [
            "Алдын ала есеп: 2027 жылғы күнтізбе ресми жарияланбаған.",
            "Заңның бірнеше редакциясы күшінде болуы мүмкін; мерзім әрқайсысы бойынша есептелді.",
            "Бұл баптың сол кезде күшінде болған редакциясын оқымадық; оның орнына оқылған ең жақын редакция алынды.",
        ],
        "ru": [
            "Предварительный расчет: календарь на 2027 год официально не опубликован.",
            "Могли действовать разные редакции закона; срок рассчитан по каждой.",
            "Эту статью в действовавшей тогда редакции мы не читали; вместо нее взята ближайшая прочитанная редакция.",
        ],
        "en": [
            "Provisional: the calendar for 2027 is not officially published.",
            "More than one edition of the law may have been in force; the term was computed under each.",
            "We have not read this article in the edition in force then; the nearest edition we read stands in.",
        ],
    }


def test_a_later_sighting_of_another_stage_proves_no_delay(stands, said):
    """The day of the check is named only where the sighting saw the stage that the step ends."""
    standing = replace(stands(REGISTERED), last_sighted=Sighting(DateRange.on(LATER), Stage.DECIDED))
    words = said(obligation_sentence, owes(Status.OVERDUE, days=-3), standing)
    assert words["en"].endswith(" A check after that day showed that it was still not done.")


# Single sentences


def test_how_far_the_record_was_checked(said):
    assert said(sentences.known_through_sentence, SIXTH) == {
        "kk": "Соңғы тексерілген күні: 2024 жылғы 6 тамыз.",
        "ru": "Последняя проверка: 6 августа 2024 года.",
        "en": "Checked up to 6 August 2024.",
    }
    assert said(sentences.known_through_sentence, None)["kk"] == "Соңғы тексерілген күні белгісіз."


def test_a_page_that_vanished(said):
    assert said(sentences.vanished_sentence, SIXTH, LATER) == {
        "kk": "Бет соңғы рет 2024 жылғы 6 тамыз күні оқылды; 2026 жылғы 21 қараша күнінен бері ашылмайды."
        " Себебі белгісіз.",
        "ru": "Страница последний раз прочитана 6 августа 2024 года; с 21 ноября 2026 года не"
        " открывается. Причина неизвестна.",
        "en": "Last read on 6 August 2024; since 21 November 2026 the page does not open. Cause unknown.",
    }
    assert said(sentences.vanished_sentence, None, LATER)["en"] == (
        "Since 21 November 2026 the page does not open. Cause unknown."
    )


def test_a_deadline_that_a_body_named_stands_beside_ours(said):
    words = said(sentences.term_reported_sentence, dated("2024-08-05", "2024-08-05"), DateRange.on(SIXTH))
    assert words == {
        "kk": "Орган атаған мерзім: 2024 жылғы 5 тамыз; біздің есебіміз: 2024 жылғы 6 тамыз.",
        "ru": "Срок, названный органом: 5 августа 2024 года; наш расчет: 6 августа 2024 года.",
        "en": "Deadline named by the body: 5 August 2024; our computation: 6 August 2024.",
    }
    assert said(sentences.term_reported_sentence, UNDATED, None)["ru"] == ("Срок, названный органом: дата неизвестна.")


def test_sources_that_disagree(said):
    assert said(sentences.disputed_sentence, "45", "50 %") == {
        "kk": "Дереккөздердегі мәлімет әртүрлі: 45; 50 %.",
        "ru": "Сведения источников расходятся: 45; 50 %.",
        "en": "Sources disagree: 45; 50 %.",
    }


def test_what_comes_next_by_law(said):
    following = NextByLaw("decision_published", SIXTH, observed=False)
    assert said(sentences.next_by_law_sentence, following) == {
        "kk": "Заң бойынша келесі қадам: шешімді жариялау; 2024 жылғы 6 тамыз күнінен бастап.",
        "ru": "Следующий шаг по закону: публикация решения, с 6 августа 2024 года.",
        "en": "Next by law: publication of the decision, from 6 August 2024.",
    }
    undated = replace(following, starts_on=None)
    assert said(sentences.next_by_law_sentence, undated)["en"] == "Next by law: publication of the decision."
    assert set(said(sentences.next_by_law_sentence, replace(following, observed=True)).values()) == {None}
    assert set(said(sentences.next_by_law_sentence, None).values()) == {None}
