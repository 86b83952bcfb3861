"""Lines of code around a hit, with the kind of every token for colouring."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from mmsearch.media.text import read_text
from mmsearch.types import LineRange

_MAX_LINE_CHARS = 400
_LEAD_IN_LINES = 300
"""Lines before the excerpt that are lexed too, so that a string opened above is known."""
_TAB = "    "


class TokenKind(StrEnum):
    """What a piece of code is, as far as colours tell it apart."""

    PLAIN = "plain"
    KEYWORD = "keyword"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line in one colour."""

    text: str
    kind: TokenKind


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """One line; ``is_hit`` when it belongs to what was found."""

    number: int
    spans: tuple[Span, ...]
    is_hit: bool

    @property
    def text(self) -> str:
        """The line without colours."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A run of lines of one file."""

    lines: tuple[ExcerptLine, ...]
    n_file_lines: int
    found: int = 1
    """The number of the line that was found best, or the first."""


def excerpt(
    path: Path,
    hit: LineRange | None,
    *,
    others: Sequence[LineRange] = (),
    n_before: int = 2,
    max_lines: int = 2000,
) -> Excerpt:
    """Return lines from ``n_before`` above the hit on, at most ``max_lines``.

    hit: what was found; None marks nothing and starts at the first line. others: further places,
    which are marked too.
    Very long lines are cut and tabs become spaces. Raises UnreadableFileError.
    """
    lines = _lines(read_text(path))
    marked = [one for one in (hit, *others) if one is not None]
    first = max(1, hit.first_line - n_before) if hit else 1
    first = min(first, max(1, len(lines)))
    last = min(len(lines), first + max_lines - 1)
    lexed_from = max(1, first - _LEAD_IN_LINES)
    source = [_shown(line) for line in lines[lexed_from - 1 : last]]
    coloured = list(_spans_per_line(path, source))
    wanted = coloured[first - lexed_from :]
    return Excerpt(
        tuple(
            ExcerptLine(number, spans, any(_is_in(number, one) for one in marked))
            for number, spans in enumerate(wanted, start=first)
        ),
        len(lines),
        hit.first_line if hit else 1,
    )


def _lines(text: str) -> list[str]:
    """Split at line feeds only: other separators would shift the line numbers."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _shown(line: str) -> str:
    line = line.replace("\t", _TAB)
    return line if len(line) <= _MAX_LINE_CHARS else line[: _MAX_LINE_CHARS - 1] + "…"


def _is_in(number: int, hit: LineRange) -> bool:
    return hit.first_line <= number <= hit.last_line


def _spans_per_line(path: Path, lines: list[str]) -> Iterator[tuple[Span, ...]]:
    """Yield exactly one tuple of spans for each line."""
    row: list[Span] = []
    n_yielded = 0
    for token, text in _lexer(path.name).get_tokens("\n".join(lines)):
        kind = _kind(token)
        first, *rest = text.split("\n")
        _extend(row, first, kind)
        for part in rest:
            if n_yielded < len(lines):
                yield tuple(row)
            n_yielded += 1
            row = []
            _extend(row, part, kind)
    for _ in range(n_yielded, len(lines)):
        yield tuple(row)
        row = []


def _extend(row: list[Span], text: str, kind: TokenKind) -> None:
    """Append a piece, joined to the last one when of the same colour."""
    if not text:
        return
    if row and (row[-1].kind is kind or text.isspace()):
        row[-1] = Span(row[-1].text + text, row[-1].kind)
    else:
        row.append(Span(text, kind))


_choosing = threading.Lock()
"""Pygments replaces its own module while it is imported first: one thread at a time."""


def _lexer(name: str) -> Any:
    # Without these two, blank lines at both ends vanish and the line numbers are wrong.
    options = {"stripnl": False, "ensurenl": False}
    with _choosing:
        from pygments.lexers import get_lexer_for_filename
        from pygments.lexers.special import TextLexer
        from pygments.util import ClassNotFound

        try:
            return get_lexer_for_filename(name, **options)
        except ClassNotFound:
            return TextLexer(**options)


def _kind(token: Any) -> TokenKind:
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    table = (
        (Comment, TokenKind.COMMENT),
        (Keyword, TokenKind.KEYWORD),
        (Operator.Word, TokenKind.KEYWORD),
        (String, TokenKind.STRING),
        (Number, TokenKind.NUMBER),
        (Name.Function, TokenKind.NAME),
        (Name.Class, TokenKind.NAME),
        (Name.Decorator, TokenKind.NAME),
        (Name.Tag, TokenKind.KEYWORD),
    )
    for parent, kind in table:
        if token in parent:
            return kind
    return TokenKind.PLAIN
