"""Prose cut at its headings."""

from __future__ import annotations

import pytest

from mmsearch.decode.code_headings import pieces_by_headings

_MARKDOWN = """\
Before.

# One
text
text

## One a
text
text
```sh
# no heading
```
### Deep ###
text
text

Two
===
text
text

| a | b |
|---|---|
| 1 | 2 |
text

# Three
"""


def _sections(language: str, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    lines = text.split("\n")
    pieces = list(pieces_by_headings(language, lines))
    assert [piece.first for piece in pieces[1:]] == [piece.last + 1 for piece in pieces[:-1]]
    assert (pieces[0].first, pieces[-1].last) == (0, len(lines) - 1)
    return [(piece.first + 1, piece.last + 1, piece.scope) for piece in pieces]


def test_markdown() -> None:
    assert _sections("markdown", _MARKDOWN) == [
        (1, 2, ()),
        (3, 6, ("One",)),
        (7, 12, ("One", "One a")),
        (13, 16, ("One", "One a", "Deep")),
        (17, 26, ("Two",)),
        (27, 28, ("Three",)),
    ]


def test_a_title_without_text_stays_with_what_follows() -> None:
    text = "# Book\n\n## Chapter\ntext\ntext\n\n# Next\ntext"
    assert _sections("markdown", text) == [(1, 6, ("Book", "Chapter")), (7, 8, ("Next",))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("rst", "A\n=\n\ntext\ntext\n\nTitle b\n-------\ntext\ntext\ntext"),
        ("rst", "===\nA\n===\ntext\ntext\n\nTitle b\n-------\ntext\ntext\ntext"),
        ("org", "* A\ntext\ntext\ntext\n\n\n** Title b\ntext"),
        ("asciidoc", "= A\ntext\ntext\ntext\n\n\n== Title b\ntext"),
        ("latex", "\\section{A}\ntext\ntext\ntext\n\n\n\\subsection*{Title b}\ntext"),
        ("wiki", "= A =\ntext\ntext\ntext\n\n\n== Title b ==\ntext"),
        ("textile", "h1. A\ntext\ntext\ntext\n\n\nh2. Title b\ntext"),
    ],
)
def test_other_marks(language: str, text: str) -> None:
    sections = _sections(language, text)
    assert sections[-1][0] == 7
    assert sections[-1][2] == ("A", "Title b")
