"""Sound to overlapping windows of mono samples."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from mmsearch.decode.options import DecodeOptions
from mmsearch.media.sound import has_sound, read_samples, sound_metadata
from mmsearch.types import AUDIO_RATE_HZ, F32, Metadata, Samples, Segment, TimeRange

# Levels of a window relative to full scale.
_NOTHING = 10 ** (-80 / 20)
"""Digital silence and its dither; nothing is ever to be heard in it."""
_QUIET = 10 ** (-60 / 20)
"""Below this a window is silence if the file has something much louder."""
_FAR_BELOW = 10 ** (-30 / 20)
"""How much quieter than the loudest window of its file silence is. A recording that is quiet
throughout, from a microphone far away, is therefore kept."""
_PEAK_TO_LEVEL = 0.2
"""A click counts as a level of a fifth of its peak, so that one in a silent window is found."""
_MAX_HELD = 32
"""Quiet windows kept back (10 MB) until it is known whether the file has louder ones."""
_IGNORED_TAIL_S = 0.25
"""What remains after the last window and is too short for one of its own; padding, mostly."""


def decode(path: Path, options: DecodeOptions) -> Iterator[Metadata | Segment]:
    """Yield the windows of a sound that are not silent, then its metadata.

    Raises UnreadableFileError, possibly after some windows.
    """
    metadata = sound_metadata(path)
    pass_ = _Pass(path, options)
    n_segments = 0
    for segment in pass_.segments():
        n_segments += 1
        yield segment
    yield _completed(metadata, pass_.length_s, n_segments, options)


def segments_of_sound(path: Path, options: DecodeOptions) -> Iterator[Segment]:
    """Yield the windows of the track of sound of a film; nothing if there is none.

    Raises UnreadableFileError if the track is there but damaged or protected.
    """
    if has_sound(path):
        yield from _Pass(path, options).segments()


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    start: int
    """In samples from the beginning."""
    samples: F32
    level: float

    def segment(self) -> Segment:
        start_s = self.start / AUDIO_RATE_HZ
        end_s = (self.start + len(self.samples)) / AUDIO_RATE_HZ
        return Segment(Samples(self.samples), TimeRange(start_s, end_s))


class _Pass:
    """One reading of a sound from beginning to end, in bounded memory."""

    def __init__(self, path: Path, options: DecodeOptions) -> None:
        self._blocks = read_samples(path, max_s=options.max_audio_s)
        self._n_window = max(1, round(options.window_s * AUDIO_RATE_HZ))
        self._n_hop = max(1, round(options.hop_s * AUDIO_RATE_HZ))
        self._n_read = 0

    @property
    def length_s(self) -> float:
        """What has been read so far."""
        return self._n_read / AUDIO_RATE_HZ

    def segments(self) -> Iterator[Segment]:
        """Yield the windows that are not silent, in order."""
        return (window.segment() for window in _audible(self._windows()))

    def _windows(self) -> Iterator[_Window]:
        """Cut what is read; the last window ends where the sound ends."""
        start = end = 0
        waiting = recent = np.zeros(0, np.float32)
        for block in self._blocks:
            self._n_read += len(block)
            recent = np.concatenate([recent, block])[-self._n_window :]
            waiting = np.concatenate([waiting, block])
            while len(waiting) >= max(self._n_window, self._n_hop):
                end = start + self._n_window
                yield _window(start, waiting[: self._n_window])
                start += self._n_hop
                waiting = waiting[self._n_hop :]
        tail = self._n_read - end
        if len(recent) and (end == 0 or tail > _IGNORED_TAIL_S * AUDIO_RATE_HZ):
            yield _window(self._n_read - len(recent), recent)


def _window(start: int, samples: F32) -> _Window:
    """Remove the constant part, which is a fault of the recorder, and measure the level."""
    centred = (samples - samples.mean(dtype=np.float64)).astype(np.float32)
    power = float(np.mean(np.square(centred, dtype=np.float64)))
    peak = float(np.abs(centred).max())
    return _Window(start, np.clip(centred, -1, 1), max(power**0.5, _PEAK_TO_LEVEL * peak))


def _audible(windows: Iterator[_Window]) -> Iterator[_Window]:
    """Leave out silence: what is quiet both by itself and beside the rest of the file."""
    loudest = 0.0
    held: deque[_Window] = deque()
    for window in windows:
        if window.level < _NOTHING:
            continue
        loudest = max(loudest, window.level)
        held.append(window)
        if loudest >= _QUIET:
            yield from _not_far_below(loudest, held)
            held.clear()
        elif len(held) > _MAX_HELD:
            yield held.popleft()
    yield from _not_far_below(loudest, held)


def _not_far_below(loudest: float, windows: deque[_Window]) -> Iterator[_Window]:
    threshold = min(_QUIET, loudest * _FAR_BELOW)
    return (window for window in windows if window.level >= threshold)


def _completed(
    metadata: Metadata, length_s: float, n_segments: int, options: DecodeOptions
) -> Metadata:
    """Add what is only known after reading: the true length, and what was left out."""
    notes = [] if n_segments else ["silent"]
    is_cut = length_s >= options.max_audio_s - 1 / AUDIO_RATE_HZ
    if is_cut:
        notes.append(f"only the first {_in_words(options.max_audio_s)}")
    duration_s = max(metadata.duration_s or 0.0, length_s) if is_cut else length_s
    return replace(metadata, duration_s=duration_s, notes=tuple(notes))


def _in_words(length_s: float) -> str:
    for unit, unit_s in (("hours", 3600), ("minutes", 60)):
        if length_s >= 2 * unit_s:
            return f"{length_s / unit_s:g} {unit}"
    return f"{length_s:g} seconds"
