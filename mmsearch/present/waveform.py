"""The loudness of a sound over its length, small enough to draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from mmsearch.media.sound import read_samples
from mmsearch.present.disk_cache import DiskCache
from mmsearch.types import AUDIO_RATE_HZ, F32

N_BINS = 512
_HOP = AUDIO_RATE_HZ // 100
_READ_WHOLE_UP_TO_S = 900.0
_N_PROBES = 128
_PROBE_S = 0.25


class Waveforms:
    """Peaks of sounds by content, kept on disk between runs. Thread-safe."""

    def __init__(self, cache_folder: Path, *, max_bytes: int = 64 * 2**20) -> None:
        self._cache = DiskCache(cache_folder, max_bytes=max_bytes, suffix=".peaks")

    def get(
        self, path: Path, content_id: str, *, duration_s: float | None = None, n_bins: int = N_BINS
    ) -> F32:
        """Return the peaks over the whole file: (n_bins,) float32 in [0, 1], loudest = 1.

        duration_s: when known and long, short probes are read instead of everything.
        Raises UnreadableFileError where nothing is cached and the file cannot be read.
        """
        cached = self._cache.get(content_id)
        if cached is not None and len(cached) == N_BINS:
            stored = np.frombuffer(cached, np.uint8)
        else:
            stored = _as_bytes(_measure(path, duration_s))
            self._cache.put(content_id, stored.tobytes())
        return rebin(stored.astype(np.float32) / np.float32(255), n_bins)


def peaks(path: Path, n_bins: int, *, duration_s: float | None = None) -> F32:
    """Return the peaks of a sound file, not cached: (n_bins,) float32 in [0, 1]."""
    return rebin(_measure(path, duration_s), n_bins)


def rebin(values: F32, n_bins: int) -> F32:
    """Bring (n,) peaks to (n_bins,): the largest of each stretch; few of them are repeated."""
    if len(values) == 0:
        return np.zeros(n_bins, np.float32)
    starts = np.arange(n_bins) * len(values) // n_bins
    if len(values) < n_bins:
        return values[starts]
    return np.asarray(np.maximum.reduceat(values, starts), np.float32)


def _measure(path: Path, duration_s: float | None) -> F32:
    if duration_s is not None and duration_s > _READ_WHOLE_UP_TO_S:
        loudness = _probes(path, duration_s)
    else:
        loudness = _hops(read_samples(path))
    loudest = float(loudness.max(initial=0.0))
    return loudness / loudest if loudest > 0 else loudness


def _hops(blocks: Iterable[F32]) -> F32:
    """Peak of every hundredth of a second: (n_hop,) float32."""
    found: list[F32] = []
    left = np.empty(0, np.float32)
    for block in blocks:
        samples = np.concatenate((left, np.abs(block)))
        n_whole = len(samples) // _HOP * _HOP
        found.append(samples[:n_whole].reshape(-1, _HOP).max(axis=1))
        left = samples[n_whole:]
    if len(left):
        found.append(left.max(keepdims=True))
    return np.concatenate(found) if found else np.empty(0, np.float32)


def _probes(path: Path, duration_s: float) -> F32:
    """Peak of short stretches spread over a long sound: (n_probe,) float32."""

    def read() -> Iterator[float]:
        for probe in range(_N_PROBES):
            start_s = duration_s * probe / _N_PROBES
            blocks = read_samples(path, start_s=start_s, end_s=start_s + _PROBE_S)
            yield max((float(np.abs(block).max(initial=0.0)) for block in blocks), default=0.0)

    return np.fromiter(read(), np.float32)


def _as_bytes(values: F32) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.round(rebin(values, N_BINS) * 255).astype(np.uint8)
