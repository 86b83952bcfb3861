"""Makes films of known shots from pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image

from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.types import TimeRange

_FRAMES_PER_S = 12
_SIZE_PX = (320, 240)
_LENGTHS_S = (2.0, 3.0, 4.0, 2.5, 3.5)
"""A shot is as long as its place among all shots says."""
_RECIPE = "1"
"""To be changed with anything that makes films look different."""


@dataclass(frozen=True, slots=True)
class Film:
    """A film and where its shots are."""

    path: Path
    shots: tuple[TimeRange, ...]


def film_of(shelf: Shelf, number: int, pictures: list[Path]) -> Film:
    """Put a film on the shelf in which each picture is a shot."""
    first = number * len(pictures)
    lengths_s = [_LENGTHS_S[(first + place) % len(_LENGTHS_S)] for place in range(len(pictures))]
    content = f"{_RECIPE} {lengths_s} {[picture.name for picture in pictures]}"
    key = hashlib.sha256(content.encode()).hexdigest()[:8]
    path = shelf.make(
        f"films/{number:03} {key}.mp4", lambda path: _write_film(path, pictures, lengths_s)
    )
    ends_s = np.cumsum(lengths_s).tolist()
    starts_s = [0.0, *ends_s[:-1]]
    return Film(path, tuple(map(TimeRange, starts_s, ends_s)))


def _write_film(target: Path, pictures: list[Path], lengths_s: list[float]) -> None:
    """Write the shots with a slow zoom, as a camera makes."""
    import av

    with av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=_FRAMES_PER_S, options={"preset": "veryfast"})
        stream.width, stream.height = _SIZE_PX
        stream.pix_fmt = "yuv420p"
        number = 0
        for path, length_s in zip(pictures, lengths_s, strict=True):
            picture = Image.open(path).convert("RGB").resize((400, 300))
            for place in range(round(length_s * _FRAMES_PER_S)):
                frame = av.VideoFrame.from_ndarray(np.asarray(_zoomed(picture, place)))
                frame.pts, frame.time_base = number, Fraction(1, _FRAMES_PER_S)
                container.mux(stream.encode(frame))
                number += 1
        container.mux(stream.encode(None))


def _zoomed(picture: Image.Image, place: int) -> Image.Image:
    margin = min(20.0, place * 0.4)
    return picture.resize(_SIZE_PX, box=(margin, margin, 400 - margin, 300 - margin))
