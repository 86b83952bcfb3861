"""Vectors of the encoder, kept so that an interrupted run goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from mmsearch.encode.encoder import Encoder
from mmsearch.types import F32, Frames, Modality
from models.mini.training.image.features import keep
from models.mini.training.image.words import text_tower_id

_BATCH = 64


class Kept:
    """Keeps them in the work folder by the tower and by what they were made from."""

    def __init__(self, work: Path, encoder: Encoder) -> None:
        self._work, self._encoder = work, encoder

    def texts(self, texts: Sequence[str]) -> F32:
        """(n_text, dim); texts of about the same length go together."""
        path = self._path("texts", text_tower_id(), texts)
        if not path.exists():
            order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
            vectors = np.zeros((len(texts), self._encoder.spec.dim), np.float32)
            for start in range(0, len(order), _BATCH):
                some = order[start : start + _BATCH]
                vectors[some] = self._encoder.encode_texts([texts[place] for place in some])
            keep(path, vectors)
        return np.asarray(np.load(path))

    def pictures(self, paths: Sequence[Path]) -> F32:
        """(n_picture, dim)"""
        path = self._path("pictures", self._encoder.spec.space, [str(some) for some in paths])
        if not path.exists():
            side = (self._encoder.spec.image_px,) * 2
            batches = [
                self._encoder.encode_contents(
                    Modality.IMAGE, [_pixels(some, side) for some in paths[start : start + _BATCH]]
                )
                for start in range(0, len(paths), _BATCH)
            ]
            keep(path, np.concatenate(batches))
        return np.asarray(np.load(path))

    def _path(self, sort: str, tower: str, names: Sequence[str]) -> Path:
        digest = hashlib.sha256("\n".join((tower, *names)).encode()).hexdigest()
        return self._work / f"{sort} {digest[:16]}.npy"


def _pixels(path: Path, side: tuple[int, int]) -> Frames:
    """The pictures of Flickr8k are squares already."""
    picture = Image.open(path).convert("RGB").resize(side, Image.Resampling.BICUBIC)
    return Frames(np.asarray(picture)[None])
