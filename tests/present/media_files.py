"""A film and a sound whose content is known, made by the tests."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from mmsearch.types import F32

FILM_COLOURS = ((220, 30, 30), (30, 200, 30), (30, 30, 220))
"""One after the other, each for as long."""


def write_film(path: Path, *, seconds_each: int = 1) -> Path:
    """A film of 160 x 90: red, green, blue."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height = 160, 90
        stream.pix_fmt = "yuv420p"
        for colour in FILM_COLOURS:
            for _ in range(10 * seconds_each):
                pixels = np.full((90, 160, 3), colour, np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return path


def write_sound(path: Path, samples: F32, *, rate_hz: int = 16_000) -> Path:
    """A mono WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


def quiet_then_loud(seconds: float = 2.0) -> F32:
    """A tone that is ten times as loud in its second half."""
    at_s = np.arange(int(seconds * 16_000)) / 16_000
    level = np.where(at_s < seconds / 2, 0.05, 0.5)
    return (level * np.sin(2 * np.pi * 440 * at_s)).astype(np.float32)
