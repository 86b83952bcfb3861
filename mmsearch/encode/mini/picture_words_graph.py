"""The graph of the reranker for pictures: what a picture says of each word that it knows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mmsearch.encode.graph import BATCH, GraphBuilder, Value
from mmsearch.encode.mini.image_graph import N_FEATURE
from mmsearch.types import F32

GRAPH_VERSION = 1
"""Raise it when this file starts to write another graph."""

Weights = Mapping[str, F32]


def picture_words_graph(weights: Weights) -> bytes:
    """The model: pooled ``features`` (n, 1600) to the ``evidence`` for each word (n, n_word).

    Evidence is the logarithm of how much likelier the word is in a caption of this picture than in
    any: log(sigmoid(z) / share). Several networks from several seeds give theirs; the mean counts.
    """
    builder = GraphBuilder("picture words")
    features = builder.input("features", np.float32, [BATCH, N_FEATURE])
    n_network = len({name.partition(".")[0] for name in weights if "." in name})
    sure = [log_chances(builder, weights, features, f"{place}") for place in range(n_network)]
    total = sure[0]
    for other in sure[1:]:
        total = builder.add(total, other)
    usual = builder.constant(np.log(weights["share"]), "usual")
    evidence = builder.subtract(builder.multiply(total, 1 / n_network), usual)
    builder.output("evidence", evidence, [BATCH, len(weights["share"])])
    return builder.build()


def log_chances(builder: GraphBuilder, weights: Weights, features: Value, name: str) -> Value:
    """One network: a linear map plus a hidden layer, its product with each word's vector.

    It turns features (n, n_feature) into logarithms of the chances of words, (n, n_word).
    """

    def linear(part: str, value: Value) -> Value:
        bias = weights.get(f"{name}.{part}.bias")
        return builder.linear(value, weights[f"{name}.{part}.weight"], bias)

    hidden = builder.gelu(linear("hidden", features))
    seen = builder.add(linear("linear", features), linear("out", hidden))
    chance = linear("words", seen)
    # log(sigmoid(z)) = -softplus(-z), which does not overflow.
    negative = builder.node("Softplus", builder.node("Neg", chance))
    return builder.node("Neg", negative)
