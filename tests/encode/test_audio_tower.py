"""The audio tower: against its torch reference, and on real sounds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.mini.audio_tower import ROLE, AudioTower, combine, load_weights
from mmsearch.encode.mini.log_mel import patches
from mmsearch.encode.mini.text_tower import TextTower
from mmsearch.media.sound import read_samples
from mmsearch.types import F32
from tests.oracles.audio_student import AudioStudent

pytestmark = pytest.mark.models
RATE_HZ = 16_000


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> AudioTower:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MMSEARCH_CACHE", str(tmp_path_factory.mktemp("cache")))
        return AudioTower.open(read_catalog()["mini"], n_threads=1)


@pytest.fixture(scope="module")
def weights() -> dict[str, F32]:
    return load_weights(read_catalog()["mini"].file(ROLE).verify())


def test_agrees_with_the_torch_student(tower: AudioTower, weights: dict[str, F32]) -> None:
    rng = np.random.default_rng(0)
    sounds = [
        (0.1 * rng.standard_normal(n_sample)).astype(np.float32).cumsum() * 0.05
        for n_sample in (4_000, 15_600, 80_000)
    ]
    student = AudioStudent.from_folded(weights)
    for sound, vector in zip(sounds, tower.encode(sounds), strict=True):
        with torch.no_grad():
            logits, embedding = student(torch.from_numpy(patches(sound)))
        scores = torch.sigmoid(logits).mean(dim=0).numpy()
        reference = combine(scores, embedding.mean(dim=0).numpy(), weights["anchors"])
        assert vector @ reference >= 0.999


def test_vectors_have_unit_length_whatever_the_sound(tower: AudioTower) -> None:
    sounds = [
        np.zeros(0, np.float32),
        np.zeros(RATE_HZ, np.float32),
        np.ones(7, np.float32),
        np.full(40 * RATE_HZ, 1e-9, np.float32),
        np.array([np.nan, np.inf, 1.0], np.float32),
    ]
    vectors = tower.encode(sounds)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_sound_does_not_depend_on_its_neighbours(tower: AudioTower) -> None:
    rng = np.random.default_rng(1)
    first, second = (rng.standard_normal((2, 50_000)) * 0.1).astype(np.float32)
    together = tower.encode([first, second])
    np.testing.assert_allclose(together[1], tower.encode([second])[0], atol=1e-5)


def test_no_sounds_no_vectors(tower: AudioTower) -> None:
    assert tower.encode([]).shape == (0, 384)


@pytest.mark.data
def test_words_find_real_sounds(tower: AudioTower, data_folder: Path) -> None:
    rows = map(json.loads, (data_folder / "esc10" / "labels.jsonl").read_text().splitlines())
    chosen = [row for row in rows if row["fold"] == 4][::2]
    sounds = [
        np.concatenate(list(read_samples(data_folder / "esc10" / row["file"]))) for row in chosen
    ]
    labels = sorted({row["label"] for row in chosen})
    texts = TextTower.open(read_catalog()["mini"], n_threads=1).encode(
        [f"the sound of {label.replace('_', ' ')}" for label in labels]
    )
    best = (tower.encode(sounds) @ texts.T).argmax(axis=1)
    hits = [labels[index] == row["label"] for index, row in zip(best, chosen, strict=True)]
    assert np.mean(hits) > 0.7
