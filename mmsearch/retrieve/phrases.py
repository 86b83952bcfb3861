"""Which assets say the words of a query one after the other: in a title, a caption, in print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import Gallery
from mmsearch.identifiers import name_words
from mmsearch.types import F32

_FIELDS = ("title", "caption", "printed")
"""Of types.Metadata: texts with an order of words; the index of words keeps none."""
_LEAST_WORDS = 2
_MOST_READ = 300
"""Texts that have all the words are read from the likeliest on, some 20 µs each."""


def said_in_order(
    text: str, gallery: Gallery, is_whole: NDArray[np.bool_], scores: F32
) -> NDArray[np.bool_]:
    """Assets in one of whose texts the words of ``text`` are neighbours: (n_asset,) bool.

    is_whole: (n_asset,) who has all the words at all; scores: (n_asset,) who likeliest.
    """
    found = np.zeros(gallery.n_asset, bool)
    wanted = name_words(text)
    if len(wanted) < _LEAST_WORDS:
        return found
    rows = np.flatnonzero(is_whole)
    likeliest = rows[np.argsort(-scores[rows], kind="stable")[:_MOST_READ]]
    found[list(_saying(wanted, gallery, likeliest.tolist()))] = True
    return found


def _saying(wanted: Sequence[str], gallery: Gallery, rows: Sequence[int]) -> Iterator[int]:
    phrase = f" {' '.join(wanted)} "
    for row in rows:
        said = gallery.metadata[row]
        if not any(f'"{field}"' in said for field in _FIELDS):
            continue
        about = json.loads(said)
        texts = (f" {' '.join(name_words(about.get(field, '')))} " for field in _FIELDS)
        if any(phrase in text for text in texts):
            yield row
