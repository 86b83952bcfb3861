"""Log-mel patches: what the audio tower sees, in training and at run time alike."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from mmsearch.types import AUDIO_RATE_HZ, F32

N_MELS = 64
PATCH_FRAMES = 96
PATCH_SAMPLES = 15_600
"""0.975 s: 96 windows of 25 ms, 10 ms apart."""

_WINDOW_SAMPLES = 400
_STEP_SAMPLES = 160
_FFT_SAMPLES = 512
_LOWEST_HZ, _HIGHEST_HZ = 125.0, 7_500.0
_LOG_OFFSET = 0.001
_TARGET_RMS = 0.05
_LARGEST_GAIN = 100.0


def level(samples: F32) -> F32:
    """Bring a sound to one loudness: root mean square 0.05, at most 40 dB louder, peak at most 1.

    samples: (n_sample,); values that are no numbers count as silence. Returns (n_sample,).
    """
    clean = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32, copy=False)
    if not clean.size:
        return clean
    rms = float(np.sqrt(np.mean(np.square(clean, dtype=np.float64))))
    peak = float(np.abs(clean).max())
    if rms == 0.0:
        return clean
    gain = min(_TARGET_RMS / rms, _LARGEST_GAIN, 1.0 / peak)
    return (clean * np.float32(gain)).astype(np.float32, copy=False)


def fill_patch(samples: F32) -> F32:
    """Repeat a sound that is shorter than one patch until it fills one.

    samples: (n_sample,). Returns (max(n_sample, PATCH_SAMPLES),); an empty sound becomes silence.
    """
    if not samples.size:
        return np.zeros(PATCH_SAMPLES, np.float32)
    if samples.size >= PATCH_SAMPLES:
        return samples
    return np.resize(samples, PATCH_SAMPLES)


def log_mel(samples: F32) -> F32:
    """Log-mel spectrum: 25 ms Hann windows, 10 ms apart, 64 bands from 125 to 7,500 Hz.

    samples: (n_sample,) at 16 kHz, at least one window. Returns (n_frame, 64) log(mel + 0.001).
    """
    windows = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW_SAMPLES)[::_STEP_SAMPLES]
    spectrum = np.abs(np.fft.rfft(windows * _hann(), _FFT_SAMPLES)).astype(np.float32, copy=False)
    logarithms: F32 = np.log(spectrum @ _filters().T + np.float32(_LOG_OFFSET))
    return logarithms


def patches(samples: F32, *, hop_frames: int = PATCH_FRAMES // 2) -> F32:
    """Cut a sound into overlapping log-mel patches that reach from its start to its end.

    samples: (n_sample,), any length. Returns (n_patch, 96, 64), at least one patch.
    """
    frames = log_mel(fill_patch(level(samples)))
    last = len(frames) - PATCH_FRAMES
    starts = list(range(0, last + 1, hop_frames))
    if starts[-1] < last:
        starts.append(last)
    return np.stack([frames[start : start + PATCH_FRAMES] for start in starts])


@lru_cache(maxsize=1)
def _hann() -> F32:
    """The periodic Hann window, (400,)."""
    turns = np.arange(_WINDOW_SAMPLES) / _WINDOW_SAMPLES
    return (0.5 - 0.5 * np.cos(2 * np.pi * turns)).astype(np.float32)


@lru_cache(maxsize=1)
def _filters() -> F32:
    """The mel filter bank, (64, 257): triangles of height 1 on the HTK scale."""
    lowest_mel, highest_mel = (2595 * math.log10(1 + hz / 700) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    edges_hz = 700 * (10 ** (np.linspace(lowest_mel, highest_mel, N_MELS + 2) / 2595) - 1)
    bins_hz = np.fft.rfftfreq(_FFT_SAMPLES, 1 / AUDIO_RATE_HZ)
    widths_hz = np.diff(edges_hz)[:, None]
    rise = (bins_hz - edges_hz[:-2, None]) / widths_hz[:-1]
    fall = (edges_hz[2:, None] - bins_hz) / widths_hz[1:]
    return np.maximum(0, np.minimum(rise, fall)).astype(np.float32)
