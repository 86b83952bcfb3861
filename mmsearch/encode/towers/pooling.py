"""From the states of all tokens to one vector, as a folder of sentence-transformers says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.encode.towers.transformers_folder import read_json, read_json_if_there
from mmsearch.encode.towers.weights import read_weights
from mmsearch.errors import ModelError

Layer = Callable[[Any], Any]

_FLAGS = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
    "pooling_mode_lasttoken": "lasttoken",
}
_ACTIVATIONS = ("Tanh", "Identity", "ReLU", "GELU")


def pooling_of(folder: Path) -> str:
    """How the states of the tokens are joined: "mean", where the folder does not say."""
    for path in sorted(folder.glob("*_Pooling/config.json")):
        content = read_json(path)
        if isinstance(content.get("pooling_mode"), str):
            return str(content["pooling_mode"])
        chosen = [name for flag, name in _FLAGS.items() if content.get(flag)]
        if len(chosen) == 1:
            return chosen[0]
        raise ModelError(f"{path.parent.name} joins tokens in a way that is not known here.")
    return "mean"


def pooled(states: Any, mask: Any, how: str) -> Any:
    """(n, n_token, dim) states and (n, n_token) mask of real tokens -> (n, dim)."""
    wide = mask.unsqueeze(-1).to(states.dtype)
    match how:
        case "cls":
            return states[:, 0]
        case "mean":
            return (states * wide).sum(1) / wide.sum(1).clamp(min=1e-9)
        case "mean_sqrt_len_tokens":
            return (states * wide).sum(1) / wide.sum(1).clamp(min=1e-9).sqrt()
        case "max":
            return states.masked_fill(wide == 0, float("-inf")).max(1).values
        case "lasttoken":
            # Of texts padded on either side.
            places = mask.shape[1] - 1 - mask.flip(1).long().argmax(1)
            return states[range(len(states)), places]
        case _:
            raise ModelError(f"Tokens cannot be joined by {how!r} here.")


def dense_layers(folder: Path) -> list[Layer]:
    """The layers behind the pooling, in order."""
    return [_dense(path.parent) for path in sorted(folder.glob("*_Dense/config.json"))]


def _dense(folder: Path) -> Layer:
    torch = import_library("torch")
    config = read_json(folder / "config.json")
    name = str(config.get("activation_function", "Identity")).rpartition(".")[2]
    if name not in _ACTIVATIONS:
        raise ModelError(f"The activation {name!r} in {folder.name} is not known here.")
    state = read_weights(folder / "model.safetensors")
    weight, bias = state.get("linear.weight"), state.get("linear.bias")
    if weight is None or weight.ndim != 2:
        raise ModelError(f"{folder.name} has no weights of a dense layer.")
    activate = getattr(torch.nn, name)()

    def layer(vectors: Any) -> Any:
        device = vectors.device
        given = None if bias is None else bias.to(device)
        return activate(torch.nn.functional.linear(vectors, weight.to(device), given))

    return layer


def longest_text(folder: Path, tokens: Any, most: int) -> int:
    """How many tokens of a text are read: what the folder says, at most ``most``."""
    said = read_json_if_there(folder / "sentence_bert_config.json").get("max_seq_length")
    known = [limit for limit in (said, tokens.model_max_length) if isinstance(limit, int)]
    return min([most, *(limit for limit in known if limit > 0)])
