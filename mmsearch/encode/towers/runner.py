"""Runs a torch model: on the device there is, without gradients, numbers in and numbers out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mmsearch.encode.towers.device import choose_device, usual_precision
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.types import F32

DEVICE, PRECISION = "device", "precision"
"""Options of every loader: where to compute ("auto", "cpu", "cuda", "cuda:1", "mps"; missing: as
the settings say), and in which numbers ("float32", "bfloat16", "float16"; missing: what is usual on
that device)."""


class Runner:
    """Where a model lies, and how precisely it computes."""

    def __init__(self, device: str = "", precision: str = "") -> None:
        """Raises ModelError for a device that is not there."""
        self.torch = import_library("torch")
        self.device = choose_device(device)
        self.precision = precision or usual_precision(self.device)
        self.n_parameters = 0
        """Of all that was placed."""

    @classmethod
    def of(cls, options: Mapping[str, str | int]) -> Runner:
        """As the options of a model say."""
        return cls(str(options.get(DEVICE, "")), str(options.get(PRECISION, "")))

    def place(self, model: Any) -> Any:
        """Put a model on the device, ready to be used."""
        self.n_parameters += sum(tensor.numel() for tensor in model.parameters())
        return model.requires_grad_(False).to(self.device).eval()

    def place_weights(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """Put the weights of a model without modules on the device."""
        self.n_parameters += sum(tensor.numel() for tensor in state.values())
        return self.tensors(state)

    def tensors(self, named: Any) -> dict[str, Any]:
        """Numpy arrays or tensors by name, on the device."""
        return {name: self.torch.as_tensor(value).to(self.device) for name, value in named.items()}

    def run(self, work: Callable[[], Any]) -> F32:
        """What the work makes, as float32."""
        lower = self.precision != "float32"
        precision = getattr(self.torch, self.precision)
        with (
            self.torch.inference_mode(),
            self.torch.autocast(self.device.type, dtype=precision, enabled=lower),
        ):
            return np.asarray(work().float().cpu().numpy(), np.float32)
