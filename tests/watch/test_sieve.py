"""The sieve drops inline files while bytes arrive, and changes nothing else."""

import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.watch.sieve import DEEPEST, Sieve, TooDeep

TEXTS = st.one_of(
    st.text(max_size=12), st.sampled_from(["fileData", "fileData\\", '"fileData":"', "\\", '"', "", "A" * 90])
)
KEYS = st.one_of(TEXTS, st.just("fileData"), st.sampled_from(["filedata", "fileDat", "xfileData", "fileData "]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=15,
)


def plain(value, key=None):
    """Do what the sieve does, the simple way."""
    if isinstance(value, dict):
        return {name: plain(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return "" if key == "fileData" and isinstance(value, str) else value


def escaped(text):
    """Write the key with escapes, as JSON allows."""
    return text.replace('"fileData":', '"\\u0066ile\\u0044ata":')


def sieved(text, cuts):
    sieve, out, at = Sieve(), b"", 0
    for cut in sorted({min(cut, len(text)) for cut in cuts} | {len(text)}):
        out += sieve.feed(text[at:cut])
        at = cut
    return sieve, out


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(VALUES, st.lists(st.integers(0, 400), max_size=30), st.booleans(), st.sampled_from([None, 0, 2]), st.booleans())
def test_whatever_the_json_and_however_it_is_cut_the_files_alone_are_gone(value, cuts, is_ascii, indent, is_escaped):
    text = json.dumps(value, ensure_ascii=is_ascii, indent=indent, separators=(", ", ":") if is_escaped else None)
    whole = (escaped(text) if is_escaped else text).encode("utf-8", "surrogatepass")
    sieve, out = sieved(whole, cuts)
    if is_escaped and json.loads(escaped(text)) != value:
        return  # The key stood within a text.
    assert json.loads(out) == plain(value)
    assert not sieve.is_open


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80), st.lists(st.integers(0, 80), max_size=10))
def test_any_bytes_pass_the_same_way_however_they_are_cut(text, cuts):
    assert sieved(text, cuts)[1] == sieved(text, range(80))[1]


def test_the_length_of_what_was_dropped_is_noted():
    sieve = Sieve()
    assert (
        sieve.feed(b'{"cover":{"fileData":"AB\\"CD"},"fileData":["x"]}')
        == b'{"cover":{"fileData":""},"fileData":["x"]}'
    )
    assert sieve.dropped == [6]


@pytest.mark.parametrize("text", [b'{"fileData":"AAAA', b'{"a":"b', b'{"a":1', b"[", b'{"a":"\\'])
def test_a_text_that_breaks_off_is_known_as_open(text):
    sieve = Sieve()
    sieve.feed(text)
    assert sieve.is_open


def test_what_is_nested_too_deeply_is_refused_at_once():
    sieve = Sieve()
    sieve.feed(b"[" * DEEPEST)
    with pytest.raises(TooDeep):
        sieve.feed(b"[")


def test_brackets_within_texts_are_no_levels():
    sieve = Sieve()
    sieve.feed(b'{"a":"' + b"[{" * 1000 + b'"}')
    assert not sieve.is_open


def test_a_great_file_is_never_held():
    sieve, piece = Sieve(), b"QUJD" * 16_384
    sieve.feed(b'{"cover":{"fileData":"')
    tracemalloc.start()
    for _ in range(800):
        assert sieve.feed(piece) == b""
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sieve.dropped == [800 * 65_536]
    assert peak < 1_000_000
