"""The shots of a film, each with the few frames that stand for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mmsearch.decode.cuts import with_cuts
from mmsearch.decode.options import DecodeOptions
from mmsearch.media.film_samples import Sample
from mmsearch.media.look import difference
from mmsearch.types import U8, TimeRange

_SAME_PICTURE = 0.06
"""Difference of looks below which a second frame of a shot would say nothing new."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A part of a film without a cut."""

    range: TimeRange
    pictures: list[U8]
    """RGB squares, in the order of time; at least one."""
    is_black: bool
    """Nothing is to be seen in it."""


def find_shots(
    samples: Iterable[Sample], options: DecodeOptions, *, film_end_s: Callable[[], float]
) -> Iterator[Shot]:
    """Cut a film into shots and choose their frames; holds half a minute of samples at most.

    film_end_s: asked after the last sample, because only then it is known.
    """
    part = _Part(options)
    for sample, cut_s in with_cuts(samples, min_shot_s=options.min_shot_s):
        if cut_s is not None:
            yield from part.shots_until(cut_s)
        part.samples.append(sample)
        # Splitting half-way later leaves no splinter at the end: parts have 10 to 20 seconds.
        if sample.time_s - part.start_s > 1.5 * options.max_shot_s:
            yield from part.shots_until(part.start_s + options.max_shot_s)
    if part.samples:
        yield from part.shots_until(max(film_end_s(), part.samples[-1].time_s))


class _Part:
    """The part of the film since the last cut."""

    def __init__(self, options: DecodeOptions) -> None:
        self._options = options
        self._start_s: float | None = None
        self.samples: list[Sample] = []

    @property
    def start_s(self) -> float:
        """Where it begins: at the last cut, or with the first sample."""
        if self._start_s is None:
            self._start_s = max(0.0, self.samples[0].time_s) if self.samples else 0.0
        return self._start_s

    def shots_until(self, end_s: float) -> Iterator[Shot]:
        """Close the part at a moment and begin the next; a long one is two shots."""
        start_s = self.start_s
        n_shots = 2 if end_s - start_s > self._options.max_shot_s * 1.001 else 1
        length_s = (end_s - start_s) / n_shots
        for place in range(n_shots):
            span = TimeRange(start_s + place * length_s, start_s + (place + 1) * length_s)
            yield from self._shot(span)
        self.samples = [sample for sample in self.samples if sample.time_s >= end_s]
        self._start_s = end_s

    def _shot(self, span: TimeRange) -> Iterator[Shot]:
        samples = [
            sample
            for sample in self.samples
            if sample.picture is not None and span.start_s <= sample.time_s <= span.end_s
        ]
        if samples:
            chosen = choose_frames(samples, span, self._options.frames_per_shot)
            pictures = [sample.picture for sample in chosen if sample.picture is not None]
            yield Shot(span, pictures, all(sample.look.is_black for sample in samples))


def choose_frames(samples: Sequence[Sample], span: TimeRange, n_frames: int) -> list[Sample]:
    """Choose frames spread evenly over a shot, in the order of time.

    Empty frames are left out if there are others, and frames that repeat another one always.
    """
    candidates = [sample for sample in samples if not sample.look.is_flat] or list(samples)
    chosen: list[Sample] = []
    for place in range(n_frames):
        share = (2 * place + 1) / (2 * n_frames)
        wanted_s = span.start_s + share * (span.end_s - span.start_s)
        nearest = min(candidates, key=lambda sample: abs(sample.time_s - wanted_s))
        if all(difference(nearest.look, other.look) > _SAME_PICTURE for other in chosen):
            chosen.append(nearest)
    return chosen
