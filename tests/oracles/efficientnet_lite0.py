"""EfficientNet-Lite0 and the trained head as plain torch: the slow reference of the image graph."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

STAGES = (
    # (number of blocks, stride of the first one)
    (1, 1), (2, 2), (2, 2), (3, 2), (3, 1), (4, 2), (1, 1),
)  # fmt: skip

Weights = Mapping[str, Tensor]


def conv_same(value: Tensor, weight: Tensor, stride: int = 1) -> Tensor:
    """Convolution padded as TensorFlow's "SAME"; one input channel means depthwise."""
    kernel = weight.shape[2]
    total = [max((-(-size // stride) - 1) * stride + kernel - size, 0) for size in value.shape[2:]]
    top, left = total[0] // 2, total[1] // 2
    padded = functional.pad(value, (left, total[1] - left, top, total[0] - top))
    groups = weight.shape[0] if weight.shape[1] == 1 else 1
    return functional.conv2d(padded, weight, stride=stride, groups=groups)


def batch_norm(value: Tensor, weights: Weights, name: str) -> Tensor:
    mean, variance = weights[f"{name}.running_mean"], weights[f"{name}.running_var"]
    gamma, beta = weights[f"{name}.weight"], weights[f"{name}.bias"]
    return functional.batch_norm(value, mean, variance, gamma, beta, eps=1e-3)


def features(weights: Weights, pixels: Tensor) -> Tensor:
    """(n, 224, 224, 3) uint8 to the means of the last layer and the last block, (n, 1280 + 320)."""
    value = (pixels.permute(0, 3, 1, 2).float() - 127) / 128
    value = conv_same(value, weights["_conv_stem.weight"], 2)
    value = functional.relu6(batch_norm(value, weights, "_bn0"))
    index = 0
    for n_block, first_stride in STAGES:
        for place in range(n_block):
            value = block(weights, value, f"_blocks.{index}", first_stride if place == 0 else 1)
            index += 1
    last = batch_norm(conv_same(value, weights["_conv_head.weight"]), weights, "_bn1")
    return torch.cat((functional.relu6(last).mean((2, 3)), value.mean((2, 3))), 1)


def block(weights: Weights, value: Tensor, name: str, stride: int) -> Tensor:
    wide = value
    if f"{name}._expand_conv.weight" in weights:
        wide = batch_norm(
            conv_same(value, weights[f"{name}._expand_conv.weight"]), weights, f"{name}._bn0"
        )
        wide = functional.relu6(wide)
    around = conv_same(wide, weights[f"{name}._depthwise_conv.weight"], stride)
    around = functional.relu6(batch_norm(around, weights, f"{name}._bn1"))
    narrow = batch_norm(
        conv_same(around, weights[f"{name}._project_conv.weight"]), weights, f"{name}._bn2"
    )
    return narrow + value if narrow.shape == value.shape else narrow


def vectors(weights: Weights, head: Weights, pooled: Tensor) -> Tensor:
    """Pooled (n, 1600) to (n, 384) of unit length."""

    def linear(name: str, value: Tensor) -> Tensor:
        return functional.linear(value, head[f"{name}.weight"], head[f"{name}.bias"])

    learned = linear("linear", pooled) + linear("out", functional.gelu(linear("hidden", pooled)))
    logits = functional.linear(pooled[:, :1280], weights["_fc.weight"], weights["_fc.bias"])
    belief = (logits / head["anchor_temperature"]).softmax(1)
    named = functional.normalize(belief @ head["anchors"], dim=1)
    surety = (learned.norm(dim=1, keepdim=True) / head["learned_length"]) ** head["learned_power"]
    learned = functional.normalize(learned, dim=1) * surety
    return functional.normalize(learned + head["anchor_weight"] * named, dim=1)
