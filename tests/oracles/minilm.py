"""all-MiniLM-L6-v2 as plain torch, one text at a time: the slow reference of the text graph."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

N_LAYER, N_HEAD, DIM = 6, 12, 384

Weights = Mapping[str, Tensor]


def vector(weights: Weights, ids: list[int]) -> Tensor:
    """Token ids of one text, without padding, to its unit vector (384,)."""
    words = weights["embeddings.word_embeddings.weight"][torch.tensor(ids)]
    places = weights["embeddings.position_embeddings.weight"][: len(ids)]
    kinds = weights["embeddings.token_type_embeddings.weight"][0]
    states = norm(weights, "embeddings.LayerNorm", words + places + kinds)
    for layer in range(N_LAYER):
        states = encoder_layer(weights, f"encoder.layer.{layer}", states)
    return functional.normalize(states.mean(0), dim=0)


def encoder_layer(weights: Weights, name: str, states: Tensor) -> Tensor:
    seen = dense(weights, f"{name}.attention.output.dense", attention(weights, name, states))
    states = norm(weights, f"{name}.attention.output.LayerNorm", seen + states)
    wide = functional.gelu(dense(weights, f"{name}.intermediate.dense", states))
    narrow = dense(weights, f"{name}.output.dense", wide)
    return norm(weights, f"{name}.output.LayerNorm", narrow + states)


def attention(weights: Weights, name: str, states: Tensor) -> Tensor:
    size = DIM // N_HEAD
    query, key, value = (
        dense(weights, f"{name}.attention.self.{part}", states)
        for part in ("query", "key", "value")
    )
    heads = []
    for head in range(N_HEAD):
        part = slice(head * size, (head + 1) * size)
        scores = query[:, part] @ key[:, part].T / math.sqrt(size)
        heads.append(scores.softmax(1) @ value[:, part])
    return torch.cat(heads, dim=1)


def dense(weights: Weights, name: str, value: Tensor) -> Tensor:
    return functional.linear(value, weights[f"{name}.weight"], weights[f"{name}.bias"])


def norm(weights: Weights, name: str, value: Tensor) -> Tensor:
    return functional.layer_norm(
        value, (DIM,), weights[f"{name}.weight"], weights[f"{name}.bias"], eps=1e-12
    )
