"""A content while it is decoded and encoded."""

from __future__ import annotations

from dataclasses import dataclass, field

from mmsearch.indexing.todo_list import Todo
from mmsearch.types import Metadata, Modality, Samples, Segment


@dataclass(slots=True)
class Reading:
    """A file being read, with the other files of the same content that wait for it."""

    content_id: str
    owners: list[Todo]
    metadata: Metadata = field(default_factory=Metadata)
    n_segments: int = 0
    n_encoded: int = 0
    finished: bool = False

    @property
    def complete(self) -> bool:
        return self.finished and self.n_encoded == self.n_segments


def tower_of(modality: Modality, segment: Segment) -> Modality:
    """The sound track of a film goes to the tower for sound."""
    return Modality.AUDIO if isinstance(segment.content, Samples) else modality
