"""Collects decoded segments into batches that the encoder likes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.indexing.code_index_words import index_words
from mmsearch.store.records import SegmentRecord
from mmsearch.types import F32, CodeText, Modality, Segment

_BATCH_SIZES = {
    Modality.IMAGE: 16,
    Modality.VIDEO: 8,  # three frames each
    Modality.AUDIO: 16,
    Modality.CODE: 32,
}


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A decoded segment on its way to the encoder."""

    key: str
    content_id: str
    ordinal: int
    segment: Segment


@dataclass(slots=True)
class Batches:
    """Waiting segments by tower. ``encoded`` is what came out and is not yet stored."""

    encoder: Encoder
    encoded: list[SegmentRecord] = field(default_factory=list)
    _waiting: dict[Modality, list[Waiting]] = field(default_factory=dict)

    def add(self, kind: Modality, waiting: Waiting) -> list[str]:
        """Queue a segment; returns the keys of those that were encoded because of it."""
        queue = self._waiting.setdefault(kind, [])
        queue.append(waiting)
        return self._encode(kind) if len(queue) >= _BATCH_SIZES[kind] else []

    def flush(self) -> list[str]:
        """Encode all that waits; returns the keys, one for each segment."""
        return [key for kind in list(self._waiting) for key in self._encode(kind)]

    def _encode(self, kind: Modality) -> list[str]:
        queue = self._waiting.pop(kind, [])
        if not queue:
            return []
        vectors = self.encoder.encode_contents(kind, [item.segment.content for item in queue])
        self.encoded.extend(
            _record(item, kind, vector)
            for item, vector in zip(queue, _checked(vectors, len(queue)), strict=True)
        )
        return [item.key for item in queue]

    def take_encoded(self) -> list[SegmentRecord]:
        """Hand over what is to be stored."""
        taken, self.encoded = self.encoded, []
        return taken


def _record(item: Waiting, kind: Modality, vector: F32) -> SegmentRecord:
    content = item.segment.content
    words = index_words(content) if isinstance(content, CodeText) else None
    return SegmentRecord(item.content_id, item.ordinal, kind, item.segment.locator, vector, words)


def _checked(vectors: F32, n_expected: int) -> F32:
    """An encoder that answers nonsense is a bug; better a clear stop than a poisoned library."""
    if len(vectors) != n_expected or not np.isfinite(vectors).all():
        raise RuntimeError(f"the encoder returned {vectors.shape} vectors, or some not finite")
    return vectors
