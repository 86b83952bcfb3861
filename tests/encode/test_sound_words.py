"""The reranker for sounds against the slow reference, and on real sounds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.graph import GraphBuilder
from mmsearch.encode.mini.audio_tower import ROLE as TOWER_ROLE
from mmsearch.encode.mini.audio_tower import load_weights
from mmsearch.encode.mini.bundle import MiniEncoder
from mmsearch.encode.mini.log_mel import level, patches
from mmsearch.encode.mini.sound_words import ROLE, SoundWords
from mmsearch.media.sound import read_samples
from mmsearch.types import F32
from tests.oracles import picture_words
from tests.oracles.audio_student import AudioStudent

pytestmark = pytest.mark.models
RATE_HZ = 16_000


@pytest.fixture
def words(mini: MiniEncoder) -> SoundWords:
    return mini.open_sound_words()


def rumble(n_sample: int, seed: int = 0) -> F32:
    steps = np.random.default_rng(seed).standard_normal(n_sample).astype(np.float32)
    return 0.005 * steps.cumsum()


def test_evidence_agrees_with_the_slow_reference(words: SoundWords, entry: CatalogEntry) -> None:
    arrays = load_file(entry.file(ROLE).verify())
    student = AudioStudent.from_folded(load_weights(entry.file(TOWER_ROLE).verify()))
    sounds = [rumble(n_sample) for n_sample in (4_000, 15_600, 700_000)]
    for sound, found in zip(sounds, words.features(sounds), strict=True):
        with torch.no_grad():
            features = student.features(torch.from_numpy(patches(sound)))
            chances = picture_words.network(arrays, "0", features).sigmoid().mean(0).clamp_min(1e-9)
            expected = chances.log() - arrays["share"].double().log()
        told = torch.tensor(found).double()
        assert torch.nn.functional.cosine_similarity(told, expected, dim=0) > 0.999
        np.testing.assert_allclose(told, expected, rtol=0.02, atol=0.02)


def test_scores_are_weighed_sums_of_evidence(words: SoundWords) -> None:
    features = words.features([rumble(RATE_HZ), rumble(3 * RATE_HZ, seed=1)])
    known = words.words_of("a dog and rain")
    assert len(known) == 2
    expected = words.weight * features[:, known].astype(np.float32).sum(axis=1)
    assert words.scores(known, features) == pytest.approx(expected)
    assert words.scores(words.words_of(""), features).tolist() == [0, 0]


def test_each_word_counts_once_and_dull_ones_do_not(words: SoundWords) -> None:
    assert (
        words.words_of("The sound of a Dog, and a dog").tolist() == words.words_of("dog").tolist()
    )
    assert len(words.words_of("the sounds of the other")) == 0
    assert len(words.words_of("犬 ! \ud800")) == 0


@pytest.mark.parametrize("n_sample", [0, 1, 5 * RATE_HZ])
def test_evidence_is_a_number_whatever_the_sound(words: SoundWords, n_sample: int) -> None:
    wild = np.resize(np.array([np.nan, np.inf, 1.0], np.float32), n_sample)
    for sound in (np.zeros(n_sample, np.float32), wild):
        assert np.isfinite(words.features([sound])).all()


def test_no_sounds_have_no_features(words: SoundWords) -> None:
    assert words.features([]).shape == (0, words.n_feature)


def test_builder_is_not_needed_when_the_graph_is_kept(
    words: SoundWords, entry: CatalogEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GraphBuilder, "build", None)
    assert len(SoundWords.open(entry).features([rumble(9)])) == 1


@pytest.mark.data
def test_a_sentence_of_two_sounds_finds_them_together(words: SoundWords, data_folder: Path) -> None:
    folder = data_folder / "esc10"
    rows = [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]
    dogs, rains = (
        [
            level(np.concatenate(list(read_samples(folder / row["file"]))))
            for row in rows
            if row["label"] == label and row["fold"] == 4
        ]
        for label in ("dog bark", "rain")
    )
    both = [dog + 0.5 * np.resize(rain, dog.shape) for dog, rain in zip(dogs, rains, strict=True)]
    known = words.words_of("a dog and rain")
    alone = words.scores(known, words.features([*dogs, *rains]))
    together = words.scores(known, words.features(both))
    assert (together[:, None] > alone).mean() > 0.9
