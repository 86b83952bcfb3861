"""The reranker for pictures against the slow reference, and on real pictures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.graph import GraphBuilder
from mmsearch.encode.mini.bundle import MiniEncoder
from mmsearch.encode.mini.picture_words import (
    FIRST_WORD_PIECE,
    ROLE,
    PictureWords,
    middle_mirrored,
    read_weights,
)
from mmsearch.encode.torch_file import read_torch_file
from mmsearch.errors import ModelError
from tests.oracles import efficientnet_lite0, picture_words

pytestmark = pytest.mark.models


@pytest.fixture
def words(mini: MiniEncoder) -> PictureWords:
    return mini.open_picture_words()


def noise(*shape: int) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, shape).astype(np.uint8)


def test_evidence_agrees_with_the_slow_reference(words: PictureWords, entry: CatalogEntry) -> None:
    features = np.abs(np.random.default_rng(1).standard_normal((7, 1600))).astype(np.float16)
    arrays = load_file(entry.file(ROLE).verify())
    expected = picture_words.evidence(arrays, torch.tensor(features))
    found = torch.tensor(words.evidence(features)).double()
    assert torch.nn.functional.cosine_similarity(found, expected).min() > 0.9999
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-3)


def test_features_are_those_of_the_middle_mirrored(
    words: PictureWords, entry: CatalogEntry
) -> None:
    picture = noise(100, 180, 3)
    weights = read_torch_file(entry.file("image weights").verify())
    pixels = torch.tensor(middle_mirrored(picture)[None].copy())
    with torch.no_grad():
        tensors = {name: torch.tensor(np.array(value)) for name, value in weights.items()}
        expected = efficientnet_lite0.features(tensors, pixels)
    np.testing.assert_allclose(words.features([picture]), expected, rtol=5e-3, atol=5e-3)


def test_the_margin_is_not_looked_at_and_left_is_right() -> None:
    picture = np.zeros((200, 400, 3), np.uint8)
    picture[:, :200] = 200  # the left half is grey
    picture[:9], picture[:, :19] = 255, 255  # a white margin
    seen = middle_mirrored(picture)
    assert seen.shape == (224, 224, 3)
    assert seen.max() < 210  # no white; interpolation overshoots a little
    assert seen[:, :100].max() == 0
    assert seen[:, -100:].min() > 190


def test_scores_are_weighed_sums_of_evidence(words: PictureWords) -> None:
    features = words.features([noise(60, 60, 3), noise(300, 40, 3)])
    known = words.words_of("a dog and a dog")
    expected = words.weight * words.evidence(features)[:, known].sum(axis=1)
    assert words.scores(known, features) == pytest.approx(expected)
    assert words.scores(words.words_of(""), features).tolist() == [0, 0]


def test_known_words_are_found_in_their_order(words: PictureWords) -> None:
    dog, cat = words.words_of("dog"), words.words_of("Cat")
    assert len(dog) == len(cat) == 1
    assert words.words_of("cat Dog cat").tolist() == [*cat, *dog, *cat]
    assert len(words.words_of("犬 ! \ud800")) <= 1  # a lone surrogate becomes a question mark


def test_no_pictures_have_no_features(words: PictureWords) -> None:
    assert words.features([]).shape == (0, 1600)


def test_builder_is_not_needed_when_the_graphs_are_kept(
    words: PictureWords, entry: CatalogEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GraphBuilder, "build", None)
    assert PictureWords.open(entry).features([noise(9, 9, 3)]).shape == (1, 1600)


def test_the_file_is_whole(entry: CatalogEntry) -> None:
    weights = read_weights(entry.file(ROLE).verify())
    assert np.all(np.diff(weights["pieces"]) > 0)
    assert weights["pieces"].min() >= FIRST_WORD_PIECE
    assert np.all((weights["share"] > 0) & (weights["share"] <= 1))


@pytest.mark.parametrize("missing", ["pieces", "share"])
def test_a_file_of_other_arrays_is_refused(
    entry: CatalogEntry, tmp_path: Path, missing: str
) -> None:
    arrays = load_file(entry.file(ROLE).verify())
    del arrays[missing]
    save_file(arrays, tmp_path / "other.safetensors")
    with pytest.raises(ModelError, match="reranker"):
        read_weights(tmp_path / "other.safetensors")


@pytest.mark.data
def test_captions_know_their_pictures(words: PictureWords, data_folder: Path) -> None:
    """150 dev pictures: the words alone find far more than chance (0.007)."""
    folder = data_folder / "flickr8k"
    rows = [json.loads(line) for line in (folder / "dev.jsonl").read_text().splitlines()[:150]]
    pictures = [np.asarray(Image.open(folder / row["file"]).convert("RGB")) for row in rows]
    features = np.concatenate([words.features(pictures[at : at + 16]) for at in range(0, 150, 16)])
    scores = np.stack([words.scores(words.words_of(row["captions"][0]), features) for row in rows])
    ranks = (scores > np.diag(scores)[:, None]).sum(axis=1)
    assert (ranks < 1).mean() > 0.25
    assert (ranks < 10).mean() > 0.75
