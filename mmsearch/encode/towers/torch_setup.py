"""Imports torch and what is built on it so that it stays offline, quiet and whole."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mmsearch.errors import ModelError

INSTALL_HINT = "Install what models of your choice need: pip install 'mmsearch[models]'"
_PACKAGES = {"open_clip": "open_clip_torch"}
_kept: list[Any] = []
"""Torch forgets operators with the object that defined them."""


def import_library(name: str) -> Any:
    """Return a library by its import name; raises ModelError with the cure when it is missing.

    Libraries that could fetch from the hub are told not to before they are imported.
    """
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ[variable] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    package = _PACKAGES.get(name, name)
    if importlib.util.find_spec(name) is None:
        raise ModelError(f"This model needs the package {package}.", INSTALL_HINT)
    with quiet():
        try:
            if name != "torch":
                _provide_vision_operators()
            library = importlib.import_module(name)
        except (ImportError, RuntimeError, OSError, AttributeError) as error:
            message = f"The package {package} cannot be used: {first_line(error)}"
            raise ModelError(message, INSTALL_HINT) from error
    if name == "transformers":
        library.utils.logging.disable_progress_bar()
    return library


def _provide_vision_operators() -> None:
    """Let torchvision be imported beside a torch that its compiled operators were not made for.

    A torchvision for CUDA beside a torch for the processor does not find its operators, and fails
    at import because it wants to describe two of them. Nothing here calls them.
    """
    if _kept or importlib.util.find_spec("torchvision") is None:
        return
    import torch

    try:
        importlib.import_module("torchvision")
    except RuntimeError as error:
        if "torchvision::nms" not in str(error):
            raise
        library = torch.library.Library("torchvision", "DEF")
        for operator in ("nms", "qnms"):
            library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        _kept.append(library)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what libraries say about themselves out of the way; errors still come."""
    loggers = [logging.getLogger(name) for name in ("", "transformers", "timm", "open_clip")]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def first_line(error: BaseException) -> str:
    """The first telling line of an error of a library, cut to a length that people read."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = " ".join(lines[:2]) if lines and lines[0].endswith(":") else "".join(lines[:1])
    text = text or type(error).__name__
    return text if len(text) <= 240 else text[:239] + "…"
