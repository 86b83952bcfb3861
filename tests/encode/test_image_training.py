"""The parts of the picture head's training that a mistake would spoil unseen."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional

from models.mini.training.image.features import keep, look
from models.mini.training.image.fit import contrastive, running_mean
from models.mini.training.image.head import Anchors, Head
from models.mini.training.image.measure import mean_average_precision, ranks, recall
from models.mini.training.image.ship import joined, write_row
from models.mini.training.image.words import unit

OPTIONS = argparse.Namespace(hidden=8, dropout=0.4, noise=0.1)


def head(seed: int) -> Head:
    torch.manual_seed(seed)
    one = Head(OPTIONS, torch.rand(1600), 0.5 + torch.rand(1600)).eval()
    torch.nn.init.normal_(one.out.weight)
    return one


def test_joined_heads_give_the_sum() -> None:
    heads, features = [head(0), head(1)], torch.rand(4, 1600)
    tensors = joined(heads, Anchors(torch.rand(1000, 384), 0.8, 2.0))
    hidden = functional.gelu(features @ tensors["hidden.weight"].T + tensors["hidden.bias"])
    vectors = features @ tensors["linear.weight"].T + tensors["linear.bias"]
    vectors = vectors + hidden @ tensors["out.weight"].T + tensors["out.bias"]
    with torch.no_grad():
        torch.testing.assert_close(
            vectors, heads[0](features) + heads[1](features), atol=1e-3, rtol=1e-3
        )


def test_right_captions_cost_less() -> None:
    torch.manual_seed(0)
    captions = unit(torch.randn(16, 2, 384))
    right = unit(captions.sum(1))
    wrong = right.roll(1, 0)
    assert contrastive(right, captions, 0.3) < contrastive(wrong, captions, 0.3) - 1


def test_soft_targets_do_not_cost_more_for_like_captions() -> None:
    """Two pictures with one caption: to mistake them costs nothing when targets are soft."""
    torch.manual_seed(0)
    captions = unit(torch.randn(16, 2, 384))
    captions[1] = captions[0]
    vectors = unit(captions.sum(1) + 0.5 * torch.randn(16, 384))
    swapped = vectors.clone()
    swapped[[0, 1]] = vectors[[1, 0]]
    torch.testing.assert_close(
        contrastive(vectors, captions, 1.0), contrastive(swapped, captions, 1.0)
    )


def test_the_running_mean_forgets_the_start() -> None:
    mean = torch.tensor(100.0)
    for step in range(400):
        mean = running_mean(mean, torch.tensor(1.0), step)
    assert abs(float(mean) - 1) < 1e-3


def test_ranks_in_both_directions() -> None:
    """Three pictures of five captions; the captions of the last are all like the first picture."""
    scores = torch.zeros(15, 3)
    scores[:5, 0], scores[5:10, 1] = 1.0, 1.0
    scores[10:, 0], scores[10:, 2] = 0.9, 0.5
    forth, back = ranks(scores)
    assert forth.tolist() == [0] * 10 + [1] * 5
    assert back.tolist() == [0, 0, 0]
    assert recall(forth, 1) == pytest.approx(66.7)


def test_mean_average_precision() -> None:
    scores = torch.tensor([[0.9, 0.8, 0.7, 0.6], [0.1, 0.2, 0.3, 0.4]])
    labels = torch.tensor([0, 1, 0, 1])
    # First row: right at places 1 and 3; second row, from the last: right at 1 and 3.
    assert mean_average_precision(scores, labels) == pytest.approx((1 + 2 / 3) / 2)


def test_views(tmp_path: Path) -> None:
    """A picture, left black and right white: flipped, and cut to a part of it."""
    pixels = np.zeros((60, 80, 3), np.uint8)
    pixels[:, 40:] = 255
    path = tmp_path / "halves.png"
    Image.fromarray(pixels).save(path)
    chance = np.random.default_rng(0)
    whole, flipped = look(path, "whole", chance), look(path, "flipped", chance)
    np.testing.assert_array_equal(whole, flipped[:, ::-1])
    crops = [look(path, "crop 1", chance) for _ in range(8)]
    assert {crop.shape for crop in crops} == {(224, 224, 3)}
    assert len({float(crop.mean()) for crop in crops}) == 8


def test_a_broken_off_file_is_not_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, array: np.ndarray) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "save", broken)
    with pytest.raises(KeyboardInterrupt):
        keep(tmp_path / "features.npy", np.zeros(3))
    assert not (tmp_path / "features.npy").exists()


def test_the_catalogue_row_is_renewed(tmp_path: Path) -> None:
    weights, catalog = tmp_path / "head.safetensors", tmp_path / "catalog.toml"
    weights.write_bytes(b"weights")
    row = 'path = "mini/{}"\nsha256 = "00"\nsize_bytes = 1\n'
    catalog.write_text(row.format("other.safetensors") + row.format(weights.name))
    write_row(weights, catalog)
    text = catalog.read_text()
    assert text.startswith(row.format("other.safetensors"))
    assert text.endswith("size_bytes = 7\n")
    with pytest.raises(SystemExit, match="no row"):
        write_row(tmp_path / "head.safetensors", tmp_path / "head.safetensors")
