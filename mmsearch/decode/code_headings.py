"""Cuts prose at its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mmsearch.decode.code_pieces import Piece

_MAX_TITLE_CHARS = 80
# A section as short as this is only a title; it stays with what follows.
_TITLE_LINES = 2


@dataclass(frozen=True, slots=True)
class _Heading:
    row: int
    level: int
    title: str


_MARKED = {
    "markdown": re.compile(r" {0,3}(?P<mark>#{1,6})\s+(?P<title>.*?)[\s#]*$"),
    "asciidoc": re.compile(r"(?P<mark>={1,6})\s+(?P<title>.+)"),
    "org": re.compile(r"(?P<mark>\*{1,8})\s+(?P<title>.+)"),
    "typst": re.compile(r"(?P<mark>={1,6})\s+(?P<title>.+)"),
    "wiki": re.compile(r"(?P<mark>={1,6})\s*(?P<title>[^=]+?)\s*={1,6}\s*$"),
    "textile": re.compile(r"h(?P<level>[1-6])[^.]*\.\s+(?P<title>.+)"),
    "latex": re.compile(
        r"\s*\\(?P<command>part|chapter|section|subsection|subsubsection|paragraph)\*?"
        r"(?:\[[^]]*\])?\{(?P<title>[^}]*)"
    ),
}
_COMMANDS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_UNDERLINE = re.compile(r"([=\-`:.'\"~^_*+#<>])\1*\s*$")

HEADED = frozenset(_MARKED) | {"rst"}
"""Languages whose headings are understood."""


def pieces_by_headings(language: str, lines: Sequence[str]) -> Iterator[Piece]:
    """Yield the sections; the scope of each is the trail of titles that leads to it."""
    trail: list[_Heading] = []
    first, row = 0, -1
    for heading in _headings(language, lines):
        row = heading.row
        if row - first > _TITLE_LINES or (not trail and row > first):
            yield Piece(first, row - 1, _titles(trail))
            first = row
        while trail and trail[-1].level >= heading.level:
            trail.pop()
        trail.append(heading)
    yield Piece(first, len(lines) - 1, _titles(trail))


def _titles(trail: list[_Heading]) -> tuple[str, ...]:
    return tuple(heading.title for heading in trail if heading.title)


def _headings(language: str, lines: Sequence[str]) -> Iterator[_Heading]:
    pattern = _MARKED.get(language)
    fence = ""
    levels: dict[str, int] = {}
    for row, line in enumerate(lines):
        if language == "markdown" and (ticks := _FENCE.match(line)):
            fence = ticks[1] if not fence else "" if ticks[1].startswith(fence) else fence
            continue
        if fence:
            continue
        if pattern is not None and (found := pattern.match(line)):
            yield _Heading(row, _level(found), found["title"].strip()[:_MAX_TITLE_CHARS])
        elif language in ("markdown", "rst") and (mark := _underline(lines, row, language)):
            # In reStructuredText the signs mean levels in the order of their appearance.
            level = levels.setdefault(mark, len(levels) + 1)
            level = "=-".index(mark) + 1 if language == "markdown" else level
            has_overline = row > 0 and lines[row - 1].startswith(mark)
            yield _Heading(row - has_overline, level, line.strip()[:_MAX_TITLE_CHARS])


def _level(found: re.Match[str]) -> int:
    groups = found.groupdict()
    if groups.get("mark"):
        return len(groups["mark"])
    return int(groups["level"]) if "level" in groups else _COMMANDS.index(groups["command"]) + 1


def _underline(lines: Sequence[str], row: int, language: str) -> str:
    """Return the sign by which the next line makes this one a title, or nothing."""
    title = lines[row].strip()
    if not title or row + 1 >= len(lines) or not title[0].isalnum():
        return ""
    if row and lines[row - 1].strip() and not _UNDERLINE.match(lines[row - 1]):
        return ""  # the end of a paragraph, a row of a table
    mark = _UNDERLINE.match(lines[row + 1])
    if mark is None or (language == "markdown" and mark[1] not in "=-"):
        return ""
    return mark[1] if len(lines[row + 1].strip()) >= min(3, len(title)) else ""
