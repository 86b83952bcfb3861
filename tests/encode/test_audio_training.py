"""The parts of the audio tower's training that a mistake would spoil unseen."""

from __future__ import annotations

import numpy as np
import torch

from mmsearch.encode.mini.log_mel import PATCH_SAMPLES
from models.mini.training.audio.found import waves
from models.mini.training.audio.pool import Sound
from models.mini.training.audio.train import distillation_loss
from models.mini.training.audio.windows import Shelf, make_window, plain, without


def shelf(fold: int = 4) -> Shelf:
    """A sound that goes on, and one that is silent but for a tenth of a second in its middle."""
    rng = np.random.default_rng(0)
    loud = (0.1 * rng.standard_normal(40_000)).astype(np.float32)
    rare = np.pad(loud[:1_600], 30_000)
    return Shelf([Sound("esc10", "rain", fold, loud), Sound("shorts", "dog", 0, rare)])


def test_windows_without_a_fold() -> None:
    folds = np.array([1 << 0, 1 << 3, 1 << 4, 1 << 0 | 1 << 4], np.uint8)
    assert without(folds, [4]).tolist() == [True, True, False, False]
    assert without(folds, [3, 4]).tolist() == [True, False, False, False]
    assert without(folds, []).all()


def test_a_window_says_which_folds_it_holds() -> None:
    rng, sounds = np.random.default_rng(1), shelf()
    windows = [make_window(rng, sounds) for _ in range(60)]
    assert all(window.samples.shape == (PATCH_SAMPLES,) for window in windows)
    for window in windows:
        assert bool(window.folds & 1 << 4) or "rain" not in window.labels
    assert {window.folds for window in windows} >= {1 << 0, 1 << 4}


def test_a_pause_has_no_label() -> None:
    rng, sounds = np.random.default_rng(2), shelf()
    windows = [plain(rng, sounds) for _ in range(80)]
    pauses = [window for window in windows if np.abs(window.samples).max() == 0]
    assert pauses
    assert {window.labels[0] for window in pauses} == {""}
    assert {window.labels[0] for window in windows} == {"", "rain", "dog"}


def test_the_teachers_own_scores_are_the_best_answer() -> None:
    logits = torch.linspace(-6, 2, 521)[None]
    scores = torch.sigmoid(logits)
    best = distillation_loss(logits, scores)
    for other in (logits + 0.5, logits * 0.8, logits.flip(1)):
        assert distillation_loss(other, scores) > best


def test_waves_are_cut_out_of_a_catalogue() -> None:
    first, second = b"RIFF" + (4).to_bytes(4, "little") + b"abcd", b"RIFF\x02\x00\x00\x00ef"
    assert waves(b"index" + first + b"name" + second + b"end") == [first, second]
