"""Runs a torch model: on the device there is, without gradients, numbers in and numbers out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mmsearch.encode.towers.torch_setup import choose_device, choose_precision, import_library
from mmsearch.types import F32


class Runner:
    """Where a model lies, and how precisely it computes."""

    def __init__(self) -> None:
        self.torch = import_library("torch")
        self.device = choose_device()
        self._precision = choose_precision(self.device)

    def place(self, model: Any) -> Any:
        """Put a model on the device, ready to be used."""
        return model.requires_grad_(False).to(self.device).eval()

    def tensors(self, named: Any) -> dict[str, Any]:
        """Numpy arrays or tensors by name, on the device."""
        return {name: self.torch.as_tensor(value).to(self.device) for name, value in named.items()}

    def run(self, work: Callable[[], Any]) -> F32:
        """What the work makes, as float32."""
        lower = self._precision is not self.torch.float32
        with (
            self.torch.inference_mode(),
            self.torch.autocast(self.device.type, dtype=self._precision, enabled=lower),
        ):
            return np.asarray(work().float().cpu().numpy(), np.float32)
