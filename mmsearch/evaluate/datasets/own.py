"""A user's own dataset: a file of JSON lines about files or texts."""

from __future__ import annotations

from pathlib import Path

from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery, Placing, read_judged_queries


class _OnShelf(Placing):
    """Links the files that the lines name, and writes their texts, to a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._placed: dict[Path, Path] = {}

    def file(self, path: Path) -> Path:
        if path not in self._placed:
            name = f"files/{len(self._placed):06} {path.name}"
            self._placed[path] = self._shelf.link(name, path)
        return self._placed[path]

    def text(self, number: str, text: str, suffix: str) -> Path:
        return self._shelf.write(f"texts/{int(number):06}.{suffix.lstrip('.')}", text)


def own(path: Path, shelf: Shelf, *, limit: int) -> list[JudgedQuery]:
    """The queries of a file of lines, with all that it names put on the shelf.

    The format is described in evaluate/queries.py.
    """
    return read_judged_queries(path, limit=limit, placing=_OnShelf(shelf))
