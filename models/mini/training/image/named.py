"""Named pictures in the work folder, and how they are put on a ground."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from mmsearch.encode.mini.image_graph import IMAGE_PX

from .sources import named_drawings
from .words import read_rows

NAMED_VIEWS = ("white", "photo 1", "plain 1", "photo 2", "plain 2")
N_WORDING = 6
_VERSION = 1
"""Raise it when sources.py starts to make other pictures or names."""
_HELD_OUT = 10
"""One name in so many is kept for the dev split."""


@dataclass(frozen=True)
class NamedPicture:
    """A drawing in a file, its name and wordings of it."""

    path: Path
    name: str
    wordings: list[str]

    @property
    def is_dev(self) -> bool:
        """Chosen by the name, so that no picture of a dev name is trained on."""
        return int(hashlib.sha256(self.name.lower().encode()).hexdigest(), 16) % _HELD_OUT == 0

    def texts(self) -> list[str]:
        """Six wordings, repeated when there are fewer."""
        return [self.wordings[place % len(self.wordings)] for place in range(N_WORDING)]


def named_pictures(work: Path) -> list[NamedPicture]:
    """All of them, from the work folder if there."""
    folder = work / f"named {_VERSION}"
    index = folder / "index.jsonl"
    if not index.exists():
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        for number, (name, wordings, drawing) in enumerate(named_drawings(work)):
            drawing.save(folder / f"{number:05d}.png", compress_level=1)
            row = {"file": f"{number:05d}.png", "name": name, "wordings": wordings}
            lines.append(json.dumps(row, ensure_ascii=False) + "\n")
        index.write_text("".join(lines), "utf-8")
        print(f"{len(lines)} named pictures", flush=True)
    return [
        NamedPicture(folder / row["file"], row["name"], row["wordings"]) for row in read_rows(index)
    ]


def look_named(
    path: Path, view: str, chance: np.random.Generator, grounds: list[Path]
) -> np.ndarray:
    """A drawing on white, or somewhere on a plain or photographed ground: (px, px, 3)."""
    drawing = Image.open(path)
    if view == "white":
        small = fitted(drawing, 0.9, 1.0)
        picture = Image.new("RGB", (IMAGE_PX, IMAGE_PX), "white")
        picture.paste(small, ((IMAGE_PX - small.width) // 2, (IMAGE_PX - small.height) // 2), small)
        return np.asarray(picture)
    if view.startswith("photo"):
        picture = photographed(grounds[chance.integers(len(grounds))], chance)
    else:
        picture = plain(chance)
    small = fitted(drawing, chance.uniform(0.5, 1.0), np.exp(chance.uniform(-0.15, 0.15)))
    if chance.random() < 0.5:
        small = small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if chance.random() < 0.5:
        small = small.rotate(chance.uniform(-20, 20), Image.Resampling.BICUBIC)
    left, top = (int(chance.integers(IMAGE_PX - side + 1)) for side in small.size)
    picture.paste(small, (left, top), small)
    return np.asarray(picture)


def fitted(drawing: Image.Image, share: float, shape: float) -> Image.Image:
    """Scaled so that its longer side takes this share of the picture, and stretched a little."""
    scale = share * IMAGE_PX / max(drawing.size)
    sides = (drawing.width * scale * shape, drawing.height * scale / shape)
    width, height = (max(8, min(IMAGE_PX, round(side))) for side in sides)
    return drawing.resize((width, height), Image.Resampling.BICUBIC)


def plain(chance: np.random.Generator) -> Image.Image:
    """One colour; white in three of ten."""
    is_white = chance.random() < 0.3
    colour = (
        (255, 255, 255) if is_white else tuple(int(part) for part in chance.integers(255, size=3))
    )
    return Image.new("RGB", (IMAGE_PX, IMAGE_PX), colour)


def photographed(path: Path, chance: np.random.Generator) -> Image.Image:
    """A random square part of a picture."""
    picture = Image.open(path).convert("RGB")
    side = chance.uniform(0.3, 1.0) * min(picture.size)
    left, top = chance.uniform(0, picture.width - side), chance.uniform(0, picture.height - side)
    box = (left, top, left + side, top + side)
    return picture.resize((IMAGE_PX, IMAGE_PX), Image.Resampling.BILINEAR, box=box)
