"""What a person told the library about its files. It cannot be made again, so it is kept apart."""

from __future__ import annotations

from pathlib import Path

from mmsearch.store.journal import Journal


class Told:
    """Lies beside the tables of a library and survives their being made anew."""

    def __init__(self, folder: Path) -> None:
        self._different = Journal(folder / "different.jsonl")

    def say_different(self, one: str, other: str) -> None:
        """Remember that two contents are no duplicates of each other."""
        self._different.add({"contents": [one, other]})

    def different(self) -> frozenset[frozenset[str]]:
        """All pairs of contents that are no duplicates."""
        named = (row.get("contents") for row in self._different.rows())
        pairs = (frozenset(map(str, pair)) for pair in named if isinstance(pair, list))
        return frozenset(pair for pair in pairs if len(pair) == 2)
