"""The parts of a query that one can point at: filters, examples, what is avoided, what was read.

The text stays the truth: taking a part out, or writing it otherwise, is another text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mmsearch.errors import QueryError
from mmsearch.expression import (
    And,
    Between,
    Example,
    Node,
    Not,
    OneOf,
    Run,
    Span,
    Words,
    leaves,
)
from mmsearch.query.divide import divided, run_of
from mmsearch.query.language import parse
from mmsearch.query.printing import to_text
from mmsearch.query.readings import Reading

_MOST_CHIPS = 24
"""More are no help to anybody, and each costs a look at the whole text."""
_SIGN_BEFORE = re.compile(r"(?:NOT\s+|-)(\(*)$")


class ChipSort(StrEnum):
    """Where a part comes from."""

    WRITTEN = "written"
    """It stands in the text in the language of queries."""
    READ = "read"
    """Plain words that were taken for it."""
    OFFERED = "offered"
    """Plain words that might mean it, and were left words."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a query and the texts that it can be exchanged for."""

    sort: ChipSort
    node: Node
    """What it means: a filter, an example, or Not of something."""
    span: Span
    """Where it stands in the text."""
    words: str
    """As it was typed."""
    without: str
    """The text without it."""
    written: str
    """The text with its meaning in the language of queries."""
    as_words: str
    """The text with its characters as words, whatever they look like."""


def chips_of(
    text: str,
    today: date,
    *,
    applied: tuple[Reading, ...] = (),
    offered: tuple[Reading, ...] = (),
) -> tuple[Chip, ...]:
    """The parts of a text in their order, then what else its words might mean.

    Parts of alternatives (OR) are none: taking one out would change what the others mean.
    Raises QueryError for wrong syntax, as parse does.
    """
    tree = parse(text, today)
    found = [*_written(text, tree, today), *_read(text, applied, ChipSort.READ, today)]
    found.sort(key=lambda chip: chip.span)
    return (*found, *_read(text, offered, ChipSort.OFFERED, today))


def _written(text: str, tree: Node | None, today: date) -> Iterator[Chip]:
    parts = tree.parts if isinstance(tree, Run | And) else () if tree is None else (tree,)
    pointed_at = [place for place, part in enumerate(parts) if _is_chip(part)]
    for place in pointed_at[:_MOST_CHIPS]:
        part = parts[place]
        span = _span(text, part)
        rest = (*parts[:place], *parts[place + 1 :])
        left = And(rest) if isinstance(tree, And) and len(rest) > 1 else run_of(rest)
        words = text[slice(*span)]
        yield Chip(
            sort=ChipSort.WRITTEN,
            node=part,
            span=span,
            words=words,
            without=_without(text, span, left, today),
            written=text,
            as_words=put(text, span, _quoted(words)),
        )


def _is_chip(part: Node) -> bool:
    match part:
        case OneOf() | Between() | Example():
            return True
        case Not(inner):
            return isinstance(inner, OneOf | Between | Example | Words)
        case _:
            return False


def _span(text: str, part: Node) -> Span:
    """From the sign before it to the parentheses behind it."""
    spans = [leaf.span for leaf in leaves(part)]
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    sign = _SIGN_BEFORE.search(text[:start]) if isinstance(part, Not) else None
    if sign is None:
        return start, end
    closers = len(sign[1])
    return sign.start(), end + closers if text[end : end + closers] == ")" * closers else end


def _without(text: str, span: Span, left: Node | None, today: date) -> str:
    """The text with the part cut out, or, where that says something else, what is left of it."""
    cut = put(text, span, "")
    if _reads_as(cut, left, today):
        return cut
    return "" if left is None else to_text(left)


def _reads_as(text: str, tree: Node | None, today: date) -> bool:
    try:
        return divided(parse(text, today)) == divided(tree)
    except QueryError:  # e.g. an AND that has lost one of its sides
        return False


def _read(text: str, readings: tuple[Reading, ...], sort: ChipSort, today: date) -> Iterator[Chip]:
    for one in readings:
        meaning = parse(one.meaning, today)
        if meaning is not None:
            yield Chip(
                sort=sort,
                node=meaning,
                span=one.span,
                words=one.words,
                without=put(text, one.span, ""),
                written=put(text, one.span, one.meaning),
                as_words=put(text, one.span, _quoted(one.words)),
            )


def put(text: str, span: Span, new: str) -> str:
    """The text with something else in a place, and single blanks around it."""
    start, end = span
    return " ".join(part for part in (text[:start].rstrip(), new, text[end:].lstrip()) if part)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
