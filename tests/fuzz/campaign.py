"""Breaks files and gives them to the decoding processes; counts what becomes of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import DecodeJob, DecodePool, Failed, Finished
from mmsearch.errors import FailureKind
from mmsearch.scan.kinds import modality_of
from mmsearch.types import Modality
from tests.fuzz.mutations import mutate
from tests.fuzz.seeds import make_seeds
from tests.fuzz.watched import EXIT_TRESPASS

TIME_LIMIT_S = 20.0
MEMORY_LIMIT_BYTES = 1 << 30


@dataclass(slots=True)
class Outcome:
    """What became of the files of a campaign."""

    n_sound: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    """By kind of failure."""
    faults: list[str] = field(default_factory=list)
    """Files at which our own code failed, and how: to be mended, though they cost one row only."""
    trespasses: list[str] = field(default_factory=list)
    """Files at which a decoder reached for the network, another program, or wrote a file."""
    n_unanswered: int = 0

    @property
    def n_answered(self) -> int:
        return self.n_sound + sum(self.failed.values())


def run_campaign(folder: Path, n_file: int, seed: int, *, n_workers: int = 2) -> Outcome:
    """Break ``n_file`` files (the seeds themselves come first) and decode them all.

    A file that is of interest afterwards stays in ``folder``/broken; the others are deleted.
    """
    outcome, kept = Outcome(), _Broken(folder, seed)
    with DecodePool(
        n_workers,
        DecodeOptions(max_pixels=20_000_000, max_reduced_pixels=100_000_000, read_printed=True),
        time_limit_s=TIME_LIMIT_S,
        memory_limit_bytes=MEMORY_LIMIT_BYTES,
        decode="tests.fuzz.watched:decode",
    ) as pool:
        for message in pool.decode(kept.jobs(n_file)):
            if isinstance(message, Finished | Failed):
                is_of_interest = _count(outcome, message)
                kept.done(message.key, keep=is_of_interest)
    outcome.n_unanswered = kept.n_made - outcome.n_answered
    return outcome


def _count(outcome: Outcome, message: Finished | Failed) -> bool:
    """Count one answer; True if the file should be looked at."""
    if isinstance(message, Finished):
        outcome.n_sound += 1
        return False
    error = message.error
    kind = error.kind.value
    outcome.failed[kind] = outcome.failed.get(kind, 0) + 1
    if f"exit code {EXIT_TRESPASS}" in error.message:
        outcome.trespasses.append(message.key)
    elif error.message.startswith("The decoder failed"):
        outcome.faults.append(f"{message.key}: {error.message}")
    return error.kind in (FailureKind.CRASH, FailureKind.TIMEOUT, FailureKind.MEMORY)


class _Broken:
    """The files of a campaign, made as they are needed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._seeds = make_seeds(folder / "seeds")
        self._contents = [path.read_bytes() for path in self._seeds]
        self._folder = folder / "broken"
        self._folder.mkdir(exist_ok=True)
        self._chance = random.Random(seed)
        self.n_made = 0

    def jobs(self, n_file: int) -> Iterator[DecodeJob]:
        for number in range(n_file):
            place, data = number, self._contents[number % len(self._seeds)]
            if number >= len(self._seeds):
                place = self._chance.randrange(len(self._seeds))
                data = mutate(self._chance, self._contents[place], self._contents)
            path = self._folder / f"{number:06}_{self._seeds[place].name}"
            path.write_bytes(data)
            # Broken, a stream with an ambiguous name may look like a text: that is tried, too.
            modality = modality_of(path) or Modality.IMAGE
            self.n_made += 1
            yield DecodeJob(path.name, path, modality)

    def done(self, key: str, *, keep: bool) -> None:
        if not keep:
            (self._folder / key).unlink()
