"""Opens ONNX Runtime sessions the way a desktop program needs them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from mmsearch.errors import ModelError


def n_usable_cores() -> int:
    """How many cores this process may run on (containers and ``taskset`` give fewer)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def session_options(*, n_threads: int | None = None) -> Any:
    """Options for every session: all usable cores unless told, and idle threads that sleep."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads or n_usable_cores()
    options.inter_op_num_threads = 1
    # Spinning wins a little time in a benchmark and burns a core beside an idle window.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return options


def open_session(model: bytes | Path, *, n_threads: int | None = None) -> Any:
    """Open a model from bytes or from a file; raises ModelError when it is no valid model."""
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    # What the runtime raises for content that it cannot make a network of.
    refusals = (
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NoSuchFile,
        state.NotImplemented,
        state.RuntimeException,
    )
    source = model if isinstance(model, bytes) else str(model)
    try:
        return onnxruntime.InferenceSession(
            source, session_options(n_threads=n_threads), providers=["CPUExecutionProvider"]
        )
    except refusals as error:
        name = "a model in memory" if isinstance(model, bytes) else str(model)
        raise ModelError(f"{name} cannot be opened by ONNX Runtime: {error}.") from error
