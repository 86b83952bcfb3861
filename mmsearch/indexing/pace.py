"""How long files take to be read, and how much room they need: expected, and measured here.

What is expected of a file is a time for itself and one for each of its megabytes. What a run
really took is kept as a ratio for each kind, so that a faster machine answers shorter times.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mmsearch.atomic import write_atomically
from mmsearch.types import Modality

_MEGABYTE = 2**20
_LEAST_S = 5.0
"""A ratio of less than so many seconds of work is chance."""
_MOST_S = 3600.0
"""Older runs count no more than an hour of work, so that a new processor soon shows."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one kind of file costs on two cores of a server; measured."""

    file_s: float
    megabyte_s: float
    file_bytes: int
    """Of the index, and of the small picture where there is one."""
    bytes_per_megabyte: int
    most_megabytes: float = math.inf
    """Of a longer file the rest is left out."""

    def megabytes(self, size_bytes: int) -> float:
        """What counts of a file of this size."""
        return min(self.most_megabytes, size_bytes / _MEGABYTE)


_COSTS = {
    Modality.IMAGE: Cost(0.0125, 0.005, 16_000, 0),
    Modality.VIDEO: Cost(0.4, 0.09, 16_000, 3_000),
    Modality.AUDIO: Cost(0.045, 0.11, 5_000, 35_000),
    # 2,500 segments a megabyte, 37 of them a second; at most 2,000 of a file.
    Modality.CODE: Cost(0.02, 67.0, 1_000, 10_000_000, most_megabytes=0.8),
}


def expected_s(modality: Modality, size_bytes: int) -> float:
    """How long a file takes to be read and encoded, on a machine like the one above."""
    cost = _COSTS[modality]
    return cost.file_s + cost.megabyte_s * cost.megabytes(size_bytes)


def expected_bytes(modality: Modality, size_bytes: int) -> int:
    """How much room the library and the cache need for a file."""
    cost = _COSTS[modality]
    return cost.file_bytes + round(cost.bytes_per_megabyte * cost.megabytes(size_bytes))


@dataclass(slots=True)
class Laps:
    """Compares what was expected with what it took, in those laps that had files of one kind.

    A lap is the time from one commit to the next.
    """

    clock: Callable[[], float] = time.monotonic
    measured: dict[Modality, tuple[float, float]] = field(default_factory=dict)
    """Kind -> seconds expected, seconds taken."""
    _lap: dict[Modality, float] = field(default_factory=dict)
    _since_s: float | None = None

    def read(self, modality: Modality, size_bytes: int) -> None:
        """One file is ready."""
        self._lap[modality] = self._lap.get(modality, 0.0) + expected_s(modality, size_bytes)

    def end(self) -> None:
        """A lap is over, and the next one begins. The first one holds the start and is left out.

        A lap in which nothing became ready is a part of the next: a long film takes many.
        """
        now_s = self.clock()
        if self._since_s is not None and not self._lap:
            return
        if self._since_s is not None and len(self._lap) == 1:
            ((modality, wanted_s),) = self._lap.items()
            before = self.measured.get(modality, (0.0, 0.0))
            self.measured[modality] = (before[0] + wanted_s, before[1] + now_s - self._since_s)
        self._lap = {}
        self._since_s = now_s


class Pace:
    """The ratios measured on this machine, in one small file; a damaged one is as good as none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ratio(self, modality: Modality) -> float:
        """How much longer than expected files of a kind take here; 1 where that is not known."""
        wanted_s, taken_s = self._read().get(modality, (0.0, 0.0))
        return taken_s / wanted_s if min(wanted_s, taken_s) > _LEAST_S else 1.0

    def learn(self, measured: Mapping[Modality, tuple[float, float]]) -> None:
        """Take the laps of a run into account. A cache that cannot be written is no loss."""
        known = self._read()
        for modality, (wanted_s, taken_s) in measured.items():
            before = known.get(modality, (0.0, 0.0))
            fade = min(1.0, _MOST_S / max(before[1], 1.0))
            known[modality] = (before[0] * fade + wanted_s, before[1] * fade + taken_s)
        text = json.dumps({kind.value: pair for kind, pair in known.items()})
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, text.encode())
        except OSError:
            return

    def _read(self) -> dict[Modality, tuple[float, float]]:
        try:
            kept = json.loads(self._path.read_text("utf-8"))
            return {
                Modality(kind): (float(wanted_s), float(taken_s))
                for kind, (wanted_s, taken_s) in kept.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
