"""What the frozen EfficientNet-Lite0 makes of pictures, kept in the work folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.mini.image_graph import GRAPH_VERSION, IMAGE_PX, feature_graph
from mmsearch.encode.session import open_session
from mmsearch.encode.torch_file import read_torch_file

VIEWS = ("whole", "flipped", *(f"crop {number}" for number in range(1, 7)))
_BATCH = 16

Look = Callable[[Path, np.random.Generator], np.ndarray]
"""How a file is made pixels (px, px, 3)."""


def features_of(name: str, paths: list[Path], view: str, work: Path) -> Tensor:
    """Pooled features (n, 1600) of the pictures in one view, from the work folder if there."""
    return seen_by(
        f"{name} {view}",
        paths,
        lambda path, chance: look(path, view, chance),
        100 + VIEWS.index(view),
        work,
    )


def seen_by(name: str, paths: list[Path], make: Look, seed: int, work: Path) -> Tensor:
    """The same for any way to make a file pixels."""
    kept = work / f"features {GRAPH_VERSION} {name}.npy"
    if not kept.exists():
        session = open_session(feature_graph(backbone()))
        chance = np.random.default_rng(seed)
        rows = [
            session.run(None, {"pixels": np.stack([make(path, chance) for path in some])})[0]
            for some in (paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH))
        ]
        keep(kept, np.concatenate(rows).astype(np.float16))
        print(f"{kept.name}: {len(paths)} pictures", flush=True)
    return torch.tensor(np.load(kept).astype(np.float32))


def look(path: Path, view: str, chance: np.random.Generator) -> np.ndarray:
    """The picture squashed to a square, whole, flipped, or a random part of it: (px, px, 3)."""
    picture = Image.open(path).convert("RGB")
    box = (0.0, 0.0, float(picture.width), float(picture.height))
    flipped = view == "flipped"
    if view.startswith("crop"):
        share, shape = chance.uniform(0.4, 1.0), np.exp(chance.uniform(-0.25, 0.25))
        width = picture.width * min(1.0, np.sqrt(share * shape))
        height = picture.height * min(1.0, np.sqrt(share / shape))
        left = chance.uniform(0, picture.width - width)
        top = chance.uniform(0, picture.height - height)
        box, flipped = (left, top, left + width, top + height), chance.random() < 0.5
    small = picture.resize((IMAGE_PX, IMAGE_PX), Image.Resampling.BICUBIC, box=box)
    return np.asarray(small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if flipped else small)


def backbone() -> dict[str, np.ndarray]:
    """The weights of the frozen network and of its ImageNet classifier."""
    return dict(read_torch_file(read_catalog()["mini"].file("image weights").verify()))


def keep(path: Path, array: np.ndarray) -> None:
    """Save whole or not at all, so that an interrupted run leaves no half file behind."""
    part = path.with_name(f"part of {path.name}")
    np.save(part, array)
    part.replace(path)
