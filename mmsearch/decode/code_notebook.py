"""The cells of a Jupyter notebook as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, its language, and in which line of the file each of its lines is (from 0)."""

    lines: list[str]
    rows: list[int]
    language: str


def cells_of(text: str) -> list[Cell] | None:
    """Return the cells that hold something; None if the text is no notebook."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return None
    return list(_cells(notebook, text))


def _cells(notebook: dict[str, object], text: str) -> Iterator[Cell]:
    language = _language(notebook)
    finder = _Finder(text)
    cells = notebook["cells"]
    assert isinstance(cells, list)
    for cell in cells:
        source = cell.get("source") if isinstance(cell, dict) else None
        strings = source if isinstance(source, list) else [source]
        lines: list[str] = []
        rows: list[int] = []
        for string in strings:
            if isinstance(string, str):
                row = finder.row_of(string)
                parts = string.removesuffix("\n").split("\n")
                lines += parts
                rows += [row] * len(parts)
        if any(line.strip() for line in lines):
            is_prose = cell.get("cell_type") == "markdown"
            yield Cell(lines, rows, "markdown" if is_prose else language)


def _language(notebook: dict[str, object]) -> str:
    metadata = notebook.get("metadata")
    for key, field in (("language_info", "name"), ("kernelspec", "language")):
        part = metadata.get(key) if isinstance(metadata, dict) else None
        name = part.get(field) if isinstance(part, dict) else None
        if isinstance(name, str) and name:
            return name.lower()
    return "python"


class _Finder:
    """Finds strings of the notebook in its file, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._row = 0

    def row_of(self, string: str) -> int:
        """Return the line of the file that the string is in; where it is not found, the last."""
        for is_ascii in (False, True):
            written = json.dumps(string, ensure_ascii=is_ascii)
            found = self._text.find(written, self._position)
            if found >= 0:
                self._row += self._text.count("\n", self._position, found)
                self._position = found
                break
        return self._row
