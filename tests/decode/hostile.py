"""Decode functions that behave as broken files make real ones behave; the file name says how."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from mmsearch.decode.options import DecodeOptions
from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.types import CodeText, Frames, Metadata, Modality, Segment

_leaked: list[np.ndarray] = []


def decode(path: Path, modality: Modality, options: DecodeOptions) -> Iterator[Metadata | Segment]:
    """Yield one item, then do what the name says, then yield another."""
    yield Metadata(title=path.name)
    match path.name.split("-")[0]:
        case "abort":
            os.abort()
        case "exit":
            os._exit(0)
        case "hang":
            time.sleep(3600)
        case "bomb":
            _allocate(options)
        case "bug":
            raise ZeroDivisionError("one of ours")
        case "broken":
            raise UnreadableFileError(FailureKind.CORRUPT, "The file is damaged.")
        case "noise":
            os.write(1, b"to stdout")
            os.write(2, b"to stderr")
        case "pid":
            yield Metadata(title=str(os.getpid()))
        case "leak":
            _leaked.append(np.ones(8_000_000, np.uint8))
            yield Metadata(title=str(os.getpid()))
        case "sigint":
            os.kill(os.getpid(), signal.SIGINT)
        case "long":
            yield from _film(path, options)
        case _:
            pass
    yield Segment(CodeText(path.name))


def _allocate(options: DecodeOptions) -> None:
    kept = [np.ones(8_000_000, np.uint8) for _ in range(1_000)]
    assert len(kept) == 0, "the limit did not hold"


def _film(path: Path, options: DecodeOptions) -> Iterator[Segment]:
    """Shots without end; the file gets a byte for each."""
    for _ in range(1_000_000):
        with path.open("ab") as made:
            made.write(b".")
        yield Segment(Frames(np.zeros((1, options.image_px, options.image_px, 3), np.uint8)))
