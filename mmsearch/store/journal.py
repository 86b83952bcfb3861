"""Lines of JSON that are only ever added to: what a person told the library."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from mmsearch.errors import LibraryError


class Journal:
    """One file of a library. Several processes may add to it; a line is written in one piece."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a row at the end; raises LibraryError when that fails."""
        line = json.dumps(row, ensure_ascii=False) + "\n"
        try:
            with self.path.open("ab+") as file:
                if _is_cut_off(file):
                    line = "\n" + line
                file.write(line.encode())
                file.flush()
                os.fsync(file.fileno())  # it cannot be made again
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be written: {error.strerror}.") from error

    def rows(self) -> list[dict[str, Any]]:
        """All rows, the oldest first; a line that a power cut left unfinished is passed over."""
        read = (_row(line) for line in self._lines())
        return [row for row in read if row is not None]

    def count_damaged(self) -> int:
        """How many lines are passed over; an empty one says nothing and does not count."""
        return sum(_row(line) is None for line in self._lines() if line.strip())

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be read: {error.strerror}.") from error


def _is_cut_off(file: BinaryIO) -> bool:
    """Whether the last line was left unfinished."""
    if file.seek(0, os.SEEK_END) == 0:
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None
