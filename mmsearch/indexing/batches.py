"""Collects decoded segments into batches that the encoder likes, and encodes them beside."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from types import TracebackType

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.indexing.code_index_words import index_words
from mmsearch.store.records import SegmentRecord
from mmsearch.types import F32, CodeText, Modality, Segment

_BATCH_SIZES = {
    Modality.IMAGE: 16,
    Modality.VIDEO: 8,  # three frames each
    Modality.AUDIO: 16,
    Modality.CODE: 16,
}
_LOOK_UP_EVERY_S = 0.25
_MOST_UNDER_WAY = 2
"""One batch is encoded, one is ready; with more, adding waits."""


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A decoded segment on its way to the encoder."""

    key: str
    content_id: str
    ordinal: int
    segment: Segment


class Batches:
    """Waiting segments by tower, and a thread that encodes them; a context manager.

    Decoded files are taken in and rows are stored meanwhile, which would stop the encoder
    otherwise. ``encoded`` is what came out and is not yet stored.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.encoded: list[SegmentRecord] = []
        self._waiting: dict[Modality, list[Waiting]] = {}
        self._under_way: deque[tuple[list[Waiting], Future[list[SegmentRecord]]]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mmsearch-batches")

    def __enter__(self) -> Batches:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(cancel_futures=True)

    def add(self, kind: Modality, waiting: Waiting) -> list[str]:
        """Queue a segment; returns the keys of those that have been encoded since."""
        queue = self._waiting.setdefault(kind, [])
        queue.append(waiting)
        if len(queue) >= _BATCH_SIZES[kind]:
            self._begin(kind)
        return self._gather(_MOST_UNDER_WAY)

    def hurry(self) -> Callable[[], bool]:
        """Let nothing wait for a full batch; the answer tells whether all of it is encoded."""
        for kind in list(self._waiting):
            self._begin(kind)
        return self._under_way[-1][1].done if self._under_way else lambda: True

    def ready(self) -> list[str]:
        """The keys of the segments that have been encoded since, without waiting for more."""
        return self._gather(len(self._under_way))

    def rest(self) -> Iterator[list[str]]:
        """Encode all that waits; yields the keys as they come, and often, to let others look up."""
        self.hurry()
        while self._under_way:
            wait([self._under_way[0][1]], _LOOK_UP_EVERY_S)
            yield self.ready()

    def leave(self) -> list[str]:
        """Encode only what has been begun, since a slow encoder may need minutes for the rest."""
        self._waiting.clear()
        self._under_way = deque(one for one in self._under_way if not one[1].cancel())
        return self._gather(0)

    def _begin(self, kind: Modality) -> None:
        queue = self._waiting.pop(kind)
        self._under_way.append((queue, self._thread.submit(self._encode, kind, queue)))

    def _gather(self, most_left: int) -> list[str]:
        """Take over what is encoded, and wait until no more than so many batches are not."""
        keys: list[str] = []
        while self._under_way:
            queue, records = self._under_way[0]
            if len(self._under_way) <= most_left and not records.done():
                break
            self.encoded.extend(records.result())
            keys.extend(item.key for item in queue)
            self._under_way.popleft()
        return keys

    def _encode(self, kind: Modality, queue: list[Waiting]) -> list[SegmentRecord]:
        vectors = self.encoder.encode_contents(kind, [item.segment.content for item in queue])
        return [
            _record(item, kind, vector)
            for item, vector in zip(queue, _checked(vectors, len(queue)), strict=True)
        ]

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
