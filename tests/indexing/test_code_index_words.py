"""What code is found by in words."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.indexing.code_index_words import index_words
from mmsearch.types import CodeText


def test_name_and_documentation_count_more_than_the_body() -> None:
    code = 'def load_table(path):\n    """Read rows."""\n    # slowly\n    return parse(path)\n'

    counts = Counter(index_words(CodeText(code, "python", ("class Reader",))).split())

    assert counts["load_table"] == counts["load"] == 3 + 1, "the name, and in the body"
    assert counts["row"] == counts["slowly"] == 2
    assert counts["path"] == 2
    assert counts["pars"] == counts["python"] == counts["reader"] == 1


@pytest.mark.parametrize(
    "code",
    [
        "// Adds two numbers.\nfn add_two(a: i32) -> i32 { a + b }",
        "/**\n * Adds two numbers.\n */\nint add_two(int a, int b) {\n  return a + b;\n}",
        "// Adds two numbers.\nfunc add_two(a, b int) int {\n\treturn a + b\n}",
    ],
    ids=["rust", "java", "go"],
)
def test_other_languages(code: str) -> None:
    counts = Counter(index_words(CodeText(code)).split())

    assert counts["add_two"] == 4
    assert counts["number"] == 2


def test_nothing_at_all_has_no_words() -> None:
    assert index_words(CodeText("")) == ""
    assert index_words(CodeText("}\n}\n")) == ""


def test_a_page_of_empty_lines_takes_no_time() -> None:
    assert index_words(CodeText("\n" * 100_000 + "word")) == "word"


@given(st.text(max_size=300), st.text(max_size=10))
def test_any_text_is_taken(text: str, language: str) -> None:
    assert isinstance(index_words(CodeText(text, language)), str)
