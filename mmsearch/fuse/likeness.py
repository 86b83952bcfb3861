"""How alike the files of some candidates are, whole file against whole file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import F32, Modality

_COMPARED = [MODALITIES.index(kind) for kind in (Modality.IMAGE, Modality.VIDEO)]
_MOST_SEGMENTS = 3
"""Of longer films so many shots are compared, evenly spread: 200 take 1 ms."""


def file_likeness(gallery: Gallery, contents: NDArray[np.int64]) -> F32:
    """Cosines between contents: (n_content, n_content) float32, NaN where nothing is said.

    Pictures are compared by their vectors; films, which have as many shots when they are the same,
    shot by shot, and the mean counts. Code is not compared: files that mean the same need not be
    copies. Nor are sounds, whose vectors mostly say of what sort they are: of ESC-10, different
    recordings of rain have cosines up to 0.995.
    """
    similar = np.full((len(contents), len(contents)), np.nan, np.float32)
    starts = gallery.first_segment[contents]
    counts = gallery.first_segment[contents + 1] - starts
    kinds = gallery.kind[starts]
    is_compared = np.isin(kinds, _COMPARED)
    for kind, count in np.unique(np.stack([kinds, counts])[:, is_compared], axis=1).T.tolist():
        mine = np.flatnonzero((kinds == kind) & (counts == count))
        steps = np.linspace(0, count - 1, min(count, _MOST_SEGMENTS)).round().astype(int)
        vectors = gallery.vectors[starts[mine][:, None] + steps].reshape(len(mine), -1)
        similar[np.ix_(mine, mine)] = vectors @ vectors.T / np.float32(len(steps))
    return similar
