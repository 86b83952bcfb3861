"""The graph of all-MiniLM-L6-v2: a BERT of six layers, mean pooling, unit length."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from mmsearch.encode.graph import BATCH, GraphBuilder, Value
from mmsearch.types import F32

DIM = 384
GRAPH_VERSION = 1
"""Raise it when this file starts to write another graph."""
_N_LAYER = 6
_N_HEAD = 12
_HEAD_DIM = DIM // _N_HEAD
_EPSILON = 1e-12

Weights = Mapping[str, F32]


def text_graph(weights: Weights) -> bytes:
    """Return the model: ``ids`` (n, n_token) int64, 0 = padding, to ``vectors`` (n, 384)."""
    builder = GraphBuilder("text tower")
    ids = builder.input("ids", np.int64, [BATCH, "n_token"])
    present = builder.to_float(builder.node("Greater", ids, _integer(builder, 0)))
    # A padding token gets a score so low that its softmax weight is exactly zero.
    penalty = builder.multiply(builder.subtract(present, 1.0), 1e9)
    penalty = builder.reshape(penalty, [0, 1, 1, -1])
    states = _embed(builder, weights, ids)
    for layer in range(_N_LAYER):
        states = _layer(builder, weights, states, penalty, f"encoder.layer.{layer}")
    builder.output("vectors", _pool(builder, states, present), [BATCH, DIM])
    return builder.build()


def _embed(builder: GraphBuilder, weights: Weights, ids: Value) -> Value:
    """Sum of word, position and type embeddings, normalised: (n, n_token, 384)."""
    words = builder.constant(weights["embeddings.word_embeddings.weight"], "words")
    # Every token is of type 0, so its embedding can ride on the positions.
    places = weights["embeddings.position_embeddings.weight"]
    places = places + weights["embeddings.token_type_embeddings.weight"][0]
    n_token = builder.node("Shape", ids, start=1, end=2)
    start, axis = (builder.constant(np.array([0], np.int64)) for _ in range(2))
    here = builder.node("Slice", builder.constant(places, "places"), start, n_token, axis)
    summed = builder.add(builder.node("Gather", words, ids), here)
    return _norm(builder, weights, summed, "embeddings.LayerNorm")


def _layer(
    builder: GraphBuilder, weights: Weights, states: Value, penalty: Value, name: str
) -> Value:
    """Attention, then the two dense layers; each added to its input and normalised."""
    seen = _attend(builder, weights, states, penalty, f"{name}.attention.self")
    seen = _dense(builder, weights, seen, f"{name}.attention.output.dense")
    states = _norm(
        builder, weights, builder.add(seen, states), f"{name}.attention.output.LayerNorm"
    )
    wide = builder.gelu(_dense(builder, weights, states, f"{name}.intermediate.dense"))
    narrow = _dense(builder, weights, wide, f"{name}.output.dense")
    return _norm(builder, weights, builder.add(narrow, states), f"{name}.output.LayerNorm")


def _attend(
    builder: GraphBuilder, weights: Weights, states: Value, penalty: Value, name: str
) -> Value:
    """Scaled dot-product attention of twelve heads: (n, n_token, 384) to the same."""
    scale = np.float32(1 / math.sqrt(_HEAD_DIM))
    query = builder.linear(
        states, weights[f"{name}.query.weight"] * scale, weights[f"{name}.query.bias"] * scale
    )
    key = _dense(builder, weights, states, f"{name}.key")
    value = _dense(builder, weights, states, f"{name}.value")
    shape = [0, 0, _N_HEAD, _HEAD_DIM]
    query = builder.transpose(builder.reshape(query, shape), [0, 2, 1, 3])
    key = builder.transpose(builder.reshape(key, shape), [0, 2, 3, 1])
    value = builder.transpose(builder.reshape(value, shape), [0, 2, 1, 3])
    attention = builder.softmax(builder.add(builder.matmul(query, key), penalty))
    seen = builder.transpose(builder.matmul(attention, value), [0, 2, 1, 3])
    return builder.reshape(seen, [0, 0, DIM])


def _pool(builder: GraphBuilder, states: Value, present: Value) -> Value:
    """Mean over the tokens that are there, at unit length: (n, 384)."""
    column = builder.reshape(present, [0, -1, 1])
    total = builder.sum(builder.multiply(states, column), [1])
    return builder.l2_normalise(builder.divide(total, builder.sum(column, [1])))


def _dense(builder: GraphBuilder, weights: Weights, value: Value, name: str) -> Value:
    return builder.linear(value, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _norm(builder: GraphBuilder, weights: Weights, value: Value, name: str) -> Value:
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    return builder.layer_norm(value, weight, bias, epsilon=_EPSILON)


def _integer(builder: GraphBuilder, number: int) -> Value:
    return builder.constant(np.array(number, np.int64), "integer")
