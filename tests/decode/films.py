"""Makes films whose shots are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from mmsearch.types import U8

WIDTH_PX, HEIGHT_PX = 320, 180


@dataclass(frozen=True)
class Recipe:
    """How a film is made."""

    fps: Fraction = Fraction(25)
    codec: str = "libx264"
    options: dict[str, str] = field(default_factory=lambda: {"preset": "ultrafast", "bf": "2"})
    pixel_format: str = "yuv420p"
    start_s: float = 0.0
    """Time stamp of the first frame."""
    rotation: int = 0
    """Degrees anticlockwise by which a player is to turn the film."""
    drop_every: int = 0
    """Leave out every n-th frame, which makes the frame rate vary."""
    metadata: dict[str, str] = field(default_factory=dict)


def make_film(
    path: Path, shots: Sequence[tuple[Sequence[U8] | U8, float]], recipe: Recipe | None = None
) -> list[float]:
    """Write a film of (still picture or its frames, seconds); returns the times of the cuts."""
    recipe = recipe or Recipe()
    with av.open(str(path), "w") as container:
        container.metadata.update(recipe.metadata)
        stream = container.add_stream(recipe.codec, rate=recipe.fps)
        stream.width, stream.height = WIDTH_PX, HEIGHT_PX
        stream.pix_fmt = recipe.pixel_format
        stream.options = dict(recipe.options)
        stream.time_base = Fraction(1, 90_000)
        if recipe.rotation:
            stream.set_display_rotation(recipe.rotation)
        cuts_s: list[float] = []
        for number, (pixels, is_first) in enumerate(_frames(shots, recipe.fps)):
            time_s = float(number / recipe.fps)
            if is_first:
                cuts_s.append(time_s)
            if recipe.drop_every and number % recipe.drop_every == 1:
                continue
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.time_base = Fraction(1, 90_000)
            frame.pts = round((time_s + recipe.start_s) * 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return cuts_s[1:]


def _frames(
    shots: Sequence[tuple[Sequence[U8] | U8, float]], fps: Fraction
) -> Iterator[tuple[U8, bool]]:
    for pixels, seconds in shots:
        for number in range(round(seconds * fps)):
            still = isinstance(pixels, np.ndarray)
            yield (pixels if still else pixels[number % len(pixels)]), number == 0


def plain(colour: tuple[int, int, int]) -> U8:
    """A frame of one colour."""
    return np.full((HEIGHT_PX, WIDTH_PX, 3), colour, np.uint8)


def scene(seed: int) -> U8:
    """A frame with coloured shapes, different for each seed."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 255, (5, 8, 3)).astype(np.uint8)
    large = Image.fromarray(small).resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.BICUBIC)
    return np.asarray(large)


def picture(path: Path) -> U8:
    """A frame from a picture file."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB").resize((WIDTH_PX, HEIGHT_PX)))


def panning(seed: int, n_frames: int) -> list[U8]:
    """A camera that moves over a scene larger than the frame."""
    wide = np.concatenate([scene(seed), scene(seed + 1)], axis=1)
    offsets = np.linspace(0, WIDTH_PX, n_frames).astype(int)
    return [np.ascontiguousarray(wide[:, offset : offset + WIDTH_PX]) for offset in offsets]
