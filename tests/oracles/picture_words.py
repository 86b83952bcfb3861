"""The reranker for pictures as plain torch, from the bytes of its file: the slow reference."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

Arrays = Mapping[str, Tensor]


def evidence(arrays: Arrays, features: Tensor) -> Tensor:
    """Pooled features (n, 1600) to log(chance / share) of each word, (n, n_word)."""
    names = sorted({name.partition(".")[0] for name in arrays if "." in name})
    logarithms = [network(arrays, name, features).sigmoid().log() for name in names]
    return torch.stack(logarithms).mean(0) - arrays["share"].double().log()


def network(arrays: Arrays, name: str, features: Tensor) -> Tensor:
    """The logits of one of the networks, in double precision."""
    features = features.double()
    hidden = functional.gelu(layer(arrays, f"{name}.hidden", features))
    seen = layer(arrays, f"{name}.linear", features) + layer(arrays, f"{name}.out", hidden)
    return layer(arrays, f"{name}.words", seen)


def layer(arrays: Arrays, name: str, value: Tensor) -> Tensor:
    weight = arrays[f"{name}.weight"].double() * arrays[f"{name}.weight.scale"].double()[:, None]
    return functional.linear(value, weight, arrays[f"{name}.bias"].double())
