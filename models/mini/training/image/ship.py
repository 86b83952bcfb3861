"""Writes models/mini/image_head.safetensors and its row of the catalogue."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn

from mmsearch.installed import shipped_path

from .head import Head, Together


@torch.no_grad()
def joined(together: Together) -> dict[str, Tensor]:
    """One head that gives the sum of all; the scaling of the features is folded in."""

    def folded(layer: nn.Linear, head: Head) -> tuple[Tensor, Tensor]:
        scaled = layer.weight / head.spread
        return scaled, layer.bias - scaled @ head.mean

    heads, anchors = together.heads, together.anchors
    linear = [folded(head.linear, head) for head in heads]
    hidden = [folded(head.hidden, head) for head in heads]
    return {
        "linear.weight": torch.stack([part for part, _ in linear]).sum(0),
        "linear.bias": torch.stack([part for _, part in linear]).sum(0),
        "hidden.weight": torch.cat([part for part, _ in hidden]),
        "hidden.bias": torch.cat([part for _, part in hidden]),
        "out.weight": torch.cat([head.out.weight for head in heads], dim=1),
        "out.bias": torch.stack([head.out.bias for head in heads]).sum(0),
        "learned_length": torch.tensor([together.length]),
        "learned_power": torch.tensor([together.power]),
        "anchors": anchors.vectors.detach(),
        "anchor_weight": torch.tensor([anchors.weight]),
        "anchor_temperature": torch.tensor([anchors.temperature]),
    }


def ship(together: Together) -> None:
    """Write the file, its matrices with half the digits, and the catalogue row."""
    arrays = {
        name: np.ascontiguousarray(tensor.numpy(), np.float16 if tensor.ndim > 1 else np.float32)
        for name, tensor in joined(together).items()
    }
    path = shipped_path("models", "mini", "image_head.safetensors")
    save_file(arrays, path)
    path.chmod(0o644)
    write_row(path, shipped_path("models", "catalog.toml"))


def write_row(path: Path, catalog: Path) -> None:
    """Put the new checksum and size into the catalogue."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    pattern = rf'(path = "mini/{path.name}"\n)sha256 = "\w+"\nsize_bytes = \d+'
    row = rf'\g<1>sha256 = "{digest}"' + f"\nsize_bytes = {path.stat().st_size}"
    text, n_changed = re.subn(pattern, row, catalog.read_text("utf-8"))
    if n_changed != 1:
        raise SystemExit(f"{catalog} has no row for {path.name}")
    catalog.write_text(text, "utf-8")
