"""The two sorts of failure: what the world did, and bugs.

A ``UserError`` is something a person can understand and act on: a missing file, a full disk,
a library that is in use. It is shown as text, without a traceback. Any other exception is a bug.
"""

from __future__ import annotations

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
    """The query cannot be understood."""


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


class UnreadableFileError(UserError):
    """One file cannot be read; it becomes one row in the error list and the run goes on."""

    def __init__(self, kind: FailureKind, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind

    def __reduce__(self) -> tuple[type[UnreadableFileError], tuple[FailureKind, str, str]]:
        """Keep the kind when the error crosses from a worker process."""
        return type(self), (self.kind, self.message, self.hint)
