"""What the text tower reads of a piece of code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.encode.mini.code_words import code_words, split_words
from mmsearch.types import CodeText


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("readHTTPHeader", "read HTTP header"),
        ("max_open_files", "max open files"),
        ("__init__", "init"),
        ("utf8Decode", "utf 8 decode"),
        ("x = parseXMLFile(y_2)", "x parse XML file y 2"),
        ("Größe_ändern", "größe ändern"),
        ("", ""),
        ("+-*/(){}", ""),
    ],
)
def test_identifiers_are_split(code: str, words: str) -> None:
    assert split_words(code) == words


PYTHON = CodeText(
    '''
@cached
def read_header(rawBytes, max_len=3):
    """Parse the first line of a file.

    Raises on damage.
    """
    # skip the mark
    value = rawBytes[:max_len]  # at most three
    return value
''',
    "python",
    ("class FileReader", "def read_header"),
)


def test_name_and_documentation_come_before_the_body() -> None:
    words = code_words(PYTHON)
    order = ["file reader", "read header", "Parse the first line of a file.", "skip the mark"]
    places = [words.lower().index(part.lower()) for part in [*order, "value"]]
    assert places == sorted(places)


RUST = "// Adds two numbers.\nfn add_two(a: i32, b: i32) -> i32 { a + b }"
JAVA = "/**\n * Adds two numbers.\n */\nint addTwo(int a, int b) {\n  return a + b;\n}"
GO = "// Adds two numbers.\nfunc AddTwo(a, b int) int {\n\treturn a + b\n}"
JAVASCRIPT = "/* Adds two numbers. */\nconst addTwo = (a, b) => a + b;"


@pytest.mark.parametrize("code", [RUST, JAVA, GO, JAVASCRIPT], ids=["rust", "java", "go", "js"])
def test_other_languages(code: str) -> None:
    words = code_words(CodeText(code))
    assert "add two" in words.lower()
    assert "Adds two numbers." in words


def test_comment_marks_inside_other_things_are_left_alone() -> None:
    words = code_words(CodeText('x = "http://a.b/c"\ny = a // b\n#include <stdio.h>'))
    assert "stdio" in words
    assert "http" in words


def test_documentation_alone_and_nothing_at_all() -> None:
    assert code_words(CodeText("# only a remark")) == "only a remark"
    assert code_words(CodeText("")) == ""


def test_length_is_bounded() -> None:
    assert len(code_words(CodeText("x = 1  # note\n" * 100_000))) < 4_000


@given(st.text(max_size=300), st.text(max_size=10))
def test_any_text_is_taken(text: str, language: str) -> None:
    assert isinstance(code_words(CodeText(text, language)), str)
