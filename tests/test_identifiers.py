"""Identifiers as words, and what texts are compared by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.identifiers import name_words, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("parse_args", ["parse_args", "pars", "argument"]),
        ("readHTTPHeader", ["readhttpheader", "read", "http", "header"]),
        ("how to open the files", ["to", "open", "file"]),
        ("Café NAÏVE", ["cafe", "naiv"]),
        ("if not in", ["if", "not", "in"]),
        ("queries", ["query"]),
        ("", []),
        ("+-*/ ( ) \" ' ;", []),
        ("日本語", ["日本語"]),
        ("half \ud800 character", ["half", "character"]),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    "words",
    [
        "cache caches cached caching",
        "stop stops stopped stopping",
        "query queries",
        "str strs string strings",
        "dir dirs directory directories",
        "class classes",
    ],
)
def test_forms_of_a_word_are_one(words: str) -> None:
    assert len(set(terms(words))) == 1


@pytest.mark.parametrize("words", ["string sting", "this thing", "status state", "need nee"])
def test_different_words_stay_apart(words: str) -> None:
    assert len(set(terms(words))) == 2


@given(st.text(max_size=200))
def test_terms_survive_being_joined_by_blanks(text: str) -> None:
    found = terms(text)
    assert " ".join(found).split(" ") == (found or [""])
    assert all(0 < len(term) <= 64 for term in found)


def test_data_is_no_word() -> None:
    assert terms("x" * 1000) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("The Cat in the Hat", ["cat", "hat"]),
        ("what to do", ["what", "to", "do"]),
        ("HolidayInRome_2019", ["holiday", "rome", "2019"]),
        ("IMG_4711", ["imag", "4711"]),
        ("Beyoncé – Déjà Vu", ["beyonc", "deja", "vu"]),
        ("", []),
        ("._~", []),
        ("x" * 65, []),
    ],
)
def test_names_are_found_by_their_telling_words(name: str, words: list[str]) -> None:
    assert name_words(name) == words
