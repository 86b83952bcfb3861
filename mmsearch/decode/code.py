"""Programs and texts to pieces: functions, classes, sections, windows of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from mmsearch.decode.code_headings import HEADED, pieces_by_headings
from mmsearch.decode.code_notebook import cells_of
from mmsearch.decode.code_pieces import Piece, pieces_of_definitions, windows
from mmsearch.decode.code_tree import Definition, definitions
from mmsearch.decode.options import DecodeOptions
from mmsearch.media.text import language_of, read_text
from mmsearch.types import CodeText, LineRange, Metadata, Segment

# Windows of what has no structure are shorter than the longest function.
_WINDOW_SHARE = 2 / 3
# Nobody writes lines of this length on average; a machine has made the file smaller.
_MINIFIED_LINE_CHARS = 300
_MAX_MINIFIED_PIECES = 5
_MAX_DATA_PIECES = 50
# Rows of a table or a log say the same again and again; a beginning stands for the rest.
_DATA = frozenset(("csv", "tsv", "psv", "json", "xml", "po", "pgn", "pem", "gosum", "diff"))
_PROSE = HEADED | {"text", "subtitles", "bibtex", "jupyter"}
# Grammars without anything in them that would be a piece.
_SETTINGS = frozenset(("css", "ini", "properties", "toml", "yaml", "dockerfile"))
_WITHOUT_DEFINITIONS = _DATA | _PROSE | _SETTINGS
# Files with programs between tags.
_EMBEDDING = frozenset(("html", "vue", "svelte"))
_SCRIPT_BEGIN = re.compile(r"<script\b[^>]*>\s*$", re.IGNORECASE)
_SCRIPT_END = re.compile(r"\s*</script", re.IGNORECASE)
# The same suffix for several languages; the first that is found in the text is right.
_RIVALS = {
    "c": (
        ("objc", re.compile(r"^\s*(?:@interface|@implementation|@protocol|#import)\b", re.M)),
        ("cpp", re.compile(r"^\s*(?:namespace\b|template\s*<|class\s+\w+|using\s+\w+)", re.M)),
    ),
    "objc": (
        ("objc", re.compile(r"^\s*(?:@\w+|#\s*(?:import|include|define|pragma))\b", re.M)),
        ("matlab", re.compile(r"^\s*(?:function\b|classdef\b|%)", re.M)),
    ),
    "perl": (("prolog", re.compile(r"^:-\s", re.M)),),
    "verilog": (
        ("coq", re.compile(r"^\s*(?:Require|Theorem|Lemma|Definition|Inductive)\b", re.M)),
    ),
}
_HEAD_CHARS = 50_000


@dataclass(frozen=True, slots=True)
class _Source:
    lines: list[str]
    language: str
    options: DecodeOptions

    def segment(self, piece: Piece) -> Segment:
        text = "\n".join(self.lines[piece.first : piece.last + 1])
        place = LineRange(piece.first + 1, piece.last + 1)
        return Segment(CodeText(text, self.language, piece.scope), place)


def decode(path: Path, options: DecodeOptions) -> Iterator[Metadata | Segment]:
    """Yield the pieces of a text in the order of their lines, then its metadata.

    Lines are counted as editors count them. Every line is in a piece, except blank ones and
    groups of lines that only close or divide blocks.
    Raises UnreadableFileError.
    """
    text = read_text(path, max_bytes=options.max_text_bytes)
    full_lines = text.removesuffix("\n").split("\n")
    language = _settled(language_of(path, full_lines[0]), text)
    lines = [line[: options.max_line_chars] for line in full_lines]
    source = _Source(lines, language, options)
    notes = []
    if lines != full_lines:
        notes.append(f"lines are cut after {options.max_line_chars} characters")
    is_minified = language not in _PROSE and _is_minified(full_lines)
    limit, reason = _limit(language, options, is_minified=is_minified)
    segments = _segments(source, text, is_minified=is_minified)
    yield from islice(segments, limit)
    if next(segments, None) is not None:
        notes.append(reason)
    yield Metadata(language=language, n_lines=len(lines), notes=tuple(notes))


def _settled(language: str, text: str) -> str:
    head = text[:_HEAD_CHARS]
    rivals = _RIVALS.get(language, ())
    return next((rival for rival, sign in rivals if sign.search(head)), language)


def _is_minified(lines: Sequence[str]) -> bool:
    n_chars = [len(line) for line in lines if line.strip()]
    return sum(n_chars) > _MINIFIED_LINE_CHARS * len(n_chars)


def _limit(language: str, options: DecodeOptions, *, is_minified: bool) -> tuple[int, str]:
    """Return how many pieces a file may have, and what to say if it has more."""
    if is_minified:
        return _MAX_MINIFIED_PIECES, "minified: only its beginning"
    if language in _DATA:
        return _MAX_DATA_PIECES, "data: only its beginning"
    return options.max_chunks_per_file, f"only the first {options.max_chunks_per_file} parts"


def _segments(source: _Source, text: str, *, is_minified: bool) -> Iterator[Segment]:
    if source.language == "jupyter" and (cells := cells_of(text)) is not None:
        for cell in cells:
            part = replace(source, lines=cell.lines, language=cell.language)
            yield from _placed(_cut(part), cell.rows)
    elif is_minified:
        yield from _windows(source, _whole(source))
    else:
        yield from _cut(source)


def _placed(segments: Iterator[Segment], rows: list[int]) -> Iterator[Segment]:
    """Turn lines of a cell into lines of the file."""
    for segment in segments:
        assert isinstance(segment.locator, LineRange)
        first, last = segment.locator.first_line - 1, segment.locator.last_line - 1
        yield replace(segment, locator=LineRange(rows[first] + 1, rows[last] + 1))


def _cut(source: _Source) -> Iterator[Segment]:
    """Cut by the best means that there is for the language."""
    if source.language in HEADED:
        for piece in pieces_by_headings(source.language, source.lines):
            yield from _windows(source, piece)
    elif found := _definitions(source):
        for piece in pieces_of_definitions(found, source.lines):
            yield from _windows(source, piece, max_lines=source.options.max_chunk_lines)
    else:
        yield from _windows(source, _whole(source))


def _definitions(source: _Source) -> list[Definition] | None:
    lines, language = source.lines, source.language
    if language in _EMBEDDING:
        lines, language = _only_scripts(lines), "typescript"
    elif language in _WITHOUT_DEFINITIONS:
        return None
    # Some grammars need the last line end.
    program = "\n".join([*lines, ""]).encode()
    return definitions(program, language, max_lines=source.options.max_chunk_lines)


def _only_scripts(lines: Sequence[str]) -> list[str]:
    """Blank out what is not between the tags of a script, so that the lines keep their numbers."""
    kept = []
    is_inside = False
    for line in lines:
        is_inside = is_inside and not _SCRIPT_END.match(line)
        kept.append(line if is_inside else "")
        is_inside = is_inside or bool(_SCRIPT_BEGIN.search(line))
    return kept


def _whole(source: _Source) -> Piece:
    return Piece(0, len(source.lines) - 1)


def _windows(source: _Source, piece: Piece, *, max_lines: int | None = None) -> Iterator[Segment]:
    options = source.options
    if max_lines is None:
        max_lines = max(1, int(options.max_chunk_lines * _WINDOW_SHARE))
    overlap = options.chunk_overlap_lines
    for window in windows(piece, source.lines, max_lines=max_lines, overlap=overlap):
        yield source.segment(window)
