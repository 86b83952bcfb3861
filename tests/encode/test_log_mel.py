"""The log-mel front end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmsearch.encode.mini.log_mel import (
    N_MELS,
    PATCH_FRAMES,
    PATCH_SAMPLES,
    fill_patch,
    level,
    log_mel,
    patches,
)
from mmsearch.types import F32

RATE_HZ = 16_000


def tone(frequency_hz: float, duration_s: float, peak: float = 0.5) -> F32:
    time_s = np.arange(int(duration_s * RATE_HZ)) / RATE_HZ
    return (peak * np.sin(2 * np.pi * frequency_hz * time_s)).astype(np.float32)


def slow_log_mel(samples: F32) -> F32:
    """The same by the definition: one window after the other, one band after the other."""
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400)
    edges_mel = np.linspace(_mel(125.0), _mel(7500.0), N_MELS + 2)
    edges_hz = 700 * (np.exp(edges_mel / 1127.01048) - 1)
    bins_hz = np.arange(257) * RATE_HZ / 512
    rows = []
    for start in range(0, len(samples) - 400 + 1, 160):
        spectrum = np.abs(np.fft.rfft(samples[start : start + 400] * window, 512))
        bands = []
        for low, centre, high in zip(edges_hz, edges_hz[1:], edges_hz[2:], strict=False):
            rise = (bins_hz - low) / (centre - low)
            fall = (high - bins_hz) / (high - centre)
            bands.append(spectrum @ np.maximum(0, np.minimum(rise, fall)))
        rows.append(np.log(np.array(bands) + 0.001))
    return np.array(rows, np.float32)


def _mel(frequency_hz: float) -> float:
    return float(1127.01048 * np.log(1 + frequency_hz / 700))


def test_agrees_with_the_definition() -> None:
    rng = np.random.default_rng(0)
    samples = (0.1 * rng.standard_normal(PATCH_SAMPLES)).astype(np.float32)
    np.testing.assert_allclose(log_mel(samples), slow_log_mel(samples), atol=2e-3)


def test_agrees_with_librosa() -> None:
    librosa = pytest.importorskip("librosa")
    rng = np.random.default_rng(1)
    samples = (0.1 * rng.standard_normal(RATE_HZ)).astype(np.float32)
    spectrum = np.abs(
        librosa.stft(np.pad(samples, 56), n_fft=512, hop_length=160, win_length=400, center=False)
    )
    filters = librosa.filters.mel(
        sr=RATE_HZ, n_fft=512, n_mels=N_MELS, fmin=125.0, fmax=7500.0, htk=True, norm=None
    )
    np.testing.assert_allclose(log_mel(samples), np.log((filters @ spectrum).T + 0.001), atol=1e-5)


def test_a_tone_lights_its_band() -> None:
    loudest = [log_mel(tone(hz, 1.0)).mean(axis=0).argmax() for hz in (300, 1000, 3000)]
    assert loudest == sorted(set(loudest))


@given(st.integers(min_value=0, max_value=70_000))
@settings(max_examples=25, deadline=None)
def test_patches_reach_from_start_to_end(n_sample: int) -> None:
    cut = patches(np.ones(n_sample, np.float32))
    assert cut.shape[1:] == (PATCH_FRAMES, N_MELS)
    assert np.isfinite(cut).all()
    n_frame = max(PATCH_FRAMES, (n_sample - 400) // 160 + 1)
    assert len(cut) == -(-(n_frame - PATCH_FRAMES) // (PATCH_FRAMES // 2)) + 1


def test_short_sounds_are_repeated() -> None:
    filled = fill_patch(np.array([1, 2, 3], np.float32))
    assert filled.shape == (PATCH_SAMPLES,)
    assert filled[:7].tolist() == [1, 2, 3, 1, 2, 3, 1]


def test_nothing_is_silence() -> None:
    nothing = np.zeros(0, np.float32)
    assert np.array_equal(patches(nothing), patches(np.zeros(PATCH_SAMPLES, np.float32)))


def test_loudness_does_not_matter() -> None:
    loud, quiet = tone(440, 2, 0.9), tone(440, 2, 0.01)
    np.testing.assert_allclose(patches(loud), patches(quiet), atol=1e-3)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_values_that_are_no_numbers_count_as_silence(bad: float) -> None:
    samples = tone(440, 1)
    clean = samples.copy()
    samples[100], clean[100] = bad, 0
    assert np.array_equal(level(samples), level(clean))
