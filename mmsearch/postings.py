"""The words of the gallery's segments, turned round: which segments have a word, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Columns of n_term words and n_posting pairs of a word and a segment, sorted by both.

    The pairs of word t are ``ends[t - 1]:ends[t]``. What is here is made from the table that
    LanceDB's full-text index is made from, and gives the same scores; see retrieve/lexical.py.
    """

    terms: Sequence[str]
    """Sorted, so that a word is found by bisection and no dictionary has to be built."""
    ends: NDArray[np.int64]
    """(n_term,) where the pairs of each word end."""
    segments: NDArray[np.int32]
    """(n_posting,) rows of the gallery, ascending within a word."""
    counts: NDArray[np.uint16]
    """(n_posting,) how often the word is in the segment."""
    lengths: NDArray[np.int32]
    """(n_segment,) words of each segment; 0 for one that has none."""


@dataclass(frozen=True, slots=True)
class WordMatches:
    """Segments found by words, as the database names them, with their BM25."""

    content_ids: Sequence[str] = ()
    ordinals: Sequence[int] = ()
    """The place of each segment within its content."""
    scores: Sequence[float] = ()


def no_postings(n_segment: int) -> Postings:
    """Of a gallery without words."""
    return Postings(
        terms=(),
        ends=np.zeros(0, np.int64),
        segments=np.zeros(0, np.int32),
        counts=np.zeros(0, np.uint16),
        lengths=np.zeros(n_segment, np.int32),
    )
