"""Decoding in worker processes: a file that crashes, hangs or bombs costs one row, not the run."""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from multiprocessing import connection
from types import TracebackType

from mmsearch.decode.memory_limit import EXIT_OUT_OF_MEMORY
from mmsearch.decode.messages import Decoded, DecodeJob, Failed, Finished, Idle, Message
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker_handle import QUICK, Worker
from mmsearch.decode.worker_process import EXIT_RETIRED, WorkerSetup
from mmsearch.errors import FailureKind, UnreadableFileError

__all__ = ["DecodeJob", "DecodePool", "Decoded", "Failed", "Finished", "Idle", "Message"]

_END = object()
_DYING_S = 10.0
"""Patience with a worker whose pipe has closed: it is about to end by itself."""


class DecodePool:
    """Worker processes, started when there is work for them. Not thread-safe.

    n_workers: how many files are in work at once, at most.
    time_limit_s: a worker that is silent for longer, amid a file, is killed.
    memory_limit_bytes: what a worker may allocate.
    decode: the function that the workers call, as "module:name".
    """

    def __init__(
        self,
        n_workers: int,
        options: DecodeOptions,
        *,
        time_limit_s: float,
        memory_limit_bytes: int,
        decode: str = "mmsearch.decode.decoder:decode_file",
    ) -> None:
        self._n_workers = n_workers
        self._setup = WorkerSetup(options, memory_limit_bytes, decode)
        self._time_limit_s = time_limit_s
        self._workers: list[Worker] = []

    def __enter__(self) -> DecodePool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        while self._workers:
            self._remove(self._workers[-1])

    def decode(
        self, jobs: Iterable[DecodeJob | None], *, idle_after_s: float | None = None
    ) -> Generator[Message, None, None]:
        """Decode files; yields for each its items in order, then Finished or Failed.

        With ``idle_after_s`` it yields Idle when nothing has come for so long, so that the caller
        can show that, commit what it has, or stop.

        Several files are in work at once, so messages of different keys are mixed. Jobs are drawn
        from the iterable as workers can take them, in the thread that iterates here; None among
        them says that there is none just now. A slow consumer slows the workers down; nothing
        piles up.
        """
        waiting = _Waiting(jobs)
        try:
            while True:
                self._hand_out(waiting)
                if any(worker.jobs for worker in self._workers):
                    yield from self._collect(waiting, idle_after_s)
                elif waiting.has_ended:
                    return
                else:
                    yield Idle()
        finally:
            for worker in [worker for worker in self._workers if worker.jobs]:
                self._remove(worker)

    def _hand_out(self, waiting: _Waiting) -> None:
        while (job := waiting.peek()) is not None:
            worker = self._worker_for(job)
            if worker is None:
                return
            if worker.give(job):
                waiting.take()
            elif worker.jobs:
                return  # it has just been lost; _collect finds out at which file
            else:
                self._remove(worker)

    def _worker_for(self, job: DecodeJob) -> Worker | None:
        """Prefer an idle worker, then a new one, then the shortest queue of quick files."""
        least = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
        if least is not None and not least.jobs:
            return least
        if len(self._workers) < self._n_workers:
            self._workers.append(Worker(self._setup))
            return self._workers[-1]
        if job.modality not in QUICK:
            return None
        open_to_more = [worker for worker in self._workers if worker.takes_more()]
        return min(open_to_more, key=lambda worker: len(worker.jobs), default=None)

    def _collect(self, waiting: _Waiting, idle_after_s: float | None) -> Iterator[Message]:
        """Yield what has arrived; replace workers that are lost."""
        busy = [worker for worker in self._workers if worker.jobs]
        limit_s = min(worker.silent_until_s(self._time_limit_s) for worker in busy)
        patience_s = max(0.0, limit_s - time.monotonic())
        if idle_after_s is not None:
            patience_s = min(patience_s, idle_after_s)
        if waiting.is_paused:
            patience_s = 0.0
        ready = connection.wait([worker.results for worker in busy], patience_s)
        if idle_after_s is not None and not ready:
            yield Idle()
        now_s = time.monotonic()
        for worker in busy:
            if worker.results in ready:
                messages = worker.receive()
                if messages is None:
                    yield from self._lose(worker, waiting, None)
                else:
                    yield from messages
            elif now_s > worker.silent_until_s(self._time_limit_s):
                yield from self._lose(worker, waiting, _too_slow(self._time_limit_s))

    def _lose(
        self, worker: Worker, waiting: _Waiting, error: UnreadableFileError | None
    ) -> Iterator[Message]:
        """Remove a dead or stuck worker, blame the file it was at, and give the others back."""
        exit_code = self._remove(worker, wait_s=0.0 if error else _DYING_S)
        jobs = list(worker.jobs)
        if not worker.is_ready:
            raise RuntimeError(f"a decoding process could not start (exit code {exit_code})")
        if error is None and exit_code != EXIT_RETIRED:
            error = _crash(exit_code)
        waiting.give_back(jobs[1:] if error else jobs)
        if error:
            yield Failed(jobs[0].key, error)

    def _remove(self, worker: Worker, *, wait_s: float = 0.0) -> int:
        self._workers.remove(worker)
        return worker.end(wait_s=wait_s)


class _Waiting:
    """The jobs still to hand out."""

    def __init__(self, jobs: Iterable[DecodeJob | None]) -> None:
        self._jobs = iter(jobs)
        self._given_back: deque[DecodeJob] = deque()
        self.has_ended = False
        self.is_paused = False
        """There was none when it was last looked, and there will be more."""

    def peek(self) -> DecodeJob | None:
        """The next job, drawn from the iterable only now; None if there is none just now."""
        if not self._given_back and not self.has_ended:
            drawn = next(self._jobs, _END)
            self.has_ended = drawn is _END
            self.is_paused = drawn is None
            if isinstance(drawn, DecodeJob):
                self._given_back.append(drawn)
        return self._given_back[0] if self._given_back else None

    def take(self) -> None:
        """Remove the job that was looked at."""
        self._given_back.popleft()

    def give_back(self, jobs: Iterable[DecodeJob]) -> None:
        """Put jobs in front again."""
        self._given_back.extendleft(reversed(list(jobs)))


def _too_slow(time_limit_s: float) -> UnreadableFileError:
    return UnreadableFileError(
        FailureKind.TIMEOUT,
        f"Reading it took longer than {time_limit_s:g} seconds without a result.",
        "Raise time_limit_s in the settings if the file is sound.",
    )


def _crash(exit_code: int) -> UnreadableFileError:
    """What the exit code of a lost worker means for the file it was at."""
    # A kill that is not ours comes from the system, which does so when memory runs out.
    if exit_code in (EXIT_OUT_OF_MEMORY, -9):
        return UnreadableFileError(FailureKind.MEMORY, "The file needs more memory than allowed.")
    try:
        how = signal.Signals(-exit_code).name
    except ValueError:
        how = f"exit code {exit_code}"
    return UnreadableFileError(FailureKind.CRASH, f"The decoder crashed at this file ({how}).")
