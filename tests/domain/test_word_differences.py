"""Two wordings compared: nothing is lost or made up, and no text takes long."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.domain import word_differences
from portal.domain.word_differences import Elision, Kind, Piece, differences, elided, words_in

WORDS = st.lists(
    st.sampled_from(
        [
            "қол",
            "Қол",
            "бір",
            "и",
            "не",
            " ",
            "  ",
            "\n",
            "\n\n",
            ", ",
            ".",
            "№",
            "5",
            "\u202e",
            "שלום",
            "е\u0308",
            "👩‍🏫",
        ]
    )
).map("".join)
TEXTS = st.one_of(WORDS, st.text(max_size=60))


def before_of(pieces):
    return "".join(each.text for each in pieces if each.kind is not Kind.ADDED)


def after_of(pieces):
    return "".join(each.text for each in pieces if each.kind is not Kind.REMOVED)


def shown(before, after):
    marks = {Kind.KEPT: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "[+{}+]"}
    return "".join(marks[each.kind].format(each.text) for each in differences(before, after))


@given(before=TEXTS, after=TEXTS)
@example(before="", after="")
@example(before="а\n", after="а")
@example(before="\r\n", after="\n")
@example(before="\ud800", after="\udfff и")
def test_kept_and_removed_are_the_text_before_kept_and_added_the_text_after(before, after):
    pieces = differences(before, after)
    assert before_of(pieces) == before
    assert after_of(pieces) == after
    assert all(each.text for each in pieces)
    assert all(one.kind is not other.kind for one, other in pairwise(pieces))


@given(text=TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert [each.kind for each in differences(text, text)] == [Kind.KEPT] * bool(text)


@given(before=TEXTS, after=TEXTS)
def test_what_is_elided_is_cut_and_never_changed(before, after):
    pieces = differences(before, after)
    shortened = elided(pieces, around=2, most=4)
    left = "".join(each.text for each in shortened if isinstance(each, Piece))
    assert len(left) <= sum(len(each.text) for each in pieces)
    hidden = sum(each.words for each in shortened if isinstance(each, Elision))
    words = sum(words_in(each.text) for each in pieces)
    assert sum(words_in(each.text) for each in shortened if isinstance(each, Piece)) + hidden == words


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Мы просим ответа.", "Мы требуем ответа.", "Мы [-просим-][+требуем+] ответа."),
        ("Қол жинау басталды.", "Қол жинау басталған жоқ.", "Қол жинау [-басталды-][+басталған жоқ+]."),
        ("Отменить закон", "Не отменить закон", "[-Отменить-][+Не отменить+] закон"),
        ("красный, белый дом", "синий, черный дом", "[-красный, белый-][+синий, черный+] дом"),
        ("один два", "один, два", "один[+,+] два"),
        ("один два", "один  два", "один [+ +]два"),
        ("е\u0308лка", "елка", "[-е\u0308лка-][+елка+]"),
        ("Первый.\n\nВторой.", "Первый.\n\nНовый.\n\nВторой.", "Первый.\n\n[+Новый.\n\n+]Второй."),
        ("", "Новое", "[+Новое+]"),
        ("Старое", "", "[-Старое-]"),
    ],
)
def test_a_change_is_told_in_whole_words(before, after, expected):
    assert shown(before, after) == expected


def test_long_text_that_stayed_is_left_out_and_counted():
    text = " ".join(f"слово{number}" for number in range(500))
    pieces = elided(differences(text, text.replace("слово250", "иное")), around=3)
    hidden = [each for each in pieces if isinstance(each, Elision)]
    assert [each.words for each in hidden] == [247, 246]
    assert (
        "".join(each.text for each in pieces if isinstance(each, Piece))
        == "слово247 слово248 слово249 слово250иное слово251 слово252 слово253"
    )


def some_words(count, of):
    state, found = 1, []
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        found.append(f"сөз{(state >> 8) % of}")
    return found


MANY = some_words(20_000, 3000)
SLOWEST = {
    "a word of five changed": (
        " ".join(MANY),
        " ".join("иное" if at % 5 == 0 else each for at, each in enumerate(MANY)),
    ),
    "all in another order": (" ".join(MANY), " ".join(reversed(MANY))),
    "two words only": (" ".join(some_words(20_000, 2)), " ".join(reversed(some_words(20_000, 2)))),
    "a line each": ("\n".join(some_words(20_000, 50)), "\n".join(reversed(some_words(20_000, 50)))),
    "one word": ("а" * 200_000, "б" * 200_000),
    "no word": (". " * 100_000, ", " * 100_000),
    "far too long": (" ".join(some_words(40_000, 2)), " ".join(reversed(some_words(40_000, 2)))),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOWEST)
def test_twenty_thousand_words_are_compared_within_a_second(name):
    before, after = SLOWEST[name]
    began = time.process_time()
    pieces = differences(before, after)
    assert time.process_time() - began < 1.5, "a second, and half of one for a busy machine"
    assert before_of(pieces) == before
    assert after_of(pieces) == after


def test_the_place_where_rows_are_made_again_does_not_show(monkeypatch):
    texts = [" ".join(some_words(60, 7)), " ".join(reversed(some_words(60, 7)))]
    whole = differences(*texts)
    for apart in (1, 2, 7):
        monkeypatch.setattr(word_differences, "ROWS_APART", apart)
        assert differences(*texts) == whole
