"""The picture tower against the slow reference, and on real pictures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.graph import GraphBuilder
from mmsearch.encode.mini.bundle import MiniEncoder
from mmsearch.encode.mini.image_graph import feature_graph
from mmsearch.encode.mini.image_tower import ImageTower
from mmsearch.encode.session import open_session
from mmsearch.encode.torch_file import read_torch_file
from mmsearch.types import U8
from tests.oracles import efficientnet_lite0

pytestmark = pytest.mark.models


@pytest.fixture
def tower(mini: MiniEncoder) -> ImageTower:
    tower = mini._image_tower()
    assert isinstance(tower, ImageTower)
    return tower


@pytest.fixture(scope="module")
def pictures() -> U8:
    """Noise, a flat colour, a gradient, stripes: (6, 224, 224, 3)."""
    rng = np.random.default_rng(5)
    flat = np.full((224, 224, 3), (200, 30, 40))
    gradient = np.broadcast_to(np.arange(224)[:, None, None], (224, 224, 3))
    stripes = np.broadcast_to((np.arange(224) // 16 % 2 * 255)[None, :, None], (224, 224, 3))
    noise = rng.integers(0, 256, (224, 224, 3))
    rows = [noise, flat, gradient, stripes, np.zeros_like(flat), np.full_like(flat, 255)]
    return np.stack(rows).astype(np.uint8)


def reference(entry: CatalogEntry, pixels: U8) -> tuple[torch.Tensor, torch.Tensor]:
    """Pooled features (n, 1600) and vectors (n, 384) of the plain torch network."""
    weights = torch.load(entry.file("image weights").verify(), weights_only=True)
    head = {
        name: tensor.float()
        for name, tensor in load_file(entry.file("image head").verify()).items()
    }
    with torch.no_grad():
        pooled = efficientnet_lite0.features(weights, torch.tensor(pixels))
        return pooled, efficientnet_lite0.vectors(weights, head, pooled)


def test_features_agree_with_the_slow_reference(entry: CatalogEntry, pictures: U8) -> None:
    session = open_session(feature_graph(read_torch_file(entry.file("image weights").verify())))
    features = session.run(["features"], {"pixels": pictures})[0]
    expected, _ = reference(entry, pictures)
    cosines = torch.nn.functional.cosine_similarity(torch.tensor(features), expected)
    assert cosines.min() > 0.99999
    np.testing.assert_allclose(features, expected.numpy(), rtol=1e-3, atol=2e-4)


def test_vectors_agree_with_the_slow_reference(
    tower: ImageTower, entry: CatalogEntry, pictures: U8
) -> None:
    _, expected = reference(entry, pictures)
    cosines = (tower.encode(pictures) * expected.numpy()).sum(axis=1)
    assert cosines.min() > 0.9999


def test_vectors_are_unit_float32(tower: ImageTower, pictures: U8) -> None:
    vectors = tower.encode(pictures)
    assert (vectors.shape, vectors.dtype) == ((len(pictures), 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_picture_does_not_depend_on_its_neighbours(tower: ImageTower, pictures: U8) -> None:
    many = np.concatenate([pictures] * 4)  # more than one batch, the last one partly filled
    alone = np.concatenate([tower.encode(picture[None]) for picture in pictures])
    np.testing.assert_allclose(tower.encode(many), np.concatenate([alone] * 4), atol=2e-5)


def test_same_picture_same_vector(tower: ImageTower, pictures: U8) -> None:
    np.testing.assert_array_equal(tower.encode(pictures), tower.encode(pictures))


def test_no_picture_no_rows(tower: ImageTower) -> None:
    assert tower.encode(np.zeros((0, 224, 224, 3), np.uint8)).shape == (0, 384)


def test_wrong_shape_is_a_bug_of_the_caller(tower: ImageTower) -> None:
    with pytest.raises(ValueError, match="224"):
        tower.encode(np.zeros((1, 32, 32, 3), np.uint8))


def test_builder_is_not_needed_when_the_graph_is_kept(
    tower: ImageTower, entry: CatalogEntry, monkeypatch: pytest.MonkeyPatch, shared_cache: Path
) -> None:
    monkeypatch.setattr(GraphBuilder, "build", None)
    assert ImageTower.open(entry).encode(np.zeros((1, 224, 224, 3), np.uint8)).shape == (1, 384)


@pytest.mark.data
def test_captions_find_their_pictures(
    mini: MiniEncoder, tower: ImageTower, data_folder: Path
) -> None:
    """200 dev pictures: well below the figures of the model card, far above chance (0.005)."""
    folder = data_folder / "flickr8k"
    rows = [json.loads(line) for line in (folder / "dev.jsonl").read_text().splitlines()[:200]]
    pixels = np.stack([np.asarray(Image.open(folder / row["file"])) for row in rows])
    texts = mini.encode_texts([row["captions"][0] for row in rows])
    scores = texts @ tower.encode(pixels).T
    ranks = (scores > np.diag(scores)[:, None]).sum(axis=1)
    assert (ranks < 1).mean() > 0.3
    assert (ranks < 10).mean() > 0.75
