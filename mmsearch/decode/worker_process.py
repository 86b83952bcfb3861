"""The inside of one decoding process: takes jobs, sends back items, and trusts no file."""

from __future__ import annotations

import importlib
import os
import pickle
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from mmsearch.decode.memory_limit import MemoryLimit
from mmsearch.decode.messages import Decoded, DecodeJob, Failed, Finished, Message
from mmsearch.decode.options import DecodeOptions
from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.types import CodeText, Frames, Metadata, Modality, Samples, Segment

DecodeFunction: TypeAlias = Callable[[Path, Modality, DecodeOptions], Iterator[Metadata | Segment]]

EXIT_RETIRED = 85
"""Exit code of a worker that ended between two files because memory ran short."""
_BATCH_BYTES = 256 * 1024
_BATCH_S = 0.5
"""Items travel together up to this size or age, and at the end of each file."""

_NICENESS = 5
"""The window and the encoder go first."""


@dataclass(frozen=True, slots=True)
class WorkerSetup:
    """What a worker process needs to know from the start."""

    options: DecodeOptions
    memory_limit_bytes: int
    """What it may allocate beyond what it has after start-up."""
    decode: str
    """The decode function as "package.module:name"."""


def run(jobs: Connection, results: Connection, setup: WorkerSetup) -> None:
    """Decode one file after another until the other end of ``jobs`` is closed.

    Ends early, with EXIT_RETIRED, when memory has run short: a fresh process is the only sure
    way to get it back.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    decode = load_function(setup.decode)
    results.send_bytes(pickle.dumps([], protocol=5))  # "ready"
    _lower_priority()
    _silence()
    memory = MemoryLimit(setup.memory_limit_bytes)
    outbox = _Outbox(results)
    inbox: queue.SimpleQueue[DecodeJob] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(jobs, inbox), daemon=True).start()
    while not memory.is_short():
        outcome = _decode_one(decode, inbox.get(), setup.options, outbox)
        outbox.add(outcome)
        outbox.flush()
        if isinstance(outcome, Failed) and outcome.error.kind is FailureKind.MEMORY:
            break
    os._exit(EXIT_RETIRED)


def load_function(dotted: str) -> DecodeFunction:
    """Resolve "package.module:name"."""
    module, _, name = dotted.partition(":")
    function: DecodeFunction = getattr(importlib.import_module(module), name)
    return function


def _receive(jobs: Connection, inbox: queue.SimpleQueue[DecodeJob]) -> None:
    """Pass jobs on; leave at once, even amid a file, when the parent closes or is gone."""
    try:
        while True:
            inbox.put(jobs.recv())
    except (EOFError, OSError):
        os._exit(0)


def _decode_one(
    decode: DecodeFunction, job: DecodeJob, options: DecodeOptions, outbox: _Outbox
) -> Finished | Failed:
    try:
        for item in decode(job.path, job.modality, options):
            outbox.add(Decoded(job.key, item))
    except UnreadableFileError as error:
        return Failed(job.key, error)
    except MemoryError:
        return Failed(
            job.key,
            UnreadableFileError(FailureKind.MEMORY, "The file needs more memory than allowed."),
        )
    except Exception as error:  # noqa: BLE001 (a fault of ours; it must cost this file, not the run)
        return Failed(job.key, _fault(error))
    return Finished(job.key)


def _fault(error: Exception) -> UnreadableFileError:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return UnreadableFileError(
        FailureKind.CRASH,
        f"The decoder failed: {type(error).__name__}: {error} "
        f"({Path(place.filename).name}, line {place.lineno}).",
        "This is a fault of mmsearch; please report it.",
    )


class _Outbox:
    """Sends messages in batches. Sending waits when the parent does not read: back-pressure."""

    def __init__(self, results: Connection) -> None:
        self._results = results
        self._batch: list[Message] = []
        self._n_bytes = 0
        self._sent_s = time.monotonic()

    def add(self, message: Message) -> None:
        self._batch.append(message)
        self._n_bytes += _size_bytes(message)
        if self._n_bytes >= _BATCH_BYTES or time.monotonic() - self._sent_s > _BATCH_S:
            self.flush()

    def flush(self) -> None:
        if self._batch:
            self._results.send_bytes(pickle.dumps(self._batch, protocol=5))
        self._batch, self._n_bytes, self._sent_s = [], 0, time.monotonic()


def _size_bytes(message: Message) -> int:
    """About how large the message is; all that matters is the content of segments."""
    if not isinstance(message, Decoded) or not isinstance(message.item, Segment):
        return 0
    match message.item.content:
        case Frames(pixels):
            return pixels.nbytes
        case Samples(samples):
            return samples.nbytes
        case CodeText(text):
            return len(text)


def _lower_priority() -> None:
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def _silence() -> None:
    """C libraries print about broken files; standard output belongs to the parent's results."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
