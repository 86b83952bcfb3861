"""The parent's end of one decoding process."""

from __future__ import annotations

import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from types import ModuleType

from mmsearch.decode.messages import Decoded, DecodeJob, Message
from mmsearch.decode.worker_process import WorkerSetup, run
from mmsearch.types import Modality

QUICK = frozenset({Modality.IMAGE, Modality.CODE})
_JOBS_AHEAD = 8
"""Quick files a worker may have waiting, so that it never waits while the consumer encodes. Films
and sounds take long; they are given only to an idle worker, and nothing waits behind them."""

_PIPE_BYTES = 1024 * 1024
"""Look-ahead of each worker, where the system lets us choose: six pictures of 224 x 224."""

_STARTING_S = 300.0
"""Patience with a process that starts: on a busy machine it takes long, by no fault of a file."""

_start_lock = threading.Lock()


class Worker:
    """A process and the files it has been given, the one in work first."""

    def __init__(self, setup: WorkerSetup) -> None:
        context = get_context("spawn")
        jobs, self._jobs_end = context.Pipe(duplex=False)
        self.results, results_end = context.Pipe(duplex=False)
        _enlarge(results_end.fileno())
        self._process = context.Process(
            target=run, args=(jobs, results_end, setup), name="mmsearch-decode", daemon=True
        )
        with _start_lock, _without_main(), _without_sigint():
            self._process.start()
        jobs.close()
        results_end.close()  # so that the end of the process is the end of the pipe
        self.jobs: deque[DecodeJob] = deque()
        self.is_ready = False
        self._heard_s = time.monotonic()

    def silent_until_s(self, time_limit_s: float) -> float:
        """When the worker has been silent for too long; the limit holds once it has started."""
        return self._heard_s + (time_limit_s if self.is_ready else _STARTING_S)

    def takes_more(self) -> bool:
        """Whether a quick file may wait behind those it has."""
        return len(self.jobs) < _JOBS_AHEAD and all(job.modality in QUICK for job in self.jobs)

    def give(self, job: DecodeJob) -> bool:
        """Hand over a file; False if the worker has ended."""
        try:
            self._jobs_end.send(job)
        except OSError:
            return False
        if not self.jobs:
            self._heard_s = time.monotonic()
        self.jobs.append(job)
        return True

    def receive(self) -> list[Message] | None:
        """The messages that have arrived; None if the worker has ended."""
        try:
            messages: list[Message] = pickle.loads(self.results.recv_bytes())
        except (EOFError, OSError):
            return None
        self.is_ready = True
        self._heard_s = time.monotonic()
        for message in messages:
            if not isinstance(message, Decoded):
                self.jobs.popleft()
        return messages

    def end(self, *, wait_s: float = 0.0) -> int:
        """End the process, however busy, and return its exit code.

        wait_s: patience with a process that is ending by itself, so that its exit code tells why.
        """
        self._process.join(wait_s)
        self._jobs_end.close()
        self.results.close()
        self._process.kill()
        self._process.join()
        exit_code = self._process.exitcode or 0
        self._process.close()
        return exit_code


def _enlarge(pipe: int) -> None:
    if sys.platform == "linux":
        import fcntl

        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        except PermissionError:
            return  # the user has too many large pipes; the usual 64 KiB work as well


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep the new process from importing the program's main module.

    It would load the window or the command line into every worker, and run scripts that lack the
    "if __name__ == '__main__'" line once more.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _without_sigint() -> Iterator[None]:
    """Start the process deaf to Ctrl-C, from its first instruction on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
