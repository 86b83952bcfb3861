"""Cuts the lines of a text into pieces of a length that an encoder can read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from mmsearch.decode.code_tree import Definition

# Smaller pieces that are neighbours are put together.
_TINY_LINES = 2
_MOST_MERGED_LINES = 12
# About twice what a text tower reads of a piece.
_MAX_PIECE_CHARS = 6_000
# How far a cut may move to a better place.
_MOST_SHIFTED_LINES = 5
# Words that only open, divide or close blocks: nobody looks for them.
_BLOCK_WORDS = """
    begin class const default do done else end endclass endfunction endif endmodule ensure esac
    export fi final finally implementation impl inline interface internal loop mod module
    namespace package pass private protected pub public rescue static struct then try where
"""
_EMPTY_WORDS = frozenset(_BLOCK_WORDS.split())
# What is said after the end of a block is what has ended.
_ENDING = re.compile(
    r"\s*(?:[\])};,]+|#\s*endif|end\w*)\s*(?:(?://|/\*|#|--|!|%).*|\w+(?:\s\w+)?;?)?\s*$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines and the names around them; lines are counted from 0, both ends included."""

    first: int
    last: int
    scope: tuple[str, ...] = ()
    owner: int = -1
    """Position of the definition that it is a part of, or -1: pieces of one are neighbours."""


def pieces_of_definitions(
    definitions: Sequence[Definition], lines: Sequence[str]
) -> Iterator[Piece]:
    """Yield every definition as a piece, and what lies between them.

    Each line belongs to the innermost definition around it. In no piece are blank lines and
    those between definitions that only open, divide or close blocks: what they say beyond that is
    the name of the block, and that is in the scope of its members.
    """
    runs = _runs(definitions, len(lines))
    pieces = [piece for run in runs if (piece := _trimmed(run, definitions, lines)) is not None]
    scopes = _scopes(definitions)
    for piece in _merged(pieces, definitions):
        yield replace(piece, scope=scopes[piece.owner] if piece.owner >= 0 else ())


def windows(piece: Piece, lines: Sequence[str], *, max_lines: int, overlap: int) -> Iterator[Piece]:
    """Cut a long piece into overlapping ones of about equal length.

    Every line of it is in at least one. A window has at most ``max_lines`` and a few more.
    """
    n_lines = piece.last - piece.first + 1
    n_chars = sum(len(lines[row]) for row in range(piece.first, piece.last + 1))
    overlap = min(overlap, max_lines // 2)
    n_windows = 1 if n_lines <= max_lines else math.ceil(n_lines / (max_lines - overlap))
    n_windows = min(n_lines, max(n_windows, math.ceil(n_chars / _MAX_PIECE_CHARS)))
    step = n_lines / n_windows
    overlap = min(overlap, int(step / 2))
    cuts = [piece.first + round(number * step) for number in range(n_windows)]
    if overlap:
        cuts[1:] = [_better_cut(cut, lines, min(_MOST_SHIFTED_LINES, overlap)) for cut in cuts[1:]]
    for cut, following in zip(cuts, [*cuts[1:], piece.last + 1], strict=True):
        if any(line.strip() for line in lines[cut:following]):
            first = max(piece.first, cut - overlap)
            yield _without_blanks(replace(piece, first=first, last=following - 1), lines)


def _better_cut(cut: int, lines: Sequence[str], reach: int) -> int:
    """Return the line nearby where a new thought begins: after a blank, else the least indented."""

    def cost(row: int) -> tuple[bool, int, int]:
        line = lines[row]
        indent = len(line) - len(line.lstrip()) if line.strip() else 1_000
        return bool(lines[row - 1].strip()), indent, abs(row - cut)

    return min(range(cut - reach + 1, cut + reach), key=cost)


def _runs(definitions: Sequence[Definition], n_lines: int) -> Iterator[Piece]:
    owners = [-1] * n_lines
    for position, definition in enumerate(definitions):
        n_owned = definition.last - definition.first + 1
        owners[definition.first : definition.last + 1] = [position] * n_owned
    for owner, group in groupby(range(n_lines), key=owners.__getitem__):
        rows = list(group)
        yield Piece(rows[0], rows[-1], owner=owner)


def _scopes(definitions: Sequence[Definition]) -> list[tuple[str, ...]]:
    """Return the names of each definition from the outermost to its own."""
    scopes: list[tuple[str, ...]] = []
    for definition in definitions:
        around = scopes[definition.parent] if definition.parent >= 0 else ()
        scopes.append((*around, definition.label) if definition.label else around)
    return scopes


def _trimmed(piece: Piece, definitions: Sequence[Definition], lines: Sequence[str]) -> Piece | None:
    """Remove blank lines at both ends; None if nothing is left that can be looked for."""
    rest = _without_blanks(piece, lines)
    label = ""
    if piece.owner >= 0:
        definition = definitions[piece.owner]
        if (piece.first, piece.last) == (definition.first, definition.last):
            return rest
        label = definition.label.lower()
    known = _EMPTY_WORDS.union(_WORDS.findall(label))
    if all(says_nothing_new(line, known) for line in lines[rest.first : rest.last + 1]):
        return None
    return rest


def _without_blanks(piece: Piece, lines: Sequence[str]) -> Piece:
    """Remove blank lines at both ends; what is all blank ends before it begins."""
    first, last = piece.first, piece.last
    while first <= last and not lines[first].strip():
        first += 1
    while last > first and not lines[last].strip():
        last -= 1
    return replace(piece, first=first, last=last)


def says_nothing_new(line: str, known: frozenset[str] = _EMPTY_WORDS) -> bool:
    """Tell whether a line has only known words, or ends a block."""
    return known.issuperset(_WORDS.findall(line.lower())) or bool(_ENDING.match(line))


def _merged(pieces: Sequence[Piece], definitions: Sequence[Definition]) -> Iterator[Piece]:
    """Put tiny neighbours inside the same definition together: constants, one-line methods."""
    group: Piece | None = None
    is_growing = False
    for piece in pieces:
        is_tiny = piece.last - piece.first < _TINY_LINES
        home = _home(piece, definitions)
        if (
            group is not None
            and is_tiny
            and is_growing
            and _home(group, definitions) == home
            and piece.last - group.first < _MOST_MERGED_LINES
        ):
            group = replace(group, last=piece.last, owner=home)
            continue
        if group is not None:
            yield group
        group, is_growing = piece, is_tiny
    if group is not None:
        yield group


def _home(piece: Piece, definitions: Sequence[Definition]) -> int:
    """Return the open definition that the piece lies in, or -1."""
    if piece.owner < 0 or definitions[piece.owner].is_open:
        return piece.owner
    return definitions[piece.owner].parent
