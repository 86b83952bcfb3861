"""Which device models are run on, what numbers it computes in, and how much memory it has free."""

from __future__ import annotations

from typing import Any

from mmsearch.encode.towers.memory import free_memory_bytes
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.errors import ModelError
from mmsearch.settings import load_settings

AUTO = "auto"
AS_SET = ""
"""What config.toml says."""


def choose_device(wanted: str = AS_SET) -> Any:
    """The torch device for models; "auto" is an NVIDIA or Apple card where there is one.

    wanted: "auto", or a name of torch's: "cpu", "cuda", "cuda:1", "mps"; nothing for what the
    settings say. Raises ModelError for a device that is not there.
    """
    torch = import_library("torch")
    wanted = wanted or load_settings().device
    if wanted == AUTO:
        return torch.device(_devices(torch)[-1])
    try:
        device = torch.device(wanted)
    except RuntimeError as error:
        raise ModelError(f"There is no sort of device called {wanted!r}.", _cure(torch)) from error
    there = device.type in _devices(torch)
    if there and device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        there = False
    if not there:
        raise ModelError(f"This computer has no {wanted} that torch can use.", _cure(torch))
    return device


def usual_precision(device: Any) -> str:
    """What a device computes in until it was found out what is better; see precision.py."""
    torch = import_library("torch")
    if device.type == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float16"
    return "float32"


def lower_precision(device: Any) -> str:
    """What may be faster than float32 on a device; empty where nothing is.

    Processors without instructions of their own for it lose much.
    """
    torch = import_library("torch")
    if device.type == "cuda":
        return usual_precision(device)
    tests = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    has = any(getattr(torch.cpu, name, lambda: False)() for name in tests)
    return "bfloat16" if device.type == "cpu" and has else ""


def free_bytes(device: Any) -> int:
    """How much a device can still hold; 0 where nobody says."""
    torch = import_library("torch")
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if device.type == "mps":
        limit = int(torch.mps.recommended_max_memory())
        return max(0, limit - int(torch.mps.driver_allocated_memory()))
    return free_memory_bytes()


def _devices(torch: Any) -> list[str]:
    """Sorts of devices that are there, the best last."""
    found = ["cpu"]
    if torch.backends.mps.is_available():
        found.append("mps")
    if torch.cuda.is_available():
        found.append("cuda")
    return found


def _cure(torch: Any) -> str:
    names = ", ".join((AUTO, *_devices(torch)))
    return f"Here one can use: {names} (the setting “device” in config.toml)."
