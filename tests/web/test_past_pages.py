"""Pages of the past: the record as of a day, two days compared, and what neither of them shows again."""

from datetime import UTC, datetime

import pytest
import yaml

from portal import clock
from portal.db import db
from portal.domain.texts import LANGUAGES
from portal.services import audit, register, tracking
from tests.fixtures.pages import words_of
from tests.services.test_past import CORRECTED, PETITION

pytestmark = pytest.mark.slow
"""A database for each test: for the whole run."""

ADDED, CHANGED = datetime(2026, 11, 10, 6, tzinfo=UTC), datetime(2026, 11, 12, 6, tzinfo=UTC)
TODAY = datetime(2026, 11, 20, 6, tzinfo=UTC)


@pytest.fixture
def past_client(empty, tmp_path, monkeypatch):
    """A portal whose one petition was recorded on the tenth and corrected on the twelfth; today is the twentieth."""
    path = tmp_path / "petitions.yaml"
    for record, at in ((PETITION, ADDED), (CORRECTED, CHANGED)):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        path.write_text(yaml.safe_dump([record], allow_unicode=True))
        assert register.load(path).is_fine
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    db.session.remove()
    return empty.test_client()


# As of a day


def test_a_past_day_shows_what_we_had_recorded_by_then_and_says_so(past_client):
    page = past_client.get("/en/petitions/1?as_of=2026-11-11")
    said = words_of(page)
    assert "As we had it recorded on 11 November 2026; the law as of 11 November 2026." in said
    assert "За деревья" in said
    assert "За парк" not in page.text
    assert "epetition.kz" in said
    assert '<meta name="robots" content="noindex">' in page.text
    assert 'href="/en/petitions/1">Show the record of today' in page.text
    now = past_client.get("/en/petitions/1")
    assert "За деревья" not in now.text
    assert "noindex" not in now.text


def test_the_two_days_are_independent(past_client):
    said = words_of(past_client.get("/en/petitions/1?as_of=2026-11-11&on=2026-05-20"))
    assert "As we had it recorded on 11 November 2026; the law as of 20 May 2026." in said
    assert "Collecting signatures" in said
    assert "Under review" in words_of(past_client.get("/en/petitions/1?on=2026-05-20"))


@pytest.mark.parametrize("path", ["", "/statements"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_our_first_record_the_page_says_so(past_client, lang, path):
    page = past_client.get(f"/{lang}/petitions/1{path}?as_of=2026-11-09")
    assert page.status_code == 200
    assert "За деревья" not in page.text
    words = {"en": "had not recorded this petition yet", "ru": "в наших записях еще не было", "kk": "әлі жазылмаған"}
    assert words[lang] in words_of(page)
    assert "noindex" in page.text


@pytest.mark.parametrize("path", ["/kk/petitions/1", "/ru/petitions/1/statements", "/api/v1/petitions/1"])
def test_a_day_that_has_not_come_is_refused_in_a_sentence(past_client, path):
    answer = past_client.get(f"{path}?as_of=2026-11-21", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    sentences = ("This date is in the future.", "Бұл күн әлі келген жоқ.", "Эта дата еще не наступила.")
    assert any(sentence in answer.text for sentence in sentences)
    assert past_client.get(f"{path}?as_of=2026-11-20").status_code == 200
    assert past_client.get(f"{path}?as_of=yesterday").status_code == 400


def test_links_of_a_past_page_stay_in_the_past(past_client):
    page = past_client.get("/en/petitions/1/statements?as_of=2026-11-11").text
    assert 'href="/en/petitions/1?as_of=2026-11-11"' in page
    cited = past_client.get("/en/petitions/1?as_of=2026-11-11").text
    assert "/en/petitions/1?as_of=2026-11-11</li>" in cited


def test_the_name_of_files_keeps_both_days(past_client):
    answer = past_client.get("/en/petitions/trees-2026?as_of=2026-11-11&on=2026-05-20")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/en/petitions/1?as_of=2026-11-11&on=2026-05-20")


def test_an_erased_name_does_not_come_back(past_client, empty):
    assert "Ахметов" in past_client.get("/ru/petitions/1?as_of=2026-11-11").text
    audit.erase(tracking.by_number(1).author_digest, by="k7m2", reason="Asked by the person")
    assert "Ахметов" not in past_client.get("/ru/petitions/1?as_of=2026-11-11").text
    assert "Ахметов" not in past_client.get("/api/v1/petitions/1?as_of=2026-11-11").text


def test_the_api_gives_the_record_of_a_past_day(past_client):
    then = past_client.get("/api/v1/petitions/1?as_of=2026-11-11").json
    now = past_client.get("/api/v1/petitions/1").json
    assert (then["recorded_as_of"], now["recorded_as_of"]) == ("2026-11-11", None)
    assert (then["threshold"], now["threshold"]) == (50000, 49999)
    assert then["standing"]["as_of"] == "2026-11-11"
    assert then["changed_in"] < now["changed_in"]
    before = past_client.get("/api/v1/petitions/1?as_of=2026-11-09").json
    assert (before["recorded"], before["first_recorded_on"]) == (False, "2026-11-10")
    assert "titles" not in before


# Two days compared


def test_two_days_are_compared_in_the_record_and_in_the_standing(past_client):
    page = past_client.get("/en/petitions/1/difference?from=2026-11-10&to=2026-11-12&on=2026-05-20")
    said = words_of(page)
    assert "The stage becomes: under review. It was: collection of signatures." in said
    assert "title (Russian) Corrected" in said
    assert "platform Corrected Before epetition.kz After e-otinish.kz" in said
    assert "Before 50,000 After 49,999" in said
    assert "The law, for both: as of 20 May 2026." in said
    assert "За деревья" not in page.text
    assert "Ахметов" not in page.text
    assert "noindex" in page.text


def test_a_day_compared_with_itself_differs_in_nothing(past_client):
    said = words_of(past_client.get("/en/petitions/1/difference?from=2026-11-13&to=2026-11-13"))
    assert "By both records it stands the same." in said
    assert "Nothing." in said


def test_days_in_the_wrong_order_are_put_right(past_client):
    one = words_of(past_client.get("/en/petitions/1/difference?from=2026-11-12&to=2026-11-10"))
    other = words_of(past_client.get("/en/petitions/1/difference?from=2026-11-10&to=2026-11-12"))
    assert one == other


def test_a_comparison_with_a_day_before_our_record_says_so(past_client):
    said = words_of(past_client.get("/en/petitions/1/difference?from=2026-11-01&to=2026-11-12"))
    assert "On 1 November 2026 we had not recorded this petition yet." in said


def test_what_is_no_day_has_its_sentence_beside_the_field(past_client):
    page = past_client.get("/en/petitions/1/difference?from=soon&to=30.12.2026&on=2026-02-30")
    assert page.status_code == 400
    for field, sentence in (
        ("from", "Enter the date like this: 06.08.2024."),
        ("to", "This date is in the future."),
        ("on", "There is no such date."),
    ):
        assert f'id="{field}-problem"' in page.text
        assert sentence in page.text
    assert 'value="soon"' in page.text


def test_the_changes_page_leads_to_both(past_client):
    page = past_client.get("/en/petitions/1/changes").text
    assert 'action="/en/petitions/1"' in page
    assert 'name="as_of"' in page
    assert 'action="/en/petitions/1/difference"' in page
    assert 'value="10.11.2026"' in page
    typed = past_client.get("/en/petitions/1?as_of=11.11.2026")
    assert "As we had it recorded on 11 November 2026" in words_of(typed)


def test_each_past_day_is_a_page_of_its_own_to_caches(past_client, empty):
    first = past_client.get("/en/petitions/1?as_of=2026-11-11")
    assert first.headers["ETag"]
    other = past_client.get("/en/petitions/1?as_of=2026-11-12")
    assert other.headers["ETag"] != first.headers["ETag"]
