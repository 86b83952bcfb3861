"""Reads plain words as filters: "videos of dogs from last summer" asks for kind and date.

Each reading can be turned back into words. Only those that can hardly mean anything else are
applied by themselves (``is_sure``); the rest are for the window to offer. A wrong filter hides what
somebody looks for, a missed one only leaves it lower in the list: "a video camera on a table" is
about a camera, and "concatenate videos" about code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from mmsearch.expression import And, Node, Or, Run, Span, Words
from mmsearch.query.reading_rules import RULES, may_say_something

_LONGEST = 300
"""Characters. What is longer is a text, and not somebody asking for files."""
_TAKEN = "\0"


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of plain words and what it may mean."""

    span: Span
    """In the text of the query."""
    words: str
    meaning: str
    """In the query language, e.g. ``type:video``."""
    is_sure: bool


def readings_of(text: str, tree: Node | None, today: date) -> tuple[Reading, ...]:
    """Everything that the plain words of a query may mean, in the order of the text.

    tree: what the text was parsed into. A query with AND or OR is taken at its word.
    """
    if len(text) > _LONGEST or not may_say_something(text):
        return ()
    found: list[Reading] = []
    for place, words in enumerate(_plain_words(tree)):
        found += _readings_of_words(text, words.span, place == 0, today)
    if any(one.is_sure and one.meaning.startswith("type:") for one in found):
        # Somebody who asks for pictures or films speaks of files, so that a date is theirs.
        found = [replace(one, is_sure=one.is_sure or _is_of_file(one)) for one in found]
    elif not _are_words_left(text, tree, found):
        # A whole query of "last summer" may be the name of something.
        found = [replace(one, is_sure=False) for one in found]
    return tuple(sorted(found, key=lambda one: one.span))


def applied(text: str, readings: Iterable[Reading]) -> str:
    """The text with each of the readings in the place of its words."""
    for one in sorted(readings, key=lambda one: one.span, reverse=True):
        start, end = one.span
        text = f"{text[:start]} {one.meaning} {text[end:]}"
    return text.strip()


def _plain_words(tree: Node | None) -> Iterator[Words]:
    match tree:
        case Words(_, False):
            yield tree
        case Run(parts) if not any(isinstance(part, And | Or) for part in parts):
            yield from (part for part in parts if isinstance(part, Words) and not part.quoted)


def _readings_of_words(text: str, span: Span, is_first: bool, today: date) -> Iterator[Reading]:
    """Rules in their order, until none finds anything in the words that are left."""
    start, end = span
    left = text[start:end]
    goes_on = True
    while goes_on:
        goes_on = False
        for rule in RULES:
            match = rule.pattern.search(left) if is_first or not rule.at_start else None
            meaning = rule.meaning(match, today) if match is not None else None
            if match is None or meaning is None:
                continue
            first, last = match.span("said")
            yield Reading(
                (start + first, start + last),
                text[start + first : start + last],
                meaning,
                rule.is_sure,
            )
            left = left[:first] + _TAKEN * (last - first) + left[last:]
            goes_on = True


def _are_words_left(text: str, tree: Node | None, found: list[Reading]) -> bool:
    n_read = sum(len(one.words.split()) for one in found if one.is_sure)
    return n_read < sum(len(text[slice(*words.span)].split()) for words in _plain_words(tree))


def _is_of_file(reading: Reading) -> bool:
    """Also what is to be avoided: as a sentence, "without" finds it as often as "with"."""
    return reading.meaning.startswith(("date:", "size:", "duration:", "-"))
