"""Every layer of the GraphBuilder against torch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnxruntime
import pytest
import torch
from torch.nn import functional

from mmsearch.encode.graph import GraphBuilder, Value, fold_batch_norm, same_padding
from mmsearch.types import F32

RNG = np.random.default_rng(3)


def normal(*shape: int) -> F32:
    return RNG.standard_normal(shape).astype(np.float32)


def run(layer: Callable[[GraphBuilder, Value], Value], array: F32, rank: int) -> F32:
    """Build a graph with one layer, whose batch dimension is free, and run it."""
    builder = GraphBuilder("one layer")
    value = builder.input("x", np.float32, ["n", *array.shape[1:]])
    builder.output("y", layer(builder, value), [f"d{axis}" for axis in range(rank)])
    session = onnxruntime.InferenceSession(builder.build(), providers=["CPUExecutionProvider"])
    return session.run(["y"], {"x": array})[0]


PICTURE = normal(2, 6, 9, 7)
ROWS = normal(3, 5, 8)
KERNEL, DEPTHWISE, BIAS6 = normal(4, 6, 3, 3), normal(6, 1, 5, 5), normal(6)
WEIGHT, BIAS = normal(10, 8), normal(10)
SCALE, SHIFT = normal(8), normal(8)


@pytest.mark.parametrize(
    ("layer", "array", "expected"),
    [
        pytest.param(lambda g, x: g.relu(x), ROWS, functional.relu, id="relu"),
        pytest.param(
            lambda g, x: g.relu6(g.multiply(x, 9.0)),
            ROWS,
            lambda x: functional.relu6(9 * x),
            id="relu6",
        ),
        pytest.param(lambda g, x: g.gelu(x), ROWS, functional.gelu, id="gelu"),
        pytest.param(lambda g, x: g.sigmoid(x), ROWS, torch.sigmoid, id="sigmoid"),
        pytest.param(lambda g, x: g.softmax(x, 1), ROWS, lambda x: x.softmax(1), id="softmax"),
        pytest.param(
            lambda g, x: g.divide(g.subtract(x, 1.5), 2.0),
            ROWS,
            lambda x: (x - 1.5) / 2,
            id="arithmetic",
        ),
        pytest.param(lambda g, x: g.mean(x, [1]), ROWS, lambda x: x.mean(1), id="mean"),
        pytest.param(
            lambda g, x: g.sum(x, [1], keep=True), ROWS, lambda x: x.sum(1, keepdim=True), id="sum"
        ),
        pytest.param(lambda g, x: g.maximum(x, [2]), ROWS, lambda x: x.amax(2), id="maximum"),
        pytest.param(
            lambda g, x: g.concat([x, g.add(x, 1.0)], 2),
            ROWS,
            lambda x: torch.cat([x, x + 1], 2),
            id="concat",
        ),
        pytest.param(
            lambda g, x: g.transpose(g.reshape(x, [0, -1, 2]), [0, 2, 1]),
            ROWS,
            lambda x: x.reshape(3, -1, 2).transpose(1, 2),
            id="reshape",
        ),
        pytest.param(
            lambda g, x: g.matmul(x, g.transpose(x, [0, 2, 1])),
            ROWS,
            lambda x: x @ x.transpose(1, 2),
            id="matmul",
        ),
        pytest.param(
            lambda g, x: g.linear(x, WEIGHT, BIAS),
            ROWS,
            lambda x: functional.linear(x, torch.tensor(WEIGHT), torch.tensor(BIAS)),
            id="linear",
        ),
        pytest.param(
            lambda g, x: g.linear(x, WEIGHT),
            ROWS,
            lambda x: functional.linear(x, torch.tensor(WEIGHT)),
            id="linear without bias",
        ),
        pytest.param(
            lambda g, x: g.layer_norm(x, SCALE, SHIFT),
            ROWS,
            lambda x: functional.layer_norm(x, (8,), torch.tensor(SCALE), torch.tensor(SHIFT)),
            id="layer norm",
        ),
        pytest.param(
            lambda g, x: g.l2_normalise(x), ROWS, lambda x: functional.normalize(x, dim=-1), id="l2"
        ),
        pytest.param(
            lambda g, x: g.conv(x, KERNEL, stride=2, pads=(0, 1, 1, 0)),
            PICTURE,
            lambda x: functional.conv2d(
                functional.pad(x, (1, 0, 0, 1)), torch.tensor(KERNEL), stride=2
            ),
            id="conv",
        ),
        pytest.param(
            lambda g, x: g.conv(x, DEPTHWISE, BIAS6, pads=(2, 2, 2, 2), groups=6),
            PICTURE,
            lambda x: functional.conv2d(
                x, torch.tensor(DEPTHWISE), torch.tensor(BIAS6), padding=2, groups=6
            ),
            id="depthwise",
        ),
        pytest.param(
            lambda g, x: g.conv(x, KERNEL, stride=(2, 1)),
            PICTURE,
            lambda x: functional.conv2d(x, torch.tensor(KERNEL), stride=(2, 1)),
            id="two strides",
        ),
        pytest.param(
            lambda g, x: g.global_average_pool(x), PICTURE, lambda x: x.mean((2, 3)), id="pool"
        ),
    ],
)
def test_layer_agrees_with_torch(
    layer: Callable[[GraphBuilder, Value], Value],
    array: F32,
    expected: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    reference = expected(torch.tensor(array)).numpy()
    result = run(layer, array, reference.ndim)
    np.testing.assert_allclose(result, reference, rtol=2e-5, atol=2e-5)


def test_zero_vector_stays_zero_when_normalised() -> None:
    result = run(lambda g, x: g.l2_normalise(x), np.zeros((2, 4), np.float32), 2)
    np.testing.assert_array_equal(result, 0)


def test_folded_batch_norm_is_convolution_then_batch_norm() -> None:
    weight, (gamma, beta, mean) = normal(4, 6, 3, 3), normal(3, 4)
    variance = np.abs(normal(4)) + 0.1
    folded, bias = fold_batch_norm(
        weight, gamma=gamma, beta=beta, mean=mean, variance=variance, epsilon=1e-3
    )
    picture = torch.tensor(PICTURE)
    expected = functional.batch_norm(
        functional.conv2d(picture, torch.tensor(weight)),
        *(torch.tensor(part) for part in (mean, variance, gamma, beta)),
        eps=1e-3,
    )
    actual = functional.conv2d(picture, torch.tensor(folded), torch.tensor(bias))
    np.testing.assert_allclose(actual.numpy(), expected.numpy(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "expected"),
    [
        (224, 3, 2, (0, 1)),
        (112, 5, 2, (1, 2)),
        (7, 3, 2, (1, 1)),
        (14, 5, 1, (2, 2)),
        (7, 1, 1, (0, 0)),
    ],
)
def test_same_padding_as_tensorflow(
    size: int, kernel: int, stride: int, expected: tuple[int, int]
) -> None:
    assert same_padding(size, kernel, stride) == expected
