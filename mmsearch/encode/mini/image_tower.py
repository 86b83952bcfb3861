"""EfficientNet-Lite0 with the trained head: pictures to vectors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.graph import BUILDER_VERSION
from mmsearch.encode.graph_cache import cached_graph
from mmsearch.encode.mini.image_graph import DIM, GRAPH_VERSION, IMAGE_PX, image_graph
from mmsearch.encode.on_cores import map_on_cores
from mmsearch.encode.session import open_session
from mmsearch.encode.torch_file import read_torch_file
from mmsearch.types import F32, U8

_BATCH_SIZE = 4
"""Larger batches leave the cache: 16 take a fifth longer, and more memory."""


class ImageTower:
    """Runs the graph in batches, one on each core. Thread-safe.

    session: a graph for one thread, which several may run at once.
    n_threads: how many cores to use; all unless told.
    """

    def __init__(self, session: Any, *, n_threads: int | None = None) -> None:
        self._session = session
        self._n_threads = n_threads

    @classmethod
    def open(cls, entry: CatalogEntry, *, n_threads: int | None = None) -> ImageTower:
        """Verify the files and open the model; raises ModelError."""
        files = [entry.file("image weights"), entry.file("image head")]
        backbone, head = [file.verify() for file in files]
        versions = [f"builder {BUILDER_VERSION}", f"image {GRAPH_VERSION}"]
        made_of = [file.sha256 for file in files] + versions
        model = cached_graph("image", made_of, lambda: _build(backbone, head))
        return cls(open_session(model, n_threads=1), n_threads=n_threads)

    def encode(self, pixels: U8) -> F32:
        """Embed RGB pictures (n, 224, 224, 3): (n, 384) float32 of unit length."""
        if pixels.shape[1:] != (IMAGE_PX, IMAGE_PX, 3) or pixels.dtype != np.uint8:
            raise ValueError(f"pictures must be (n, 224, 224, 3) uint8, not {pixels.shape}")
        starts = range(0, len(pixels), _BATCH_SIZE)
        batches = [pixels[start : start + _BATCH_SIZE] for start in starts]
        encoded = map_on_cores(self._run, batches, n_threads=self._n_threads)
        return np.concatenate([np.zeros((0, DIM), np.float32), *encoded])

    def _run(self, pixels: U8) -> F32:
        return np.asarray(self._session.run(["vectors"], {"pixels": pixels})[0], np.float32)


def _build(backbone: Path, head: Path) -> bytes:
    from safetensors.numpy import load_file

    tensors = {name: tensor.astype(np.float32) for name, tensor in load_file(head).items()}
    return image_graph(read_torch_file(backbone), tensors)
