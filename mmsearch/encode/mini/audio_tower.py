"""The audio tower: sounds to vectors in the space of the text tower.

A sound is cut into patches; a small network gives each patch the probabilities of 521 sound
classes and an embedding. The vector of the sound is the sum of the text vectors of its likely
classes (the *anchors*) and its embedding, both averaged over the patches.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.graph import BUILDER_VERSION
from mmsearch.encode.graph_cache import cached_graph
from mmsearch.encode.mini.audio_graph import DIM, GRAPH_VERSION, audio_graph
from mmsearch.encode.mini.log_mel import patches
from mmsearch.encode.on_cores import map_on_cores
from mmsearch.encode.session import open_session
from mmsearch.types import F32

N_CLASSES_KEPT = 20
ROLE = "audio weights"
_MAX_PATCHES_PER_BATCH = 32


class AudioTower:
    """Cuts, runs the network in batches, averages; one sound on each core. Thread-safe.

    session: a graph for one thread, which several may run at once.
    n_threads: how many cores to use; all unless told.
    """

    dim = DIM

    def __init__(self, session: Any, anchors: F32, *, n_threads: int | None = None) -> None:
        self._session = session
        self._anchors = anchors
        self._n_threads = n_threads

    @classmethod
    def open(cls, entry: CatalogEntry, *, n_threads: int | None = None) -> AudioTower:
        """Verify the weights and open the model; raises ModelError."""
        path = entry.file(ROLE).verify()
        weights = load_weights(path)
        made_of = (
            entry.file(ROLE).sha256,
            f"builder {BUILDER_VERSION}",
            f"audio {GRAPH_VERSION}",
        )
        model = cached_graph("audio", made_of, lambda: audio_graph(weights))
        return cls(open_session(model, n_threads=1), weights["anchors"], n_threads=n_threads)

    def encode(self, samples: Sequence[F32]) -> F32:
        """Embed sounds, each (n_sample,) at 16 kHz of any length: (n, 384) float32, unit length."""
        encoded = map_on_cores(self._encode_one, samples, n_threads=self._n_threads)
        return np.stack(encoded) if encoded else np.zeros((0, DIM), np.float32)

    def _encode_one(self, sound: F32) -> F32:
        scores, embedding = self._average(patches(sound))
        return combine(scores, embedding, self._anchors)

    def _average(self, sound_patches: F32) -> tuple[F32, F32]:
        """Mean class scores (521,) and mean embedding (384,) of all patches of a sound."""
        totals: list[F32] = []
        for start in range(0, len(sound_patches), _MAX_PATCHES_PER_BATCH):
            batch = {"patches": sound_patches[start : start + _MAX_PATCHES_PER_BATCH]}
            scores, embedding = self._session.run(["scores", "embedding"], batch)
            totals.append(np.concatenate((scores.sum(axis=0), embedding.sum(axis=0))))
        mean = np.sum(totals, axis=0) / len(sound_patches)
        return mean[:-DIM], mean[-DIM:]


def combine(scores: F32, embedding: F32, anchors: F32) -> F32:
    """Join the likely classes and the embedding to one unit vector (384,).

    scores:    (521,) mean probabilities; the 20 largest count, by their square roots, because
               the mean of a sound's loudest class would otherwise hide all others.
    embedding: (384,) added to the unit vector of the classes.
    anchors:   (521, 384) text vectors of the classes.
    """
    kept = np.argpartition(scores, -N_CLASSES_KEPT)[-N_CLASSES_KEPT:]
    classes = np.sqrt(np.maximum(scores[kept], 1e-12)) @ anchors[kept]
    vector = classes / np.linalg.norm(classes) + embedding
    unit: F32 = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit


def load_weights(path: Path) -> dict[str, F32]:
    """Read the shipped float16 weights as float32."""
    from safetensors.numpy import load_file

    return {name: array.astype(np.float32) for name, array in load_file(path).items()}
