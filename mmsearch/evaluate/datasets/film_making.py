"""Makes films of known shots from pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image

from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.types import TimeRange

_FRAMES_PER_S = 12
_SIZE_PX = (320, 240)
_PICTURE_PX = (400, 300)
_LENGTHS_S = (2.0, 3.0, 4.0, 2.5, 3.5)
"""A shot is as long as its place among all shots says."""
_RECIPE = "1"
"""To be changed with anything that makes films look different."""

VIEWS = {
    "": (0.0, 0.0, 1.0, 1.0),
    "left": (0.0, 0.1, 0.7, 0.8),
    "right": (0.3, 0.1, 1.0, 0.8),
    "middle": (0.15, 0.3, 0.85, 1.0),
}
"""What a shot shows of its picture: nothing said is all of it; edges as shares of its sides."""


@dataclass(frozen=True, slots=True)
class Take:
    """One shot to be made."""

    picture: Path
    length_s: float
    view: str = ""


@dataclass(frozen=True, slots=True)
class Film:
    """A film and where its shots are."""

    path: Path
    shots: tuple[TimeRange, ...]


def film_of(shelf: Shelf, number: int, pictures: list[Path]) -> Film:
    """Put a film on the shelf in which each picture is a shot."""
    first = number * len(pictures)
    lengths_s = [_LENGTHS_S[(first + place) % len(_LENGTHS_S)] for place in range(len(pictures))]
    takes = list(map(Take, pictures, lengths_s))
    return film_of_takes(shelf, f"films/{number:03}", takes)


def film_of_takes(shelf: Shelf, name: str, takes: Sequence[Take]) -> Film:
    """Put a film of these shots on the shelf; ``name`` is its path without the ending."""
    views = [take.view for take in takes] if any(take.view for take in takes) else ""
    lengths_s, names = [take.length_s for take in takes], [take.picture.name for take in takes]
    content = f"{_RECIPE} {lengths_s} {names}{views}"
    key = hashlib.sha256(content.encode()).hexdigest()[:8]
    path = shelf.make(f"{name} {key}.mp4", lambda path: write_film(path, takes))
    ends_s = np.cumsum(lengths_s).tolist()
    starts_s = [0.0, *ends_s[:-1]]
    return Film(path, tuple(map(TimeRange, starts_s, ends_s)))


def write_film(target: Path, takes: Sequence[Take]) -> None:
    """Write the shots with a slow zoom, as a camera makes."""
    import av

    with av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=_FRAMES_PER_S, options={"preset": "veryfast"})
        stream.width, stream.height = _SIZE_PX
        stream.pix_fmt = "yuv420p"
        number = 0
        for take in takes:
            picture = _picture(take)
            for place in range(round(take.length_s * _FRAMES_PER_S)):
                frame = av.VideoFrame.from_ndarray(np.asarray(_zoomed(picture, place)))
                frame.pts, frame.time_base = number, Fraction(1, _FRAMES_PER_S)
                container.mux(stream.encode(frame))
                number += 1
        container.mux(stream.encode(None))


def _picture(take: Take) -> Image.Image:
    picture = Image.open(take.picture).convert("RGB")
    if not take.view:
        return picture.resize(_PICTURE_PX)
    left, top, right, bottom = VIEWS[take.view]
    width_px, height_px = picture.size
    box = (left * width_px, top * height_px, right * width_px, bottom * height_px)
    return picture.resize(_PICTURE_PX, box=box)


def _zoomed(picture: Image.Image, place: int) -> Image.Image:
    margin = min(20.0, place * 0.4)
    width_px, height_px = _PICTURE_PX
    return picture.resize(_SIZE_PX, box=(margin, margin, width_px - margin, height_px - margin))
