"""Peaks follow the loudness, whatever the length."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import UnreadableFileError
from mmsearch.present import waveform
from mmsearch.present.waveform import Waveforms, peaks, rebin
from tests.present.media_files import quiet_then_loud, write_sound


def test_peaks_follow_the_loudness(tmp_path: Path) -> None:
    shape = peaks(write_sound(tmp_path / "a.wav", quiet_then_loud()), 40)
    assert shape.shape == (40,)
    assert shape.dtype == np.float32
    assert shape.max() == 1
    assert np.allclose(shape[:19], 0.1, atol=0.03)
    assert np.allclose(shape[21:], 1, atol=0.03)


def test_the_second_time_comes_from_the_cache(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", quiet_then_loud())
    first = Waveforms(tmp_path / "cache").get(path, "id", n_bins=64)
    path.unlink()
    again = Waveforms(tmp_path / "cache").get(path, "id", n_bins=64)
    assert np.array_equal(first, again)
    with pytest.raises(UnreadableFileError):
        Waveforms(tmp_path / "cache").get(path, "other")


def test_a_long_sound_is_probed_and_looks_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_sound(tmp_path / "a.wav", quiet_then_loud(8))
    whole = peaks(path, 32)
    monkeypatch.setattr(waveform, "_READ_WHOLE_UP_TO_S", 1.0)
    monkeypatch.setattr(waveform, "_N_PROBES", 32)
    probed = peaks(path, 32, duration_s=8.0)
    assert np.abs(whole - probed)[[*range(15), *range(17, 31)]].max() < 0.05


def test_silence_is_flat(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", np.zeros(16_000, np.float32))
    assert not peaks(path, 10).any()


@pytest.mark.parametrize(("n", "n_bins"), [(1, 7), (7, 7), (8, 7), (1000, 7), (3, 10)])
def test_rebin_takes_the_largest_and_loses_no_peak(n: int, n_bins: int) -> None:
    values = np.random.default_rng(n).random(n).astype(np.float32)
    shown = rebin(values, n_bins)
    assert shown.shape == (n_bins,)
    assert shown.max() == values.max()
    assert set(shown.tolist()) <= set(values.tolist())


def test_nothing_to_rebin_is_flat() -> None:
    assert rebin(np.empty(0, np.float32), 3).tolist() == [0, 0, 0]
