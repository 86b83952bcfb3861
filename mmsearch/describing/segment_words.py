"""Which words belong to which segments of a content."""

from __future__ import annotations

import numpy as np

from mmsearch.gallery import Gallery
from mmsearch.identifiers import terms
from mmsearch.types import Description, Said


def segment_words(gallery: Gallery, content: int, told: Description) -> dict[tuple[str, int], str]:
    """The terms of each segment of a content, by its id and the place in it.

    The words of a phrase are spread evenly over its time, and belong to every segment that goes on
    then, or to the nearest. Without times they belong to all.
    """
    first, end = gallery.first_segment[content], gallery.first_segment[content + 1]
    ranges = gallery.locators[first:end]
    found: dict[int, list[str]] = {}
    for said in told.said:
        words = said.text.split()
        for word, time_s in zip(words, _times(said, len(words)), strict=True):
            for place in _places(ranges, time_s):
                found.setdefault(place, []).extend(terms(word))
    return {
        (told.content_id, place): " ".join(some) for place, some in sorted(found.items()) if some
    }


def _times(said: Said, n_word: int) -> list[float | None]:
    if said.range is None:
        return [None] * n_word
    length_s = said.range.end_s - said.range.start_s
    return [said.range.start_s + length_s * (place + 0.5) / n_word for place in range(n_word)]


def _places(ranges: np.ndarray, time_s: float | None) -> list[int]:
    """ranges: (n_segment, 2) seconds, NaN for a whole file."""
    if time_s is None or np.isnan(ranges).any():
        return list(range(len(ranges)))
    away_s = np.maximum(np.maximum(ranges[:, 0] - time_s, time_s - ranges[:, 1]), 0)
    return np.flatnonzero(away_s == away_s.min()).tolist()
