"""Writes the ONNX graph of a tower straight from its weights.

A tower is a few dozen lines that call a ``GraphBuilder``: every method adds nodes and returns
the name of the value it made, so that a network reads as nested calls. Exporting from a
training framework would need that framework at run time; writing the graph does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

Value: TypeAlias = str
"""Name of a tensor inside a graph."""

BUILDER_VERSION = 1
"""Raise it when a method starts to write other nodes: cached graphs are then built anew."""

OPSET = 20  # the first with Gelu; ONNX Runtime 1.20 and later run it
IR_VERSION = 10
BATCH = "n"
"""Name of the free batch dimension."""


class GraphBuilder:
    """Collects the nodes and weights of one graph and renders them as ONNX bytes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._nodes: list[Any] = []
        self._weights: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []

    # ---- ends -----------------------------------------------------------------------------

    def input(self, name: str, dtype: type[np.generic], shape: Sequence[int | str]) -> Value:
        """Declare an input; a string in ``shape`` names a free dimension."""
        self._inputs.append(_value_info(name, dtype, shape))
        return name

    def output(self, name: str, value: Value, shape: Sequence[int | str]) -> None:
        """Declare ``value`` as the float32 output called ``name``."""
        self._add("Identity", [value], name, {})
        self._outputs.append(_value_info(name, np.float32, shape))

    def build(self) -> bytes:
        """Return the checked model as bytes (a ModelProto)."""
        import onnx
        from onnx import helper

        graph = helper.make_graph(
            self._nodes, self._name, self._inputs, self._outputs, self._weights
        )
        model = helper.make_model(
            graph,
            producer_name="mmsearch",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET)],
        )
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())

    # ---- primitives -----------------------------------------------------------------------

    def constant(self, array: NDArray[Any], hint: str = "c") -> Value:
        """Store ``array`` as a weight; float64 and float16 become float32."""
        from onnx import numpy_helper

        if array.dtype.kind == "f":
            array = array.astype(np.float32)
        name = f"{hint}_{len(self._weights)}"
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, operator: str, *inputs: Value, **attributes: Any) -> Value:
        """Add one ONNX operator with a single output; "" leaves an optional input out."""
        return self._add(operator, inputs, f"{operator.lower()}_{len(self._nodes)}", attributes)

    def _add(
        self, operator: str, inputs: Sequence[Value], name: str, attributes: dict[str, Any]
    ) -> Value:
        from onnx import helper

        self._nodes.append(helper.make_node(operator, list(inputs), [name], name, **attributes))
        return name

    def _number(self, number: float) -> Value:
        return self.constant(np.array(number, np.float32), "number")

    def _integers(self, numbers: Sequence[int]) -> Value:
        return self.constant(np.array(numbers, np.int64), "integers")

    # ---- shape ----------------------------------------------------------------------------

    def reshape(self, value: Value, shape: Sequence[int]) -> Value:
        """Reshape; 0 keeps a dimension, one -1 is worked out."""
        return self.node("Reshape", value, self._integers(shape))

    def transpose(self, value: Value, order: Sequence[int]) -> Value:
        """Reorder the dimensions."""
        return self.node("Transpose", value, perm=list(order))

    def concat(self, values: Sequence[Value], axis: int) -> Value:
        """Join along an axis."""
        return self.node("Concat", *values, axis=axis)

    def to_float(self, value: Value) -> Value:
        """Cast to float32."""
        return self.node("Cast", value, to=1)

    # ---- arithmetic -----------------------------------------------------------------------

    def add(self, left: Value, right: Value | float) -> Value:
        """Sum, broadcast."""
        return self.node("Add", left, self._operand(right))

    def subtract(self, left: Value, right: Value | float) -> Value:
        """Difference, broadcast."""
        return self.node("Sub", left, self._operand(right))

    def multiply(self, left: Value, right: Value | float) -> Value:
        """Product, broadcast."""
        return self.node("Mul", left, self._operand(right))

    def divide(self, left: Value, right: Value | float) -> Value:
        """Quotient, broadcast."""
        return self.node("Div", left, self._operand(right))

    def _operand(self, operand: Value | float) -> Value:
        return operand if isinstance(operand, str) else self._number(operand)

    def matmul(self, left: Value, right: Value) -> Value:
        """Matrix product of the last two dimensions."""
        return self.node("MatMul", left, right)

    def mean(self, value: Value, axes: Sequence[int], *, keep: bool = False) -> Value:
        """Arithmetic mean over ``axes``."""
        return self.node("ReduceMean", value, self._integers(axes), keepdims=int(keep))

    def sum(self, value: Value, axes: Sequence[int], *, keep: bool = False) -> Value:
        """Sum over ``axes``."""
        return self.node("ReduceSum", value, self._integers(axes), keepdims=int(keep))

    def maximum(self, value: Value, axes: Sequence[int], *, keep: bool = False) -> Value:
        """Maximum over ``axes``."""
        return self.node("ReduceMax", value, self._integers(axes), keepdims=int(keep))

    # ---- activations ----------------------------------------------------------------------

    def relu(self, value: Value) -> Value:
        """max(x, 0)."""
        return self.node("Relu", value)

    def relu6(self, value: Value) -> Value:
        """x clipped to [0, 6]."""
        return self.clip(value, 0.0, 6.0)

    def clip(self, value: Value, low: float, high: float) -> Value:
        """x clipped to [low, high]."""
        return self.node("Clip", value, self._number(low), self._number(high))

    def gelu(self, value: Value) -> Value:
        """The exact (erf) Gaussian error linear unit."""
        return self.node("Gelu", value)

    def sigmoid(self, value: Value) -> Value:
        """1 / (1 + exp(-x))."""
        return self.node("Sigmoid", value)

    def softmax(self, value: Value, axis: int = -1) -> Value:
        """exp(x) / sum exp(x) along ``axis``."""
        return self.node("Softmax", value, axis=axis)

    # ---- layers ---------------------------------------------------------------------------

    def linear(self, value: Value, weight: F32, bias: F32 | None = None) -> Value:
        """x W^T + b; weight (n_out, n_in) and bias (n_out,) as in a torch Linear."""
        product = self.matmul(value, self.constant(weight.T, "weight"))
        return product if bias is None else self.add(product, self.constant(bias, "bias"))

    def conv(
        self,
        value: Value,
        weight: F32,
        bias: F32 | None = None,
        *,
        stride: int | tuple[int, int] = 1,
        pads: tuple[int, int, int, int] = (0, 0, 0, 0),
        groups: int = 1,
    ) -> Value:
        """Two-dimensional convolution of (n, channel, height, width).

        weight (n_out, n_in / groups, height, width); pads (top, left, bottom, right);
        ``groups`` = number of channels makes it depthwise.
        """
        inputs = [value, self.constant(weight, "weight")]
        if bias is not None:
            inputs.append(self.constant(bias, "bias"))
        strides = list(stride) if isinstance(stride, tuple) else [stride, stride]
        shape = list(weight.shape[2:])
        return self.node(
            "Conv", *inputs, kernel_shape=shape, strides=strides, pads=list(pads), group=groups
        )

    def global_average_pool(self, value: Value) -> Value:
        """Mean over height and width: (n, channel, h, w) to (n, channel)."""
        return self.node("Flatten", self.node("GlobalAveragePool", value), axis=1)

    def layer_norm(self, value: Value, weight: F32, bias: F32, *, epsilon: float = 1e-5) -> Value:
        """Normalise the last dimension to mean 0 and variance 1, then scale and shift."""
        scale, shift = self.constant(weight, "scale"), self.constant(bias, "shift")
        return self.node("LayerNormalization", value, scale, shift, axis=-1, epsilon=epsilon)

    def l2_normalise(self, value: Value, *, axis: int = -1, epsilon: float = 1e-12) -> Value:
        """Scale to unit length along ``axis``; a zero vector stays zero."""
        norm = self.node("ReduceL2", value, self._integers([axis]), keepdims=1)
        return self.divide(value, self.node("Max", norm, self._number(epsilon)))


def fold_batch_norm(
    weight: F32, *, gamma: F32, beta: F32, mean: F32, variance: F32, epsilon: float
) -> tuple[F32, F32]:
    """Return weight (n_out, ...) and bias (n_out,) of a convolution with its batch norm in it.

    Computed in float64, so that the fold costs no accuracy.
    """
    scale = gamma.astype(np.float64) / np.sqrt(variance.astype(np.float64) + epsilon)
    folded = weight * scale.reshape(-1, *[1] * (weight.ndim - 1))
    return folded.astype(np.float32), (beta - mean * scale).astype(np.float32)


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Return the padding (before, after) of TensorFlow's "SAME": the odd one comes after."""
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def _value_info(name: str, dtype: type[np.generic], shape: Sequence[int | str]) -> Any:
    from onnx import helper

    element = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    return helper.make_tensor_value_info(name, element, list(shape))
