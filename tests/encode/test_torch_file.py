"""Only plain tensors come out of a torch file; everything else is refused."""

from __future__ import annotations

import os
import pickle
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.torch_file import read_torch_file
from mmsearch.errors import ModelError


def save(state: object, path: Path) -> Path:
    torch.save(state, path, _use_new_zipfile_serialization=False)
    return path


def test_tensors_as_torch_reads_them(tmp_path: Path) -> None:
    whole = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    state = OrderedDict(
        whole=whole, part=whole[1, :, 1::2], turned=whole.permute(2, 0, 1),
        count=torch.tensor(7), empty=torch.zeros(0, 3),
    )  # fmt: skip
    tensors = read_torch_file(save(state, tmp_path / "state.pth"))
    assert list(tensors) == list(state)
    for name, tensor in state.items():
        np.testing.assert_array_equal(tensors[name], tensor.numpy())


@pytest.mark.models
def test_real_weights_as_torch_reads_them(entry: CatalogEntry) -> None:
    path = entry.file("image weights").verify()
    tensors, expected = read_torch_file(path), torch.load(path, weights_only=True)
    assert list(tensors) == list(expected)
    assert all(np.array_equal(tensors[name], expected[name].numpy()) for name in expected)


class Harmful:
    """What a hostile file would do when it is opened."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("harm",)


@pytest.mark.parametrize(
    "state",
    [
        {"a": Harmful()},
        {"a": torch.nn.Linear(1, 1)},
        {"a": torch.zeros(1, dtype=torch.float64)},
        {"a": np.zeros(1)},
        {"a": torch.nn.Parameter(torch.zeros(1))},
    ],
    ids=["code", "module", "other storage", "numpy", "parameter"],
)
def test_anything_but_plain_tensors_is_refused(
    state: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match="is not allowed"):
        read_torch_file(save(state, tmp_path / "state.pth"))
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize("n_kept", [0, 10, 60, 300, -8, -1])
def test_cut_file_is_refused(n_kept: int, tmp_path: Path) -> None:
    path = save({"a": torch.arange(50.0)}, tmp_path / "state.pth")
    path.write_bytes(path.read_bytes()[:n_kept])
    with pytest.raises(ModelError, match=r"state\.pth is not a plain file of weights"):
        read_torch_file(path)


@pytest.mark.parametrize("content", [b"garbage", pickle.dumps(5) * 5, b"PK\x03\x04zip"])
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "state.pth"
    path.write_bytes(content)
    with pytest.raises(ModelError):
        read_torch_file(path)


def test_missing_file_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No such file"):
        read_torch_file(tmp_path / "gone.pth")
