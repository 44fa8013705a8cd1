"""The pages of the review at the desk: whole in each language, valid HTML, with nothing left in another language."""

import pytest

from portal.db import db
from portal.services import proposals
from portal.web.desk.records import FORMS
from tests.desk_pages import OF_THE_REVIEW
from tests.fixtures.pages import SPOKEN, check

pytestmark = pytest.mark.slow

DECISION = {
    "when-day": "09.08.2024",
    "cites-source": "https://interfax.ru/world/974714",
    "outcome": "granted",
    "demands-of_d1": "refused",
    "legal_effect": "unknown",
    "with_event": "y",
    "reason": "2024",
}


def pages(desk, lang):
    """Return every page of the review in a language: forms, one that was refused, proposals in each state."""
    client, other = desk.client("editor+confirmer", "both"), desk.client("editor", "other")
    at = f"/desk/{lang}/petitions/2"
    for what in OF_THE_REVIEW:
        yield what, client.get(f"{at}/record/{what}")
    yield "group", client.get(f"{at}/working_group/group/correct")
    yield "refused", desk.check(client, f"{at}/record/allegation", {"response": ""})
    yield "shown", desk.check(client, f"{at}/record/decision", DECISION)
    for _ in range(2):
        assert desk.record(other, f"{at}/record/decision", DECISION).status_code == 303
    assert desk.record(client, f"{at}/record/decision", DECISION).status_code == 303
    first, *_ = proposals.waiting()
    proposals.decline(first.id, by="test-both", reason="2024")
    numbers = [first.id, *(each.id for each in proposals.waiting())]
    db.session.remove()
    yield "list", client.get(f"/desk/{lang}/proposals")
    for name, number in zip(("declined", "others", "own"), numbers, strict=True):
        yield name, client.get(f"/desk/{lang}/proposals/{number}")


@pytest.mark.parametrize("lang", SPOKEN)
def test_each_page_of_the_review_is_whole(desk, english_only, html_problems, lang):
    found = {}
    for name, answer in pages(desk, lang):
        assert answer.status_code == (422 if name == "refused" else 200), name
        found[name] = answer.text
        check(answer, lang, english_only)
    assert html_problems(found) == []


def test_every_form_of_the_review_has_a_name_in_addresses():
    assert {*OF_THE_REVIEW, "group"} <= set(FORMS)
