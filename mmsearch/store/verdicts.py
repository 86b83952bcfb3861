"""What a person liked and disliked of the answers to a query, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SegmentId = tuple[str, int]
"""A content and the place of the segment in it."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One query and what was right and wrong about its answers.

    The guard can take the liked segments for what the query should find, and the bank the vector
    for a query as this person asks them; both only in the space that the vector is of.
    """

    space: str
    text: str
    vector: tuple[float, ...]
    """Of the sentence that is wanted; empty for a query that is not one sentence."""
    liked: tuple[SegmentId, ...]
    disliked: tuple[SegmentId, ...]

    def to_json(self) -> dict[str, Any]:
        """A row for the journal."""
        return {
            "space": self.space,
            "text": self.text,
            "vector": [round(value, 5) for value in self.vector],
            "liked": [list(one) for one in self.liked],
            "disliked": [list(one) for one in self.disliked],
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Verdicts:
        """Raises KeyError, TypeError or ValueError for a row of something else."""
        return cls(
            str(row["space"]),
            str(row["text"]),
            tuple(map(float, row["vector"])),
            tuple((str(content), int(place)) for content, place in row["liked"]),
            tuple((str(content), int(place)) for content, place in row["disliked"]),
        )
