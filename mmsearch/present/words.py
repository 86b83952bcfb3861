"""Numbers as a person reads them: match, sizes, times, dates."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mmsearch.types import Hit, LineRange, Locator, TimeRange


class MatchWord(StrEnum):
    """How close a hit is, in the four words of the window; the value is the English word."""

    STRONG = "strong"
    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"

    @property
    def n_steps(self) -> int:
        """How many of the four steps of the match bar are filled."""
        return 4 - list(MatchWord).index(self)


_LEAST_MATCH = {MatchWord.STRONG: 0.6, MatchWord.GOOD: 0.3, MatchWord.FAIR: 0.1}


def match_word(match: float) -> MatchWord:
    """Name a match in [0, 1]: strong from 0.6, good from 0.3, fair from 0.1."""
    for word, least in _LEAST_MATCH.items():
        if match >= least:
            return word
    return MatchWord.WEAK


def least_match(word: MatchWord) -> float:
    """The least match that is called so; 0 for weak."""
    return _LEAST_MATCH.get(word, 0.0)


def clock(seconds: float) -> str:
    """A place on a time line: 0:42, 12:05, 1:02:03."""
    whole = max(0, int(seconds))
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def place_words(hit: Hit) -> str:
    """Where in the file: as ``locator_words``, and how many other places there are in code."""
    words = locator_words(hit.locator)
    return f"{words} +{len(hit.passages)}" if hit.passages else words


def size_words(size_bytes: int) -> str:
    """A file size with at most one decimal, in steps of 1000: 950 B, 1.4 MB, 23 GB."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    size = float(size_bytes)
    for unit in ("kB", "MB", "GB", "TB"):
        size /= 1000
        if size < 999.5 or unit == "TB":
            break
    return f"{size:.1f} {unit}" if size < 9.95 else f"{size:.0f} {unit}"


def date_words(at_s: float) -> str:
    """A moment of the file system as local date and time: 2023-07-14 18:03."""
    return datetime.fromtimestamp(at_s).strftime("%Y-%m-%d %H:%M")


def locator_words(locator: Locator) -> str:
    """The part of a file: "0:42 – 0:51", "10 – 42" for lines, "" for a whole file."""
    match locator:
        case TimeRange(start_s, end_s):
            return f"{clock(start_s)} – {clock(end_s)}"
        case LineRange(first_line, last_line):
            return str(first_line) if first_line == last_line else f"{first_line} – {last_line}"
        case None:
            return ""
