"""Numbers read as a person writes them."""

from __future__ import annotations

import re

import pytest

from mmsearch.present.words import (
    MatchWord,
    clock,
    date_words,
    locator_words,
    match_word,
    size_words,
)
from mmsearch.types import LineRange, Locator, TimeRange


@pytest.mark.parametrize(
    ("match", "word", "n_steps"),
    [
        (1.0, MatchWord.STRONG, 4),
        (0.6, MatchWord.STRONG, 4),
        (0.5999, MatchWord.GOOD, 3),
        (0.3, MatchWord.GOOD, 3),
        (0.1, MatchWord.FAIR, 2),
        (0.0999, MatchWord.WEAK, 1),
        (0.0, MatchWord.WEAK, 1),
    ],
)
def test_match_has_four_words(match: float, word: MatchWord, n_steps: int) -> None:
    assert match_word(match) is word
    assert match_word(match).n_steps == n_steps


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (42.9, "0:42"), (725, "12:05"), (3723, "1:02:03"), (-1, "0:00")],
)
def test_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1_440_000, "1.4 MB"),
        (23_000_000_000, "23 GB"),
        (999_600, "1.0 MB"),
        (7_000_000_000_000_000, "7000 TB"),
    ],
)
def test_sizes(size_bytes: int, shown: str) -> None:
    assert size_words(size_bytes) == shown


@pytest.mark.parametrize(
    ("locator", "shown"),
    [
        (TimeRange(42, 51.5), "0:42 – 0:51"),
        (LineRange(10, 42), "10 – 42"),
        (LineRange(7, 7), "7"),
        (None, ""),
    ],
)
def test_locators(locator: Locator, shown: str) -> None:
    assert locator_words(locator) == shown


def test_dates_are_local_minutes() -> None:
    assert re.fullmatch(r"2023-07-1[345] \d\d:\d\d", date_words(1689357791.5))
