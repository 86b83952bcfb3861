"""One network of a model: run by torch, or by ONNX Runtime once it was exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.session import open_session
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import first_line, quiet
from mmsearch.errors import ModelError
from mmsearch.types import F32

_OPSET = 18
_BY_TOKEN = ("input_ids", "attention_mask", "token_type_ids")
"""Inputs that are as long as the longest text."""
_REFUSALS = (RuntimeError, ValueError, TypeError, KeyError, AttributeError, IndexError)


class Part:
    """From named inputs, whose first axis is the batch, to vectors."""

    def __init__(self, name: str, runner: Runner, forward: Callable[..., Any]) -> None:
        """forward: takes tensors by name and answers with (n, dim)."""
        self.name = name
        self._runner, self._forward = runner, forward
        self._session: Any = None
        self.keeps_example = False
        self.example: dict[str, Any] | None = None
        """What it was last given, where that is kept: an export needs an example."""

    def __call__(self, given: Mapping[str, Any]) -> F32:
        """Run it: (n, dim) float32. given: arrays or tensors by name."""
        if self.keeps_example:
            self.example = dict(given)
        if self._session is not None:
            wanted = {entry.name for entry in self._session.get_inputs()}
            arrays = {name: np.asarray(one) for name, one in given.items() if name in wanted}
            return np.asarray(self._session.run(None, arrays)[0], np.float32)
        tensors = self._runner.tensors(given)
        return self._runner.run(lambda: self._forward(**tensors))

    def use_graph(self, path: Path | None) -> None:
        """Let ONNX Runtime run it from now on, or torch again. Raises ModelError."""
        self._session = open_session(path) if path is not None else None

    def export(self, path: Path) -> None:
        """Write it as an ONNX graph for batches of any size; raises ModelError."""
        if self.example is None:
            raise RuntimeError("a part is exported with what it was given last")
        torch = self._runner.torch
        given = self._runner.tensors(self.example)
        axes = {name: {0: "n"} | ({1: "token"} if name in _BY_TOKEN else {}) for name in given}
        was_fast = torch.backends.mha.get_fastpath_enabled()
        torch.backends.mha.set_fastpath_enabled(False)  # an operator that ONNX does not have
        try:
            with quiet(), torch.inference_mode():
                torch.onnx.export(
                    _as_module(torch, self._forward, list(given)),
                    tuple(given.values()),
                    str(path),
                    input_names=list(given),
                    output_names=["vectors"],
                    dynamic_axes=axes | {"vectors": {0: "n"}},
                    opset_version=_OPSET,
                    dynamo=False,
                )
        except _REFUSALS as error:
            message = f"Its part for {self.name} cannot be exported: {first_line(error)}"
            raise ModelError(message, "It goes on being run by torch.") from error
        finally:
            torch.backends.mha.set_fastpath_enabled(was_fast)


def _as_module(torch: Any, forward: Callable[..., Any], names: list[str]) -> Any:
    class Module(torch.nn.Module):  # type: ignore[misc]
        """Takes its inputs by place, as the exporter gives them."""

        def forward(self, *inputs: Any) -> Any:
            """Answer with vectors."""
            return forward(**dict(zip(names, inputs, strict=True)))

    return Module()
