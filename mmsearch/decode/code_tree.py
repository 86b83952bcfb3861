"""Finds the functions and classes of a program by its syntax tree."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mmsearch.decode.code_grammar import language_by_name, query_of
from mmsearch.decode.code_names import label_of, name_of

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

_BLOCK_BYTES = 65_536
# A parser recovers from anything, but in what is no program at all it may take very long.
_MAX_PARSE_S = 8.0
# What lies behind is cut without a look at its meaning. A tree takes fifty times the memory of
# its text, and so much text has more pieces than are wanted anyway.
_MAX_PARSED_BYTES = 2_000_000
# Classes in classes: what lies deeper is a part of its surroundings.
_MAX_DEPTH = 20


@dataclass(slots=True)
class Definition:
    """A function or class; lines are counted from 0 and both ends belong to it."""

    first: int
    last: int
    name: str
    label: str
    """The name as a part of the scope of what lies inside, e.g. "class Reader"."""
    is_open: bool
    """What lies inside is cut into pieces of its own."""
    parent: int
    """Position of the open definition around it, or -1."""


@dataclass(slots=True)
class _Found:
    """A node that the query has found."""

    node: Node
    sort: str
    start: int
    end: int
    first: int
    last: int
    is_taken: bool = False
    """Of a wrapper: something has been found in it."""


def definitions(source: bytes, language: str, *, max_lines: int) -> list[Definition] | None:
    """Return the definitions in the order of their beginnings.

    Functions longer than ``max_lines`` are open, as classes are; what is inside other functions
    is left out. None if there is no grammar, or parsing takes too long.
    """
    try:
        query, has_clauses = query_of(language)
    except LookupError:
        return None
    tree = _parse(source[:_MAX_PARSED_BYTES], language)
    if tree is None:
        return None
    from tree_sitter import QueryCursor

    captures = QueryCursor(query).captures(tree.root_node)
    leading = _leading_lines(captures.get("leading", []), source)
    selection = _Selection(source, leading, max_lines, has_clauses=has_clauses)
    for item in _in_order(captures):
        selection.visit(item)
    return selection.kept


def _parse(source: bytes, language: str) -> Tree | None:
    from tree_sitter import Parser

    deadline_s = time.monotonic() + _MAX_PARSE_S
    try:
        return Parser(language_by_name(language)).parse(
            lambda offset, _point: source[offset : offset + _BLOCK_BYTES],
            progress_callback=lambda _offset, _has_error: time.monotonic() > deadline_s,
        )
    except ValueError:
        return None  # the deadline; there is no other way to fail


def _in_order(captures: Mapping[str, list[Node]]) -> Iterator[_Found]:
    """Yield outer nodes before inner ones, each node once."""
    found: dict[tuple[int, int], _Found] = {}
    for sort in ("wrapper", "class", "function"):
        for node in captures.get(sort, []):
            start, end = node.byte_range
            first, last = _rows(node)
            found[start, -end] = _Found(node, sort, start, end, first, last)
    yield from (found[place] for place in sorted(found))


def _rows(node: Node) -> tuple[int, int]:
    """Return the first and last line; some nodes end at the beginning of the next line."""
    first, (last, column) = node.start_point.row, node.end_point
    return first, max(first, last - 1 if column == 0 else last)


def _leading_lines(nodes: list[Node], source: bytes) -> dict[int, int]:
    """Return the lines of comments that begin their line, with the column where they do."""
    columns: dict[int, int] = {}
    for node in nodes:
        start, column = node.start_byte, node.start_point.column
        if not source[start - column : start].strip():
            first, last = _rows(node)
            columns.update(dict.fromkeys(range(first, last + 1), column))
    return columns


class _Selection:
    """Decides about one found node after the other, from the outside to the inside."""

    def __init__(
        self, source: bytes, leading: dict[int, int], max_lines: int, *, has_clauses: bool
    ) -> None:
        self.kept: list[Definition] = []
        self._source = source
        self._leading = leading
        self._max_lines = max_lines
        self._has_clauses = has_clauses
        self._around: list[_Found] = []
        self._open: list[tuple[int, int]] = []
        """(end, position in kept) of the open definitions around the present place."""
        self._closed_end = 0

    def visit(self, item: _Found) -> None:
        """Keep the item if it is a definition that is to be a piece of its own."""
        while self._around and self._around[-1].end <= item.start:
            self._around.pop()
        while self._open and self._open[-1][0] <= item.start:
            self._open.pop()
        is_visible = item.start >= self._closed_end and len(self._open) < _MAX_DEPTH
        if item.sort != "wrapper" and is_visible:
            self._keep(item)
        self._around.append(item)

    def _keep(self, item: _Found) -> None:
        first, outermost = self._whole(item)
        is_long = item.last - first >= self._max_lines
        is_open = is_long or (item.sort == "class" and item.last > item.first)
        name = name_of(item.node, outermost, self._source)
        if not is_open:
            self._closed_end = item.end
        parent = self._open[-1][1] if self._open else -1
        if self._has_clauses and self._continues(first, item.last, name, parent):
            self.kept[-1].last = item.last
            return
        label = label_of(item.node, name, self._source) if item.sort == "class" else name
        if is_open:
            self._open.append((item.end, len(self.kept)))
        self.kept.append(Definition(first, item.last, name, label, is_open, parent))

    def _whole(self, item: _Found) -> tuple[int, Node]:
        """Return the first line with all that belongs to the item, and the node around it."""
        first, outermost = item.first, item.node
        for wrapper in reversed(self._around):
            if wrapper.sort != "wrapper":
                break
            # A second definition in the same statement begins where the first one ends.
            is_second, wrapper.is_taken = wrapper.is_taken, True
            if is_second or wrapper.last != item.last:
                break
            first, outermost = wrapper.first, wrapper.node
        column = self._indent(outermost)
        while self._leading.get(first - 1, column + 1) <= column:
            first -= 1
        return first, outermost

    def _indent(self, node: Node) -> int:
        """Return the column of the first sign in the line that the node begins in."""
        before = self._source[node.start_byte - node.start_point.column : node.start_byte]
        return len(before) - len(before.lstrip())

    def _continues(self, first: int, last: int, name: str, parent: int) -> bool:
        """Tell whether this is the next clause of the function before."""
        if not self.kept:
            return False
        before = self.kept[-1]
        return (
            bool(name)
            and (before.name, before.parent, before.is_open) == (name, parent, False)
            and first - before.last <= 2
            and last - before.first < self._max_lines
        )
