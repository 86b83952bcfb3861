"""Where one shot of a film ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mmsearch.media.film_samples import Sample
from mmsearch.media.look import difference

_CUT = 0.6
"""Smallest difference of looks that can be a cut. Unrelated pictures differ by 1.8 and more."""
_ABOVE_MOTION = 2.5
"""A cut differs so many times more than the frames just before and after it do."""
_FLASH_S = 0.35
"""What is back to what it was after so long was a flash or a flaw, not a shot."""
_DISSOLVE = 1.5
_HALF_DISSOLVE_S = 0.6
"""A dissolve or fade is looked for between two moments so far before and after its middle."""
_ABOVE_SIDES = 3.0
"""What is before and after a dissolve changes so many times less."""
_REACH_S = 1.5 * _HALF_DISSOLVE_S
"""How far the two moments may lie from the middle, because samples do not fall where wanted."""
_LOOK_AHEAD_S = 3 * _HALF_DISSOLVE_S + 0.2


def with_cuts(
    samples: Iterable[Sample], *, min_shot_s: float
) -> Iterator[tuple[Sample, float | None]]:
    """Yield every sample, and with the first one of each further shot the time of the cut."""
    finder = _CutFinder(min_shot_s)
    for sample in samples:
        yield from finder.push(sample)
    yield from finder.finish()


class _CutFinder:
    """Holds a few seconds of samples around the one that is being decided on."""

    def __init__(self, min_shot_s: float) -> None:
        self._min_shot_s = min_shot_s
        self._window: list[Sample] = []
        self._steps: list[float] = []
        """Difference of each sample in the window from the one before it."""
        self._n_decided = 0
        self._cut_s = float("-inf")

    def push(self, sample: Sample) -> Iterator[tuple[Sample, float | None]]:
        previous = self._window[-1] if self._window else sample
        self._window.append(sample)
        self._steps.append(difference(previous.look, sample.look))
        while self._window[self._n_decided].time_s < sample.time_s - _LOOK_AHEAD_S:
            yield self._decide()

    def finish(self) -> Iterator[tuple[Sample, float | None]]:
        while self._n_decided < len(self._window):
            yield self._decide()

    def _decide(self) -> tuple[Sample, float | None]:
        at = self._n_decided
        sample = self._window[at]
        cut_s = self._hard_cut_s(at) or self._dissolve_s(at)
        if cut_s is not None and cut_s - self._cut_s < self._min_shot_s:
            cut_s = None
        if cut_s is not None or at == 0:
            self._cut_s = cut_s if cut_s is not None else sample.time_s
        self._n_decided += 1
        self._forget(sample.time_s - _LOOK_AHEAD_S)
        return sample, cut_s

    def _forget(self, before_s: float) -> None:
        n_old = sum(sample.time_s < before_s for sample in self._window[: self._n_decided])
        del self._window[:n_old], self._steps[:n_old]
        self._n_decided -= n_old

    def _hard_cut_s(self, at: int) -> float | None:
        """The time of a cut just before a sample; None if there is none."""
        if self._steps[at] < _CUT:
            return None
        before_s, after_s = self._window[at - 1].time_s, self._window[at].time_s
        befores = [sample for sample in self._window[:at] if sample.time_s > before_s - _FLASH_S]
        afters = [sample for sample in self._window[at:] if sample.time_s < after_s + _FLASH_S]
        gap = min(difference(old.look, new.look) for old in befores for new in afters)
        if gap < max(_CUT, _ABOVE_MOTION * self._motion(at)):
            return None
        return (before_s + after_s) / 2

    def _motion(self, at: int) -> float:
        """How much the frames around here differ from the ones before them, at most."""
        return max((self._steps[index] for index in self._near(at, _FLASH_S)), default=0.0)

    def _near(self, at: int, within_s: float) -> list[int]:
        at_s = self._window[at].time_s
        return [
            index
            for index, sample in enumerate(self._window)
            if index != at and abs(sample.time_s - at_s) < within_s
        ]

    def _dissolve_s(self, at: int) -> float | None:
        """The middle of a gradual change, if it lies at this sample: calm, change, calm."""
        change = self._change(at)
        if change < _DISSOLVE:
            return None
        near = self._near(at, _HALF_DISSOLVE_S)
        if any(self._change(index) > change for index in near):
            return None
        if any(self._hard_cut_s(index) is not None for index in self._near(at, _REACH_S)):
            return None  # that is what makes the difference
        at_s, calm_s = self._window[at].time_s, _HALF_DISSOLVE_S
        before = self._between(at_s - 2 * calm_s, at_s - calm_s)
        after = self._between(at_s + calm_s, at_s + 2 * calm_s)
        if before is None or after is None or _ABOVE_SIDES * max(before, after) > change:
            return None
        return at_s

    def _change(self, at: int) -> float:
        at_s = self._window[at].time_s
        change = self._between(at_s - _HALF_DISSOLVE_S, at_s + _HALF_DISSOLVE_S)
        return change or 0.0

    def _between(self, first_s: float, second_s: float) -> float | None:
        """The difference of two moments; None where there is no sample near one of them."""
        first, second = _nearest(self._window, first_s), _nearest(self._window, second_s)
        return difference(first.look, second.look) if first and second else None


def _nearest(samples: Sequence[Sample], time_s: float) -> Sample | None:
    nearest = min(samples, key=lambda sample: abs(sample.time_s - time_s))
    return nearest if abs(nearest.time_s - time_s) <= _REACH_S - _HALF_DISSOLVE_S else None
