"""Weights from files that nobody vouches for: safetensors, or torch files without their code.

A torch file is a pickle, which can run anything when it is opened. Only tensors in plain containers
are read from it (``weights_only``), and what is installed is safetensors, which holds nothing else.
"""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mmsearch.encode.towers.memory import physical_memory_bytes
from mmsearch.encode.towers.torch_setup import first_line, import_library, quiet
from mmsearch.errors import ModelError

SAFETENSORS = ".safetensors"
TORCH_SUFFIXES = (".bin", ".pt", ".pth", ".ckpt")
_WRAPPERS = ("state_dict", "model_state_dict", "model")
_SMALL_PARAMETERS = 2_000_000
"""What a plausible model may have beyond what its weights say: buffers, small parts left out."""

_WIDTHS = ("width", "hidden_size", "d_model", "dim", "n_embd")
_ABSURD = 10.0**15

State = dict[str, Any]
"""Torch tensors by name."""


def read_weights(path: Path) -> State:
    """Read the tensors of a file; raises ModelError for whatever else it may be."""
    _check_size(path)
    if path.suffix == SAFETENSORS:
        return _read_safetensors(path)
    if path.suffix in TORCH_SUFFIXES:
        return _read_torch(path)
    raise ModelError(
        f"{path.name} is no file of weights that mmsearch can read.",
        f"It reads {', '.join((SAFETENSORS, *TORCH_SUFFIXES))}.",
    )


def write_weights(path: Path, state: State) -> None:
    """Write tensors as safetensors. Raises OSError."""
    from safetensors.torch import save_file

    # Tensors that share memory, as tied weights do, are refused by the format.
    whole = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in state.items()}
    save_file(whole, path, metadata={"format": "pt"})


def count_parameters(path: Path) -> int:
    """How many numbers a safetensors file holds, from its head alone. Raises ModelError."""
    from math import prod

    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return sum(prod(file.get_slice(name).get_shape()) for name in file.keys())  # noqa: SIM118
    except (SafetensorError, OSError, ValueError) as error:
        raise _broken(path, error) from error


def check_plausible(config: Mapping[str, Any], n_stored: int) -> None:
    """Raise ModelError where a configuration describes far more than its weights can fill.

    A few digits in a text file could otherwise ask for more memory than there is.
    """
    n_described = _n_described(config)
    if n_described > 3 * n_stored + _SMALL_PARAMETERS:
        raise ModelError(
            f"The configuration describes a model of about {n_described / 1e6:,.0f} million "
            f"parameters, but its weights hold {n_stored / 1e6:,.1f} million.",
            "One of the two files is not of this model.",
        )


def _n_described(config: Mapping[str, Any]) -> int:
    """About how many parameters a configuration asks for: blocks, words, places, projections.

    A block of width w has 4 w² in its attention, and 2 w times the width of its inner layer, which
    is usually 4 w. Numbers that are missing count nothing.
    """
    width = _number(config, *_WIDTHS)
    layers = _number(config, "layers", "num_hidden_layers", "n_layers", "num_layers", "n_layer")
    ratio = config.get("mlp_ratio")
    wide = 4.0 if not isinstance(ratio, int | float) or ratio != ratio else float(ratio)
    inner = _number(config, "intermediate_size", "d_ff", "ffn_dim", "hidden_dim", "encoder_ffn_dim")
    block = 4 * width * width + 2 * width * int(min(inner or wide * width, _ABSURD))
    parts = [part for part in config.values() if isinstance(part, Mapping)]
    widths = sum(_number(part, *_WIDTHS) for part in parts)
    joint = _number(config, "embed_dim", "projection_dim", "image_text_hidden_size")
    return (
        sum(_n_described(part) for part in parts)
        + width * (_number(config, "vocab_size") + _n_places(config))
        + layers * block
        + joint * widths
    )


def _n_places(config: Mapping[str, Any]) -> int:
    """Of tokens in the longest text, or of patches in a picture."""
    side = _number(config, "image_size") // max(1, _number(config, "patch_size") or 16)
    return _number(config, "max_position_embeddings", "context_length") + side * side


def _number(config: Mapping[str, Any], *names: str) -> int:
    values = [config.get(name) for name in names]
    return max((value for value in values if isinstance(value, int)), default=0)


def _check_size(path: Path) -> None:
    try:
        size_bytes = path.stat().st_size
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
    check_memory(path.name, size_bytes)


def check_memory(name: str, size_bytes: int) -> None:
    """Raise ModelError for what does not fit into the memory of this computer."""
    memory_bytes = physical_memory_bytes()
    if memory_bytes and size_bytes > 0.8 * memory_bytes:
        raise ModelError(
            f"{name} takes {size_bytes / 1e9:.1f} GB, too much for the memory of this computer "
            f"({memory_bytes / 1e9:.1f} GB).",
            "Choose a smaller model.",
        )


def _read_safetensors(path: Path) -> State:
    import_library("torch")
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return dict(load_file(path))
    except (SafetensorError, OSError, ValueError) as error:
        raise _broken(path, error) from error


def _read_torch(path: Path) -> State:
    torch = import_library("torch")
    _refuse_bomb(path)
    try:
        with quiet():
            content = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ModelError(
            f"{path.name} holds more than weights (a pickle with code); it was not opened.",
            "Get the model as safetensors.",
        ) from error
    except (RuntimeError, OSError, ValueError, EOFError, KeyError, TypeError) as error:
        raise _broken(path, error) from error
    return _tensors(path, content, torch)


def _tensors(path: Path, content: Any, torch: Any) -> State:
    """The tensors in what was read, out of the wrappings of training programs."""
    for name in _WRAPPERS:
        if isinstance(content, Mapping) and isinstance(content.get(name), Mapping):
            content = content[name]
    if not isinstance(content, Mapping):
        raise ModelError(f"{path.name} holds no named weights.", "Get the model as safetensors.")
    state = {str(name): value for name, value in content.items() if torch.is_tensor(value)}
    if not state:
        raise ModelError(f"{path.name} holds no weights.")
    if all(name.startswith("module.") for name in state):
        state = {name.removeprefix("module."): value for name, value in state.items()}
    return state


def _refuse_bomb(path: Path) -> None:
    """Torch stores its archives as they are; a packed one could unpack to anything."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        unpacked_bytes = sum(entry.file_size for entry in archive.infolist())
        names = archive.namelist()
    if unpacked_bytes > 1.1 * path.stat().st_size + 1_000_000:
        raise ModelError(f"{path.name} is packed and would unpack to {unpacked_bytes:,} bytes.")
    if any(name.endswith("constants.pkl") for name in names):
        raise ModelError(
            f"{path.name} is a TorchScript program, which is not run.",
            "Get the model as safetensors, e.g. from the hub's timm pages.",
        )


def _broken(path: Path, error: BaseException) -> ModelError:
    return ModelError(
        f"{path.name} is damaged, cut short, or no file of weights: {first_line(error)}",
        "Get the file again.",
    )
