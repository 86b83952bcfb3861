"""What may come next in a query: filters, their values, and searches asked before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mmsearch.expression import Field
from mmsearch.query.printing import value_text
from mmsearch.types import Modality

N_RECENT, N_VALUES = 5, 8
_LEAST_LETTERS = 2
_WORD = re.compile(r"\S*$")
_KEY_VALUE = re.compile(rf"({'|'.join(Field)}):(.*)", re.IGNORECASE)
_FIXED: dict[Field, tuple[str, ...]] = {
    Field.TYPE: tuple(kind.value for kind in Modality),
    Field.DATE: (
        "today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-year",
        "last-year", "last-summer",
    ),
    Field.SIZE: ("<100kB", "<1MB", ">1MB", ">10MB", ">100MB", ">1GB"),
    Field.DURATION: ("<10s", "<1min", ">1min", ">10min", ">1h"),
}  # fmt: skip


class CompletionSort(StrEnum):
    """What is completed."""

    RECENT = "recent"
    KEY = "key"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on."""

    sort: CompletionSort
    shown: str
    text: str
    """The whole text when it is taken."""
    cursor: int
    """Where writing goes on."""
    field: Field | None = None


def completions(
    text: str, cursor: int, recent: Sequence[str], values: Mapping[Field, Sequence[str]]
) -> list[Completion]:
    """What may come next where the cursor stands.

    recent: searches asked before, the newest first; values: what the library has, by filter.
    """
    found = [*_of_values(text, cursor, values)] or [*_of_keys(text, cursor)]
    return [*found, *_of_recent(text, recent)]


def recent_with(text: str, recent: Sequence[str], most: int) -> list[str]:
    """Recent searches with one more, the newest first; what it was typed from is left out."""
    text = " ".join(text.split())
    if not text:
        return list(recent)
    newest, rest = recent[:1], recent[1:]
    kept = [one for one in newest if not text.startswith(one)] + list(rest)
    return [text, *(one for one in kept if one.casefold() != text.casefold())][:most]


def _of_recent(text: str, recent: Sequence[str]) -> Iterator[Completion]:
    typed = text.strip().casefold()
    fitting = (one for one in recent if one.casefold().startswith(typed) and one != text.strip())
    for one, _ in zip(fitting, range(N_RECENT), strict=False):
        yield Completion(CompletionSort.RECENT, one, one, len(one))


def _word_before(text: str, cursor: int) -> tuple[int, str]:
    """Where the word at the cursor starts, behind a minus, and what of it is typed."""
    found = _WORD.search(text[:cursor])
    start = found.start() if found else cursor
    start += text[start:cursor].startswith("-")
    return start, text[start:cursor]


def _of_keys(text: str, cursor: int) -> Iterator[Completion]:
    start, word = _word_before(text, cursor)
    if len(word) < _LEAST_LETTERS or text[cursor : cursor + 1].strip():
        return
    for field in Field:
        if field.value.startswith(word.lower()) and field.value != word.lower():
            yield _put(CompletionSort.KEY, text, (start, cursor), f"{field.value}:", field)


def _of_values(
    text: str, cursor: int, values: Mapping[Field, Sequence[str]]
) -> Iterator[Completion]:
    _, word = _word_before(text, cursor)
    found = _KEY_VALUE.fullmatch(word)
    if found is None:
        return
    field = Field(found[1].lower())
    *before, typed = found[2].split(",")
    first = cursor - len(typed)
    known = _FIXED.get(field) or values.get(field, ())
    fitting = (
        one
        for one in known
        if one.casefold().startswith(typed.casefold()) and one not in before and one != typed
    )
    for one, _ in zip(fitting, range(N_VALUES), strict=False):
        yield _put(CompletionSort.VALUE, text, (first, cursor), value_text(one), field)


def _put(
    sort: CompletionSort, text: str, span: tuple[int, int], new: str, field: Field
) -> Completion:
    start, end = span
    blank = " " if sort is CompletionSort.VALUE and not text[end:].startswith(" ") else ""
    head = f"{text[:start]}{new}{blank}"
    return Completion(sort, new, f"{head}{text[end:]}", len(head), field)
