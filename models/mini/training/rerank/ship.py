"""Writes models/mini/reranker.safetensors, matrices as bytes, and its row of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file

from mmsearch.installed import shipped_path
from models.mini.training.image.ship import write_row

from .network import Network
from .words import Words

Arrays = dict[str, NDArray[np.generic]]


def ship(networks: Sequence[Network], words: Words, weight: float) -> None:
    """Write the file and its row."""
    path = shipped_path("models", "mini", "reranker.safetensors")
    write(networks, words, weight, path)
    path.chmod(0o644)
    write_row(path, shipped_path("models", "catalog.toml"))


@torch.no_grad()
def write(networks: Sequence[Network], words: Words, weight: float, path: Path) -> None:
    """What mmsearch/encode/mini/picture_words.py reads."""
    arrays: Arrays = {
        "pieces": words.pieces.astype(np.int32),
        "share": words.share.astype(np.float32),
        "weight": np.array([weight], np.float32),
    }
    for place, network in enumerate(networks):
        for part in ("linear", "hidden"):
            layer = getattr(network, part)
            scaled = layer.weight / network.spread
            bias = layer.bias - scaled @ network.mean
            arrays |= _layer(f"{place}.{part}", scaled.numpy(), bias.numpy())
        for part in ("out", "words"):
            layer = getattr(network, part)
            arrays |= _layer(f"{place}.{part}", layer.weight.numpy(), layer.bias.numpy())
    save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, path)


def _layer(name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> Arrays:
    """A byte for each weight, and a scale for each row: (n_out, n_in) and (n_out,)."""
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-12).astype(np.float32) / 127
    return {
        f"{name}.weight": np.rint(weight / scale[:, None]).astype(np.int8),
        f"{name}.weight.scale": scale,
        f"{name}.bias": bias.astype(np.float32),
    }
