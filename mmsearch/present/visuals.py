"""What stands for a hit in a list: a picture, a wave, or lines of code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from mmsearch.media.picture import open_picture
from mmsearch.present.excerpt import Excerpt, excerpt
from mmsearch.present.thumbnails import Thumbnails
from mmsearch.present.waveform import N_BINS, Waveforms
from mmsearch.types import F32, U8, Hit, LineRange, Modality, TimeRange

_CELL_LINES = 24
_PREVIEW_LINES = 2000
_PREVIEW_LINES_BEFORE = 400


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A still: (h, w, 3) uint8 RGB."""

    pixels: U8


@dataclass(frozen=True, slots=True, eq=False)
class Wave:
    """A sound: (n_bin,) peaks in [0, 1] and the found part as fractions of the length."""

    peaks: F32
    found: tuple[float, float] | None = None


Visual: TypeAlias = Picture | Wave | Excerpt


class Visuals:
    """Makes visuals, with everything costly kept in one cache folder. Thread-safe."""

    def __init__(self, cache_folder: Path, *, max_bytes: int = 512 * 2**20) -> None:
        self.thumbnails = Thumbnails(cache_folder / "thumbnails", max_bytes=max_bytes)
        self.waveforms = Waveforms(cache_folder / "waveforms")

    def small(self, hit: Hit, *, size_px: int) -> Visual:
        """Return what a cell of the grid shows. Raises UnreadableFileError."""
        match hit.modality:
            case Modality.AUDIO:
                return self._wave(hit)
            case Modality.CODE:
                return excerpt(hit.path, _lines(hit), n_before=0, max_lines=_CELL_LINES)
            case _:
                return self._picture(hit, size_px)

    def large(self, hit: Hit, *, size_px: int) -> Visual:
        """Return what the preview shows. Raises UnreadableFileError."""
        if hit.modality is Modality.CODE:
            lines = _lines(hit)
            return excerpt(
                hit.path,
                lines,
                others=hit.passages,
                n_before=_PREVIEW_LINES_BEFORE,
                max_lines=_PREVIEW_LINES,
            )
        return self.small(hit, size_px=size_px)

    def detail(self, hit: Hit, *, most_px: int) -> Picture:
        """Return a picture for a close look; not kept, as one looks so closely at few.

        most_px: of its longer side. Raises UnreadableFileError.
        """
        whole = open_picture(hit.path, at_least_px=most_px)
        whole.thumbnail((most_px, most_px))
        return Picture(np.asarray(whole))

    def _picture(self, hit: Hit, size_px: int) -> Picture:
        place = hit.moments[0].best if hit.moments else hit.locator
        pixels = self.thumbnails.get(hit.path, hit.modality, place, hit.content_id, size_px=size_px)
        return Picture(pixels)

    def _wave(self, hit: Hit) -> Wave:
        duration_s = hit.metadata.duration_s
        peaks = self.waveforms.get(hit.path, hit.content_id, duration_s=duration_s, n_bins=N_BINS)
        return Wave(peaks, _found_fractions(hit.locator, duration_s))


def _lines(hit: Hit) -> LineRange | None:
    return hit.locator if isinstance(hit.locator, LineRange) else None


def _found_fractions(locator: object, duration_s: float | None) -> tuple[float, float] | None:
    """Return the hit as fractions of the length, or None when the length is not known."""
    if not isinstance(locator, TimeRange) or not duration_s:
        return None
    start = min(1.0, max(0.0, locator.start_s / duration_s))
    return start, min(1.0, max(start, locator.end_s / duration_s))
