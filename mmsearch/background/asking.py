"""What is asked of an indexing process: one small file for each wish, read and deleted in order."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from mmsearch.atomic import write_atomically
from mmsearch.background.board import indexer_folder
from mmsearch.errors import LibraryError


class Do(StrEnum):
    """What an indexing process can be asked to do."""

    INDEX = "index"
    """Bring the library up to date, after the run that goes on."""
    REST = "rest"
    """End the run, and begin none until asked to."""
    LEAVE = "leave"
    """End the run, and the process."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that is asked for."""

    do: Do
    name: str = ""
    """By which the one who asked sees that it was heeded."""
    retry_failed: bool | tuple[str, ...] = False
    """Try all unreadable files again, or these."""
    forget_missing: bool | tuple[str, ...] = False
    """Forget vanished files of all folders, or of these."""


def ask(library: Path, wish: Wish) -> Path:
    """Leave a wish; returns the file, which is gone as soon as somebody has taken it.

    Raises LibraryError when the library cannot be written.
    """
    # Names sort in the order of asking; the random part keeps two askers apart.
    path = _folder(library) / f"{time.time_ns():020}-{uuid.uuid4().hex[:8]}.json"
    try:
        write_atomically(path, json.dumps(asdict(wish)).encode())
    except OSError as error:
        message = f"The library {library} cannot be written: {error.strerror}."
        raise LibraryError(message) from error
    return path


def take_wishes(library: Path) -> list[Wish]:
    """Take away what was asked, the oldest first; what cannot be understood is passed over."""
    paths = sorted(_folder(library).glob("*.json"))
    wishes = [_read(path) for path in paths]
    for path in paths:
        path.unlink(missing_ok=True)
    return [wish for wish in wishes if wish is not None]


def _read(path: Path) -> Wish | None:
    """A wish; None for one that another version wrote."""
    try:
        return _wish(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _folder(library: Path) -> Path:
    return indexer_folder(library) / "asked"


def _wish(given: Mapping[str, Any]) -> Wish:
    return Wish(
        Do(given["do"]),
        str(given["name"]),
        retry_failed=_all_or_some(given["retry_failed"]),
        forget_missing=_all_or_some(given["forget_missing"]),
    )


def _all_or_some(given: bool | list[str]) -> bool | tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list) else bool(given)
