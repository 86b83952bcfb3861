"""The graph of the audio tower: log-mel patches to class scores and features."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mmsearch.encode.graph import BATCH, GraphBuilder, Value
from mmsearch.encode.mini.log_mel import N_MELS, PATCH_FRAMES
from mmsearch.types import F32

GRAPH_VERSION = 1
DIM = 384
N_SCORES = 521
_MEL_MEAN, _MEL_SPREAD = -3.0, 3.0

Weights = Mapping[str, F32]


def audio_graph(weights: Weights) -> bytes:
    """Write the model: "patches" (n, 96, 64) to "scores" (n, 521) and "embedding" (n, 384).

    weights: of convolutions with their batch norms folded in, e.g. "blocks.0.expand.weight".
    """
    builder = GraphBuilder("audio")
    features = pooled_features(builder, weights, patch_input(builder))
    scores = builder.sigmoid(_linear(builder, weights, features, "scores"))
    builder.output("scores", scores, [BATCH, N_SCORES])
    builder.output("embedding", _linear(builder, weights, features, "embedding"), [BATCH, DIM])
    return builder.build()


def patch_input(builder: GraphBuilder) -> Value:
    """Declare the input, "patches" (n, 96, 64)."""
    return builder.input("patches", np.float32, [BATCH, PATCH_FRAMES, N_MELS])


def pooled_features(builder: GraphBuilder, weights: Weights, patches: Value) -> Value:
    """The convolutions, and the mean of each of the last ones over the patch: (n, n_feature)."""
    picture = builder.reshape(patches, [-1, 1, PATCH_FRAMES, N_MELS])
    value = builder.divide(builder.subtract(picture, _MEL_MEAN), _MEL_SPREAD)
    value = builder.relu(_conv(builder, weights, value, "stem", stride=2))
    for name in _blocks(weights):
        value = _block(builder, weights, value, name)
    return builder.global_average_pool(builder.relu(_conv(builder, weights, value, "head")))


def _blocks(weights: Weights) -> list[str]:
    numbers = {int(name.split(".")[1]) for name in weights if name.startswith("blocks.")}
    return [f"blocks.{number}" for number in sorted(numbers)]


def _block(builder: GraphBuilder, weights: Weights, value: Value, name: str) -> Value:
    """One inverted residual: widen, look around, narrow.

    It halves the picture when it does not keep the number of channels.
    """
    n_in = weights[f"{name}.expand.weight"].shape[1]
    is_residual = weights[f"{name}.project.weight"].shape[0] == n_in
    wide = builder.relu(_conv(builder, weights, value, f"{name}.expand"))
    stride = 1 if is_residual else 2
    around = builder.relu(_conv(builder, weights, wide, f"{name}.depthwise", stride=stride))
    narrow = _conv(builder, weights, around, f"{name}.project")
    return builder.add(narrow, value) if is_residual else narrow


def _conv(
    builder: GraphBuilder, weights: Weights, value: Value, name: str, *, stride: int = 1
) -> Value:
    """A convolution that keeps the size (or halves it); one input channel a group: depthwise."""
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    half = weight.shape[2] // 2
    groups = weight.shape[0] if name.endswith("depthwise") else 1
    pads = (half, half, half, half)
    return builder.conv(value, weight, bias, stride=stride, pads=pads, groups=groups)


def _linear(builder: GraphBuilder, weights: Weights, value: Value, name: str) -> Value:
    return builder.linear(value, weights[f"{name}.weight"], weights[f"{name}.bias"])
