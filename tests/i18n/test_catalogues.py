"""What holds for every text of a catalogue, whoever wrote it."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from portal.domain.texts import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = r"(?:%\(\w+\)[sd]|\{\w+\})"
NOTE = "kk: unconfirmed, for a human check"
UNCONFIRMED = (
    "модерация",
    "өтініш беруш",
    "үн қосу",
    "ресми хабарлама",
    "қанағаттандырудан бас тарт",
    "кері қайтарып ал",
)
"""Terms of ``wording.md`` section 10 that nobody has confirmed in an official Kazakh text."""


def messages(lang):
    """Return every message of a catalogue with its forms."""
    with (ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    for message in catalogue:
        if message.id:
            yield message, message.string if isinstance(message.string, tuple) else (message.string,)


def test_no_kazakh_suffix_is_glued_to_a_placeholder():
    glued = re.compile(rf"{PLACEHOLDER}[-‑’']?[а-яәғқңөұүһі]", re.IGNORECASE)
    assert not [form for _, forms in messages("kk") for form in forms if glued.search(form)]


def test_a_kazakh_noun_stays_in_the_singular_after_a_number():
    assert not [forms for _, forms in messages("kk") if len(set(forms)) > 1]
    plural = re.compile(rf"(?:{PLACEHOLDER}|\d) \w*(?:лар|лер|дар|дер|тар|тер)(?:\b|[ыі])")
    assert not [form for _, forms in messages("kk") for form in forms if plural.search(form)]


@pytest.mark.parametrize(
    ("lang", "pattern"),
    [
        ("kk", r"[\"!—„]|құрметті|өтінеміз|өкінішке"),
        ("ru", r"[\"!ё–](?!%)(?<!\)s–)|пожалуйста|уважаем|к сожалению"),
        ("en", r"[\"!«»]|[Uu]nfortunately|[Pp]lease"),
    ],
)
def test_the_tone_and_the_marks_are_those_of_the_language(lang, pattern):
    assert not [form for _, forms in messages(lang) for form in forms if re.search(pattern, form)]


def test_unconfirmed_kazakh_terms_are_marked_for_a_human_check():
    for message, forms in messages("kk"):
        if any(term in forms[0].lower() for term in UNCONFIRMED):
            assert NOTE in message.user_comments, forms[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_stays_a_sentence(lang):
    """Where the source ends with a full stop, so does every form, and the other way round."""
    for message, forms in messages(lang):
        source = message.id[0] if isinstance(message.id, tuple) else message.id
        if source == "No.":  # An abbreviation, whose full stop ends no sentence.
            continue
        for form in filter(None, forms):
            assert form.endswith(".") == source.endswith("."), form
            assert form == form.strip()
