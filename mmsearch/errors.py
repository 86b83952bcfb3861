"""The two sorts of failure: what the world did, and bugs.

A ``UserError`` is something a person can understand and act on: a missing file, a full disk,
a library that is in use. It is shown as text, without a traceback. Any other exception is a bug.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class UserError(Exception):
    """What the world did, in words a person understands, and what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class QueryError(UserError):
    """The query cannot be understood; ``place`` is where in its text, if that is known."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        text: str = "",
        place: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.text = text
        self.place = place

    def pointer(self) -> str:
        """The text around the place and carets under it, as two lines; empty without a place."""
        return pointed_at(self.text, self.place) if self.place is not None else ""


_SHOWN_BEFORE = 40
_SHOWN_BEHIND = 30


def pointed_at(text: str, place: tuple[int, int]) -> str:
    """Two lines: a text, cut down to what is around the place, and carets under the place.

    For a fixed-width font: wide characters (Chinese, most emoji) count as two columns.
    """
    start, end = place
    first, last = max(0, start - _SHOWN_BEFORE), min(len(text), max(end, start) + _SHOWN_BEHIND)
    before = ("…" if first else "") + _flat(text[first:start])
    marked = _flat(text[start:end])[:_SHOWN_BEHIND]
    behind = _flat(text[end:last]) + ("…" if last < len(text) else "")
    if len(marked) < end - start:
        behind = "…"
    return f"{before}{marked}{behind}\n{' ' * _columns(before)}{'^' * max(1, _columns(marked))}"


def _flat(text: str) -> str:
    """On one line, and without characters that a terminal would act on."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


class IndexerLostError(UserError):
    """The indexing process has ended without a word: killed, or by a fault of ours."""


class LibraryError(UserError):
    """The library folder cannot be opened, or not as asked."""


class ModelError(UserError):
    """A model file or package is missing, damaged, or not the expected one."""


class FailureKind(StrEnum):
    """Why one file could not be indexed. The value is stored and shown."""

    EMPTY = "empty"
    CORRUPT = "corrupt"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too large"
    ENCRYPTED = "password-protected"
    VANISHED = "vanished"
    PERMISSION = "no permission"
    NOT_REGULAR = "not a regular file"
    BINARY = "binary"
    TIMEOUT = "time limit"
    CRASH = "decoder crashed"
    MEMORY = "memory limit"
    MODEL = "model failed"


class UnreadableFileError(UserError):
    """One file cannot be read; it becomes one row in the error list and the run goes on."""

    def __init__(self, kind: FailureKind, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind

    def __reduce__(self) -> tuple[type[UnreadableFileError], tuple[FailureKind, str, str]]:
        """Keep the kind when the error crosses from a worker process."""
        return type(self), (self.kind, self.message, self.hint)
