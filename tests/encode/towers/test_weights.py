"""Weights that nobody vouches for: what is read, and one clear line for all that is refused."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from mmsearch.encode.towers import weights
from mmsearch.encode.towers.weights import (
    check_plausible,
    count_parameters,
    read_weights,
    write_weights,
)
from mmsearch.errors import ModelError

STATE = {"one": torch.arange(6.0).reshape(2, 3), "two": torch.ones(4)}


class Evil:
    """What a malicious file has instead of weights: code that runs when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self._target,)


def assert_same(found: dict[str, torch.Tensor]) -> None:
    assert sorted(found) == ["one", "two"]
    for name, tensor in STATE.items():
        assert torch.equal(found[name], tensor)


def test_safetensors(tmp_path: Path) -> None:
    save_file(STATE, tmp_path / "w.safetensors")
    assert_same(read_weights(tmp_path / "w.safetensors"))
    assert count_parameters(tmp_path / "w.safetensors") == 10


@pytest.mark.parametrize(
    "wrapped",
    [
        STATE,
        {"state_dict": STATE, "epoch": 3},
        {"model": {f"module.{name}": tensor for name, tensor in STATE.items()}},
    ],
    ids=["bare", "of a training program", "of several cards"],
)
@pytest.mark.parametrize("new_format", [True, False])
def test_torch_files(wrapped: dict[str, object], new_format: bool, tmp_path: Path) -> None:
    torch.save(wrapped, tmp_path / "w.pt", _use_new_zipfile_serialization=new_format)
    assert_same(read_weights(tmp_path / "w.pt"))


def test_tied_weights_are_written(tmp_path: Path) -> None:
    tied = STATE | {"same": STATE["one"], "turned": STATE["one"].T}
    write_weights(tmp_path / "w.safetensors", tied)
    found = read_weights(tmp_path / "w.safetensors")
    assert torch.equal(found["turned"], STATE["one"].T)


@pytest.mark.parametrize("wrap", ["whole", "inside"])
def test_code_in_a_file_is_never_run(wrap: str, tmp_path: Path) -> None:
    mark, path = tmp_path / "evil was here", tmp_path / "w.bin"
    content = Evil(mark) if wrap == "whole" else {"one": STATE["one"], "two": Evil(mark)}
    torch.save(content, path)
    with pytest.raises(ModelError, match=r"a pickle with code.*not opened.*safetensors"):
        read_weights(path)
    assert not mark.exists()


def test_a_plain_pickle_with_code_is_not_run(tmp_path: Path) -> None:
    mark, path = tmp_path / "evil was here", tmp_path / "w.bin"
    path.write_bytes(pickle.dumps(Evil(mark)))
    with pytest.raises(ModelError):
        read_weights(path)
    assert not mark.exists()


@pytest.mark.parametrize("suffix", [".safetensors", ".pt"])
@pytest.mark.parametrize("share", [0, 0.3, 0.9])
def test_a_file_cut_short(suffix: str, share: float, tmp_path: Path) -> None:
    whole, path = tmp_path / f"whole{suffix}", tmp_path / f"w{suffix}"
    if suffix == ".pt":
        torch.save(STATE, whole)
    else:
        save_file(STATE, whole)
    content = whole.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ModelError, match=rf"w\{suffix}"):
        read_weights(path)


def test_no_weights_at_all(tmp_path: Path) -> None:
    torch.save({"epoch": 3}, tmp_path / "w.pt")
    with pytest.raises(ModelError, match="holds no weights"):
        read_weights(tmp_path / "w.pt")
    torch.save([1, 2], tmp_path / "w.pt")
    with pytest.raises(ModelError, match="no named weights"):
        read_weights(tmp_path / "w.pt")
    (tmp_path / "w.txt").write_text("hello")
    with pytest.raises(ModelError, match="no file of weights"):
        read_weights(tmp_path / "w.txt")


def test_a_packed_archive_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "w.pt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\0" * 50_000_000)
    with pytest.raises(ModelError, match="would unpack to 50,000,000 bytes"):
        read_weights(path)


def test_programs_of_torchscript_are_not_run(tmp_path: Path) -> None:
    path = tmp_path / "w.pt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/constants.pkl", b"x")
    with pytest.raises(ModelError, match="TorchScript"):
        read_weights(path)


def test_more_than_the_memory_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_file(STATE, tmp_path / "w.safetensors")
    monkeypatch.setattr(weights, "physical_memory_bytes", lambda: 100)
    with pytest.raises(ModelError, match=r"too much for the memory.*smaller model"):
        read_weights(tmp_path / "w.safetensors")


def test_a_configuration_far_beyond_its_weights_is_refused() -> None:
    clip = {"model_cfg": {"vision_cfg": {"layers": 12, "width": 768}}}
    check_plausible(clip, 86_000_000)
    with pytest.raises(ModelError, match=r"about 85 million.*hold 1\.0 million"):
        check_plausible(clip, 1_000_000)
    with pytest.raises(ModelError, match="million parameters"):
        check_plausible({"hidden_size": 10**6, "num_hidden_layers": 10**6}, 10**8)
    with pytest.raises(ModelError, match="million parameters"):
        check_plausible({"hidden_size": 4096, "vocab_size": 10**9}, 10**8)
