"""Scores of pictures, and of shots of films, by the words of a sentence.

Features are made from thumbnails, of a shot from its middle frame, and kept on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.picture_words import Ints, PictureWords
from mmsearch.encode.side_by_side import SideBySide
from mmsearch.errors import QueryError, UnreadableFileError
from mmsearch.present.disk_cache import DiskCache
from mmsearch.searching.kept_scores import KeptScores
from mmsearch.types import F32, Modality, TimeRange

if TYPE_CHECKING:
    from mmsearch.present.thumbnails import Thumbnails

_THUMBNAIL_PX = 256
_MOST_KEPT_BYTES = 64 * 2**20
"""Features of 20,000 pictures."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of the library, or a shot of a film."""

    path: Path
    content_id: str
    shot: TimeRange | None = None
    """None of a picture."""

    @property
    def key(self) -> str:
        """Names what is seen: the content, and of a film the moment."""
        if self.shot is None:
            return self.content_id
        return f"{self.content_id}|{(self.shot.start_s + self.shot.end_s) / 2:.2f} s"


class PictureScores(KeptScores[PictureWords, PictureFile]):
    """Scores within a time budget. Thread-safe; opens its networks when they are first needed."""

    def __init__(self, cache_folder: Path) -> None:
        kept = DiskCache(cache_folder / "features", max_bytes=_MOST_KEPT_BYTES, suffix=".f16")
        super().__init__(kept)
        self._cache_folder = cache_folder

    @cached_property
    def _thumbnails(self) -> Thumbnails:
        # Pillow is not loaded for searches that rerank nothing.
        from mmsearch.present.thumbnails import Thumbnails

        return Thumbnails(self._cache_folder / "thumbnails")

    def words_of(self, encoder: Encoder) -> PictureWords:
        """The network that sees words in pictures; raises QueryError where there is none."""
        return self._opened(encoder)

    def evidence(self, pictures: Sequence[PictureFile], encoder: Encoder) -> F32:
        """What it sees in each: (n_picture, n_word), NaN for those that cannot be read."""
        network = self._opened(encoder)
        features = self._features(network, pictures)
        found = np.full((len(pictures), network.n_word), np.nan, np.float32)
        read = [place for place, one in enumerate(features) if one is not None]
        if read:
            found[read] = network.evidence(np.stack([one for one in features if one is not None]))
        return found

    def _opened(self, encoder: Encoder) -> PictureWords:
        _of_pictures(encoder)  # another may have been chosen since
        return super()._opened(encoder)

    def _open(self, encoder: Encoder) -> PictureWords:
        return _of_pictures(encoder).open_picture_words()

    def _look(self, file: PictureFile) -> np.ndarray | None:
        kind = Modality.IMAGE if file.shot is None else Modality.VIDEO
        try:
            return self._thumbnails.get(
                file.path, kind, file.shot, file.content_id, size_px=_THUMBNAIL_PX
            )
        except UnreadableFileError:
            return None  # it keeps its place; the index names files that cannot be read


@runtime_checkable
class _KnowsWords(Protocol):
    """An encoder of pictures that comes with a reranker."""

    def open_picture_words(self) -> PictureWords: ...


@runtime_checkable
class _CutsSentences(Protocol):
    """An encoder that tells how it cuts sentences, as its reranker does."""

    def token_ids(self, text: str) -> list[int]: ...


def has_reranker(encoder: Encoder) -> bool:
    """Whether the encoder of pictures comes with a reranker."""
    return isinstance(_alone(encoder), _KnowsWords)


def token_ids(encoder: Encoder, text: str) -> Ints:
    """What the reranker of pictures cuts a sentence into; nothing where that is not known."""
    alone = _alone(encoder)
    if not isinstance(alone, _CutsSentences):
        return np.zeros(0, np.int64)
    return np.array(alone.token_ids(text), np.int64)


def _alone(encoder: Encoder) -> Encoder:
    """The one of several that encodes pictures."""
    return encoder.member_for(Modality.IMAGE) if isinstance(encoder, SideBySide) else encoder


def _of_pictures(encoder: Encoder) -> _KnowsWords:
    """The encoder of pictures; raises QueryError when there is no reranker for it."""
    encoder = _alone(encoder)
    if not isinstance(encoder, _KnowsWords):
        raise QueryError(
            f"Pictures encoded by {encoder.spec.id} cannot be reranked by their words.",
            "Search without --rerank, or go back to the embedded model: mmsearch models use mini",
        )
    return encoder
