"""The graph of EfficientNet-Lite0, and of the trained head on top of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mmsearch.encode.graph import BATCH, GraphBuilder, Value, fold_batch_norm, same_padding
from mmsearch.types import F32

IMAGE_PX = 224
N_CLASS_FEATURE = 1280
"""The first features are those that the ImageNet classifier reads."""
N_FEATURE = N_CLASS_FEATURE + 320
DIM = 384
GRAPH_VERSION = 3
"""Raise it when this file starts to write another graph."""
_BATCH_NORM_EPSILON = 1e-3
_HALVING_BLOCKS = (1, 3, 5, 11)
"""Blocks whose depthwise convolution steps by two."""
_N_BLOCK = 16

Weights = Mapping[str, F32]


def picture_input(builder: GraphBuilder) -> Value:
    """Declare the input: (n, 224, 224, 3) uint8 RGB; return it as (n, 3, 224, 224) floats."""
    pixels = builder.input("pixels", np.uint8, [BATCH, IMAGE_PX, IMAGE_PX, 3])
    scaled = builder.multiply(builder.subtract(builder.to_float(pixels), 127.0), 1 / 128)
    return builder.transpose(scaled, [0, 3, 1, 2])


def pooled_features(builder: GraphBuilder, weights: Weights, picture: Value) -> tuple[Value, Value]:
    """The convolutions and means: (n, 3, 224, 224) to last layer (n, 1280), last block (n, 320).

    The last layer is made for the 1,000 classes; the block before it knows more of the scene.
    """
    size = IMAGE_PX
    value = _conv(builder, weights, picture, "_conv_stem", "_bn0", size=size, stride=2)
    size //= 2
    value = builder.relu6(value)
    for block in range(_N_BLOCK):
        stride = 2 if block in _HALVING_BLOCKS else 1
        value = _block(builder, weights, value, f"_blocks.{block}", size=size, stride=stride)
        size //= stride
    last = builder.relu6(_conv(builder, weights, value, "_conv_head", "_bn1", size=size))
    return builder.global_average_pool(last), builder.global_average_pool(value)


def _block(
    builder: GraphBuilder, weights: Weights, value: Value, name: str, *, size: int, stride: int
) -> Value:
    """One inverted residual: widen, look around, narrow."""
    wide = value
    if f"{name}._expand_conv.weight" in weights:
        conv = _conv(builder, weights, value, f"{name}._expand_conv", f"{name}._bn0", size=size)
        wide = builder.relu6(conv)
    around = builder.relu6(
        _conv(
            builder,
            weights,
            wide,
            f"{name}._depthwise_conv",
            f"{name}._bn1",
            size=size,
            stride=stride,
        )
    )
    narrow = _conv(builder, weights, around, f"{name}._project_conv", f"{name}._bn2", size=size)
    return builder.add(narrow, value) if _is_residual(weights, name, stride) else narrow


def _is_residual(weights: Weights, name: str, stride: int) -> bool:
    expand = weights.get(f"{name}._expand_conv.weight")
    n_out = weights[f"{name}._project_conv.weight"].shape[0]
    return expand is not None and stride == 1 and expand.shape[1] == n_out


def _conv(
    builder: GraphBuilder,
    weights: Weights,
    value: Value,
    conv: str,
    norm: str,
    *,
    size: int,
    stride: int = 1,
) -> Value:
    """A convolution with its batch norm folded in; a single input channel means depthwise."""
    weight, bias = fold_batch_norm(
        weights[f"{conv}.weight"],
        gamma=weights[f"{norm}.weight"],
        beta=weights[f"{norm}.bias"],
        mean=weights[f"{norm}.running_mean"],
        variance=weights[f"{norm}.running_var"],
        epsilon=_BATCH_NORM_EPSILON,
    )
    before, after = same_padding(size, weight.shape[2], stride)
    groups = weight.shape[0] if weight.shape[1] == 1 else 1
    pads = (before, before, after, after)
    return builder.conv(value, weight, bias, stride=stride, pads=pads, groups=groups)


def image_graph(backbone: Weights, head: Weights) -> bytes:
    """Return the model: ``pixels`` (n, 224, 224, 3) uint8 RGB to ``vectors`` (n, 384)."""
    builder = GraphBuilder("image tower")
    last, block = pooled_features(builder, backbone, picture_input(builder))
    learned = _learned(builder, head, builder.concat([last, block], 1))
    weight = float(head["anchor_weight"].item())
    named = builder.multiply(_label_anchor(builder, backbone, head, last), weight)
    both = builder.add(_by_confidence(builder, head, learned), named)
    builder.output("vectors", builder.l2_normalise(both), [BATCH, DIM])
    return builder.build()


def feature_graph(backbone: Weights) -> bytes:
    """Return the model that training reads: ``pixels`` to pooled ``features`` (n, 1600)."""
    builder = GraphBuilder("image features")
    both = pooled_features(builder, backbone, picture_input(builder))
    builder.output("features", builder.concat(both, 1), [BATCH, N_FEATURE])
    return builder.build()


def _learned(builder: GraphBuilder, head: Weights, features: Value) -> Value:
    """A linear map plus a hidden layer: (n, 1600) to (n, 384)."""
    hidden = builder.gelu(_linear(builder, head, "hidden", features))
    return builder.add(
        _linear(builder, head, "linear", features), _linear(builder, head, "out", hidden)
    )


def _by_confidence(builder: GraphBuilder, head: Weights, learned: Value) -> Value:
    """Direction of the learned part, longer where the head is sure, at a usual length of 1.

    It says less of pictures that are unlike those it was trained on; there the label anchors count.
    """
    usual = float(head["learned_length"].item())
    scaled = builder.multiply(learned, 1 / usual)
    square = builder.sum(builder.multiply(scaled, scaled), [1], keep=True)
    half_power = builder.constant(head["learned_power"] / 2, "half_power")
    return builder.multiply(builder.l2_normalise(scaled), builder.node("Pow", square, half_power))


def _label_anchor(builder: GraphBuilder, backbone: Weights, head: Weights, last: Value) -> Value:
    """Mean of the label vectors, weighted by what the classifier believes, at unit length."""
    sharpness = np.float32(1 / head["anchor_temperature"].item())
    weight, bias = backbone["_fc.weight"] * sharpness, backbone["_fc.bias"] * sharpness
    belief = builder.softmax(builder.linear(last, weight, bias))
    return builder.l2_normalise(builder.linear(belief, head["anchors"].T))


def _linear(builder: GraphBuilder, head: Weights, name: str, value: Value) -> Value:
    return builder.linear(value, head[f"{name}.weight"], head[f"{name}.bias"])
