"""Which device is chosen. There is no card where this is tested: torch is told that there is."""

from __future__ import annotations

import pytest
import torch

from mmsearch.encode.towers import device
from mmsearch.encode.towers.device import (
    choose_device,
    free_bytes,
    lower_precision,
    usual_precision,
)
from mmsearch.errors import ModelError
from mmsearch.settings import Settings


@pytest.fixture
def _card(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with two NVIDIA cards."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (3_000, 8_000))


@pytest.fixture
def _apple(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    monkeypatch.setattr(torch.mps, "recommended_max_memory", lambda: 5_000)
    monkeypatch.setattr(torch.mps, "driver_allocated_memory", lambda: 1_000)


def test_without_a_card() -> None:
    assert str(choose_device("auto")) == "cpu"
    with pytest.raises(ModelError, match=r"has no cuda that torch can use.*auto, cpu"):
        choose_device("cuda")
    with pytest.raises(ModelError, match="no sort of device called 'toaster'"):
        choose_device("toaster")
    assert usual_precision(torch.device("cpu")) == "float32"
    assert free_bytes(torch.device("cpu")) > 10**8


@pytest.mark.usefixtures("_card")
def test_a_card_is_taken_where_there_is_one() -> None:
    assert choose_device("auto").type == "cuda"
    assert str(choose_device("cpu")) == "cpu"
    assert str(choose_device("cuda:1")) == "cuda:1"
    with pytest.raises(ModelError, match="has no cuda:2"):
        choose_device("cuda:2")
    assert usual_precision(torch.device("cuda")) == "bfloat16"
    assert free_bytes(torch.device("cuda")) == 3_000


@pytest.mark.usefixtures("_apple")
def test_apples_card() -> None:
    assert choose_device("auto").type == "mps"
    assert (usual_precision(torch.device("mps")), lower_precision(torch.device("mps"))) == (
        "float32",
        "",
    )
    assert free_bytes(torch.device("mps")) == 4_000


@pytest.mark.usefixtures("_card")
def test_what_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "load_settings", lambda: Settings(device="cuda:1"))
    assert str(choose_device()) == "cuda:1"
    assert str(choose_device("cpu")) == "cpu"


@pytest.mark.parametrize(("has", "expected"), [(True, "bfloat16"), (False, "")])
def test_processors_without_instructions_for_it_stay_in_full(
    has: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_is_amx_tile_supported", "_is_avx512_bf16_supported"):
        monkeypatch.setattr(torch.cpu, name, lambda: has, raising=False)
    assert lower_precision(torch.device("cpu")) == expected
