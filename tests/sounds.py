"""Sound files for tests, written with PyAV."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from mmsearch.types import F32

CODECS = {
    "wav": "pcm_s16le",
    "aiff": "pcm_s16be",
    "flac": "flac",
    "ogg": "vorbis",
    "opus": "libopus",
    "mp3": "libmp3lame",
    "m4a": "aac",
    "aac": "aac",
    "wma": "wmav2",
    "mka": "libopus",
    "mkv": "ac3",
    "ts": "aac",
    "caf": "alac",
}
"""Suffix to codec: one of every family that people have."""


def sine(frequency_hz: float, length_s: float, *, rate_hz: int = 48_000, level: float = 0.5) -> F32:
    """Return (n_sample,) of a pure tone."""
    times_s = np.arange(round(length_s * rate_hz)) / rate_hz
    return (level * np.sin(2 * np.pi * frequency_hz * times_s)).astype(np.float32)


def noise(length_s: float, *, rate_hz: int = 48_000, level: float = 0.2, seed: int = 0) -> F32:
    """Return (n_sample,) of white noise that is the same for the same seed."""
    samples = np.random.default_rng(seed).uniform(-level, level, round(length_s * rate_hz))
    return samples.astype(np.float32)


def write_sound(
    path: Path,
    samples: F32,
    *,
    codec: str = "",
    rate_hz: int = 48_000,
    layout: str = "stereo",
    start_s: float = 0.0,
    tags: dict[str, str] | None = None,
) -> Path:
    """Write (n_sample,) into every channel, or (n_channel, n_sample), beginning at ``start_s``."""
    codec = codec or CODECS[path.suffix[1:]]
    channels = np.broadcast_to(samples, (av.AudioLayout(layout).nb_channels, samples.shape[-1]))
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels), "fltp", layout)
    frame.sample_rate = rate_hz
    with av.open(str(path), "w") as container:
        container.metadata.update(tags or {})
        stream = container.add_stream(codec, rate=rate_hz, layout=layout)
        stream.codec_context.options = {"strict": "experimental"}
        if codec.startswith("wma"):
            stream.bit_rate = 128_000
        stream.codec_context.open()
        shaper = av.AudioResampler(
            stream.format, layout, rate_hz, stream.codec_context.frame_size or 1024
        )
        n_done = round(start_s * rate_hz)
        for shaped in [*shaper.resample(frame), *shaper.resample(None)]:
            shaped.pts, shaped.time_base = n_done, Fraction(1, rate_hz)
            n_done += shaped.samples
            container.mux(stream.encode(shaped))
        container.mux(stream.encode(None))
    return path


def loudest_hz(samples: F32, *, rate_hz: int) -> float:
    """Return the frequency of the highest peak of the spectrum."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate_hz / len(samples))
