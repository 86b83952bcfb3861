"""Scores of sounds by the words of a sentence: what is heard in them is kept on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.sound_words import SoundWords
from mmsearch.encode.side_by_side import SideBySide
from mmsearch.errors import QueryError, UnreadableFileError
from mmsearch.media.sound import read_samples
from mmsearch.present.disk_cache import DiskCache
from mmsearch.searching.kept_scores import KeptScores
from mmsearch.types import F32, Modality, TimeRange

_MOST_KEPT_BYTES = 16 * 2**20
"""What is heard in 10,000 windows."""


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A window of a sound of the library."""

    path: Path
    content_id: str
    window: TimeRange

    @property
    def key(self) -> str:
        """Names what is heard: the content and the window."""
        return f"{self.content_id}|{self.window.start_s:.2f} to {self.window.end_s:.2f} s"


class SoundScores(KeptScores[SoundWords, SoundFile]):
    """Scores within a time budget. Thread-safe; opens its network when it is first needed."""

    def __init__(self, cache_folder: Path) -> None:
        folder = cache_folder / "sound features"
        super().__init__(DiskCache(folder, max_bytes=_MOST_KEPT_BYTES, suffix=".f16"))

    def _opened(self, encoder: Encoder) -> SoundWords:
        if not has_sound_words(encoder):  # another may have been chosen since
            raise QueryError(f"Sounds encoded by {encoder.spec.id} cannot be reranked by words.")
        return super()._opened(encoder)

    def _open(self, encoder: Encoder) -> SoundWords:
        mini = _alone(encoder)
        assert isinstance(mini, _KnowsSounds)
        return mini.open_sound_words()

    def _look(self, one: SoundFile) -> F32 | None:
        window = one.window
        try:
            blocks = list(read_samples(one.path, start_s=window.start_s, end_s=window.end_s))
        except UnreadableFileError:
            return None  # it keeps its place; the index names files that cannot be read
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        return _centred(samples) if len(samples) else None


def _centred(samples: F32) -> F32:
    """Without the constant part, as sounds are indexed."""
    return np.asarray(samples - samples.mean(dtype=np.float64), np.float32).clip(-1, 1)


@runtime_checkable
class _KnowsSounds(Protocol):
    """An encoder of sounds that comes with a reranker."""

    def open_sound_words(self) -> SoundWords: ...


def has_sound_words(encoder: Encoder) -> bool:
    """Whether the encoder of sounds comes with a reranker."""
    return isinstance(_alone(encoder), _KnowsSounds)


def _alone(encoder: Encoder) -> Encoder:
    """The one of several that encodes sounds."""
    return encoder.member_for(Modality.AUDIO) if isinstance(encoder, SideBySide) else encoder
